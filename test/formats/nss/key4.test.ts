/** key4.db opened: the password check, keys of both kinds under one id, and every state of their seal (nss.md 1). */

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Key4Rows, mayBeEmptyPassword, openKey4 } from '../../../src/formats/nss/key4.ts';
import { type NewKeyStore, newKeyStore } from '../../../src/formats/nss/key4-write.ts';
import { Secret } from '../../../src/formats/secret.ts';

async function storeOf(
  password: string,
  keys: NewKeyStore['keys'] = [{ cipher: 'aes256' }],
  saltLength: 20 | 48 = 20,
) {
  const made = await newKeyStore({ password: Secret.fromText(password), keys, saltLength }, randomBytes);
  const { metaData, nssPrivate } = made.rows;
  const [check] = metaData.filter(({ id }) => id === 'password');
  const rows: Key4Rows = {
    password: check === undefined ? null : { salt: check.item1, check: check.item2 ?? new Uint8Array() },
    keys: nssPrivate.map(({ id, columns }) => ({
      id,
      cipher:
        Buffer.from(columns.a100 ?? []).toString('hex') === '0000001f'
          ? ('aes256' as const)
          : ('3des' as const),
      value: columns.a11 ?? new Uint8Array(),
    })),
    macs: new Map(metaData.filter(({ id }) => id !== 'password').map(({ id, item1 }) => [id, item1])),
  };
  return { rows, made };
}

const opened = async (rows: Key4Rows, password: string) => {
  const result = await openKey4(rows, Secret.fromText(password));
  if (result.state !== 'opened') throw new Error(result.state);
  return result;
};

describe('a key store', () => {
  it('opens with its password alone, with salts of both lengths', async () => {
    for (const saltLength of [20, 48] as const) {
      const { rows, made } = await storeOf('ünï', [{ cipher: 'aes256' }, { cipher: '3des' }], saltLength);
      const { keys, hasPassword, iterations } = await opened(rows, 'ünï');
      expect(keys.map(({ cipher, mac }) => `${cipher} ${mac}`)).toEqual(['aes256 verified', '3des verified']);
      expect(keys.map(({ value }) => [...value.bytes])).toEqual(
        made.keys.map(({ value }) => [...value.bytes]),
      );
      expect([hasPassword, iterations]).toEqual([true, 10_000]);
      for (const wrong of ['', 'uni', 'ÜNÏ', 'ünï '])
        expect((await openKey4(rows, Secret.fromText(wrong))).state).toBe('wrong-password');
      expect(mayBeEmptyPassword(rows)).toBe(false);
    }
  });

  it('without a password opens with the empty one', async () => {
    const { rows } = await storeOf('');
    expect(mayBeEmptyPassword(rows)).toBe(true);
    expect((await opened(rows, '')).hasPassword).toBe(false);
  });

  it('without a password row was never set up', async () => {
    const { rows } = await storeOf('');
    expect((await openKey4({ ...rows, password: null }, Secret.fromText(''))).state).toBe(
      'no-password-check',
    );
    expect(mayBeEmptyPassword({ ...rows, password: null })).toBe(false);
  });

  it('says of each key whether NSS takes it', async () => {
    const { rows } = await storeOf('');
    const [[name = '', mac = new Uint8Array()] = []] = [...rows.macs];
    const id = Number.parseInt(name.slice(8, 16), 16);
    const states: [string, Key4Rows['macs']][] = [
      ['missing', new Map()],
      [
        'misfiled',
        new Map([[name.replace(/_[0-9a-f]{8}_/, `_${((id | 0xc0000000) >>> 0).toString(16)}_`), mac]]),
      ],
      ['wrong', new Map([[name, mac.map((byte, i) => (i === mac.length - 1 ? byte ^ 1 : byte))]])],
      ['wrong', new Map([[name, new Uint8Array()]])],
      ['verified', rows.macs],
    ];
    for (const [state, macs] of states) {
      const { keys } = await opened({ ...rows, macs }, '');
      expect(keys.map((key) => key.mac)).toEqual([state]);
    }
  });

  it('counts keys that are damaged, and opens the others', async () => {
    const { rows } = await storeOf('', [{ cipher: 'aes256' }, { cipher: '3des' }]);
    const [first, second] = rows.keys;
    if (first === undefined || second === undefined) throw new Error('two keys');
    const broken = { ...rows, keys: [{ ...first, value: first.value.subarray(0, 40) }, second] };
    const { keys, damagedKeys } = await opened(broken, '');
    expect([keys.map(({ cipher }) => cipher), damagedKeys]).toEqual([['3des'], 1]);
  });

  it('never throws, whatever stands in its rows', async () => {
    const { rows } = await storeOf('');
    const check = rows.password?.check ?? new Uint8Array();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.nat(check.length - 1), fc.nat(255), async (bytes, at, value) => {
        const changed = Uint8Array.from(check);
        changed[at] = value;
        for (const one of [bytes, changed]) {
          const { state } = await openKey4(
            { ...rows, password: { salt: bytes, check: one } },
            Secret.fromText(''),
          );
          expect(['opened', 'wrong-password', 'damaged']).toContain(state);
        }
      }),
      { numRuns: 60 },
    );
  });
});
