import { describe, expect, it } from 'vitest';
import { cleanHost, hostMalformed } from '../../../src/checks/settings/host-malformed.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { carol, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const host = 'mail.server.server1.hostname';
const noFolders = { 'mail.identity.id1.fcc_folder': null, 'mail.identity.id1.draft_folder': null };
const withHost = (value: string) => profileFromPrefs(healthyWith({ [host]: value }));

describe('an IMAP server name that is none', () => {
  it.each(['imap.example.org:993', 'imap.example.org:', 'http://imap.example.org'])(
    'makes the program crash: %s',
    (value) => {
      const facts = withHost(value);
      expect(gravity(hostMalformed, facts)).toBe('error fails');
      expect(lineChanges(hostMalformed, facts)).toEqual([`${host}: "${value}" -> "imap.example.org"`]);
      repaired(hostMalformed, facts);
    },
  );

  it.each([' imap.example.org', 'imap.example.org ', 'imap.example.org/INBOX', 'alice@imap.example.org'])(
    'costs the account: %s',
    (value) => {
      const facts = withHost(value);
      expect(gravity(hostMalformed, facts)).toBe('error loses');
      expect(onlyFinding(hostMalformed, facts).finding.detail).toContain('of the account alice@example.org');
      expect(lineChanges(hostMalformed, facts)).toEqual([`${host}: "${value}" -> "imap.example.org"`]);
      repaired(hostMalformed, facts);
    },
  );

  it('gives its port, and SSL/TLS with it, where none are set', () => {
    const bare = { 'mail.server.server1.port': null, 'mail.server.server1.socketType': null };
    const facts = profileFromPrefs(healthyWith(bare, { [host]: 'imaps://alice@imap.example.org:993/' }));
    expect(lineChanges(hostMalformed, facts)).toEqual([
      `${host}: "imaps://alice@imap.example.org:993/" -> "imap.example.org"`,
      'mail.server.server1.port: null -> 993',
      'mail.server.server1.socketType: null -> 3',
    ]);
    const open = profileFromPrefs(healthyWith(bare, { [host]: 'imap.example.org:143' }));
    expect(lineChanges(hostMalformed, open)).toContain('mail.server.server1.port: null -> 143');
    expect(lineChanges(hostMalformed, open)).toHaveLength(2);
  });

  it('is not made out of an e-mail address, but of what the folders say', () => {
    expect(lineChanges(hostMalformed, withHost('alice@example.org'))).toEqual([
      `${host}: "alice@example.org" -> "imap.example.org"`,
    ]);
    const unknown = { [host]: 'alice@example.org', 'mail.server.server1.directory-rel': '[ProfD]ImapMail/x' };
    const facts = profileFromPrefs(healthyWith(noFolders, unknown));
    expect(lineChanges(hostMalformed, facts)).toBeNull();
    expect(onlyFinding(hostMalformed, facts).finding.detail).toContain('look it up at your mail provider');
  });

  it.each(['imap.example.org', 'IMAP.Example.org.', 'my_server', '192.0.2.7', 'bücher.example'])(
    'is accepted: %s',
    (value) => {
      expect(foundBy(hostMalformed, withHost(value))).toEqual([]);
    },
  );

  it('does not matter in leftovers', () => {
    const leftover = {
      'mail.server.server7.type': 'imap',
      'mail.server.server7.hostname': 'imap.example.org:993',
    };
    expect(foundBy(hostMalformed, profileFromPrefs(healthyWith(leftover)))).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(), {
      userJs: `user_pref("${host}", "imap.example.org:993");\n`,
    });
    expect(lineChanges(hostMalformed, facts)).toBeNull();
    expect(onlyFinding(hostMalformed, facts).finding.detail).toContain('user.js (line 1)');
  });
});

describe('a POP server name that is none', () => {
  it('costs the account over a colon, and is overwritten over a blank', () => {
    const colon = profileFromPrefs(
      healthyWith(carol, { 'mail.server.server4.hostname': 'pop.example.net:995' }),
    );
    expect(gravity(hostMalformed, colon)).toBe('error loses');
    repaired(hostMalformed, colon);
    const blank = profileFromPrefs(
      healthyWith(carol, { 'mail.server.server4.hostname': 'pop.example.net ' }),
    );
    expect(gravity(hostMalformed, blank)).toBe('error loses');
    repaired(hostMalformed, blank);
  });
});

describe('the name in what was typed', () => {
  it.each([
    ['imap://alice%40example.org@imap.example.org:993/INBOX', { host: 'imap.example.org', port: 993 }],
    ['imap.example.org:0', { host: 'imap.example.org', port: null }],
    ['imap.example.org:99999', { host: 'imap.example.org', port: null }],
    ['imap example.org', null],
    ['2001:db8::1', null],
    ['imap..example.org:1', null],
    ['://', null],
    ['', null],
  ])('%s', (typed, expected) => {
    expect(cleanHost('imap', typed)).toEqual(expected);
  });
});
