/**
 * What is inside a password-encrypted blob of a key store: item2 of the `password` row, a11 of a key (nss.md 1.2).
 * Form A (NSS >= 3.49) is PBES2 with AES-256-CBC, form B is SHA-1 and 3DES. PBKDF2 runs on the thread pool.
 * Belongs here: the two forms and their keys. What the plain text means is key4.ts.
 */

import { createDecipheriv, createHash, createHmac, pbkdf2, pbkdf2Sync } from 'node:crypto';
import { promisify } from 'node:util';
import { type DerValue, derInteger, derItems, derOctets, derOid, parseDer } from '../der.ts';
import { Secret } from '../secret.ts';

export type PbeDecryption =
  | { state: 'decrypted'; plain: Secret }
  /** The padding does not fit: another password, or a damaged blob. */
  | { state: 'wrong-key' }
  /** No such blob, or a scheme that NSS does not write, or more iterations than `maxIterations`. */
  | { state: 'damaged' };

/** NSS allows 100,000,000; a damaged file must not hang us for minutes. A second or so is enough. */
export const maxIterations = 10_000_000;

const fewIterations = 50;
const maxSaltLength = 1024;
const legacySaltLength = 20;

const oids = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  sha1TripleDes: '1.2.840.113549.1.12.5.1.3',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const;

const hashes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

const derive = promisify(pbkdf2);

/** The parameters of a PBKDF2 that NSS would accept. */
export interface Derivation {
  salt: Uint8Array;
  iterations: number;
  keyLength: number;
  hash: string;
}

export async function decryptPbe(blob: Uint8Array, passKey: Secret): Promise<PbeDecryption> {
  const [algorithm, data, ...rest] = derItems(parseDer(blob)) ?? [];
  const [oid, parameters] = derItems(algorithm) ?? [];
  const encrypted = derOctets(data);
  if (encrypted === null || rest.length > 0) return { state: 'damaged' };
  const name = derOid(oid);
  if (name === oids.pbes2) return await decryptPbes2(parameters, encrypted, passKey);
  if (name === oids.sha1TripleDes) return await decryptSha1TripleDes(parameters, encrypted, passKey);
  return { state: 'damaged' };
}

/** `SEQUENCE { OID PBKDF2, SEQUENCE { salt, iterations, length, SEQUENCE { OID prf } } }`; null when it is not. */
export function derivationOf(value: DerValue | undefined): Derivation | null {
  const [oid, parameters] = derItems(value) ?? [];
  const [saltValue, iterationsValue, lengthValue, prf] = derItems(parameters) ?? [];
  const salt = boundedSalt(saltValue);
  const iterations = boundedIterations(iterationsValue);
  const hash = hashes.get(derOid(derItems(prf)?.[0]) ?? '');
  if (derOid(oid) !== oids.pbkdf2 || salt === null || iterations === null || hash === undefined) return null;
  return derInteger(lengthValue) === 32 ? { salt, iterations, keyLength: 32, hash } : null;
}

export async function deriveKey(passKey: Secret, derivation: Derivation): Promise<Secret> {
  const { salt, iterations, keyLength, hash } = derivation;
  // Without a primary password there is one round: going to another thread for it takes longer than it.
  if (iterations <= fewIterations)
    return secretOf(pbkdf2Sync(passKey.bytes, salt, iterations, keyLength, hash));
  return secretOf(await derive(passKey.bytes, salt, iterations, keyLength, hash));
}

async function decryptPbes2(
  parameters: DerValue | undefined,
  encrypted: Uint8Array,
  passKey: Secret,
): Promise<PbeDecryption> {
  const [derivationValue, cipher] = derItems(parameters) ?? [];
  const [oid, vector] = derItems(cipher) ?? [];
  const derivation = derivationOf(derivationValue);
  const iv = initialVector(vector);
  if (derivation === null || iv === null || derOid(oid) !== oids.aes256Cbc) return { state: 'damaged' };
  if (!isWholeBlocks(encrypted, 16)) return { state: 'damaged' };
  const key = await deriveKey(passKey, derivation);
  const result = decipher('aes-256-cbc', key.bytes, iv, encrypted);
  key.wipe();
  return result;
}

/** nss.md 1.2: NSS takes the whole element 04 0e .. as the vector; a foreign writer may put 16 bytes into it. */
function initialVector(value: DerValue | undefined): Uint8Array | null {
  if (value?.raw.length === 16) return value.raw;
  return value?.content.length === 16 ? value.content : null;
}

async function decryptSha1TripleDes(
  parameters: DerValue | undefined,
  encrypted: Uint8Array,
  passKey: Secret,
): Promise<PbeDecryption> {
  const [saltValue, iterationsValue] = derItems(parameters) ?? [];
  const salt = boundedSalt(saltValue);
  const iterations = boundedIterations(iterationsValue);
  if (salt === null || iterations === null || !isWholeBlocks(encrypted, 8)) return { state: 'damaged' };
  return await decryptSha1TripleDesWith({ salt, iterations }, encrypted, passKey);
}

/** Form B with its salt and iterations read elsewhere: the password check of key3.db (nss.md 6.2). */
export async function decryptSha1TripleDesWith(
  { salt, iterations }: { salt: Uint8Array; iterations: number },
  encrypted: Uint8Array,
  passKey: Secret,
): Promise<PbeDecryption> {
  if (salt.length > maxSaltLength || !(iterations >= 1 && iterations <= maxIterations))
    return { state: 'damaged' };
  if (!isWholeBlocks(encrypted, 8)) return { state: 'damaged' };
  const hash = await repeatedSha1(passKey.bytes, salt, iterations);
  const padded = Buffer.alloc(Math.max(salt.length, legacySaltLength));
  padded.set(salt);
  const hmac = (...parts: Uint8Array[]): Buffer =>
    parts.reduce((mac, part) => mac.update(part), createHmac('sha1', hash)).digest();
  const first = hmac(padded, salt);
  const second = hmac(hmac(padded), salt);
  const material = Buffer.concat([first, second]);
  const result = decipher('des-ede3-cbc', material.subarray(0, 24), material.subarray(32, 40), encrypted);
  for (const bytes of [hash, first, second, material]) bytes.fill(0);
  return result;
}

/** SHA1(passKey || salt), then over itself; lets others run in between. */
async function repeatedSha1(passKey: Uint8Array, salt: Uint8Array, iterations: number): Promise<Buffer> {
  let hash = createHash('sha1').update(passKey).update(salt).digest();
  for (let done = 1; done < iterations; done++) {
    hash = createHash('sha1').update(hash).digest();
    if (done % 10_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return hash;
}

function decipher(cipher: string, key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): PbeDecryption {
  try {
    const decryption = createDecipheriv(cipher, key, iv);
    const plain = Buffer.concat([decryption.update(encrypted), decryption.final()]);
    return { state: 'decrypted', plain: secretOf(plain) };
  } catch {
    return { state: 'wrong-key' };
  }
}

function secretOf(bytes: Buffer): Secret {
  const secret = new Secret(bytes);
  bytes.fill(0);
  return secret;
}

function boundedSalt(value: DerValue | undefined): Uint8Array | null {
  const salt = derOctets(value);
  return salt !== null && salt.length <= maxSaltLength ? salt : null;
}

function boundedIterations(value: DerValue | undefined): number | null {
  const iterations = derInteger(value);
  return iterations !== null && iterations >= 1 && iterations <= maxIterations ? iterations : null;
}

function isWholeBlocks(bytes: Uint8Array, block: number): boolean {
  return bytes.length > 0 && bytes.length % block === 0;
}
