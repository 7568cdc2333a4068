/**
 * Settings of the whole program that keep mail from working: cookies, passwords, encryption, proxy.
 */

import { describe, expect, it } from 'vitest';
import { cookiesRefused } from '../../../src/checks/settings/cookies-refused.ts';
import { passwordsNotKept } from '../../../src/checks/settings/passwords-not-kept.ts';
import { proxyUnusable } from '../../../src/checks/settings/proxy-unusable.ts';
import { tlsLimits } from '../../../src/checks/settings/tls-limits.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

type Changes = Record<string, string | number | boolean | null>;

const with_ = (changes: Changes = {}, options: ProfileOptions = {}) =>
  profileFromPrefs(healthyWith(changes), options);

const row = (origin: string) => ({
  id: 1,
  hostname: origin,
  httpRealm: origin,
  formSubmitURL: null,
  usernameField: '',
  passwordField: '',
  encryptedUsername: 'MDoEEPgAAAA=',
  encryptedPassword: 'MDoEEPgAAAA=',
  guid: '{5d8e8d3a-0000-4000-8000-000000000001}',
  encType: 1,
  timeCreated: 1,
  timeLastUsed: 1,
  timePasswordChanged: 1,
  timesUsed: 1,
});
const saved = (origin: string): ProfileOptions => ({
  files: { 'logins.json': JSON.stringify({ nextId: 2, logins: [row(origin)], version: 3 }) },
});

describe('the sign-in window of a provider', () => {
  const cookies = 'network.cookie.cookieBehavior';
  const oauth = { 'mail.server.server1.authMethod': 10 };

  it('cannot work without cookies: the line goes', () => {
    const facts = with_({ ...oauth, [cookies]: 2 });
    expect(gravity(cookiesRefused, facts)).toBe('error safe');
    expect(lineChanges(cookiesRefused, facts)).toEqual([`${cookies}: 2 -> null`]);
    repaired(cookiesRefused, facts);
  });

  it('is needed later where a sign-in is saved', () => {
    const facts = with_({ ...oauth, [cookies]: 2 }, saved('oauth://accounts.google.com'));
    expect(gravity(cookiesRefused, facts)).toBe('warning safe');
  });

  it('cannot work without scripts either', () => {
    expect(gravity(cookiesRefused, with_({ ...oauth, 'javascript.enabled': false }))).toBe('error safe');
  });

  it('is of no concern without such an account: mentioned, left alone', () => {
    const facts = with_({ [cookies]: 2 });
    expect(gravity(cookiesRefused, facts)).toBe('info safe');
    expect(lineChanges(cookiesRefused, facts)).toBeNull();
  });

  it('is the owner’s own choice in user.js: told', () => {
    const facts = with_(oauth, { userJs: `user_pref("${cookies}", 2);\n` });
    expect(lineChanges(cookiesRefused, facts)).toBeNull();
    expect(onlyFinding(cookiesRefused, facts).finding.detail).toContain('user.js (line 1)');
  });

  it.each([0, 1, 3, 4, 5])('works with %d', (behaviour) => {
    expect(foundBy(cookiesRefused, with_({ ...oauth, [cookies]: behaviour }))).toEqual([]);
  });
});

describe('saving of passwords', () => {
  const off = { 'signon.rememberSignons': false };

  it('comes back where passwords were saved', () => {
    const facts = with_(off, saved('imap://imap.example.org'));
    expect(gravity(passwordsNotKept, facts)).toBe('warning safe');
    expect(lineChanges(passwordsNotKept, facts)).toEqual(['signon.rememberSignons: false -> null']);
    repaired(passwordsNotKept, facts);
  });

  it('may be off on purpose where none is saved for mail', () => {
    for (const options of [{}, saved('https://example.org')]) {
      expect(gravity(passwordsNotKept, with_(off, options))).toBe('info safe');
      expect(lineChanges(passwordsNotKept, with_(off, options))).toBeNull();
    }
  });

  it('is on without the line', () => {
    expect(foundBy(passwordsNotKept, with_({ 'signon.rememberSignons': true }))).toEqual([]);
  });
});

describe('limits on encryption', () => {
  const [min, max] = ['security.tls.version.min', 'security.tls.version.max'];
  const ciphers = [
    ...['ecdhe_ecdsa', 'ecdhe_rsa', 'rsa'].flatMap((key) =>
      ['aes_128_gcm_sha256', 'aes_128_sha', 'aes_256_gcm_sha384', 'aes_256_sha'].map(
        (cipher) => `security.ssl3.${key}_${cipher}`,
      ),
    ),
    'security.ssl3.ecdhe_ecdsa_chacha20_poly1305_sha256',
    'security.ssl3.ecdhe_rsa_chacha20_poly1305_sha256',
    'security.tls13.aes_128_gcm_sha256',
    'security.tls13.aes_256_gcm_sha384',
    'security.tls13.chacha20_poly1305_sha256',
  ];
  const without = (names: readonly string[]): Changes =>
    Object.fromEntries(names.map((name): [string, boolean] => [name, false]));

  it('that leave only TLS 1.3, or nothing of today, are told', () => {
    expect(gravity(tlsLimits, with_({ [min]: 4 }))).toBe('warning safe');
    const old = with_({ [min]: 1, [max]: 2 });
    expect(gravity(tlsLimits, old)).toBe('error safe');
    expect(lineChanges(tlsLimits, old)).toBeNull();
  });

  it.each<[string, Changes]>([
    ['the program’s own', { [min]: 3, [max]: 4 }],
    ['also older ones allowed', { [min]: 1 }],
    ['a lowest above the highest, which the program puts aside', { [max]: 2 }],
    ['a number of no version, which it puts aside', { [min]: 9 }],
  ])('are in order: %s', (_name, changes) => {
    expect(foundBy(tlsLimits, with_(changes))).toEqual([]);
  });

  it('that leave no cipher at all go', () => {
    const facts = with_(without(ciphers));
    expect(gravity(tlsLimits, facts)).toBe('error safe');
    expect(lineChanges(tlsLimits, facts)).toHaveLength(ciphers.length);
    repaired(tlsLimits, facts);
    expect(foundBy(tlsLimits, with_(without(ciphers.slice(1))))).toEqual([]);
  });

  it('are of no concern where nothing is encrypted', () => {
    const plain = { 'mail.server.server1.socketType': 0, 'mail.smtpserver.smtp1.try_ssl': 0 };
    expect(foundBy(tlsLimits, with_({ ...plain, [min]: 4 }))).toEqual([]);
  });
});

describe('a proxy', () => {
  const by = 'network.proxy.type';

  it.each<[string, Changes]>([
    ['none is named', { [by]: 1 }],
    ['it has no port', { [by]: 1, 'network.proxy.socks': 'proxy.example.org' }],
    ['its port is 0', { [by]: 1, 'network.proxy.ssl': 'proxy.example.org', 'network.proxy.ssl_port': 0 }],
    ['its configuration has no address', { [by]: 2 }],
  ])('cannot be used where %s: told', (_name, changes) => {
    const facts = with_(changes);
    expect(gravity(proxyUnusable, facts)).toBe('warning safe');
    expect(lineChanges(proxyUnusable, facts)).toBeNull();
  });

  it('that is written as a web address is reduced to its name', () => {
    const facts = with_({ [by]: 1, 'network.proxy.ssl': 'http://proxy.example.org:3128/' });
    expect(gravity(proxyUnusable, facts)).toBe('error safe');
    expect(lineChanges(proxyUnusable, facts)).toEqual([
      'network.proxy.ssl: "http://proxy.example.org:3128/" -> "proxy.example.org"',
      'network.proxy.ssl_port: null -> 3128',
    ]);
    repaired(proxyUnusable, facts);
  });

  it.each<[string, Changes]>([
    ['none', { [by]: 0, 'network.proxy.socks': '' }],
    ['that of the system', { [by]: 5 }],
    ['SOCKS', { [by]: 1, 'network.proxy.socks': '127.0.0.1', 'network.proxy.socks_port': 9050 }],
    ['a socket of this computer', { [by]: 1, 'network.proxy.socks': 'file:///run/tor/socks' }],
    ['a configuration file', { [by]: 2, 'network.proxy.autoconfig_url': 'http://example.org/proxy.pac' }],
    ['an unused name', { 'network.proxy.socks': 'http://x' }],
  ])('is in order: %s', (_name, changes) => {
    expect(foundBy(proxyUnusable, with_(changes))).toEqual([]);
  });
});
