import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DerValue, derInteger, derItems, derOctets, parseDer } from '../../../src/formats/der.ts';
import { furtherKey, type KeyStoreRows, newKeyStore } from '../../../src/formats/nss/key4-write.ts';
import { Secret } from '../../../src/formats/secret.ts';
import { countedRandom } from './support/counted-random.ts';

const secret = (text: string): Secret => new Secret(Buffer.from(text));
const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/** Reads a blob by the rules of nss.md 1.2 and 1.4, by other ways than the code that wrote it. */
function derived(
  passKey: Uint8Array,
  blob: Uint8Array,
): { key: Buffer; iterations: number; data: Uint8Array; second: DerValue | undefined } {
  const [algorithm, data] = derItems(parseDer(blob)) ?? [];
  const [derivation, second] = derItems(derItems(algorithm)?.[1]) ?? [];
  const [salt, count] = derItems(derItems(derivation)?.[1]) ?? [];
  const iterations = derInteger(count) ?? 0;
  const key = pbkdf2Sync(passKey, derOctets(salt) ?? '', iterations, 32, 'sha256');
  return { key, iterations, data: derOctets(data) ?? new Uint8Array(), second };
}

function decrypted(passKey: Uint8Array, blob: Uint8Array): string {
  const { key, data, second } = derived(passKey, blob);
  const vector = derItems(second)?.[1]?.raw ?? new Uint8Array();
  const decipher = createDecipheriv('aes-256-cbc', key, vector);
  return hex(Buffer.concat([decipher.update(data), decipher.final()]));
}

function opened(
  rows: KeyStoreRows,
  password: string,
): { check: string; passKey: Uint8Array; salt: Uint8Array } {
  const [row] = rows.metaData;
  const salt = row?.item1 ?? new Uint8Array();
  const passKey = createHash(salt.length === 48 ? 'sha384' : 'sha1')
    .update(salt)
    .update(password)
    .digest();
  return { check: decrypted(passKey, row?.item2 ?? new Uint8Array()), passKey, salt };
}

const passwordCheck = hex(Buffer.from('password-check'));

describe('a new key store', () => {
  it.each([
    ['without a password: 20 bytes of salt, hashed once', '', 48, 20, 1],
    ['with a password, for every version', 'hunter2 ünï', 20, 20, 10_000],
    ['with a password, as NSS since 3.118', 'hunter2 ünï', 48, 48, 10_000],
  ] as const)('%s', async (_what, password, saltLength, expectedSalt, iterations) => {
    const { rows, keys } = await newKeyStore(
      { password: secret(password), keys: [{ cipher: 'aes256' }], saltLength },
      countedRandom(),
    );
    const { check, passKey, salt } = opened(rows, password);
    expect(check).toBe(passwordCheck);
    expect(salt).toHaveLength(expectedSalt);
    const blob = rows.nssPrivate[0]?.columns.a11 ?? new Uint8Array();
    expect(derived(passKey, blob).iterations).toBe(iterations);
    expect(decrypted(passKey, blob)).toBe(hex(keys[0]?.value.bytes));
  });

  it('files a MAC under the id of the row, over the id 0', async () => {
    const { rows, keys } = await newKeyStore(
      { password: secret('pw'), keys: [{ cipher: '3des' }, { cipher: 'aes256' }], saltLength: 20 },
      countedRandom(),
    );
    const { passKey } = opened(rows, 'pw');
    expect(keys).toHaveLength(2);
    for (const { id, value } of keys) {
      const row = rows.metaData.find(
        (one) => one.id === `sig_key_${id.toString(16).padStart(8, '0')}_00000011`,
      );
      const { key, data } = derived(passKey, row?.item1 ?? new Uint8Array());
      const mac = createHmac('sha256', key)
        .update(Buffer.from('0000000000000011', 'hex'))
        .update(value.bytes);
      expect(hex(data)).toBe(mac.digest('hex'));
      expect(row?.item2).toBeNull();
    }
  });

  it('has the row that NSS writes for an AES key, and no length for 3DES', async () => {
    const { rows } = await newKeyStore(
      { password: secret(''), keys: [{ cipher: 'aes256' }, { cipher: '3des' }], saltLength: 20 },
      countedRandom(),
    );
    const [aes, tripleDes] = rows.nssPrivate.map(({ columns: { a11, ...others } }) =>
      Object.fromEntries(Object.entries(others).map(([name, value]) => [name, hex(value)])),
    );
    // As in the vectors a and d, which NSS made.
    const both = {
      a0: '00000004',
      a1: '01',
      a2: '01',
      a3: 'a5005a',
      a102: 'f8000000000000000000000000000001',
      a103: '00',
      a104: '01',
      a105: '01',
      a106: '01',
      a107: '01',
      a108: '01',
      a10a: '00',
      a110: 'a5005a',
      a111: 'a5005a',
      a162: '01',
      a163: '00',
      a164: '00',
      a165: '01',
      a170: '01',
    };
    expect(aes).toEqual({ ...both, a100: '0000001f', a161: '00000020' });
    expect(tripleDes).toEqual({ ...both, a100: '00000015' });
  });

  it('takes a key that is known already, so that logins stay as they are', async () => {
    const value = new Secret(Buffer.alloc(24, 0x31));
    const { rows, keys } = await newKeyStore(
      { password: secret('pw'), keys: [{ cipher: '3des', value }], saltLength: 20 },
      countedRandom(),
    );
    const { passKey } = opened(rows, 'pw');
    expect(decrypted(passKey, rows.nssPrivate[0]?.columns.a11 ?? new Uint8Array())).toBe('31'.repeat(24));
    expect(keys[0]?.value).toBe(value);
  });

  it('gives a new 3DES key odd parity in every byte', async () => {
    const { keys } = await newKeyStore(
      { password: secret(''), keys: Array(20).fill({ cipher: '3des' }), saltLength: 20 },
      countedRandom(),
    );
    const ones = keys.flatMap(({ value }) =>
      [...value.bytes].map((byte) => byte.toString(2).replaceAll('0', '').length % 2),
    );
    expect(ones).toHaveLength(20 * 24);
    expect(new Set(ones)).toEqual(new Set([1]));
    expect(new Set(keys.map(({ id }) => id)).size).toBe(20);
  });
});

describe('a further key', () => {
  const store = { passKey: secret('a pass key'), hasPassword: true, takenIds: new Set<number>() };

  it.each([
    ['is hashed as often as the password of the store', true, 50_000, 50_000],
    ['is not hashed once when an old NSS did so for a set password', true, 1, 10_000],
    ['is hashed once when there is no password', false, 1, 1],
  ])('%s', async (_what, hasPassword, asChecked, iterations) => {
    const { rows } = await furtherKey(
      { cipher: 'aes256' },
      { ...store, hasPassword, iterations: asChecked },
      countedRandom(),
    );
    const blobs = [rows.nssPrivate[0]?.columns.a11, rows.metaData[0]?.item1];
    expect(blobs.map((blob) => derived(store.passKey.bytes, blob ?? new Uint8Array()).iterations)).toEqual([
      iterations,
      iterations,
    ]);
  });

  it.each([
    ['steps over a taken id', 'ffffffff', [0x3fffffff, 1], 2],
    ['has an id above 0', '00000000', [], 1],
    ['has an id of 30 bits', 'c0000005', [], 5],
  ])('%s', async (_what, start, taken, id) => {
    const others = countedRandom();
    const random = (length: number): Uint8Array =>
      length === 4 ? Buffer.from(start, 'hex') : others(length);
    const open = { ...store, hasPassword: false, iterations: 1, takenIds: new Set(taken) };
    expect((await furtherKey({ cipher: 'aes256' }, open, random)).key.id).toBe(id);
  });
});
