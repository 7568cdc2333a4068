import { describe, expect, it } from 'vitest';
import { loginBesideToken } from '../../../src/checks/passwords/login-beside-token.ts';
import { loginNotFound } from '../../../src/checks/passwords/login-not-found.ts';
import { loginOfOtherUser } from '../../../src/checks/passwords/login-of-other-user.ts';
import { loginUnused } from '../../../src/checks/passwords/login-unused.ts';
import { outgoingNotSaved } from '../../../src/checks/passwords/outgoing-not-saved.ts';
import { parseLoginsJson } from '../../../src/formats/logins-json.ts';
import { aesBlob, loginRow, loginsText } from '../../formats/support/login-rows.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { fileOf, profileFromPrefs } from '../../support/profile-from-prefs.ts';

type Changes = Record<string, PrefRecord[string] | null>;

const imap = 'imap://imap.example.org';
const smtp = 'smtp://smtp.example.org';
const named = (id: number, origin: string, more: Record<string, unknown> = {}) =>
  loginRow(id, { hostname: origin, httpRealm: origin, ...more });

const withLogins = (rows: readonly unknown[], ...changes: Changes[]) =>
  profileFromPrefs(healthyWith(...changes), { files: { 'logins.json': loginsText(rows) } });

const host = (name: string): Changes => ({ 'mail.server.server1.hostname': name });
const outgoingHost = (name: string): Changes => ({ 'mail.smtpserver.smtp1.hostname': name });

describe('a saved password under another name than the one that is looked up', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['its port', named(1, `${imap}:993`), 'port'],
    ['the user', named(1, 'imap://alice%40example.org@imap.example.org'), 'user name'],
    ['another spelling of the protocol', named(1, 'imaps://imap.example.org'), 'protocol'],
    ['capitals', named(1, 'imap://IMAP.example.org'), 'capitals'],
    ['a dot at the end', named(1, `${imap}.`), 'dot'],
    ['another realm', loginRow(1, { httpRealm: 'imap.example.org' }), 'realm'],
    ['no realm', loginRow(1, { httpRealm: null }), 'realm'],
    ['the look of a web page', loginRow(1, { httpRealm: null, formSubmitURL: imap }), 'web'],
  ])('is not found because of %s', (_what, row, words) => {
    const facts = withLogins([row, named(2, smtp)]);
    expect(gravity(loginNotFound, facts)).toBe('warning safe');
    expect(onlyFinding(loginNotFound, facts).finding.detail).toContain(words);
    expect(foundBy(loginUnused, facts)).toEqual([]);
  });

  it('is found for POP only as "mailbox", whatever POP is called elsewhere', () => {
    const facts = withLogins([named(1, imap), named(2, smtp), named(3, 'pop3://pop.example.net')], carol);
    expect(onlyFinding(loginNotFound, facts).finding.detail).toContain('"mailbox://pop.example.net"');
  });

  it.each<[string, readonly unknown[], Changes[]]>([
    ['the right row is there, too', [named(1, imap), named(2, `${imap}:993`), named(3, smtp)], []],
    ['it is of another protocol of the host', [named(1, 'smtp://imap.example.org'), named(2, smtp)], []],
    ['it is of another host', [named(1, 'imap://imap2.example.org'), named(2, smtp)], []],
    ['nothing is saved at all', [], []],
    [
      'the account signs in with OAuth2',
      [named(1, `${imap}:993`), named(2, smtp)],
      [host('imap.gmail.com'), { 'mail.server.server1.authMethod': 10 }],
    ],
    [
      'another account looks up the other spelling',
      [named(1, imap), named(2, smtp)],
      [bob, { 'mail.server.server3.hostname': 'IMAP.example.org' }],
    ],
    [
      'one row hides them all: passwords/logins-damaged',
      [named(1, `${imap}:993`), loginRow(2, { encryptedPassword: null })],
      [],
    ],
  ])('is no problem where %s', (_why, rows, changes) => {
    expect(foundBy(loginNotFound, withLogins(rows, ...changes))).toEqual([]);
  });

  it('is named anew; what is encrypted in the row, and every other row, stays', () => {
    const before = withLogins([named(1, `${imap}:993`), named(2, smtp)]);
    const after = repaired(loginNotFound, before);
    const { logins } = parseLoginsJson(Buffer.from(fileOf(after, 'logins.json')));
    expect(logins.map(({ origin, realm }) => [origin, realm])).toEqual([
      [imap, imap],
      [smtp, smtp],
    ]);
    expect(fileOf(after, 'logins.json')).toBe(loginsText([named(1, imap), named(2, smtp)]));
  });

  it('is not named anew where the row has no user name of its own, or is that of a page', () => {
    for (const row of [
      named(1, 'imap://a@imap.example.org'),
      loginRow(1, { httpRealm: null, formSubmitURL: imap }),
    ]) {
      expect(onlyFinding(loginNotFound, withLogins([row, named(2, smtp)])).finding.repair).toBeUndefined();
    }
  });

  it('is not named anew where two rows were meant', () => {
    const rows = [named(1, `${imap}:993`), named(2, `${imap}:143`), named(3, smtp)];
    expect(onlyFinding(loginNotFound, withLogins(rows)).finding.repair).toBeUndefined();
  });

  it('of an outgoing server in capitals: the host gets small letters, as the program saves it', () => {
    const facts = withLogins([named(1, imap), named(2, smtp)], outgoingHost('SMTP.Example.org'));
    expect(lineChanges(loginNotFound, facts)).toEqual([
      'mail.smtpserver.smtp1.hostname: "SMTP.Example.org" -> "smtp.example.org"',
    ]);
    expect(repaired(loginNotFound, facts)).toBeDefined();
  });

  it('of an international outgoing host is a note: it is saved in the other spelling at the first question', () => {
    const facts = withLogins(
      [named(1, imap), named(2, 'smtp://smtp.xn--kln-sna.example')],
      outgoingHost('smtp.köln.example'),
    );
    expect(gravity(loginNotFound, facts)).toBe('info safe');
    expect(lineChanges(loginNotFound, facts)).toEqual([
      'mail.smtpserver.smtp1.hostname: "smtp.köln.example" -> "smtp.xn--kln-sna.example"',
    ]);
  });

  it('of an incoming server in capitals: the row is named anew, since folders go by the host', () => {
    const facts = withLogins([named(1, imap), named(2, smtp)], host('IMAP.example.org'));
    expect(lineChanges(loginNotFound, facts)).toEqual([expect.stringMatching(/^write .*logins\.json$/)]);
    expect(repaired(loginNotFound, facts)).toBeDefined();
  });
});

/** Real blobs of one block each: texts of at most 15 letters. */
const short = { encryptedUsername: aesBlob, encryptedPassword: aesBlob };
/** Of two blocks: texts of 16 to 31 letters ("alice@example.org", as Thunderbird 153 encrypted it). */
const long =
  'MFMEEPgAAAAAAAAAAAAAAAAAAAEwHQYJYIZIAWUDBAEqBBDgAJXUhVvRjxMs+k0X4THUBCB+SLAlUwxIFp5qruIIDIiU0YYd0JDj89dXFlRQqq9z5w==';

describe('a password saved for another user name', () => {
  it('is told by the length of what is encrypted: the name that is set cannot be in it', () => {
    const facts = withLogins([named(1, imap, short), named(2, smtp, { encryptedUsername: long })]);
    expect(gravity(loginOfOtherUser, facts)).toBe('warning safe');
    const { finding } = onlyFinding(loginOfOtherUser, facts);
    expect(finding.title).toContain('imap.example.org');
    expect(finding.repair).toBeUndefined();
  });

  it('is not claimed where one of several rows may be the one', () => {
    const rows = [
      named(1, imap, short),
      named(2, imap, { encryptedUsername: long }),
      named(3, smtp, { encryptedUsername: long }),
    ];
    expect(foundBy(loginOfOtherUser, withLogins(rows))).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Changes]>([
    ['names of one length', short, { 'mail.server.server1.userName': 'bob' }],
    [
      'a name with other letters than those of English',
      short,
      { 'mail.server.server1.userName': 'jörg.müller@köln.example' },
    ],
    ['a blob that nobody can take apart', { encryptedUsername: 'AAAA' }, {}],
    ['a very old row that is not encrypted', { encryptedUsername: '~Ym9i' }, {}],
  ])('is not claimed of %s', (_what, row, changes) => {
    const facts = withLogins([named(1, imap, row), named(2, smtp, { encryptedUsername: long })], changes);
    expect(foundBy(loginOfOtherUser, facts)).toEqual([]);
  });

  it('may be what a re-encryption with a wrong key has left: all rows look empty', () => {
    const facts = withLogins([named(1, imap, short), named(2, smtp, short)]);
    const details = foundBy(loginOfOtherUser, facts).map(({ finding }) => finding.detail);
    expect(details).toHaveLength(2);
    expect(details[0]).toContain('look empty');
  });
});

const token = { 'mail.server.server1.hostname': 'imap.gmail.com', 'mail.server.server1.authMethod': 10 };

describe('a password beside OAuth2', () => {
  const row = named(1, 'imap://imap.gmail.com');

  it('is a note, told once: it is not "used by no account"', () => {
    const facts = withLogins([row], token);
    expect(gravity(loginBesideToken, facts)).toBe('info safe');
    expect(foundBy(loginUnused, facts)).toEqual([]);
    expect(repaired(loginBesideToken, facts).profile.logins.logins.logins).toEqual([]);
  });

  it('is no matter where another account of the host signs in with it', () => {
    const other = { ...bob, 'mail.server.server3.hostname': 'imap.gmail.com' };
    expect(foundBy(loginBesideToken, withLogins([row], token, other))).toEqual([]);
  });

  it('is left alone where OAuth2 is what is wrong: settings/sign-in-unregistered', () => {
    const facts = withLogins([named(1, 'imap://imap.gmx.net')], { ...token, ...host('imap.gmx.net') });
    expect(foundBy(loginBesideToken, facts)).toEqual([]);
    expect(foundBy(loginUnused, facts)).toEqual([]);
  });
});

describe('the password for sending', () => {
  it('that is not saved while that for fetching is, is a note', () => {
    expect(gravity(outgoingNotSaved, withLogins([named(1, imap)]))).toBe('info safe');
  });

  it.each<[string, readonly unknown[], Changes[]]>([
    ['both are saved', [named(1, imap), named(2, smtp)], []],
    ['none is saved', [], []],
    [
      'it is saved under another name: passwords/login-not-found',
      [named(1, imap), named(2, `${smtp}:587`)],
      [],
    ],
    ['the outgoing server wants none', [named(1, imap)], [{ 'mail.smtpserver.smtp1.authMethod': 1 }]],
    ['it signs in without a user name', [named(1, imap)], [{ 'mail.smtpserver.smtp1.username': null }]],
  ])('is no matter where %s', (_why, rows, changes) => {
    expect(foundBy(outgoingNotSaved, withLogins(rows, ...changes))).toEqual([]);
  });
});
