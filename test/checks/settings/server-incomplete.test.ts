import { describe, expect, it } from 'vitest';
import { serverIncomplete } from '../../../src/checks/settings/server-incomplete.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const one = 'mail.server.server1.';
const four = 'mail.server.server4.';
const login = (origin: string): string =>
  JSON.stringify({
    nextId: 2,
    logins: [{ id: 1, hostname: origin, httpRealm: origin, guid: '{1}' }],
    version: 3,
  });

describe('a server that has lost its type', () => {
  it('is IMAP by its place below ImapMail', () => {
    const facts = profileFromPrefs(healthyWith({ [`${one}type`]: null }));
    expect(gravity(serverIncomplete, facts)).toBe('error loses');
    expect(onlyFinding(serverIncomplete, facts).finding.title).toContain(
      'alice@example.org has lost its type',
    );
    expect(lineChanges(serverIncomplete, facts)).toEqual([`${one}type: null -> "imap"`]);
    const { accounts } = repaired(serverIncomplete, facts).profile.accountList;
    expect(accounts.map(({ key }) => key)).toEqual(['account1', 'account2']);
  });

  it('is POP by settings that only POP has', () => {
    const facts = profileFromPrefs(healthyWith(carol, { [`${four}type`]: null }));
    expect(lineChanges(serverIncomplete, facts)).toEqual([`${four}type: null -> "pop3"`]);
  });

  it('is not guessed below Mail when nothing says POP', () => {
    const facts = profileFromPrefs(
      healthyWith(carol, { [`${four}type`]: null, [`${four}leave_on_server`]: null, [`${four}port`]: null }),
    );
    expect(lineChanges(serverIncomplete, facts)).toBeNull();
    expect(onlyFinding(serverIncomplete, facts).finding.detail).toContain('older copy of prefs.js');
  });

  it('is not guessed when its place and its settings do not agree', () => {
    const facts = profileFromPrefs(healthyWith({ [`${one}type`]: null, [`${one}leave_on_server`]: true }));
    expect(lineChanges(serverIncomplete, facts)).toBeNull();
  });

  it('is Local Folders by its name', () => {
    const facts = profileFromPrefs(healthyWith({ 'mail.server.server2.type': '' }));
    expect(lineChanges(serverIncomplete, facts)).toEqual(['mail.server.server2.type: "" -> "none"']);
  });
});

describe('a server that has lost its name', () => {
  it('gets it back from the addresses of its folders', () => {
    const facts = profileFromPrefs(
      healthyWith({ [`${one}hostname`]: null, [`${one}directory-rel`]: '[ProfD]ImapMail/old-name' }),
    );
    expect(lineChanges(serverIncomplete, facts)).toEqual([`${one}hostname: null -> "imap.example.org"`]);
    repaired(serverIncomplete, facts);
  });

  const noFolders = { 'mail.identity.id1.fcc_folder': null, 'mail.identity.id1.draft_folder': null };

  it('or from the name of its mail folder', () => {
    const facts = profileFromPrefs(healthyWith(noFolders, { [`${one}hostname`]: '' }));
    expect(lineChanges(serverIncomplete, facts)).toEqual([`${one}hostname: "" -> "imap.example.org"`]);
  });

  it('but not from a folder name with a number, which may have been added', () => {
    const numbered = {
      [`${one}directory-rel`]: '[ProfD]ImapMail/imap.example-1.org',
      [`${one}hostname`]: null,
    };
    expect(lineChanges(serverIncomplete, profileFromPrefs(healthyWith(noFolders, numbered)))).toBeNull();
    const files = { 'logins.json': login('imap://imap.example.org') };
    expect(
      lineChanges(serverIncomplete, profileFromPrefs(healthyWith(noFolders, numbered), { files })),
    ).toEqual([`${one}hostname: null -> "imap.example.org"`]);
  });

  it('not when a saved login and the folder name disagree', () => {
    const files = { 'logins.json': login('imap://mail.elsewhere.example') };
    const facts = profileFromPrefs(healthyWith(noFolders, { [`${one}hostname`]: null }), { files });
    expect(lineChanges(serverIncomplete, facts)).toBeNull();
  });

  it('not from folders on the server of another account', () => {
    const facts = profileFromPrefs(
      healthyWith(bob, {
        'mail.server.server3.hostname': null,
        'mail.server.server3.userName': null,
        'mail.server.server3.directory-rel': '[ProfD]ImapMail/x-1',
        'mail.identity.id2.fcc_folder': 'imap://alice%40example.org@imap.example.org/Sent',
      }),
    );
    expect(lineChanges(serverIncomplete, facts)).toBeNull();
  });

  it('not when it would then be the double of another account', () => {
    const facts = profileFromPrefs(
      healthyWith(bob, {
        'mail.server.server3.hostname': null,
        'mail.server.server3.userName': 'alice@example.org',
        'mail.server.server3.directory-rel': '[ProfD]ImapMail/imap.example.org',
        'mail.identity.id2.fcc_folder': null,
      }),
    );
    expect(lineChanges(serverIncomplete, facts)).toBeNull();
  });

  it('together with its type', () => {
    const facts = profileFromPrefs(healthyWith({ [`${one}hostname`]: null, [`${one}type`]: null }));
    expect(lineChanges(serverIncomplete, facts)).toEqual([
      `${one}type: null -> "imap"`,
      `${one}hostname: null -> "imap.example.org"`,
    ]);
    repaired(serverIncomplete, facts);
  });
});

describe('a server that has lost its user name', () => {
  it('gets it back from the addresses of its folders; the account itself is not lost by it', () => {
    const facts = profileFromPrefs(healthyWith({ [`${one}userName`]: null }));
    expect(gravity(serverIncomplete, facts)).toBe('error safe');
    expect(lineChanges(serverIncomplete, facts)).toEqual([`${one}userName: null -> "alice@example.org"`]);
    repaired(serverIncomplete, facts);
  });

  it('is in order without one when nothing says that there was one', () => {
    const facts = profileFromPrefs(
      healthyWith({
        [`${one}userName`]: null,
        'mail.identity.id1.fcc_folder': 'imap://imap.example.org/Sent',
        'mail.identity.id1.draft_folder': null,
      }),
    );
    expect(foundBy(serverIncomplete, facts)).toEqual([]);
  });
});

describe('an incomplete server', () => {
  it('is none of this check’s business when no listed account has it, or no line of it is left', () => {
    const unlisted = profileFromPrefs(healthyWith({ 'mail.server.server7.hostname': 'imap.example.org' }));
    expect(foundBy(serverIncomplete, unlisted)).toEqual([]);
    const gone = profileFromPrefs(healthyWith({ 'mail.account.account1.server': 'server9' }));
    expect(foundBy(serverIncomplete, gone)).toEqual([]);
  });

  it('is settings/wrong-type when the value is there, but no text', () => {
    expect(foundBy(serverIncomplete, profileFromPrefs(healthyWith({ [`${one}type`]: 5 })))).toEqual([]);
  });

  it('is told, not repaired, when user.js empties it', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${one}hostname", "");\n` });
    expect(lineChanges(serverIncomplete, facts)).toBeNull();
    expect(onlyFinding(serverIncomplete, facts).finding.detail).toContain('user.js (line 1)');
  });
});
