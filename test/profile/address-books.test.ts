import { describe, expect, it } from 'vitest';
import { type AddressBook, keepsMorkBooks, readAddressBooks } from '../../src/profile/address-books.ts';
import { addressBookSql, sqliteBytes } from '../formats/support/make-sqlite.ts';
import { layOutFixture, readFixtureDocument } from '../support/lay-out-fixture.ts';
import {
  changesNothing,
  prefsFromText,
  prefsOf,
  prefsOfProfile,
  put,
  realFiles,
  temporaryFolder,
} from './support/stores.ts';

interface DumpedBook {
  prefId: string;
  name: string;
  uri: string;
  cards: number;
  lists: unknown[];
}

type Values = Record<string, string | number | boolean>;

/** A branch with a database of `cards` cards. */
const branch = (key: string, file: string, more: Values = {}): Values => ({
  [`ldap_2.servers.${key}.description`]: `Book ${key}`,
  [`ldap_2.servers.${key}.dirType`]: 101,
  [`ldap_2.servers.${key}.filename`]: file,
  ...Object.fromEntries(
    Object.entries(more).map(([name, value]) => [`ldap_2.servers.${key}.${name}`, value]),
  ),
});

function read(values: Values, files: Record<string, string | Uint8Array> = {}): AddressBook[] {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) put(folder, name, content);
  return changesNothing(folder, () => readAddressBooks(realFiles, folder, prefsOf(values)));
}

const bookOf = (books: readonly AddressBook[], key: string): AddressBook | undefined =>
  books.find((book) => book.key === key);
const book = (cards: number, lists = 0): Buffer => sqliteBytes(addressBookSql(cards, lists));

describe('the address books of a real profile', () => {
  it.each(['plain', 'primary', 'gmail-oauth', 'maildir', 'directories', 'unicode'])(
    '%s are those that Thunderbird lists, in its order, with as many cards and lists',
    (name) => {
      const { profile } = layOutFixture(name, temporaryFolder());
      const dump = readFixtureDocument(name, 'dump.json') as { addressBooks: DumpedBook[] };
      const books = changesNothing(profile, () =>
        readAddressBooks(realFiles, profile, prefsOfProfile(profile)),
      );
      expect(
        books
          .filter(({ format }) => format !== 'ldap')
          .map(({ key, name, uri, cards, lists }) => ({
            prefId: `ldap_2.servers.${key}`,
            name,
            uri,
            cards,
            lists,
          })),
      ).toEqual(
        dump.addressBooks.map(({ prefId, name, uri, cards, lists }) => ({
          prefId,
          name,
          uri,
          cards,
          lists: lists.length,
        })),
      );
    },
  );
});

describe('address books', () => {
  it('are two without any preference and any file: the program makes them', () => {
    const made = { format: 'sqlite', cards: 0, lists: 0, shown: true, problem: { code: 'missing' } };
    expect(read({})).toMatchObject([
      {
        ...made,
        key: 'pab',
        name: 'Personal Address Book',
        file: 'abook.sqlite',
        uri: 'jsaddrbook://abook.sqlite',
        position: 1,
      },
      { ...made, key: 'history', name: 'Collected Addresses', file: 'history.sqlite', position: 2 },
    ]);
  });

  it('are listed: the personal one, local ones, CardDAV, LDAP, collected addresses; by name, numbers by value', () => {
    const values = {
      ...branch('a', 'a.sqlite', { description: 'list 10' }),
      ...branch('b', 'b.sqlite', { description: 'List 9' }),
      ...branch('c', 'c.sqlite', { dirType: 102, description: 'A' }),
      'ldap_2.servers.d.uri': 'ldap://ldap.example.org/',
      'ldap_2.servers.d.description': 'B',
      ...branch('e', 'e.sqlite', { description: '' }),
    };
    expect(read(values).map(({ key, format }) => `${key} ${format}`)).toEqual([
      'pab sqlite',
      'e sqlite',
      'b sqlite',
      'a sqlite',
      'c carddav',
      'd ldap',
      'history sqlite',
    ]);
  });

  it('of a CardDAV server are counted in their local copy', () => {
    const books = read(branch('dav', 'abook-1.sqlite', { dirType: 102 }), { 'abook-1.sqlite': book(6, 1) });
    expect(bookOf(books, 'dav')).toMatchObject({
      format: 'carddav',
      cards: 6,
      lists: 1,
      uri: 'jscarddav://abook-1.sqlite',
    });
  });

  it('of an LDAP server hold what nobody knows here', () => {
    const books = read({
      'ldap_2.servers.x.uri': 'ldaps://ldap.example.org/',
      'ldap_2.servers.x.filename': 'ldap.sqlite',
    });
    expect(bookOf(books, 'x')).toEqual({
      key: 'x',
      name: '',
      file: 'ldap.sqlite',
      format: 'ldap',
      uri: 'moz-abldapdirectory://ldap_2.servers.x',
      position: 1,
      cards: null,
      lists: null,
      shown: true,
      problem: null,
    });
  });

  it('may have dots in their key', () => {
    expect(bookOf(read(branch('a.b', 'abook-1.sqlite'), { 'abook-1.sqlite': book(2) }), 'a.b')?.cards).toBe(
      2,
    );
  });

  it('with an LDAP address and a file are two', () => {
    const books = read(branch('both', 'abook-1.sqlite', { uri: 'ldap://x.example.org/' }));
    expect(books.filter(({ key }) => key === 'both').map(({ format }) => format)).toEqual(['sqlite', 'ldap']);
  });

  it('have their built-in name only as long as nobody gave them another', () => {
    const properties = 'chrome://messenger/locale/addressbook/addressBook.properties';
    expect(bookOf(read({ 'ldap_2.servers.pab.description': properties }), 'pab')?.name).toBe(
      'Personal Address Book',
    );
    expect(bookOf(read({ 'ldap_2.servers.pab.description': 'Mine' }), 'pab')?.name).toBe('Mine');
    // Only built-in books are translated (measured).
    expect(bookOf(read(branch('x', 'x.sqlite', { description: properties })), 'x')?.name).toBe(properties);
  });

  it('are none of other kinds: removed, of the system, of add-ons, of no kind', () => {
    const values = {
      ...branch('removed', 'a.sqlite', { dirType: -1 }),
      ...branch('system', 'b.sqlite', { dirType: 3 }),
      ...branch('addon', 'c.sqlite', { dirType: 103 }),
      ...branch('text', 'd.sqlite', { dirType: '101' }),
      'ldap_2.servers.web.uri': 'http://x.example.org/',
      'ldap_2.servers.default.attrmap.FirstName': 'givenName',
    };
    expect(read(values).map(({ key }) => key)).toEqual(['pab', 'history']);
  });
});

describe('an address book that Thunderbird does not list', () => {
  const abook = (content: string | Uint8Array): AddressBook | undefined =>
    bookOf(read({}, { 'abook.sqlite': content }), 'pab');

  it.each([
    ['is garbage', 'x'.repeat(5000), 'not-sqlite'],
    ['is an old book under a new name', '// <!-- <mdb:mork:z v="1.4"/> -->', 'not-sqlite'],
    ['is cut short', book(3).subarray(0, 9000), 'truncated'],
    ['has a damaged list of tables', Buffer.from(book(3)).fill(0xaa, 104, 300), 'damaged'],
  ])('%s: it is named, and nothing is said of its cards', (_what, content, code) => {
    expect(abook(content)).toMatchObject({
      name: 'Personal Address Book',
      cards: null,
      lists: null,
      shown: false,
      problem: { code },
    });
  });

  it('has tables but no version: its cards are there all the same', () => {
    expect(abook(sqliteBytes(addressBookSql(5, 1, 0)))).toMatchObject({
      cards: 5,
      lists: 1,
      shown: false,
      problem: { code: 'no-version' },
    });
  });

  it('has the file of another book', () => {
    const prefs = prefsFromText(
      ['Zed', 'Twin']
        .map(
          (key) =>
            `user_pref("ldap_2.servers.${key}.dirType", 101);\nuser_pref("ldap_2.servers.${key}.filename", "abook-1.sqlite");\n`,
        )
        .join(''),
    );
    const folder = temporaryFolder();
    put(folder, 'abook-1.sqlite', book(2));
    const books = readAddressBooks(realFiles, folder, prefs);
    expect(bookOf(books, 'Zed')).toMatchObject({ cards: 2, shown: true });
    expect(bookOf(books, 'Twin')).toMatchObject({
      cards: null,
      shown: false,
      problem: { code: 'file-of-other-book' },
    });
  });

  it('of a program that keeps .mab files are those, in its order; nothing is wrong with them', () => {
    const folder = temporaryFolder();
    for (const file of ['abook.mab', 'history.mab', 'abook-1.mab']) put(folder, file, '');
    const prefs = prefsOf(branch('Friends', 'abook-1.mab', { dirType: 2 }));
    const books = readAddressBooks(realFiles, folder, prefs, { keepsMork: true });
    expect(books.map(({ file, format, shown, problem }) => [file, format, shown, problem])).toEqual([
      ['abook.mab', 'mork', true, null],
      ['abook-1.mab', 'mork', true, null],
      ['history.mab', 'mork', true, null],
    ]);
    expect(keepsMorkBooks('postbox', '7.0.60')).toBe(true);
    expect(keepsMorkBooks('thunderbird', '60.9.1')).toBe(true);
    expect(keepsMorkBooks('thunderbird', '78.0')).toBe(false);
    expect(keepsMorkBooks('thunderbird', null)).toBe(false);
  });

  it.each(['../abook.sqlite', '/etc/passwd', 'my book.sqlite', 'noextension', ''])(
    'has a file name that the program refuses: "%s" is not opened',
    (file) => {
      expect(bookOf(read(branch('x', file)), 'x')).toMatchObject({
        cards: null,
        shown: false,
        uri: null,
        problem: { code: 'file-name' },
      });
    },
  );

  it('is of the old format, named or not', () => {
    const values = {
      ...branch('old', 'abook-2.mab', { dirType: 2 }),
      ...branch('mixed', 'abook-3.mab'),
    };
    const mork = '// <!-- <mdb:mork:z v="1.4"/> -->';
    const books = read(values, {
      'abook.mab': mork,
      'abook-2.mab': mork,
      'abook-3.mab': mork,
      'impab.mab': mork,
    });
    const old = { format: 'mork', cards: null, lists: null, shown: false, problem: { code: 'old-format' } };
    expect(books.slice(2)).toMatchObject([
      { ...old, key: 'mixed', name: 'Book mixed', file: 'abook-3.mab' },
      { ...old, key: 'old', name: 'Book old', file: 'abook-2.mab', uri: 'moz-abmdbdirectory://abook-2.mab' },
      { ...old, key: null, name: 'Personal Address Book', file: 'abook.mab' },
      { ...old, key: null, name: 'impab', file: 'impab.mab' },
    ]);
  });
});
