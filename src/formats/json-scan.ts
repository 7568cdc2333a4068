/**
 * Where things stand in a JSON file: JSON.parse tells values, but neither the place where a file breaks nor where a
 * row of it lies, and gives up on all of it at the first error.
 * Strict RFC 8259 over bytes, UTF-8 checked, one step per byte, no recursion.
 * Belongs here: positions. Values are for JSON.parse on the piece found.
 */

/** [start, end) in bytes. */
export interface JsonSpan {
  start: number;
  end: number;
}

export interface JsonMember extends JsonSpan {
  name: string;
}

/** `at`: the first byte that cannot stand there; the length of the file when it ends too early. */
export type JsonEnd = { whole: true; end: number } | { whole: false; at: number };

export interface JsonBounds {
  /** Byte offset at which the text ends. */
  end?: number;
  /** Objects and lists in one another. */
  depth?: number;
}

const quote = 0x22;
const openObject = 0x7b;
const closeObject = 0x7d;
const openList = 0x5b;
const closeList = 0x5d;
const comma = 0x2c;
const colon = 0x3a;

/** The end of the one value that begins at `start` (white space before it is skipped). */
export function endOfJson(bytes: Uint8Array, start: number, bounds: JsonBounds = {}): JsonEnd {
  const text = bounds.end === undefined ? bytes : bytes.subarray(0, bounds.end);
  const depth = bounds.depth ?? Number.POSITIVE_INFINITY;
  const open: number[] = [];
  let at = skipBlanks(text, start);
  for (;;) {
    const byte = text[at];
    if (byte === openObject || byte === openList) {
      if (open.length >= depth) return { whole: false, at };
      const close = byte === openObject ? closeObject : closeList;
      const inside = skipBlanks(text, at + 1);
      if (text[inside] !== close) {
        open.push(close);
        const next = close === closeObject ? afterName(text, inside) : found(inside);
        if (!next.whole) return next;
        at = next.end;
        continue;
      }
      at = inside + 1;
    } else {
      const scalar = endOfScalar(text, at);
      if (!scalar.whole) return scalar;
      at = scalar.end;
    }
    // A value has ended: what may follow depends on what is open around it.
    for (;;) {
      const close = open.at(-1);
      if (close === undefined) return found(at);
      at = skipBlanks(text, at);
      if (text[at] === close) {
        open.pop();
        at += 1;
        continue;
      }
      if (text[at] !== comma) return { whole: false, at };
      at = skipBlanks(text, at + 1);
      if (close === closeObject) {
        const next = afterName(text, at);
        if (!next.whole) return next;
        at = next.end;
      }
      break;
    }
  }
}

/** The members of the object that begins at `start`, in order. Call it on text that endOfJson found whole. */
export function jsonMembers(bytes: Uint8Array, start: number): JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipBlanks(bytes, start);
  if (bytes[at] !== openObject) return members;
  at = skipBlanks(bytes, at + 1);
  while (bytes[at] === quote) {
    const name = endOfString(bytes, at);
    const value = afterName(bytes, at);
    if (!name.whole || !value.whole) break;
    const end = endOfJson(bytes, value.end);
    if (!end.whole) break;
    members.push({
      name: String(jsonValue(bytes, { start: at, end: name.end })),
      start: value.end,
      end: end.end,
    });
    at = skipBlanks(bytes, skipBlanks(bytes, end.end) + 1);
  }
  return members;
}

/** The items of the list that begins at `start`, in order. Call it on text that endOfJson found whole. */
export function jsonItems(bytes: Uint8Array, start: number): JsonSpan[] {
  const items: JsonSpan[] = [];
  let at = skipBlanks(bytes, start);
  if (bytes[at] !== openList) return items;
  at = skipBlanks(bytes, at + 1);
  while (at < bytes.length && bytes[at] !== closeList) {
    const end = endOfJson(bytes, at);
    if (!end.whole) break;
    items.push({ start: at, end: end.end });
    at = skipBlanks(bytes, end.end);
    if (bytes[at] !== comma) break;
    at = skipBlanks(bytes, at + 1);
  }
  return items;
}

/** The value of a piece; undefined when it is not whole. */
export function jsonValue(bytes: Uint8Array, span: JsonSpan): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(span.start, span.end)));
  } catch {
    return undefined;
  }
}

/** Past blanks, tabs and line ends. */
export function skipBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
}

const found = (end: number): JsonEnd => ({ whole: true, end });

/** From the quote of a member's name to the first byte of its value. */
function afterName(bytes: Uint8Array, at: number): JsonEnd {
  if (bytes[at] !== quote) return { whole: false, at };
  const name = endOfString(bytes, at);
  if (!name.whole) return name;
  const between = skipBlanks(bytes, name.end);
  return bytes[between] === colon ? found(skipBlanks(bytes, between + 1)) : { whole: false, at: between };
}

function endOfScalar(bytes: Uint8Array, at: number): JsonEnd {
  switch (bytes[at]) {
    case quote:
      return endOfString(bytes, at);
    case 0x74:
      return endOfWord(bytes, at, 'true');
    case 0x66:
      return endOfWord(bytes, at, 'false');
    case 0x6e:
      return endOfWord(bytes, at, 'null');
    default:
      return endOfNumber(bytes, at);
  }
}

function endOfWord(bytes: Uint8Array, start: number, word: string): JsonEnd {
  for (let i = 0; i < word.length; i++) {
    if (bytes[start + i] !== word.charCodeAt(i)) return { whole: false, at: start + i };
  }
  return found(start + word.length);
}

function endOfNumber(bytes: Uint8Array, start: number): JsonEnd {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  const whole = bytes[at] === 0x30 ? at + 1 : skipDigits(bytes, at);
  if (whole === at) return { whole: false, at };
  at = whole;
  if (bytes[at] === 0x2e) {
    const fraction = skipDigits(bytes, at + 1);
    if (fraction === at + 1) return { whole: false, at: fraction };
    at = fraction;
  }
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at += bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d ? 2 : 1;
    const exponent = skipDigits(bytes, at);
    if (exponent === at) return { whole: false, at };
    at = exponent;
  }
  return found(at);
}

function skipDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined || byte < 0x30 || byte > 0x39) return at;
    at += 1;
  }
}

function endOfString(bytes: Uint8Array, start: number): JsonEnd {
  let at = start + 1;
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined || byte < 0x20) return { whole: false, at: Math.min(at, bytes.length) };
    if (byte === quote) return found(at + 1);
    const length = byte === 0x5c ? escapeLength(bytes, at) : byte < 0x80 ? 1 : utf8Length(bytes, at);
    if (length === 0) return { whole: false, at };
    at += length;
  }
}

/** 0 when the escape is none. */
function escapeLength(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1];
  if (kind === undefined) return 0;
  if (kind !== 0x75) return '"\\/bfnrt'.includes(String.fromCharCode(kind)) ? 2 : 0;
  for (let i = 2; i < 6; i++) {
    if (!/[0-9a-f]/i.test(String.fromCharCode(bytes[at + i] ?? 0))) return 0;
  }
  return 6;
}

/** Bytes of the character that begins with a byte >= 0x80; 0 when it is not UTF-8. */
function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let i = 1; i < length; i++) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  // Overlong forms, surrogates and what lies above U+10FFFF.
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return length;
}
