import { describe, expect, it } from 'vitest';
import { accountWithoutServer } from '../../../src/checks/settings/account-without-server.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const link = 'mail.account.account1.server';

describe('an account without its server', () => {
  it('gets the one unused server back that its sender points to', () => {
    const facts = profileFromPrefs(healthyWith({ [link]: null }));
    expect(gravity(accountWithoutServer, facts)).toBe('error loses');
    const { finding } = onlyFinding(accountWithoutServer, facts);
    expect(finding.title).toBe('The account alice@example.org has lost its server');
    expect(finding.evidence).toContainEqual(expect.objectContaining({ note: `${link} is missing` }));
    expect(lineChanges(accountWithoutServer, facts)).toEqual([`${link}: null -> "server1"`]);
    const { accounts } = repaired(accountWithoutServer, facts).profile.accountList;
    expect(accounts.map(({ key, server }) => [key, server.key])).toEqual([
      ['account1', 'server1'],
      ['account2', 'server2'],
    ]);
  });

  it.each(['server9', ''])(
    'also when it names %j, of which nothing is left: then its senders would be lost, too',
    (named) => {
      const facts = profileFromPrefs(healthyWith({ [link]: named }));
      expect(onlyFinding(accountWithoutServer, facts).finding.detail).toContain(
        'deletes the link to its address',
      );
      expect(lineChanges(accountWithoutServer, facts)).toEqual([
        `${link}: ${JSON.stringify(named)} -> "server1"`,
      ]);
    },
  );

  it('also when the link is a number, which the program cannot read as a link', () => {
    const facts = profileFromPrefs(healthyWith({ [link]: 1 }));
    expect(lineChanges(accountWithoutServer, facts)).toEqual([`${link}: 1 -> "server1"`]);
    repaired(accountWithoutServer, facts);
  });

  it('finds its server by the folders on it when the user name is no address', () => {
    const facts = profileFromPrefs(
      healthyWith({
        [link]: null,
        'mail.server.server1.userName': 'alice',
        'mail.identity.id1.fcc_folder': 'imap://alice@imap.example.org/Sent',
      }),
    );
    expect(lineChanges(accountWithoutServer, facts)).toEqual([`${link}: null -> "server1"`]);
  });

  it('is told when two servers fit', () => {
    const facts = profileFromPrefs(
      healthyWith({
        [link]: null,
        'mail.server.server7.type': 'pop3',
        'mail.server.server7.hostname': 'pop.example.org',
        'mail.server.server7.userName': 'alice@example.org',
      }),
    );
    expect(lineChanges(accountWithoutServer, facts)).toBeNull();
    expect(onlyFinding(accountWithoutServer, facts).finding.detail).toContain('older copy of prefs.js');
  });

  it('is told when two such accounts want the same server', () => {
    const facts = profileFromPrefs(
      healthyWith(bob, {
        [link]: null,
        'mail.account.account3.server': null,
        'mail.account.account3.identities': 'id1',
      }),
    );
    expect(foundBy(accountWithoutServer, facts).map(({ finding }) => finding.repair)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('never takes the server of another account, listed or not', () => {
    const facts = profileFromPrefs(healthyWith({ [link]: null, 'mail.account.account8.server': 'server1' }));
    expect(lineChanges(accountWithoutServer, facts)).toBeNull();
  });

  it('is Local Folders when it has no sender and its server is named as such', () => {
    const facts = profileFromPrefs(healthyWith({ 'mail.account.account2.server': '' }));
    expect(lineChanges(accountWithoutServer, facts)).toEqual([
      'mail.account.account2.server: "" -> "server2"',
    ]);
  });

  it('is only a warning as an empty shell: nothing is lost with it', () => {
    const facts = profileFromPrefs(
      healthyWith({
        'mail.accountmanager.accounts': 'account1,account2,account5',
        'mail.account.account5.identities': 'id9',
      }),
    );
    expect(gravity(accountWithoutServer, facts)).toBe('warning safe');
  });

  it('is another check’s when the server only lacks its type, or the key is written with a blank', () => {
    expect(
      foundBy(accountWithoutServer, profileFromPrefs(healthyWith({ 'mail.server.server1.type': null }))),
    ).toEqual([]);
    const misspelt = profileFromPrefs(healthyWith({ 'mail.accountmanager.accounts': ' account1,account2' }));
    expect(foundBy(accountWithoutServer, misspelt)).toEqual([]);
  });

  it('is told, not repaired, when user.js sets the link', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${link}", "server9");\n` });
    expect(lineChanges(accountWithoutServer, facts)).toBeNull();
    expect(onlyFinding(accountWithoutServer, facts).finding.detail).toContain('user.js (line 1)');
  });
});
