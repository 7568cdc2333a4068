/**
 * A new key for logins (nss.md 5.2): random bytes, for 3DES with the parity that NSS gives its own keys.
 */

import { Secret } from '../secret.ts';
import type { RandomBytes } from './random.ts';

export type LoginKeyCipher = '3des' | 'aes256';

export const loginKeyLength: Readonly<Record<LoginKeyCipher, number>> = { '3des': 24, aes256: 32 };

export function newLoginKey(cipher: LoginKeyCipher, random: RandomBytes): Secret {
  const bytes = Uint8Array.from(random(loginKeyLength[cipher]));
  return new Secret(cipher === '3des' ? bytes.map(withOddParity) : bytes);
}

/** The lowest bit of each byte of a DES key makes its number of ones odd. */
function withOddParity(byte: number): number {
  let ones = 0;
  for (let rest = byte >> 1; rest > 0; rest >>= 1) ones += rest & 1;
  return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
}
