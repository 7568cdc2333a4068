import { describe, expect, it } from 'vitest';
import { duplicateServer } from '../../../src/checks/settings/duplicate-server.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const three = 'mail.server.server3.';
/** The second account is set up for the mailbox of the first. */
const twin: PrefRecord = { ...bob, [`${three}userName`]: 'alice@example.org' };
const mail = { 'ImapMail/imap.example-1.org/INBOX': 'From - Mon\n\nmail\n' };

describe('two accounts for one mailbox', () => {
  it('cost the later one at the next start; its senders join the earlier one', () => {
    const facts = profileFromPrefs(healthyWith(twin));
    expect(gravity(duplicateServer, facts)).toBe('error loses');
    expect(onlyFinding(duplicateServer, facts).finding.title).toContain(
      'alice@example.org and bob@example.org',
    );
    expect(lineChanges(duplicateServer, facts)).toEqual([
      'mail.accountmanager.accounts: "account1,account2,account3" -> "account1,account2"',
      'mail.account.account3.identities: "id2" -> null',
      'mail.account.account3.server: "server3" -> null',
      `${three}directory-rel: "[ProfD]ImapMail/imap.example-1.org" -> null`,
      `${three}hostname: "imap.example.org" -> null`,
      `${three}name: "bob@example.org" -> null`,
      `${three}port: 993 -> null`,
      `${three}socketType: 3 -> null`,
      `${three}type: "imap" -> null`,
      `${three}userName: "alice@example.org" -> null`,
      'mail.account.account1.identities: "id1" -> "id1,id2"',
    ]);
    const [account] = repaired(duplicateServer, facts).profile.accountList.accounts;
    expect(account?.identities.map(({ email }) => email)).toEqual(['alice@example.org', 'bob@example.org']);
  });

  it('are left alone while the later one has mail of its own', () => {
    const facts = profileFromPrefs(healthyWith(twin), { files: mail });
    expect(lineChanges(duplicateServer, facts)).toBeNull();
    expect(onlyFinding(duplicateServer, facts).finding.detail).toContain('mail of its own');
  });

  it('but not when both are in the same folder', () => {
    const files = { 'ImapMail/imap.example.org/INBOX': 'From - Mon\n\nmail\n' };
    const shared = { [`${three}directory-rel`]: '[ProfD]ImapMail/imap.example.org' };
    repaired(duplicateServer, profileFromPrefs(healthyWith(twin, shared), { files }));
  });

  it('on one server entry need only their senders joined', () => {
    const facts = profileFromPrefs(healthyWith(bob, { 'mail.account.account3.server': 'server1' }));
    expect(gravity(duplicateServer, facts)).toBe('error loses');
    expect(lineChanges(duplicateServer, facts)).toEqual([
      'mail.accountmanager.accounts: "account1,account2,account3" -> "account1,account2"',
      'mail.account.account3.identities: "id2" -> null',
      'mail.account.account3.server: "server1" -> null',
      'mail.account.account1.identities: "id1" -> "id1,id2"',
    ]);
  });

  it('on one server entry lose nothing when the later one has no sender of its own', () => {
    const facts = profileFromPrefs(
      healthyWith(bob, {
        'mail.account.account3.server': 'server1',
        'mail.account.account3.identities': 'id1',
      }),
    );
    expect(gravity(duplicateServer, facts)).toBe('warning safe');
    repaired(duplicateServer, facts);
  });

  it('with two ports are loaded under one address, and folder indexes are deleted', () => {
    const facts = profileFromPrefs(healthyWith(twin, { [`${three}port`]: 143, [`${three}socketType`]: 2 }));
    expect(gravity(duplicateServer, facts)).toBe('error loses, mail at risk');
    expect(onlyFinding(duplicateServer, facts).finding.detail).toContain('993 and 143');
    repaired(duplicateServer, facts);
  });

  it('take the default, Local Folders and deliveries along', () => {
    const facts = profileFromPrefs(
      healthyWith(twin, carol, {
        'mail.accountmanager.accounts': 'account1,account2,account3,account4',
        'mail.accountmanager.defaultaccount': 'account3',
        'mail.server.server4.deferred_to_account': 'account3',
      }),
    );
    const changes = lineChanges(duplicateServer, facts);
    expect(changes).toContain('mail.accountmanager.defaultaccount: "account3" -> "account1"');
    expect(changes).toContain('mail.server.server4.deferred_to_account: "account3" -> "account1"');
    const localTwin = {
      'mail.account.account5.server': 'server5',
      'mail.accountmanager.accounts': 'account1,account2,account5',
      'mail.accountmanager.localfoldersserver': 'server5',
      'mail.server.server5.type': 'none',
      'mail.server.server5.hostname': 'Local Folders',
      'mail.server.server5.userName': 'nobody',
    };
    expect(lineChanges(duplicateServer, profileFromPrefs(healthyWith(localTwin)))).toContain(
      'mail.accountmanager.localfoldersserver: "server5" -> "server2"',
    );
  });

  it('are not told apart by capitals in the host, but by those in the user name', () => {
    expect(
      foundBy(
        duplicateServer,
        profileFromPrefs(healthyWith(twin, { [`${three}hostname`]: 'IMAP.Example.ORG' })),
      ),
    ).toHaveLength(1);
    expect(
      foundBy(
        duplicateServer,
        profileFromPrefs(healthyWith(twin, { [`${three}userName`]: 'Alice@example.org' })),
      ),
    ).toEqual([]);
  });

  it('are two for the program when one host ends with a dot', () => {
    expect(
      foundBy(
        duplicateServer,
        profileFromPrefs(healthyWith(twin, { [`${three}hostname`]: 'imap.example.org.' })),
      ),
    ).toEqual([]);
  });

  it('may be one account without user name, which fits any: that is told', () => {
    const noUser = { [`${three}userName`]: null, 'mail.identity.id2.fcc_folder': null };
    const facts = profileFromPrefs(healthyWith(bob, noUser));
    expect(gravity(duplicateServer, facts)).toBe('error loses');
    expect(onlyFinding(duplicateServer, facts).finding.title).toBe(
      'The account bob@example.org has no user name, so the program takes it for alice@example.org',
    );
    expect(lineChanges(duplicateServer, facts)).toBeNull();
  });

  it('is settings/server-incomplete when its folders still say the user name', () => {
    expect(
      foundBy(duplicateServer, profileFromPrefs(healthyWith(bob, { [`${three}userName`]: null }))),
    ).toEqual([]);
  });

  it('are told, not repaired, when user.js sets the list', () => {
    const userJs = 'user_pref("mail.accountmanager.accounts", "account1,account2,account3");\n';
    const facts = profileFromPrefs(healthyWith(twin), { userJs });
    expect(lineChanges(duplicateServer, facts)).toBeNull();
    expect(onlyFinding(duplicateServer, facts).finding.detail).toContain('user.js (line 1)');
  });
});
