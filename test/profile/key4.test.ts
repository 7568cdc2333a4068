import { describe, expect, it } from 'vitest';
import { readKey4 } from '../../src/profile/key4.ts';
import { sqliteBytes } from '../formats/support/make-sqlite.ts';
import { pbes2Blob, sha1Blob } from '../formats/support/write-der.ts';
import { type Key4Parts, key4Bytes } from './support/make-key4.ts';
import { changesNothing, put, realFiles, temporaryFolder } from './support/stores.ts';

function read(content: string | Uint8Array | null) {
  const folder = temporaryFolder();
  if (content !== null) put(folder, 'key4.db', content);
  return changesNothing(folder, () => readKey4(realFiles, folder));
}

const readParts = (parts: Key4Parts) => read(key4Bytes(parts));
const check = (blob: Uint8Array, salt = 20): Key4Parts => ({ password: { salt, check: blob } });

describe('key4.db of Thunderbird 153', () => {
  it('without a primary password hashes the empty one once', () => {
    const parts = {
      ...check(pbes2Blob(1)),
      keys: [{ id: 0x3f1f2f, type: 'aes256' as const }],
      macs: ['sig_key_003f1f2f_00000011'],
    };
    expect(readParts(parts)).toEqual({
      state: 'present',
      why: null,
      pending: false,
      hasPasswordRow: true,
      primaryPassword: 'none',
      iterations: 1,
      loginKeys: [{ id: 0x3f1f2f, cipher: 'aes256', scheme: 'pbes2', mac: 'present' }],
    });
  });

  it('with one hashes it 10,000 times, or as often as the environment asked', () => {
    expect(readParts(check(pbes2Blob(10_000)))).toMatchObject({ primaryPassword: 'set', iterations: 10_000 });
    expect(readParts(check(pbes2Blob(600_000)))).toMatchObject({
      primaryPassword: 'set',
      iterations: 600_000,
    });
  });

  it('has the long salt only with a primary password', () => {
    expect(readParts(check(pbes2Blob(1), 48))).toMatchObject({ primaryPassword: 'set' });
  });

  it('of an upgraded profile has two keys with one id, told by their type', () => {
    const keys = [
      { id: 1, type: '3des' as const, value: sha1Blob(1) },
      { id: 2, type: 'aes256' as const },
    ];
    expect(readParts({ ...check(sha1Blob(1)), keys, macs: ['sig_key_00000002_00000011'] }).loginKeys).toEqual(
      [
        { id: 1, cipher: '3des', scheme: 'sha1-3des', mac: 'not-needed' },
        { id: 2, cipher: 'aes256', scheme: 'pbes2', mac: 'present' },
      ],
    );
  });
});

describe('key4.db', () => {
  it('of NSS before 3.48 does not tell whether there is a primary password', () => {
    expect(readParts(check(sha1Blob(1)))).toMatchObject({ primaryPassword: 'unknown', iterations: 1 });
    expect(readParts(check(sha1Blob(10_000)))).toMatchObject({ primaryPassword: 'set' });
  });

  it('with a damaged password row tells neither', () => {
    expect(readParts(check(Buffer.from('oops')))).toMatchObject({
      hasPasswordRow: true,
      primaryPassword: 'unknown',
      iterations: null,
    });
  });

  it('that was never set up has no password row', () => {
    const never = { state: 'present', hasPasswordRow: false, primaryPassword: 'unknown', loginKeys: [] };
    expect(readParts({ withMetaData: false })).toMatchObject(never);
    expect(readParts({ password: null })).toMatchObject(never);
  });

  it('without a login key makes a new one, and old logins stay closed', () => {
    const others = [
      { id: 1, type: 'aes256' as const, keyId: 'aa' },
      { id: 2, type: 'aes256' as const, objectClass: '00000003' },
    ];
    expect(readParts({ ...check(pbes2Blob(1)), keys: others }).loginKeys).toEqual([]);
  });

  it('may lack the MAC without which NSS refuses the key, or have it in the wrong place', () => {
    const macOf = (...macs: string[]) =>
      readParts({ ...check(pbes2Blob(1)), keys: [{ id: 0x07853860, type: 'aes256' }], macs }).loginKeys[0]
        ?.mac;
    expect(macOf()).toBe('missing');
    expect(macOf('sig_key_07853860_00000080')).toBe('missing');
    expect(macOf('sig_key_07853860_00000011')).toBe('present');
    // As in a real profile of 2018 (bug 1720226).
    expect(macOf('sig_key_c7853860_00000011')).toBe('misfiled');
  });

  it('with a journal beside it was cut off in a change; it is read as it stands, from memory', () => {
    const folder = temporaryFolder();
    put(folder, 'key4.db', key4Bytes(check(pbes2Blob(1))));
    put(folder, 'key4.db-journal', Buffer.alloc(600, 1));
    expect(changesNothing(folder, () => readKey4(realFiles, folder))).toMatchObject({
      state: 'present',
      pending: true,
    });
  });
});

describe('a key4.db that cannot be used', () => {
  const whole = key4Bytes(check(pbes2Blob(1)));

  it.each([
    ['is missing', null, 'missing'],
    ['has 0 bytes', '', 'empty'],
    ['is something else', 'x'.repeat(4096), 'not-sqlite'],
    ['is cut short', whole.subarray(0, 9000), 'truncated'],
    ['has a damaged list of tables', Buffer.from(whole).fill(0xaa, 104, 300), 'damaged'],
    ['has no tables', sqliteBytes('CREATE TABLE t (x)'), 'no-tables'],
  ])('%s', (_what, content, state) => {
    expect(read(content)).toMatchObject({
      state,
      hasPasswordRow: null,
      primaryPassword: 'unknown',
      loginKeys: [],
    });
  });

  it('has a damaged page', () => {
    const keys = Array.from({ length: 60 }, (_, id) => ({ id: id + 1, type: 'aes256' as const }));
    const damaged = key4Bytes({ ...check(pbes2Blob(1)), keys });
    damaged.fill(0xaa, damaged.length - 8192, damaged.length - 4096);
    const read4 = read(damaged);
    expect(read4).toMatchObject({ state: 'damaged', loginKeys: [] });
    expect(read4.why).not.toBeNull();
  });

  it('may be fine where no SQLite is there to tell', () => {
    const folder = temporaryFolder();
    put(folder, 'key4.db', whole);
    expect(readKey4(realFiles, folder, { engine: null })).toMatchObject({
      state: 'no-engine',
      hasPasswordRow: null,
    });
  });
});
