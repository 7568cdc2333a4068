/**
 * The file of `passwords backup` as bytes: one JSON object on one line, whose content is encrypted with a pass phrase by
 * scrypt and AES-256-GCM. Three things are told apart when it is opened: `sha256` (of everything else, without a key)
 * shows damage; `check` (an HMAC under the second half of what scrypt derives) shows a wrong pass phrase; `tag` (GCM,
 * over content and header) shows that somebody changed it.
 * Belongs here: the envelope. What the content means is for those who make it.
 */

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import type { Secret } from '../secret.ts';
import { openEnvelope, type PasswordBackupEnvelope, printHeader } from './password-backup-envelope.ts';
import type { RandomBytes } from './random.ts';

export type OpenedPasswordBackup =
  /** `content` is in the clear: wipe it (fill it with zeros) after use. */
  | { state: 'opened'; content: Uint8Array }
  | { state: 'wrong-pass-phrase' }
  /** Cut short, changed, or it asks for more work than any backup does. */
  | { state: 'damaged'; why: string }
  | { state: 'not-a-backup' }
  /** Made by a later mailmend. */
  | { state: 'too-new'; version: number };

/** 128 MiB and some 0.4 s for each guess. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const;
const cipherName = 'aes-256-gcm';
const keyLength = 32;

/** @param random the salt and the initial vector come from it, and must never repeat under one pass phrase. */
export async function sealPasswordBackup(
  content: Uint8Array,
  passPhrase: Secret,
  random: RandomBytes,
): Promise<Uint8Array> {
  const header = {
    schema: 'mailmend/password-backup@1' as const,
    kdf: { name: 'scrypt' as const, ...cost, salt: base64(random(32)) },
    cipher: 'aes-256-gcm' as const,
    iv: base64(random(12)),
  };
  const authenticated = printHeader(header);
  return await withKeys(passPhrase, header, (keys) => {
    const cipher = createCipheriv(cipherName, keys.content, Buffer.from(header.iv, 'base64'));
    cipher.setAAD(authenticated);
    const data = Buffer.concat([cipher.update(content), cipher.final()]);
    const sealed = {
      ...header,
      check: base64(checkValue(keys.check, authenticated)),
      tag: base64(cipher.getAuthTag()),
      data: base64(data),
    };
    return Buffer.from(JSON.stringify({ ...sealed, sha256: checksum(sealed) }));
  });
}

/** Never throws. Costs nothing before the file is known to be whole and its parameters to be bearable. */
export async function openPasswordBackup(
  bytes: Uint8Array,
  passPhrase: Secret,
): Promise<OpenedPasswordBackup> {
  const read = openEnvelope(bytes);
  if (read.state !== 'read') return read;
  const { sha256, ...sealed } = read.envelope;
  if (checksum(sealed) !== sha256) return { state: 'damaged', why: 'its checksum does not fit' };
  try {
    return await withKeys(passPhrase, sealed, (keys) => unseal(sealed, keys));
  } catch {
    return { state: 'damaged', why: 'its key cannot be derived on this computer' };
  }
}

type Sealed = Omit<PasswordBackupEnvelope, 'sha256'>;

interface Keys {
  content: Uint8Array;
  check: Uint8Array;
}

function unseal(sealed: Sealed, keys: Keys): OpenedPasswordBackup {
  const authenticated = printHeader(sealed);
  const expected = checkValue(keys.check, authenticated);
  if (!timingSafeEqual(expected, Buffer.from(sealed.check, 'base64'))) return { state: 'wrong-pass-phrase' };
  const decipher = createDecipheriv(cipherName, keys.content, Buffer.from(sealed.iv, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAAD(authenticated);
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  const content = decipher.update(Buffer.from(sealed.data, 'base64'));
  try {
    decipher.final();
    return { state: 'opened', content };
  } catch {
    content.fill(0);
    return { state: 'damaged', why: 'its content was changed' };
  }
}

async function withKeys<T>(
  passPhrase: Secret,
  { kdf }: Pick<Sealed, 'kdf'>,
  use: (keys: Keys) => T,
): Promise<T> {
  const { N, r, p } = kdf;
  // What OpenSSL needs is 128 N r and a little more.
  const options = { N, r, p, maxmem: 128 * r * (N + p + 2) + 1024 * 1024 };
  const derived = await derive(passPhrase.bytes, Buffer.from(kdf.salt, 'base64'), 2 * keyLength, options);
  try {
    return use({ content: derived.subarray(0, keyLength), check: derived.subarray(keyLength) });
  } finally {
    derived.fill(0);
  }
}

/** On the thread pool. */
function derive(
  passPhrase: Uint8Array,
  salt: Uint8Array,
  length: number,
  options: ScryptOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passPhrase, salt, length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

const checkValue = (key: Uint8Array, header: Uint8Array): Buffer =>
  createHmac('sha256', key).update(header).digest();

const checksum = (sealed: Sealed): string =>
  createHash('sha256')
    .update(printHeader(sealed))
    .update(`\n${sealed.check}\n${sealed.tag}\n${sealed.data}`)
    .digest('base64');

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
