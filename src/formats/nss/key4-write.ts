/**
 * The rows of a key store (nss.md 1, 5.2): all of a new one, with or without a primary password, or those of one more
 * key for a store that is open. As plain data; their file is key4-file.ts.
 * Belongs here: what stands in the rows. How values are encrypted is pbe-encrypt.ts.
 */

import { loginKeyId } from '../sdr.ts';
import type { Secret } from '../secret.ts';
import { type LoginKeyCipher, newLoginKey } from './login-key.ts';
import { passKeyOf } from './pass-key.ts';
import { encryptPbes2, pbmac1 } from './pbe-encrypt.ts';
import type { RandomBytes } from './random.ts';

/** A row of `metaData`. */
export interface MetaDataRow {
  id: string;
  item1: Uint8Array;
  item2: Uint8Array | null;
}

/** A row of `nssPrivate`: `columns` by name (`a11`); those not named are NULL. */
export interface PrivateRow {
  id: number;
  columns: Readonly<Record<string, Uint8Array>>;
}

export interface KeyStoreRows {
  metaData: MetaDataRow[];
  nssPrivate: PrivateRow[];
}

export interface WrittenKey {
  cipher: LoginKeyCipher;
  value: Secret;
  /** The row's id in nssPrivate. */
  id: number;
}

/** A key to be filed: one that is known already (so that logins need no change), or a new one of that kind. */
export interface KeyToWrite {
  cipher: LoginKeyCipher;
  value?: Secret;
}

export interface NewKeyStore {
  /** Empty: no primary password. UTF-8 as it was typed: NSS does not normalise. */
  password: Secret;
  keys: readonly KeyToWrite[];
  /**
   * Bytes of the global salt when there is a password; 20 without one. NSS >= 3.118 makes 48, and no older one opens
   * such a store; 20 every version takes (nss.md 1.1, 5.2).
   */
  saltLength: 20 | 48;
}

/** What of an open store a further key of it needs. */
export interface OpenKeyStore {
  passKey: Secret;
  hasPassword: boolean;
  /** Of the row `password`. */
  iterations: number;
  /** Ids in nssPrivate and those that MAC rows are filed under. */
  takenIds: ReadonlySet<number>;
}

const passwordCheck = Buffer.from('password-check');
/** nss.md 1.2: what NSS takes since 3.48. */
const iterationsOfSetPassword = 10_000;
const largestId = 0x3fffffff;
const valueAttribute = 0x11;

/** The rows of a whole store and the keys in it. */
export async function newKeyStore(
  { password, keys, saltLength }: NewKeyStore,
  random: RandomBytes,
): Promise<{ rows: KeyStoreRows; keys: WrittenKey[] }> {
  const hasPassword = password.bytes.length > 0;
  // nss.md 1.3: an empty password that is hashed more often than once is asked for.
  const iterations = hasPassword ? iterationsOfSetPassword : 1;
  const salt = random(hasPassword ? saltLength : 20);
  const passKey = passKeyOf(salt, password);
  const check = await encryptPbes2(passwordCheck, passKey, iterations, random);
  const rows: KeyStoreRows = { metaData: [{ id: 'password', item1: salt, item2: check }], nssPrivate: [] };
  const takenIds = new Set<number>();
  const written: WrittenKey[] = [];
  for (const key of keys) {
    const further = await furtherKey(key, { passKey, hasPassword, iterations, takenIds }, random);
    rows.nssPrivate.push(...further.rows.nssPrivate);
    rows.metaData.push(...further.rows.metaData);
    takenIds.add(further.key.id);
    written.push(further.key);
  }
  passKey.wipe();
  return { rows, keys: written };
}

/** The row of one more key and its MAC row. */
export async function furtherKey(
  { cipher, value = undefined }: KeyToWrite,
  { passKey, hasPassword, iterations: asChecked, takenIds }: OpenKeyStore,
  random: RandomBytes,
): Promise<{ rows: KeyStoreRows; key: WrittenKey }> {
  const key = value ?? newLoginKey(cipher, random);
  // A store of NSS < 3.48 has 1 for a set password; NSS itself gives a further key 10000 then (nss.md 9, firefox_144).
  const iterations = hasPassword ? Math.max(asChecked, iterationsOfSetPassword) : 1;
  const id = freeId(takenIds, random);
  const place = { objectId: 0, attribute: valueAttribute };
  const encrypted = await encryptPbes2(key.bytes, passKey, iterations, random);
  const mac = await pbmac1(key.bytes, place, passKey, iterations, random);
  return {
    rows: {
      nssPrivate: [{ id, columns: keyColumns(cipher, encrypted) }],
      metaData: [{ id: `sig_key_${hex32(id)}_${hex32(valueAttribute)}`, item1: mac, item2: null }],
    },
    key: { cipher, value: key, id },
  };
}

/** Every attribute that NSS writes for the key of the logins (nss.md 1). */
function keyColumns(cipher: LoginKeyCipher, encrypted: Uint8Array): PrivateRow['columns'] {
  const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
  const [no, yes, empty] = [hex('00'), hex('01'), hex('a5005a')];
  return {
    a0: hex('00000004'),
    a1: yes,
    a2: yes,
    a3: empty,
    a11: encrypted,
    a100: hex(cipher === 'aes256' ? '0000001f' : '00000015'),
    a102: hex(loginKeyId),
    a103: no,
    a104: yes,
    a105: yes,
    a106: yes,
    a107: yes,
    a108: yes,
    a10a: no,
    a110: empty,
    a111: empty,
    ...(cipher === 'aes256' ? { a161: hex('00000020') } : {}),
    a162: yes,
    a163: no,
    a164: no,
    a165: yes,
    a170: yes,
  };
}

/** nss.md 1: 1 to 0x3fffffff. A taken one is stepped over, as NSS does. */
function freeId(taken: ReadonlySet<number>, random: RandomBytes): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  let id = ((a & 0x3f) << 24) | (b << 16) | (c << 8) | d || 1;
  while (taken.has(id)) id = id === largestId ? 1 : id + 1;
  return id;
}

const hex32 = (number: number): string => number.toString(16).padStart(8, '0');
