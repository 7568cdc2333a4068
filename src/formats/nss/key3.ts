/**
 * key3.db, the key store of programs up to Gecko 57 and of Postbox, opened with a primary password (nss.md 6.2).
 * It has no MAC. The key of the logins stands in it as a private RSA key that is none: its public exponent is 0.
 */

import { type DerValue, derItems, derOctets, derTag, parseDer } from '../der.ts';
import { Secret } from '../secret.ts';
import { parseBerkeleyHash } from './berkeley-hash.ts';
import { passKeyOf } from './pass-key.ts';
import { decryptPbe, decryptSha1TripleDesWith } from './pbe-decrypt.ts';

export interface Key3Records {
  version: number;
  globalSalt: Uint8Array;
  /** Null: no password was ever set, not even an empty one. */
  check: { salt: Uint8Array; iterations: number; encrypted: Uint8Array } | null;
  /** Wrapped keys of whatever kind: form B of nss.md 1.2. */
  wrapped: Uint8Array[];
  /** A page could not be read. */
  incomplete: boolean;
}

export type OpenedKey3 =
  | { state: 'opened'; keys: Secret[]; hasPassword: boolean }
  | { state: 'wrong-password' };

const passwordCheck = Buffer.from('password-check');
const keyLength = 24;
/** nss.md 6.2: `salt || iterations || length of iterations` is told from a salt by what is left. */
const saltLengths = [20, 28, 32, 48, 64];
const sha1TripleDes = Buffer.from('2a864886f70d010c050103', 'hex');
const maxRecords = 10_000;

/** Null when it is no key store. */
export function parseKey3(bytes: Uint8Array): Key3Records | null {
  const hash = parseBerkeleyHash(bytes);
  if (hash.state !== 'read') return null;
  const byName = new Map(hash.pairs.map(({ key, data }) => [Buffer.from(key).toString('latin1'), data]));
  const globalSalt = byName.get('global-salt');
  if (globalSalt === undefined) return null;
  const names = new Set(['Version', 'global-salt', 'password-check']);
  const others = hash.pairs.filter(({ key }) => !names.has(Buffer.from(key).toString('latin1')));
  return {
    version: byName.get('Version')?.[0] ?? 0,
    globalSalt,
    check: checkOf(byName.get('password-check')),
    wrapped: others.slice(0, maxRecords).flatMap(({ data }) => partsOf(data)?.value ?? []),
    incomplete: hash.incomplete,
  };
}

/** @param password empty: none is set. */
export async function openKey3(records: Key3Records, password: Secret): Promise<OpenedKey3> {
  const { globalSalt, check, wrapped } = records;
  const passKey = passKeyOf(globalSalt, password);
  if (check !== null) {
    const { encrypted, ...derivation } = check;
    const opened = await decryptSha1TripleDesWith(derivation, encrypted, passKey);
    if (opened.state !== 'decrypted' || !passwordCheck.equals(opened.plain.bytes))
      return { state: 'wrong-password' };
  }
  const keys: Secret[] = [];
  for (const blob of wrapped) {
    const opened = await decryptPbe(blob, passKey);
    const key = opened.state === 'decrypted' ? loginKeyIn(opened.plain) : null;
    if (key !== null) keys.push(key);
  }
  passKey.wipe();
  return { state: 'opened', keys, hasPassword: password.length > 0 };
}

/** `version, length of salt, length of nickname, salt, nickname, value` */
function partsOf(data: Uint8Array): { salt: Uint8Array; value: Uint8Array } | null {
  const [version, saltLength, nameLength] = data;
  if (version === undefined || saltLength === undefined || nameLength === undefined) return null;
  const start = 3 + saltLength + nameLength;
  return start < data.length ? { salt: data.subarray(3, 3 + saltLength), value: data.subarray(start) } : null;
}

function checkOf(data: Uint8Array | undefined): Key3Records['check'] {
  const parts = data === undefined ? null : partsOf(data);
  if (parts === null) return null;
  const length = parts.value[0] ?? 0;
  const oid = parts.value.subarray(1, 1 + length);
  if (Buffer.compare(oid, sha1TripleDes) !== 0) return null;
  return { ...withIterations(parts.salt), encrypted: parts.value.subarray(1 + length) };
}

function withIterations(field: Uint8Array): { salt: Uint8Array; iterations: number } {
  const size = field.at(-1) ?? 0;
  const left = field.length - 1 - size;
  if (size < 1 || size > 4 || !saltLengths.includes(left)) return { salt: field, iterations: 1 };
  const iterations = field.subarray(left, left + size).reduce((sum, byte) => sum * 256 + byte, 0);
  return { salt: field.subarray(0, left), iterations };
}

/** Null: another private key, of a certificate. */
function loginKeyIn(plain: Secret): Secret | null {
  const [, , wrapped] = derItems(parseDer(plain.bytes)) ?? [];
  const inner = derOctets(wrapped);
  const numbers = inner === null ? null : derItems(parseDer(inner));
  if (numbers === null || numbers.length !== 9 || !numbers.every(isInteger)) return null;
  const [, , publicExponent, value] = numbers;
  if (publicExponent === undefined || !publicExponent.content.every((byte) => byte === 0)) return null;
  const digits = value?.content ?? new Uint8Array();
  const from = digits.findIndex((byte) => byte !== 0);
  const significant = from < 0 ? new Uint8Array() : digits.subarray(from);
  if (significant.length === 0 || significant.length > keyLength) return null;
  const key = new Uint8Array(keyLength);
  key.set(significant, keyLength - significant.length);
  const secret = new Secret(key);
  key.fill(0);
  return secret;
}

const isInteger = ({ tag }: DerValue): boolean => tag === derTag.integer;
