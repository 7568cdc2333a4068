import { describe, expect, it } from 'vitest';
import { orphanDirectory } from '../../../src/checks/leftovers/orphan-directory.ts';
import { directoryAddress } from '../../../src/checks/settings/directory-address.ts';
import { directoryMissing } from '../../../src/checks/settings/directory-missing.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const book = 'ldap_2.servers.Company.';
const company = {
  [`${book}description`]: 'Company',
  [`${book}maxHits`]: 100,
  [`${book}uri`]: 'ldaps://ldap.example.org/dc=example,dc=org??sub?(objectclass=*)',
};
const with_ = (...changes: Record<string, string | number | boolean | null>[]) =>
  profileFromPrefs(healthyWith(company, ...changes));
const at = (uri: string) => with_({ [`${book}uri`]: uri });

describe('the address of a directory', () => {
  it.each([
    'ldaps://ldap.example.org/dc=example,dc=org??sub',
    'ldap://ldap.example.org:389/dc=example,dc=org',
    'ldap://gc.example.org:3268/dc=example,dc=org',
    'ldaps://gc.example.org:3269/dc=example',
    'ldap://[2001:db8::1]:389/dc=example',
    'ldap://127.0.0.1:1389/ou=people',
    'ldap://ldap.example.org/ou%3Dpeople,dc=example',
  ])('is in order: %s', (uri) => {
    expect(foundBy(directoryAddress, at(uri))).toEqual([]);
  });

  it.each([
    ['ldap.example.org', 'ldap://'],
    ['http://ldap.example.org/dc=example', 'not one of a directory'],
    ['ldap:///dc=example', 'no server'],
    ['ldap://ldap example.org/dc=x', 'not a name'],
    ['ldap://ldap.example.org/example.org', 'search from'],
    ['ldap://ldap.example.org:636/dc=example', 'do not go together'],
    ['ldaps://ldap.example.org:389/dc=example', 'do not go together'],
    ['ldaps://ldap.example.org:3268/dc=example', 'do not go together'],
  ])('cannot work, and only the administrator knows: %s', (uri, words) => {
    const facts = with_({ [`${book}uri`]: uri, [`${book}dirType`]: 0 });
    expect(gravity(directoryAddress, facts)).toBe('error safe');
    expect(onlyFinding(directoryAddress, facts).finding.title).toContain(words);
    expect(lineChanges(directoryAddress, facts)).toBeNull();
  });

  it.each([
    ['LDAP://ldap.example.org/dc=example', 'ldap://ldap.example.org/dc=example'],
    [' ldaps://ldap.example.org/dc=example', 'ldaps://ldap.example.org/dc=example'],
    ['ldap://ldap.example.org:0/dc=example', 'ldap://ldap.example.org/dc=example'],
    ['ldap://ldap.example.org:x/dc=example', 'ldap://ldap.example.org/dc=example'],
  ])('is written properly: "%s"', (uri, right) => {
    expect(lineChanges(directoryAddress, at(uri))).toEqual([
      `${book}uri: ${JSON.stringify(uri)} -> ${JSON.stringify(right)}`,
    ]);
    repaired(directoryAddress, at(uri));
  });

  it('is unsafe where a name signs in without encryption, but for the own network', () => {
    const signsIn = { [`${book}auth.dn`]: 'cn=alice,dc=example' };
    const plain = (host: string) => with_(signsIn, { [`${book}uri`]: `ldap://${host}/dc=example` });
    expect(gravity(directoryAddress, plain('ldap.example.org'))).toBe('warning safe');
    expect(foundBy(directoryAddress, plain('dc1.corp'))).toEqual([]);
  });

  it('without a place to search from is only mentioned', () => {
    expect(gravity(directoryAddress, at('ldaps://ldap.example.org/'))).toBe('info safe');
  });

  it('keeps a password that stands in it to itself', () => {
    const facts = at('LDAP://alice:Secret.9@ldap.example.org/dc=example');
    expect(JSON.stringify(onlyFinding(directoryAddress, facts).finding)).not.toContain('Secret.9');
    expect(lineChanges(directoryAddress, facts)).toBeNull();
  });

  it('is not that of another kind of address book', () => {
    const carddav = {
      'ldap_2.servers.cards.carddav.url': 'https://example.org/dav/',
      'ldap_2.servers.cards.dirType': 102,
      'ldap_2.servers.cards.filename': 'abook-1.sqlite',
      'ldap_2.servers.osx.uri': 'moz-abosxdirectory:///',
      'ldap_2.servers.osx.dirType': 3,
    };
    expect(foundBy(directoryAddress, with_(carddav))).toEqual([]);
  });
});

describe('the directory that addresses are completed from', () => {
  const on = { 'ldap_2.autoComplete.useDirectory': true };
  const server = 'ldap_2.autoComplete.directoryServer';

  it('goes when it is not there', () => {
    const facts = with_(on, { [server]: 'ldap_2.servers.Gone' });
    expect(gravity(directoryMissing, facts)).toBe('warning safe');
    expect(lineChanges(directoryMissing, facts)).toEqual([
      `${server}: "ldap_2.servers.Gone" -> null`,
      'ldap_2.autoComplete.useDirectory: true -> null',
    ]);
    repaired(directoryMissing, facts);
  });

  it('is that of one sender only, where the sender says so', () => {
    const own = { 'mail.identity.id1.directoryServer': 'ldap_2.servers.Gone' };
    const facts = with_(own, { 'mail.identity.id1.overrideGlobal_Pref': true });
    expect(onlyFinding(directoryMissing, facts).finding.title).toContain('for alice@example.org');
    expect(foundBy(directoryMissing, with_(own))).toEqual([]);
  });

  it('is there, or switched off', () => {
    expect(foundBy(directoryMissing, with_(on, { [server]: 'ldap_2.servers.Company' }))).toEqual([]);
    expect(foundBy(directoryMissing, with_({ [server]: 'ldap_2.servers.Gone' }))).toEqual([]);
  });
});

describe('what is left of a directory', () => {
  it('has lost its address: told, kept', () => {
    const facts = with_({ [`${book}uri`]: null });
    expect(gravity(orphanDirectory, facts)).toBe('warning safe');
    expect(lineChanges(orphanDirectory, facts)).toBeNull();
  });

  it('is a mere rest of an address book: goes when asked for', () => {
    const rest = 'ldap_2.servers.old.description';
    const facts = with_({ [rest]: 'Old' });
    expect(gravity(orphanDirectory, facts)).toBe('info safe');
    expect(lineChanges(orphanDirectory, facts)).toEqual([`${rest}: "Old" -> null`]);
    repaired(orphanDirectory, facts);
  });

  it('is none: built-in books, and keys with dots in them', () => {
    const fine = {
      'ldap_2.servers.pab.position': 1,
      'ldap_2.servers.my.book.filename': 'abook-1.sqlite',
      'ldap_2.servers.my.book.dirType': 101,
    };
    expect(foundBy(orphanDirectory, with_(fine))).toEqual([]);
  });
});
