import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { addressBookUnlisted } from '../../../src/checks/leftovers/address-book-unlisted.ts';
import { calendarIncomplete } from '../../../src/checks/leftovers/calendar-incomplete.ts';
import { calendarLost } from '../../../src/checks/leftovers/calendar-lost.ts';
import { addressBookEntry } from '../../../src/checks/settings/address-book-entry.ts';
import { addressBookOldFormat } from '../../../src/checks/settings/address-book-old-format.ts';
import { addressBookWithoutVersion } from '../../../src/checks/settings/address-book-without-version.ts';
import { calendarTypeUnknown } from '../../../src/checks/settings/calendar-type-unknown.ts';
import type { AddressBook } from '../../../src/profile/address-books.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

type Changes = Record<string, string | number | boolean | null>;

const with_ = (changes: Changes, options: ProfileOptions = {}) =>
  profileFromPrefs(healthyWith(changes), options);
const home = 'calendar.registry.5ab8.';
const local = {
  [`${home}name`]: 'Home',
  [`${home}type`]: 'storage',
  [`${home}uri`]: 'moz-storage-calendar://',
};

describe('a calendar that has lost its type or address', () => {
  it.each([
    ['type', '"storage"'],
    ['uri', '"moz-storage-calendar://"'],
  ])('gets it back when it is on this computer: %s', (lost, value) => {
    const facts = with_({ ...local, [home + lost]: null });
    expect(gravity(calendarIncomplete, facts)).toBe('error loses');
    expect(onlyFinding(calendarIncomplete, facts).finding.title).toContain('"Home"');
    expect(lineChanges(calendarIncomplete, facts)).toEqual([`${home + lost}: null -> ${value}`]);
    repaired(calendarIncomplete, facts);
  });

  it('of a server cannot be completed: told', () => {
    const facts = with_({ ...local, [`${home}type`]: null, [`${home}uri`]: 'https://example.org/cal' });
    expect(gravity(calendarIncomplete, facts)).toBe('error loses');
    expect(lineChanges(calendarIncomplete, facts)).toBeNull();
  });

  it('is a mere rest without a name: the program tidies it up', () => {
    expect(gravity(calendarIncomplete, with_({ [`${home}color`]: '#fff' }))).toBe('info safe');
  });

  it('is none of the whole ones', () => {
    expect(foundBy(calendarIncomplete, with_(local))).toEqual([]);
  });
});

describe('a calendar of an add-on', () => {
  const google = { ...local, [`${home}type`]: 'gdata', [`${home}uri`]: 'googleapi://x/?calendar=y' };
  const addOns = (active: boolean): ProfileOptions => ({
    files: {
      'extensions.json': JSON.stringify({
        schemaVersion: 36,
        addons: [
          {
            id: '{a62ef8ec-5fdc-40c2-873c-223b8a6925cc}',
            type: 'extension',
            version: '128',
            active,
            location: 'app-profile',
            defaultLocale: { name: 'Provider' },
          },
        ],
      }),
    },
  });

  it('is told with the add-on that it needs', () => {
    expect(gravity(calendarTypeUnknown, with_(google))).toBe('warning safe');
    const { finding } = onlyFinding(calendarTypeUnknown, with_(google, addOns(false)));
    expect(finding.detail).toContain('Provider for Google Calendar');
    expect(finding.repair).toBeUndefined();
  });

  it('is in order with its add-on, or switched off by its owner', () => {
    expect(foundBy(calendarTypeUnknown, with_(google, addOns(true)))).toEqual([]);
    expect(foundBy(calendarTypeUnknown, with_({ ...google, [`${home}disabled`]: true }))).toEqual([]);
    expect(foundBy(calendarTypeUnknown, with_(local))).toEqual([]);
  });
});

describe('the order of calendars', () => {
  it('names one of which nothing is left: mentioned', () => {
    const facts = with_({ ...local, 'calendar.list.sortOrder': '5ab8 77aa' });
    expect(gravity(calendarLost, facts)).toBe('info safe');
    expect(onlyFinding(calendarLost, facts).finding.evidence[0]?.note).toBe('77aa');
    expect(foundBy(calendarLost, with_({ ...local, 'calendar.list.sortOrder': '5ab8' }))).toEqual([]);
  });
});

describe('an address book', () => {
  const one = 'ldap_2.servers.Friends.';
  const friends = { [`${one}description`]: 'Friends', [`${one}dirType`]: 101 };

  it('that names its old file gets the converted one beside it', () => {
    const changes = { ...friends, [`${one}filename`]: 'abook-1.mab' };
    const facts = with_(changes, { files: { 'abook-1.mab': '', 'abook-1.sqlite': '' } });
    expect(lineChanges(addressBookEntry, facts)).toEqual([
      `${one}filename: "abook-1.mab" -> "abook-1.sqlite"`,
    ]);
    repaired(addressBookEntry, facts);
    const alone = with_(changes, { files: { 'abook-1.mab': '' } });
    expect(gravity(addressBookEntry, alone)).toBe('warning safe');
    expect(lineChanges(addressBookEntry, alone)).toBeNull();
  });

  it('with the file of another book has a second entry, which goes', () => {
    const facts = with_({ ...friends, [`${one}filename`]: 'abook.sqlite' });
    expect(onlyFinding(addressBookEntry, facts).finding.title).toContain('the file of another book');
    expect(repaired(addressBookEntry, facts).profile.prefs.names(one)).toEqual([]);
  });

  it('without a file is told', () => {
    expect(lineChanges(addressBookEntry, with_(friends))).toBeNull();
    expect(onlyFinding(addressBookEntry, with_(friends)).finding.title).toContain('names no file');
  });

  it('with a file of its own is in order', () => {
    expect(foundBy(addressBookEntry, with_({ ...friends, [`${one}filename`]: 'abook-1.sqlite' }))).toEqual(
      [],
    );
  });

  it('in the old format is told, as long as nothing has converted it', () => {
    const old = { files: { 'abook.mab': '', 'history.mab': '', 'history.sqlite': '' } };
    const facts = with_({}, old);
    expect(gravity(addressBookOldFormat, facts)).toBe('warning safe');
    expect(onlyFinding(addressBookOldFormat, facts).finding.title).toContain('abook.mab are not shown');
    expect(
      foundBy(addressBookOldFormat, with_({}, { ...old, program: 'postbox', version: '7.0.61' })),
    ).toEqual([]);
  });

  it('that lost its version is told, with an older copy as the way where the version is not certain', () => {
    const facts = with_({}, {});
    const book: AddressBook = {
      key: 'pab',
      name: 'Personal Address Book',
      file: 'abook.sqlite',
      format: 'sqlite',
      uri: 'jsaddrbook://abook.sqlite',
      position: 1,
      cards: 5,
      lists: 0,
      shown: false,
      problem: { code: 'no-version', why: 'it has tables, but no version' },
    };
    const holding = (addressBook: AddressBook): Facts => ({
      ...facts,
      profile: { ...facts.profile, addressBooks: [addressBook] },
    });
    const { finding } = onlyFinding(addressBookWithoutVersion, holding(book));
    expect(finding.detail).toContain('Its 5 contacts are in abook.sqlite, untouched.');
    expect(finding.detail).toContain('older copy');
    expect(lineChanges(addressBookWithoutVersion, holding(book))).toBeNull();
    expect(foundBy(addressBookWithoutVersion, holding({ ...book, shown: true, problem: null }))).toEqual([]);
  });

  it('whose file no setting names comes back when asked for', () => {
    const facts = with_({}, { files: { 'abook-2.sqlite': '', 'other.sqlite': '' } });
    expect(gravity(addressBookUnlisted, facts)).toBe('info safe');
    expect(lineChanges(addressBookUnlisted, facts)).toEqual([
      'ldap_2.servers.abook_2.description: null -> "abook-2"',
      'ldap_2.servers.abook_2.dirType: null -> 101',
      'ldap_2.servers.abook_2.filename: null -> "abook-2.sqlite"',
    ]);
    expect(repaired(addressBookUnlisted, facts).profile.addressBooks.map(({ name }) => name)).toContain(
      'abook-2',
    );
  });
});
