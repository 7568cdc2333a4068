/**
 * A strict reader for the little DER that key stores and saved logins hold (nss.md 1.2, 1.4, 2): definite and minimal
 * lengths, one-byte tags, nothing behind the value. What is not exactly that is null, never a guess.
 * Belongs here: the container. What the values mean is sdr.ts and pbe.ts.
 */

export const derTag = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
} as const;

export interface DerValue {
  tag: number;
  content: Uint8Array;
  /** Tag, length and content. */
  raw: Uint8Array;
}

/** The one value that `bytes` consists of; null when they are anything else. */
export function parseDer(bytes: Uint8Array): DerValue | null {
  const value = readValue(bytes, 0);
  return value !== null && value.raw.length === bytes.length ? value : null;
}

/** The values in a SEQUENCE; null when it is no SEQUENCE or its content is not whole. */
export function derItems(value: DerValue | null | undefined): DerValue[] | null {
  if (value?.tag !== derTag.sequence) return null;
  const items: DerValue[] = [];
  for (let offset = 0; offset < value.content.length; ) {
    const item = readValue(value.content, offset);
    if (item === null) return null;
    items.push(item);
    offset += item.raw.length;
  }
  return items;
}

export function derOctets(value: DerValue | null | undefined): Uint8Array | null {
  return value?.tag === derTag.octetString ? value.content : null;
}

/** Dotted, as `1.2.840.113549.3.7`. */
export function derOid(value: DerValue | null | undefined): string | null {
  if (value?.tag !== derTag.oid || value.content.length === 0) return null;
  const arcs: number[] = [];
  let arc = 0;
  let open = false;
  for (const byte of value.content) {
    if (!open && byte === 0x80) return null;
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) return null;
    open = byte >= 0x80;
    if (!open) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first, ...rest] = arcs;
  if (open || first === undefined) return null;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

/** Not negative, at most 2^53 - 1. */
export function derInteger(value: DerValue | null | undefined): number | null {
  if (value?.tag !== derTag.integer) return null;
  const [first, second] = value.content;
  if (first === undefined || first >= 0x80) return null;
  if (first === 0 && second !== undefined && second < 0x80) return null;
  let number = 0;
  for (const byte of value.content) {
    number = number * 256 + byte;
    if (!Number.isSafeInteger(number)) return null;
  }
  return number;
}

function readValue(bytes: Uint8Array, start: number): DerValue | null {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  let length = first;
  let offset = start + 2;
  if (first >= 0x80) {
    const size = first & 0x7f;
    if (size === 0 || size > 4) return null;
    length = 0;
    for (let i = 0; i < size; i++) length = length * 256 + (bytes[offset + i] ?? Number.NaN);
    // Minimal: no long form for what the short one holds, no leading zero byte.
    if (!(length >= 0x80) || length < 256 ** (size - 1)) return null;
    offset += size;
  }
  const end = offset + length;
  if (end > bytes.length) return null;
  return { tag, content: bytes.subarray(offset, end), raw: bytes.subarray(start, end) };
}
