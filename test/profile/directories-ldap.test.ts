import { describe, expect, it } from 'vitest';
import { type LdapDirectory, readLdapDirectories } from '../../src/profile/directories-ldap.ts';
import { layOutFixture, readFixtureDocument } from '../support/lay-out-fixture.ts';
import { prefsOf, prefsOfProfile, temporaryFolder } from './support/stores.ts';

interface DumpedDirectory {
  prefId: string;
  name: string;
  authDn: string | null;
  maxHits: number;
}

function read(uri: string, more: Record<string, string | number> = {}): LdapDirectory | undefined {
  const rest = Object.entries(more).map(([name, value]) => [`ldap_2.servers.x.${name}`, value]);
  return readLdapDirectories(prefsOf({ 'ldap_2.servers.x.uri': uri, ...Object.fromEntries(rest) }))[0];
}

describe('the LDAP directories of a real profile', () => {
  it.each(['directories', 'unicode', 'plain'])('%s are those that Thunderbird lists', (name) => {
    const { profile } = layOutFixture(name, temporaryFolder());
    const dump = readFixtureDocument(name, 'dump.json') as { ldap: DumpedDirectory[] };
    expect(
      readLdapDirectories(prefsOfProfile(profile)).map(({ key, name, bindDn, maxHits }) => ({
        key,
        name,
        bindDn,
        maxHits,
      })),
    ).toEqual(
      dump.ldap.map(({ prefId, name, authDn, maxHits }) => ({
        key: prefId.slice('ldap_2.servers.'.length),
        name,
        bindDn: authDn || null,
        maxHits,
      })),
    );
  });
});

describe('an LDAP directory', () => {
  it('is an address with all that is needed to ask it', () => {
    const uri = 'ldaps://ldap.example.org:3269/dc=example%2Cdc=org??sub?(objectclass=*)';
    expect(read(uri, { description: 'Firma', 'auth.dn': 'cn=me', maxHits: 50 })).toEqual({
      key: 'x',
      name: 'Firma',
      uri,
      host: 'ldap.example.org',
      port: 3269,
      baseDn: 'dc=example,dc=org',
      bindDn: 'cn=me',
      security: 'tls',
      maxHits: 50,
    });
  });

  it('has what the program takes when nothing is said', () => {
    expect(read('ldap://ldap.example.org')).toMatchObject({
      name: '',
      port: 389,
      baseDn: '',
      bindDn: null,
      security: 'none',
      maxHits: 100,
    });
    expect(read('ldaps://ldap.example.org/')).toMatchObject({ port: 636, security: 'tls' });
  });

  it.each([
    ['ldap://[2001:db8::1]:10389/ou=a%20b,dc=x?cn?one', '2001:db8::1', 10389, 'ou=a b,dc=x'],
    ['ldap://[2001:db8::1]/', '2001:db8::1', 389, ''],
    ['ldap://ldap.example.org:0/o=%C3%BC', 'ldap.example.org', 389, 'o=ü'],
    ['ldap://ldap.example.org:99999/', 'ldap.example.org', 389, ''],
    ['ldap://ldap.example.org/o=100%', 'ldap.example.org', 389, 'o=100%'],
    ['ldap://', null, 389, ''],
    ['ldap:///o=x', null, 389, 'o=x'],
    ['ldap://me:secret@ldap.example.org/', 'ldap.example.org', 389, ''],
  ])('%s is taken apart', (uri, host, port, baseDn) => {
    expect(read(uri)).toMatchObject({ host, port, baseDn });
  });

  it('never shows a password in its address', () => {
    expect(read('ldap://me:secret@ldap.example.org/')?.uri).toBe('ldap://me@ldap.example.org/');
  });

  it('is no address of another kind', () => {
    expect(read('http://ldap.example.org/')).toBeUndefined();
    expect(read('LDAP://ldap.example.org/')).toBeUndefined();
  });

  it('is listed by name', () => {
    const uri = 'ldap://x.example.org/';
    const prefs = prefsOf({
      'ldap_2.servers.a.uri': uri,
      'ldap_2.servers.a.description': 'zeta',
      'ldap_2.servers.b.uri': uri,
      'ldap_2.servers.b.description': 'Alpha',
      'ldap_2.servers.c.uri': uri,
      'ldap_2.servers.c.description': 'alpha 2',
    });
    expect(readLdapDirectories(prefs).map(({ name }) => name)).toEqual(['Alpha', 'alpha 2', 'zeta']);
  });
});
