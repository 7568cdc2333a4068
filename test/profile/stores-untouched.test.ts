import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAddOns } from '../../src/profile/add-ons.ts';
import { readAddressBooks } from '../../src/profile/address-books.ts';
import { readCalendars } from '../../src/profile/calendars.ts';
import { readLdapDirectories } from '../../src/profile/directories-ldap.ts';
import { readKeyStore } from '../../src/profile/key-store.ts';
import { readLoginStore } from '../../src/profile/login-store.ts';
import { addressBookSql } from '../formats/support/make-sqlite.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import {
  changesNothing,
  prefsOfProfile,
  put,
  putWithHotJournal,
  putWithWal,
  realFiles,
  temporaryFolder,
} from './support/stores.ts';

function readEverything(profile: string) {
  const temporary = temporaryFolder();
  const prefs = prefsOfProfile(profile);
  const seen = {
    books: readAddressBooks(realFiles, profile, prefs, { temporary }),
    directories: readLdapDirectories(prefs),
    calendars: readCalendars(prefs),
    addOns: readAddOns(realFiles, profile),
    keys: readKeyStore(realFiles, profile, { temporary }),
    logins: readLoginStore(realFiles, profile),
  };
  expect(fs.readdirSync(temporary)).toEqual([]);
  return seen;
}

const someCards = Array.from(
  { length: 200 },
  (_, n) => `INSERT INTO properties VALUES ('new${n}', 'DisplayName', 'x');`,
).join('');

describe('reading the stores of a profile', () => {
  it.each(['plain', 'primary', 'directories', 'removed-account', 'unicode'])(
    'changes nothing in %s',
    (name) => {
      const { profile, root } = layOutFixture(name, temporaryFolder());
      expect(changesNothing(root, () => readEverything(profile)).logins.live).toBe('logins.json');
    },
  );

  it('changes nothing after a crash: rows in the -wal, a change cut off, databases cut short', () => {
    const { profile } = layOutFixture('plain', temporaryFolder());
    putWithWal(profile, 'abook.sqlite', 'CREATE TABLE other (x);', addressBookSql(8, 1));
    putWithHotJournal(profile, 'history.sqlite', addressBookSql(3), someCards);
    fs.truncateSync(path.join(profile, 'cert9.db'), 100_000);
    fs.truncateSync(path.join(profile, 'logins.json'), 900);
    put(profile, 'key4.db-journal', Buffer.alloc(1000, 1));
    const { books, keys, logins } = changesNothing(profile, () => readEverything(profile));
    expect(books.map(({ cards, lists }) => [cards, lists])).toEqual([
      [8, 1],
      [3, 0],
    ]);
    expect(keys).toMatchObject({
      key4: { state: 'present', pending: true },
      cert9: { state: 'truncated', hidesPasswords: true },
    });
    expect(logins).toMatchObject({ logins: { state: 'damaged', salvageable: 1 }, live: null });
  });

  it('changes nothing where everything is garbage, empty or a folder', () => {
    const { profile } = layOutFixture('plain', temporaryFolder());
    put(profile, 'abook.sqlite', 'garbage');
    put(profile, 'history.sqlite', '');
    put(profile, 'key4.db', Buffer.alloc(4096));
    fs.rmSync(path.join(profile, 'logins.json'));
    fs.mkdirSync(path.join(profile, 'logins.json'));
    put(profile, 'extensions.json', '{');
    const { books, keys, logins, addOns } = changesNothing(profile, () => readEverything(profile));
    expect(books.map(({ cards, shown }) => [cards, shown])).toEqual([
      [null, false],
      [0, true],
    ]);
    expect(keys.key4.state).toBe('not-sqlite');
    expect(logins.logins.state).toBe('unreadable');
    expect(addOns).toEqual([]);
  });
});
