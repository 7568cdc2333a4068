import { describe, expect, it } from 'vitest';
import { readKeyStore } from '../../src/profile/key-store.ts';
import { sqliteBytes } from '../formats/support/make-sqlite.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import { changesNothing, put, realFiles, temporaryFolder } from './support/stores.ts';

function read(files: Record<string, string | Uint8Array>) {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) put(folder, name, content);
  return changesNothing(folder, () => readKeyStore(realFiles, folder));
}

const certificates = sqliteBytes('CREATE TABLE nssPublic (id, a0);');

describe('the key store of a real profile', () => {
  it('has one key for logins, and no primary password', () => {
    const { profile } = layOutFixture('plain', temporaryFolder());
    expect(changesNothing(profile, () => readKeyStore(realFiles, profile))).toMatchObject({
      key4: {
        state: 'present',
        hasPasswordRow: true,
        primaryPassword: 'none',
        loginKeys: [{ cipher: 'aes256', scheme: 'pbes2', mac: 'present' }],
      },
      key3: { state: 'missing' },
      cert9: { state: 'present', why: null, hidesPasswords: false },
      hasPkcs11: true,
      signons: [],
      live: 'key4.db',
    });
  });

  it('tells that there is a primary password without asking for it', () => {
    const { profile } = layOutFixture('primary', temporaryFolder());
    expect(readKeyStore(realFiles, profile).key4).toMatchObject({
      primaryPassword: 'set',
      iterations: 10_000,
    });
  });
});

describe('cert9.db', () => {
  it.each([
    ['garbage', 'x'.repeat(5000), 'not-sqlite'],
    ['cut short', certificates.subarray(0, 4096), 'truncated'],
    ['damaged', Buffer.from(certificates).fill(0xaa, 104, 200), 'damaged'],
  ])('that is %s hides every password', (_what, content, state) => {
    const { cert9 } = read({ 'cert9.db': content });
    expect(cert9).toMatchObject({ state, hidesPasswords: true });
    expect(cert9.why).not.toBeNull();
  });

  it('that is missing or empty is made anew and does no harm (measured)', () => {
    expect(read({}).cert9).toEqual({ state: 'missing', why: null, hidesPasswords: false });
    expect(read({ 'cert9.db': '' }).cert9).toMatchObject({ state: 'empty', hidesPasswords: false });
    expect(read({ 'cert9.db': certificates }).cert9).toEqual({
      state: 'present',
      why: null,
      hidesPasswords: false,
    });
  });

  it('with a damaged page hides them, too', () => {
    const many = sqliteBytes(
      `CREATE TABLE nssPublic (id, a0); ${'INSERT INTO nssPublic VALUES (1, randomblob(900));'.repeat(50)}`,
    );
    many.fill(0xaa, many.length - 8192, many.length - 4096);
    expect(read({ 'cert9.db': many }).cert9).toMatchObject({ state: 'damaged', hidesPasswords: true });
  });
});

describe('key3.db', () => {
  const berkeley = Buffer.concat([Buffer.from('0006156100000002', 'hex'), Buffer.alloc(16_000)]);

  it('is the key store of programs before Gecko 58', () => {
    expect(
      read({ 'key3.db': berkeley, 'signons.sqlite': 'x', 'signons3.txt': '#2e', 'signons.txt': '#2c' }),
    ).toMatchObject({
      key3: { state: 'present' },
      signons: ['signons.sqlite', 'signons.txt', 'signons3.txt'],
      live: 'key3.db',
    });
  });

  it('may be empty or something else', () => {
    expect(read({ 'key3.db': '' }).key3.state).toBe('empty');
    expect(read({ 'key3.db': 'abc' }).key3.state).toBe('not-berkeley-db');
    expect(read({ 'key3.db': Buffer.from('6115060000000002', 'hex') }).key3.state).toBe('not-berkeley-db');
    expect(read({ 'key3.db/x': '' }).key3.state).toBe('unreadable');
  });

  it('counts no more as soon as there is a key4.db, whatever that is', () => {
    expect(read({ 'key3.db': berkeley, 'key4.db': '' }).live).toBe('key4.db');
  });
});

describe('a profile without any key store', () => {
  it('has none that counts', () => {
    expect(read({})).toMatchObject({
      key4: { state: 'missing', why: null },
      hasPkcs11: false,
      signons: [],
      live: null,
    });
  });

  it('may even not be there', () => {
    expect(readKeyStore(realFiles, '/nowhere/at/all').live).toBeNull();
  });
});
