/**
 * A saved user name or password, encrypted as NSS does it (nss.md 2): AES-256-CBC for current programs, 3DES for Postbox
 * and Thunderbird up to 140, which know nothing else. Reading is sdr-decrypt.ts.
 */

import { createCipheriv } from 'node:crypto';
import { loginKeyId } from '../sdr.ts';
import type { Secret } from '../secret.ts';
import type { LoginKeyCipher } from './login-key.ts';
import type { RandomBytes } from './random.ts';
import { derBytes, octets, oid, sequence } from './write-der.ts';

const ciphers = {
  '3des': { name: 'des-ede3-cbc', oid: '1.2.840.113549.3.7', ivLength: 8 },
  aes256: { name: 'aes-256-cbc', oid: '2.16.840.1.101.3.4.1.42', ivLength: 16 },
} as const;

/** The key of a store that logins are encrypted with. */
export interface EncryptingKey {
  cipher: LoginKeyCipher;
  /** 24 bytes for 3DES, 32 for AES. */
  value: Secret;
}

/** @returns base64. An empty text becomes one block of padding, as NSS has it. */
export function encryptSdr(text: Secret, key: EncryptingKey, random: RandomBytes): string {
  const { name, oid: algorithm, ivLength } = ciphers[key.cipher];
  const vector = random(ivLength);
  const cipher = createCipheriv(name, key.value.bytes, vector);
  const encrypted = Buffer.concat([cipher.update(text.bytes), cipher.final()]);
  const blob = sequence(
    octets(Buffer.from(loginKeyId, 'hex')),
    sequence(oid(algorithm), octets(vector)),
    octets(encrypted),
  );
  return Buffer.from(derBytes(blob)).toString('base64');
}
