import { describe, expect, it } from 'vitest';
import { authenticationUnknown } from '../../../src/checks/settings/authentication-unknown.ts';
import { outgoingHostMalformed } from '../../../src/checks/settings/outgoing-host-malformed.ts';
import { outgoingPort25 } from '../../../src/checks/settings/outgoing-port-25.ts';
import { outgoingWithoutUser } from '../../../src/checks/settings/outgoing-without-user.ts';
import { portImpossible } from '../../../src/checks/settings/port-impossible.ts';
import { securityUnknown } from '../../../src/checks/settings/security-unknown.ts';
import { serverOfOtherKind } from '../../../src/checks/settings/server-of-other-kind.ts';
import { starttlsIfAvailable } from '../../../src/checks/settings/starttls-if-available.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { carol, healthyWith } from '../../support/prefs-text.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

type Changes = Record<string, string | number | boolean | null>;

const with_ = (changes: Changes = {}, options: ProfileOptions = {}) =>
  profileFromPrefs(healthyWith(changes), options);
const imap = 'mail.server.server1.';
const smtp = 'mail.smtpserver.smtp1.';

describe('a port that does not exist', () => {
  it.each([99_999, 65_536, -5])('gives way to the usual one: %d', (port) => {
    const facts = with_({ [`${imap}port`]: port });
    expect(gravity(portImpossible, facts)).toBe('error safe');
    expect(onlyFinding(portImpossible, facts).finding.detail).toContain('993');
    expect(lineChanges(portImpossible, facts)).toEqual([`${imap}port: ${port} -> null`]);
    expect(repaired(portImpossible, facts).profile.servers[0]?.port).toBe(993);
  });

  it('also of an outgoing server', () => {
    const facts = with_({ [`${smtp}port`]: 70_000 });
    expect(onlyFinding(portImpossible, facts).finding.title).toContain('Sending from alice@example.org');
    repaired(portImpossible, facts);
  });

  it.each([-1, 0, 1, 65_535, 1143])('is none: %d', (port) => {
    expect(foundBy(portImpossible, with_({ [`${imap}port`]: port }))).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = with_({}, { userJs: `user_pref("${imap}port", 99999);\n` });
    expect(lineChanges(portImpossible, facts)).toBeNull();
    expect(onlyFinding(portImpossible, facts).finding.detail).toContain('user.js (line 1)');
  });
});

describe('a connection security that means nothing', () => {
  it('becomes SSL/TLS on a port that encrypts from the first byte', () => {
    const facts = with_({ [`${imap}socketType`]: 7 });
    expect(gravity(securityUnknown, facts)).toBe('error safe');
    expect(lineChanges(securityUnknown, facts)).toEqual([`${imap}socketType: 7 -> 3`]);
    repaired(securityUnknown, facts);
  });

  it('is only told on any other port', () => {
    const facts = with_({ [`${smtp}try_ssl`]: 9 });
    expect(lineChanges(securityUnknown, facts)).toBeNull();
    expect(onlyFinding(securityUnknown, facts).finding.detail).toContain('your mail provider');
  });

  it('is none of the four kinds', () => {
    for (const kind of [0, 1, 2, 3]) {
      expect(foundBy(securityUnknown, with_({ [`${imap}socketType`]: kind }))).toEqual([]);
    }
  });
});

describe('"STARTTLS, if available"', () => {
  const optional = { [`${imap}port`]: 143, [`${imap}socketType`]: 1, 'mail.ui-rdf.version': 61 };

  it('becomes STARTTLS, as Thunderbird itself has done', () => {
    const facts = with_(optional);
    expect(gravity(starttlsIfAvailable, facts)).toBe('warning safe');
    expect(lineChanges(starttlsIfAvailable, facts)).toEqual([`${imap}socketType: 1 -> 2`]);
    repaired(starttlsIfAvailable, facts);
    const sending = with_({ [`${smtp}try_ssl`]: 1 });
    expect(lineChanges(starttlsIfAvailable, sending)).toEqual([`${smtp}try_ssl: 1 -> 2`]);
  });

  it('is left to the program, which will still do it', () => {
    expect(foundBy(starttlsIfAvailable, with_({ ...optional, 'mail.ui-rdf.version': 40 }))).toEqual([]);
  });

  it('is a choice that Postbox has', () => {
    const options = { program: 'postbox' as const, version: '7.0.61' };
    expect(foundBy(starttlsIfAvailable, with_(optional, options))).toEqual([]);
  });

  it('is the bridge’s own business on this computer', () => {
    expect(foundBy(starttlsIfAvailable, with_({ ...optional, [`${imap}hostname`]: '127.0.0.1' }))).toEqual(
      [],
    );
  });
});

describe('a way of signing in that the program does not have', () => {
  it.each([0, 2, 9, 99])('stops sending: %d', (method) => {
    const facts = with_({ [`${smtp}authMethod`]: method });
    expect(gravity(authenticationUnknown, facts)).toBe('error safe');
    const { finding } = onlyFinding(authenticationUnknown, facts);
    expect(finding.repair).toBeUndefined();
    expect(finding.detail).toContain('refuses the mail');
  });

  it('stops fetching by POP, and loosens IMAP', () => {
    const pop = profileFromPrefs(healthyWith(carol, { 'mail.server.server4.authMethod': 2 }));
    expect(gravity(authenticationUnknown, pop)).toBe('error safe');
    expect(gravity(authenticationUnknown, with_({ [`${imap}authMethod`]: 0 }))).toBe('warning safe');
  });

  it.each([3, 4, 5, 6, 10])('is none of today’s: %d', (method) => {
    expect(foundBy(authenticationUnknown, with_({ [`${smtp}authMethod`]: method }))).toEqual([]);
  });

  it('is a relay without sign-in, or Postbox, which has numbers of its own', () => {
    expect(foundBy(authenticationUnknown, with_({ [`${smtp}authMethod`]: 1 }))).toEqual([]);
    const options = { program: 'postbox' as const, version: '7.0.61' };
    expect(foundBy(authenticationUnknown, with_({ [`${smtp}authMethod`]: 11 }, options))).toEqual([]);
  });
});

describe('an outgoing server whose name is not a name', () => {
  it.each([
    ['smtp.example.org:465', 465],
    ['smtps://smtp.example.org:465/', 465],
    [' smtp.example.org', null],
    ['smtp.example.org/', null],
  ])('is freed of what was pasted around it: "%s"', (typed, port) => {
    const facts = with_({ [`${smtp}hostname`]: typed, [`${smtp}port`]: null });
    expect(gravity(outgoingHostMalformed, facts)).toBe('error safe');
    expect(lineChanges(outgoingHostMalformed, facts)).toEqual([
      `${smtp}hostname: ${JSON.stringify(typed)} -> "smtp.example.org"`,
      ...(port === null ? [] : [`${smtp}port: null -> ${port}`]),
    ]);
    repaired(outgoingHostMalformed, facts);
  });

  it('is only told when it is the e-mail address', () => {
    const facts = with_({ [`${smtp}hostname`]: 'alice@example.org' });
    expect(lineChanges(outgoingHostMalformed, facts)).toBeNull();
    expect(onlyFinding(outgoingHostMalformed, facts).finding.detail).toContain('your mail provider gives');
  });

  it.each(['smtp.example.org', 'smtp.bücher.example', '127.0.0.1', '::1', '[2001:db8::1]', 'relay'])(
    'is a name: %s',
    (host) => {
      expect(foundBy(outgoingHostMalformed, with_({ [`${smtp}hostname`]: host }))).toEqual([]);
    },
  );
});

describe('an outgoing server without a user name', () => {
  it('is told with the name that mostly fits', () => {
    const facts = with_({ [`${smtp}username`]: '' });
    expect(gravity(outgoingWithoutUser, facts)).toBe('warning safe');
    const { finding } = onlyFinding(outgoingWithoutUser, facts);
    expect(finding.repair).toBeUndefined();
    expect(finding.detail).toContain('here "alice@example.org"');
  });

  it('is only mentioned on port 25, where servers may ask for no sign-in', () => {
    expect(gravity(outgoingWithoutUser, with_({ [`${smtp}username`]: null, [`${smtp}port`]: 25 }))).toBe(
      'info safe',
    );
  });

  it.each<[string, Changes]>([
    ['it signs in to nobody', { [`${smtp}authMethod`]: 1 }],
    ['it is on this computer', { [`${smtp}hostname`]: 'localhost' }],
    ['it is in the own network', { [`${smtp}hostname`]: 'mail.lan' }],
    ['Kerberos knows the user', { [`${smtp}authMethod`]: 5 }],
  ])('is in order where %s', (_name, changes) => {
    expect(foundBy(outgoingWithoutUser, with_({ [`${smtp}username`]: '', ...changes }))).toEqual([]);
  });
});

describe('what is only mentioned', () => {
  it('is port 25, but for the own network and for SSL/TLS on it, which cannot work', () => {
    expect(gravity(outgoingPort25, with_({ [`${smtp}port`]: 25 }))).toBe('info safe');
    expect(foundBy(outgoingPort25, with_())).toEqual([]);
    expect(foundBy(outgoingPort25, with_({ [`${smtp}port`]: 25, [`${smtp}hostname`]: 'relay' }))).toEqual([]);
    expect(foundBy(outgoingPort25, with_({ [`${smtp}port`]: 25, [`${smtp}try_ssl`]: 3 }))).toEqual([]);
  });

  it('is a server whose name says another purpose', () => {
    const swapped = with_({
      [`${imap}hostname`]: 'smtp.example.org',
      [`${smtp}hostname`]: 'imap.example.org',
    });
    expect(foundBy(serverOfOtherKind, swapped).map(({ finding }) => finding.severity)).toEqual([
      'info',
      'info',
    ]);
    expect(foundBy(serverOfOtherKind, with_({ [`${imap}hostname`]: 'mail.example.org' }))).toEqual([]);
  });
});
