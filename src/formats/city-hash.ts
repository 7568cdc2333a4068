/**
 * CityHash64 in its first version (1.0, 2011), and the hash of an installation directory that is made with it.
 * The section name `[Install<HASH>]` of profiles.ini is that hash (formats.md 1.2). Later versions of CityHash
 * answer differently for inputs above 64 bytes, so no other version will do.
 */

const mask = 0xffffffffffffffffn;
const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;
const k3 = 0xc949d7c7509e6557n;
const mixer = 0x9ddfea08eb382d69n;

const u64 = (value: bigint): bigint => value & mask;

/** `shift` is 1 to 63. */
const rotate = (value: bigint, shift: bigint): bigint => u64((value >> shift) | (value << (64n - shift)));

const shiftMix = (value: bigint): bigint => value ^ (value >> 47n);

function mix(u: bigint, v: bigint): bigint {
  const a = shiftMix(u64((u ^ v) * mixer));
  const b = shiftMix(u64((v ^ a) * mixer));
  return u64(b * mixer);
}

type Pair = readonly [bigint, bigint];

/** Reads little-endian words; offsets count from the start of the input. */
interface Words {
  u64(offset: number): bigint;
  u32(offset: number): bigint;
  u8(offset: number): bigint;
}

function wordsOf(bytes: Uint8Array): Words {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    u64: (offset) => view.getBigUint64(offset, true),
    u32: (offset) => BigInt(view.getUint32(offset, true)),
    u8: (offset) => BigInt(view.getUint8(offset)),
  };
}

function upTo16(words: Words, length: number): bigint {
  const size = BigInt(length);
  if (length > 8) {
    const last = words.u64(length - 8);
    return mix(words.u64(0), rotate(u64(last + size), size)) ^ last;
  }
  if (length >= 4) return mix(size + (words.u32(0) << 3n), words.u32(length - 4));
  if (length === 0) return k2;
  const y = words.u8(0) + (words.u8(length >> 1) << 8n);
  const z = size + (words.u8(length - 1) << 2n);
  return u64(shiftMix(u64(y * k2) ^ u64(z * k3)) * k2);
}

function from17To32(words: Words, length: number): bigint {
  const a = u64(words.u64(0) * k1);
  const b = words.u64(8);
  const c = u64(words.u64(length - 8) * k2);
  const d = u64(words.u64(length - 16) * k0);
  return mix(
    u64(rotate(u64(a - b), 43n) + rotate(c, 30n) + d),
    u64(a + rotate(b ^ k3, 20n) - c + BigInt(length)),
  );
}

/** One half of the 33 to 64 byte case: 32 bytes from `at`, with a seed. */
function half(words: Words, at: number, seed: bigint, z: bigint): Pair {
  const first = u64(words.u64(at) + seed);
  const second = u64(first + words.u64(at + 8));
  const third = u64(second + words.u64(at + 16));
  const b = rotate(u64(first + z), 52n);
  const c = u64(rotate(first, 37n) + rotate(second, 7n));
  return [u64(third + z), u64(b + rotate(third, 31n) + c)];
}

function from33To64(words: Words, length: number): bigint {
  const tail = words.u64(length - 16);
  const v = half(words, 0, u64((BigInt(length) + tail) * k0), words.u64(24));
  // The second half starts from word 2 of the input in place of a seed, and its first word is the one 32 before the end.
  const w = half(words, length - 32, words.u64(16), words.u64(length - 8));
  const r = shiftMix(u64(u64(v[0] + w[1]) * k2 + u64(w[0] + v[1]) * k0));
  return u64(shiftMix(u64(r * k0 + v[1])) * k2);
}

/** 32 bytes from `at`, with two seeds. */
function weak32(words: Words, at: number, seedA: bigint, seedB: bigint): Pair {
  const z = words.u64(at + 24);
  const start = u64(seedA + words.u64(at));
  const sum = u64(start + words.u64(at + 8) + words.u64(at + 16));
  const b = u64(rotate(u64(seedB + start + z), 21n) + rotate(sum, 44n));
  return [u64(sum + z), u64(b + start)];
}

function above64(words: Words, length: number): bigint {
  const size = BigInt(length);
  let x = words.u64(0);
  let y = words.u64(length - 16) ^ k1;
  let z = words.u64(length - 56) ^ k0;
  let v = weak32(words, length - 64, size, y);
  let w = weak32(words, length - 32, u64(size * k1), k0);
  z = u64(z + u64(shiftMix(v[1]) * k1));
  x = u64(rotate(u64(z + x), 39n) * k1);
  y = u64(rotate(y, 33n) * k1);
  const end = Math.floor((length - 1) / 64) * 64;
  for (let at = 0; at < end; at += 64) {
    x = u64(rotate(u64(x + y + v[0] + words.u64(at + 16)), 37n) * k1) ^ w[1];
    y = u64(rotate(u64(y + v[1] + words.u64(at + 48)), 42n) * k1) ^ v[0];
    z = rotate(z ^ w[0], 33n);
    const next = weak32(words, at, u64(v[1] * k1), u64(x + w[0]));
    w = weak32(words, at + 32, u64(z + w[1]), y);
    v = next;
    [z, x] = [x, z];
  }
  return mix(u64(mix(v[0], w[0]) + u64(shiftMix(y) * k1) + z), u64(mix(v[1], w[1]) + x));
}

/** The 64-bit hash of `bytes`, 0 to 2^64 - 1. */
export function cityHash64(bytes: Uint8Array): bigint {
  const words = wordsOf(bytes);
  const length = bytes.length;
  if (length <= 16) return upTo16(words, length);
  if (length <= 32) return from17To32(words, length);
  if (length <= 64) return from33To64(words, length);
  return above64(words, length);
}

/**
 * The `<HASH>` of `[Install<HASH>]`: of the directory of the executable as the system spells it, without a separator
 * at its end; of the package family name for a package from the Microsoft Store. Upper-case hex without leading zeros.
 */
export function installHash(directory: string): string {
  const bytes = new Uint8Array(directory.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < directory.length; i++) view.setUint16(i * 2, directory.charCodeAt(i), true);
  return cityHash64(bytes).toString(16).toUpperCase();
}
