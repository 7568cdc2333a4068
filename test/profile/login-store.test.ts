import { describe, expect, it } from 'vitest';
import { readLoginStore } from '../../src/profile/login-store.ts';
import { loginRow, loginsText } from '../formats/support/login-rows.ts';
import { layOutFixture, readFixtureDocument } from '../support/lay-out-fixture.ts';
import { changesNothing, put, realFiles, temporaryFolder } from './support/stores.ts';

function read(files: Record<string, string | Uint8Array>) {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) put(folder, name, content);
  return changesNothing(folder, () => readLoginStore(realFiles, folder));
}

const rows = [loginRow(1), loginRow(2)];
const whole = loginsText(rows);

describe('the login store of a real profile', () => {
  it.each(['plain', 'primary', 'maildir', 'several-accounts'])(
    '%s has the rows that Thunderbird has',
    (name) => {
      const { profile } = layOutFixture(name, temporaryFolder());
      const dump = readFixtureDocument(name, 'dump.json') as {
        logins: { origin: string; realm: string; guid?: string }[];
      };
      const store = changesNothing(profile, () => readLoginStore(realFiles, profile));
      expect(store.live).toBe('logins.json');
      expect(store.logins.logins.map(({ origin, realm }) => ({ origin, realm })).sort(byOrigin)).toEqual(
        dump.logins.map(({ origin, realm }) => ({ origin, realm })).sort(byOrigin),
      );
      expect(store.logins.logins.every((row) => row.password?.cipher === 'aes256')).toBe(true);
    },
  );
});

const byOrigin = (a: { origin: string | null }, b: { origin: string | null }): number =>
  (a.origin ?? '').localeCompare(b.origin ?? '');

describe('a login store', () => {
  it('knows size and time of its files, and the text of every row', () => {
    const { logins } = read({ 'logins.json': whole });
    expect(logins).toMatchObject({
      file: 'logins.json',
      state: 'ok',
      why: null,
      size: whole.length,
      salvageable: 2,
    });
    expect(typeof logins.mtimeNs).toBe('bigint');
    expect(logins.rows).toEqual(rows.map((row) => JSON.stringify(row)));
  });

  it('without any file has none that counts', () => {
    expect(read({})).toMatchObject({
      logins: { state: 'missing', size: null, mtimeNs: null, rows: [] },
      backup: { state: 'missing' },
      corrupt: [],
      older: [],
      live: null,
    });
    expect(readLoginStore(realFiles, '/nowhere/at/all').live).toBeNull();
  });

  it('is the backup when logins.json is missing or no JSON: the program puts it in its place', () => {
    const backup = { 'logins-backup.json': whole };
    expect(read(backup).live).toBe('logins-backup.json');
    for (const damaged of ['', '\0\0\0', whole.slice(0, 700)]) {
      expect(read({ ...backup, 'logins.json': damaged }).live).toBe('logins-backup.json');
    }
  });

  it('stays logins.json when that is JSON, even if the program can make nothing of it', () => {
    expect(read({ 'logins.json': '{"logins":5}', 'logins-backup.json': whole }).live).toBe('logins.json');
  });

  it('counts what is whole in a damaged file', () => {
    const { logins } = read({ 'logins.json': whole.slice(0, -60) });
    expect(logins).toMatchObject({ state: 'damaged', logins: [], salvageable: 1 });
    expect(logins.problem?.offset).toBe(whole.length - 60);
    expect(logins.rows).toEqual([JSON.stringify(rows[0])]);
  });

  it('lists what the program moved away, with what can be had from it', () => {
    const store = read({
      'logins.json': loginsText([]),
      'logins.json.corrupt': whole.slice(0, -60),
      'logins.json-1.corrupt': whole,
      'logins.json-2.corrupt': 'garbage',
      'logins.json.bak': whole,
      'logins.json-x.corrupt': whole,
    });
    expect(store.corrupt.map(({ file, state, salvageable }) => [file, state, salvageable])).toEqual([
      ['logins.json-1.corrupt', 'ok', 2],
      ['logins.json-2.corrupt', 'damaged', 0],
      ['logins.json.corrupt', 'damaged', 1],
    ]);
    expect(store.corrupt[1]?.size).toBe(7);
  });

  it('of an older program is the newest kind that is there', () => {
    const older = { 'signons.txt': '#2c', 'signons3.txt': '#2e', 'signons2.txt': '#2d' };
    expect(read(older)).toMatchObject({
      older: ['signons3.txt', 'signons2.txt', 'signons.txt'],
      live: 'signons3.txt',
    });
    expect(read({ ...older, 'signons.sqlite': 'x' }).live).toBe('signons.sqlite');
    expect(read({ ...older, 'logins.json': loginsText([]) }).live).toBe('logins.json');
  });

  it('may be a folder where a file should be', () => {
    const { logins, live } = read({ 'logins.json/x': '' });
    expect(logins).toMatchObject({ state: 'unreadable', why: 'it is a folder', rows: [] });
    expect(live).toBe('logins.json');
  });
});
