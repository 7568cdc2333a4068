/**
 * Berkeley DB 1.85 hash files, as far as key3.db needs them (nss.md 6.1): every pair of key and data that can be read.
 * Each page is read at most once, so that neither a loop nor a crafted table of pages costs more than the file's length.
 * Belongs here: the container. What its records mean is key3.ts.
 */

export interface BerkeleyPair {
  key: Uint8Array;
  data: Uint8Array;
}

export type BerkeleyHash =
  | {
      state: 'read';
      pairs: BerkeleyPair[];
      /** What the header says; null where that cannot be. */
      expected: number | null;
      /** True: a page is missing, damaged, or was met twice. */
      incomplete: boolean;
    }
  | { state: 'not-berkeley-hash' };

const magic = 0x00061561;
const headerLength = 260;
const maxBuckets = 1 << 20;
const maxPair = 16 * 1024 * 1024;

interface Header {
  littleEndian: boolean;
  pageSize: number;
  maxBucket: number;
  keys: number;
  headerPages: number;
  spares: number[];
}

export function parseBerkeleyHash(bytes: Uint8Array): BerkeleyHash {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view);
  if (header === null) return { state: 'not-berkeley-hash' };
  const reader = new Reader(bytes, view, header);
  for (let bucket = 0; bucket <= header.maxBucket; bucket++) reader.bucket(bucket);
  const expected = header.keys >= 0 ? header.keys : null;
  return {
    state: 'read',
    pairs: reader.pairs,
    expected,
    incomplete: reader.incomplete || (expected !== null && reader.pairs.length < expected),
  };
}

/** Its numbers are big-endian on every machine; `lorder` says how those in the pages stand. */
function readHeader(view: DataView): Header | null {
  if (view.byteLength < headerLength || view.getInt32(0) !== magic) return null;
  const [version, order, pageSize] = [view.getInt32(4), view.getInt32(8), view.getInt32(12)];
  const [maxBucket, keys, headerPages] = [view.getInt32(40), view.getInt32(56), view.getInt32(60)];
  const isPowerOfTwo = pageSize >= 64 && pageSize <= 65536 && (pageSize & (pageSize - 1)) === 0;
  if (version !== 2 || (order !== 1234 && order !== 4321) || !isPowerOfTwo) return null;
  if (maxBucket < 0 || maxBucket >= maxBuckets || headerPages < 1 || headerPages > 1024) return null;
  const spares = Array.from({ length: 32 }, (_, i) => view.getInt32(68 + i * 4));
  return { littleEndian: order === 1234, pageSize, maxBucket, keys, headerPages, spares };
}

/** The smallest i with 2^i >= n. */
const log2 = (n: number): number => Math.ceil(Math.log2(n));

/** Numbers of a page that stand for something else than the place of data. */
const bigPair = { keyGoesOn: 1, keyEnds: 2, dataEnds: 3 } as const;

interface Page {
  number: number;
  start: number;
  /** Two for each pair. */
  entries: number;
}

class Reader {
  readonly pairs: BerkeleyPair[] = [];
  incomplete = false;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #header: Header;
  readonly #seen = new Set<number>();

  constructor(bytes: Uint8Array, view: DataView, header: Header) {
    this.#bytes = bytes;
    this.#view = view;
    this.#header = header;
  }

  bucket(bucket: number): void {
    let page = this.#page(this.#bucketPage(bucket), true);
    while (page !== null) {
      const next = this.#pairsOf(page);
      page = next === null ? null : this.#page(this.#overflowPage(next), false);
    }
  }

  #bucketPage(bucket: number): number {
    const { headerPages, spares } = this.#header;
    return bucket + headerPages + (bucket === 0 ? 0 : (spares[log2(bucket + 1) - 1] ?? 0));
  }

  #overflowPage(address: number): number {
    return this.#bucketPage((1 << (address >> 11)) - 1) + (address & 0x7ff);
  }

  /** A bucket that was never written is all zero, or lies behind the end. */
  #page(number: number, mayBeMissing: boolean): Page | null {
    const { pageSize } = this.#header;
    const start = number * pageSize;
    const isThere = number >= 1 && Number.isSafeInteger(start) && start + pageSize <= this.#bytes.length;
    if (!isThere || this.#seen.has(number)) {
      if (!mayBeMissing || this.#seen.has(number)) this.incomplete = true;
      return null;
    }
    this.#seen.add(number);
    const entries = this.#number(start, 0);
    if (entries === 0 && mayBeMissing) return null;
    if (entries % 2 !== 0 || (entries + 3) * 2 > pageSize) {
      this.incomplete = true;
      return null;
    }
    return { number, start, entries };
  }

  #number(start: number, index: number): number {
    return this.#view.getUint16(start + index * 2, this.#header.littleEndian);
  }

  /** @returns address of the next page of the bucket. */
  #pairsOf({ start, entries }: Page): number | null {
    let end = this.#header.pageSize;
    for (let i = 1; i < entries; i += 2) {
      const first = this.#number(start, i);
      const second = this.#number(start, i + 1);
      if (second === 0) return first;
      // Only the first of a page is a big one; it takes the rest of the chain.
      if (second <= bigPair.dataEnds) return this.#bigPair(start, entries);
      if (second > first || first > end) {
        this.incomplete = true;
        return null;
      }
      this.pairs.push({ key: this.#slice(start, first, end), data: this.#slice(start, second, first) });
      end = second;
    }
    return null;
  }

  /** A pair that has pages of its own: its key, then its data, on one overflow page after the other. */
  #bigPair(firstStart: number, firstEntries: number): number | null {
    const { pageSize } = this.#header;
    const key: Uint8Array[] = [];
    const data: Uint8Array[] = [];
    let length = 0;
    let inKey = true;
    let start = firstStart;
    let entries = firstEntries;
    for (;;) {
      const [offset, kind] = [this.#number(start, 1), this.#number(start, 2)];
      if (kind === 0 || kind > bigPair.dataEnds || offset > pageSize) return this.#giveUp();
      const part = this.#slice(start, offset, pageSize);
      length += part.length;
      if (length > maxPair) return this.#giveUp();
      let ends = false;
      if (inKey) {
        key.push(part);
        if (kind !== bigPair.keyGoesOn) inKey = false;
        if (kind === bigPair.dataEnds) {
          const low = this.#number(start, entries);
          if (low > offset) return this.#giveUp();
          data.push(this.#slice(start, low, offset));
          // No free bytes: the data goes on behind this page.
          ends = this.#number(start, entries + 1) > 0;
        }
      } else {
        data.push(part);
        ends = kind === bigPair.dataEnds;
      }
      const next = entries > 2 ? this.#number(start, entries - 1) : null;
      if (ends) {
        this.pairs.push({ key: joined(key), data: joined(data) });
        return next;
      }
      const page = next === null ? null : this.#page(this.#overflowPage(next), false);
      if (page === null) return this.#giveUp();
      ({ start, entries } = page);
    }
  }

  #giveUp(): null {
    this.incomplete = true;
    return null;
  }

  #slice(start: number, from: number, to: number): Uint8Array {
    return this.#bytes.subarray(start + from, start + to);
  }
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
