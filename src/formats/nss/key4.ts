/**
 * key4.db opened with a primary password: the password check, the keys of the logins, and whether NSS would take them
 * (nss.md 1.3, 1.4). Its rows come as data; where they stand is unlock/key4-rows.ts.
 * Keys are told apart by their type: the 3DES and the AES key of one profile have one id.
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { derItems, derOctets, derOid, parseDer } from '../der.ts';
import { describePbe } from '../pbe.ts';
import type { Secret } from '../secret.ts';
import { type LoginKeyCipher, loginKeyLength } from './login-key.ts';
import { passKeyOf } from './pass-key.ts';
import { decryptPbe, derivationOf, deriveKey } from './pbe-decrypt.ts';

export interface Key4Rows {
  /** Row `password` of metaData; null: never set up. */
  password: { salt: Uint8Array; check: Uint8Array } | null;
  /** Secret keys of nssPrivate with the id of the login key. */
  keys: { id: number; cipher: LoginKeyCipher; value: Uint8Array }[];
  /** item1 of the rows `sig_key_…`, by name. */
  macs: ReadonlyMap<string, Uint8Array>;
}

export type MacState =
  | 'verified'
  /** Filed under the id with its two highest bits set, an old bug; NSS takes it. */
  | 'misfiled'
  /** NSS refuses the key; the key itself is intact. */
  | 'missing'
  | 'wrong'
  /** The older encryption (form B) has none. */
  | 'not-needed';

export interface OpenedKey {
  /** The row's id in nssPrivate. */
  id: number;
  cipher: LoginKeyCipher;
  value: Secret;
  mac: MacState;
}

export type OpenedKey4 =
  | {
      state: 'opened';
      passKey: Secret;
      hasPassword: boolean;
      iterations: number;
      keys: OpenedKey[];
      /** Keys that could not be decrypted, or have an odd length. */
      damagedKeys: number;
    }
  /** Or the damaged row of a right one: the two cannot be told apart. */
  | { state: 'wrong-password' }
  | { state: 'no-password-check' }
  | { state: 'damaged' };

const passwordCheck = Buffer.from('password-check');
const valueAttribute = 0x11;
const pbmac1 = '1.2.840.113549.1.5.14';
const macHashes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

/** NSS tries the empty password only when it is hashed once (nss.md 1.3); so an empty one need not be tried otherwise. */
export function mayBeEmptyPassword({ password }: Key4Rows): boolean {
  return password !== null && describePbe(password.check)?.iterations === 1;
}

/** @param password empty: none is set. */
export async function openKey4(rows: Key4Rows, password: Secret): Promise<OpenedKey4> {
  if (rows.password === null) return { state: 'no-password-check' };
  const passKey = passKeyOf(rows.password.salt, password);
  // Side by side: each takes its thousands of rounds on a thread of its own.
  const opening = Promise.all(rows.keys.map((row) => openKey(row, rows.macs, passKey)));
  const [check, opened] = await Promise.all([decryptPbe(rows.password.check, passKey), opening]);
  if (check.state === 'damaged') return { state: 'damaged' };
  const isRight = check.state === 'decrypted' && passwordCheck.equals(check.plain.bytes);
  if (!isRight) {
    passKey.wipe();
    for (const key of opened) key?.value.wipe();
    return { state: 'wrong-password' };
  }
  const keys = opened.flatMap((key) => key ?? []);
  return {
    state: 'opened',
    passKey,
    hasPassword: password.length > 0,
    iterations: describePbe(rows.password.check)?.iterations ?? 1,
    keys,
    damagedKeys: opened.length - keys.length,
  };
}

async function openKey(
  { id, cipher, value }: Key4Rows['keys'][number],
  macs: Key4Rows['macs'],
  passKey: Secret,
): Promise<OpenedKey | null> {
  const filed = macs.get(macName(id));
  const [decrypted, filedMac] = await Promise.all([
    decryptPbe(value, passKey),
    filed === undefined ? null : readMac(filed, passKey),
  ]);
  if (decrypted.state !== 'decrypted' || decrypted.plain.length !== loginKeyLength[cipher]) return null;
  const key = { id, cipher, value: decrypted.plain };
  if (describePbe(value)?.scheme === 'sha1-3des') return { ...key, mac: 'not-needed' };
  if (filedMac !== null && verifies(filedMac, key.value)) return { ...key, mac: 'verified' };
  const misfiled = macs.get(macName((id | 0xc0000000) >>> 0));
  const misfiledMac = misfiled === undefined ? null : await readMac(misfiled, passKey);
  if (misfiledMac !== null && verifies(misfiledMac, key.value)) return { ...key, mac: 'misfiled' };
  return { ...key, mac: filed === undefined && misfiled === undefined ? 'missing' : 'wrong' };
}

interface Mac {
  key: Secret;
  hash: string;
  expected: Uint8Array;
}

async function readMac(blob: Uint8Array, passKey: Secret): Promise<Mac | null> {
  const [algorithm, mac] = derItems(parseDer(blob)) ?? [];
  const [oid, parameters] = derItems(algorithm) ?? [];
  const [derivationValue, hashValue] = derItems(parameters) ?? [];
  const derivation = derivationOf(derivationValue);
  const hash = macHashes.get(derOid(derItems(hashValue)?.[0]) ?? '');
  const expected = derOctets(mac);
  if (derOid(oid) !== pbmac1 || derivation === null || hash === undefined || expected === null) return null;
  return { key: await deriveKey(passKey, derivation), hash, expected };
}

/** Over object id 0, whatever id an encrypted attribute is filed under (nss.md 1.4). */
function verifies({ key, hash, expected }: Mac, value: Secret): boolean {
  const place = Buffer.alloc(8);
  place.writeUInt32BE(valueAttribute, 4);
  const made = createHmac(hash, key.bytes).update(place).update(value.bytes).digest();
  key.wipe();
  return made.length === expected.length && timingSafeEqual(made, expected);
}

function macName(objectId: number): string {
  const hex = (number: number): string => number.toString(16).padStart(8, '0');
  return `sig_key_${hex(objectId)}_${hex(valueAttribute)}`;
}
