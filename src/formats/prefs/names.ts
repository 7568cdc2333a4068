/**
 * The order in which the program writes preferences: by the bytes of their names, which are UTF-8 (formats.md 2.4).
 */

/** Compares two names as their UTF-8 bytes compare: by code point, not by UTF-16 unit. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points beyond all other units. */
const rank = (unit: number): number => ((unit & 0xf800) === 0xd800 ? unit + 0x10000 : unit);
