/**
 * Random bytes that can be repeated: sha256 of a seed and a counter.
 */

import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../../../src/formats/nss/random.ts';

export function countedRandom(seed: string | number = 1): RandomBytes {
  let asked = 0;
  return (length) => {
    asked += 1;
    const parts = Array.from({ length: Math.ceil(length / 32) }, (_, part) =>
      createHash('sha256').update(`${seed}/${asked}/${part}`).digest(),
    );
    return Buffer.concat(parts).subarray(0, length);
  };
}

/** Hands out these bytes, in hex, one after the other; throws when other lengths are asked for. */
export function givenRandom(...values: string[]): RandomBytes {
  const left = values.map((value) => Buffer.from(value, 'hex'));
  return (length) => {
    const next = left.shift();
    if (next?.length !== length) throw new Error(`${length} random bytes were not expected`);
    return next;
  };
}
