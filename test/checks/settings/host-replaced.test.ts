import { describe, expect, it } from 'vitest';
import { hostReplaced } from '../../../src/checks/settings/host-replaced.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { carol, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const host = 'mail.server.server4.hostname';

describe('a server name that the program has replaced', () => {
  it('comes back from the addresses of the folders', () => {
    const facts = profileFromPrefs(healthyWith(carol, { [host]: 'server4.invalid' }));
    expect(gravity(hostReplaced, facts)).toBe('error safe');
    expect(onlyFinding(hostReplaced, facts).finding.title).toContain('carol@example.net');
    expect(lineChanges(hostReplaced, facts)).toEqual([`${host}: "server4.invalid" -> "pop.example.net"`]);
    repaired(hostReplaced, facts);
  });

  const nothingInPrefs = {
    [host]: 'server4.invalid',
    'mail.identity.id4.fcc_folder': null,
    'mail.server.server4.directory-rel': '[ProfD]Mail/server4.invalid',
  };
  const login = (origin: string): string =>
    JSON.stringify({
      nextId: 2,
      version: 3,
      logins: [{ id: 1, hostname: origin, httpRealm: origin, guid: '{1}' }],
    });
  const mail = 'From - Mon Nov 23 2026\nSubject: x\n\nx\n';

  it.each<[string, Record<string, string>]>([
    ['a saved login', { 'logins.json': login('mailbox://pop.example.net') }],
    [
      'the folder of mail that nobody uses, in the domain of the address',
      { 'Mail/pop.example.net/Inbox': mail },
    ],
    [
      'the filters of the account',
      {
        'Mail/server4.invalid/msgFilterRules.dat':
          'name="x"\nenabled="yes"\naction="Move to folder"\nactionValue="mailbox://carol@pop.example.net/x"\n',
      },
    ],
    [
      'saved searches',
      { 'virtualFolders.dat': 'version=1\nuri=mailbox://carol@pop.example.net/x\nscope=*\n' },
    ],
  ])('comes back from %s', (_name, files) => {
    const facts = profileFromPrefs(healthyWith(carol, nothingInPrefs), { files });
    expect(lineChanges(hostReplaced, facts)).toContain(`${host}: "server4.invalid" -> "pop.example.net"`);
    repaired(hostReplaced, facts);
  });

  it('does not come from a folder of some other provider, nor from two', () => {
    const others: Record<string, string>[] = [
      { 'Mail/pop.other.example/Inbox': mail },
      { 'Mail/pop.example.net/Inbox': mail, 'Mail/mail.example.net/Inbox': mail },
    ];
    for (const files of others) {
      const facts = profileFromPrefs(healthyWith(carol, nothingInPrefs), { files });
      expect(lineChanges(hostReplaced, facts)).toBeNull();
    }
  });

  it('is left to the owner when nothing says it for certain', () => {
    const nothing = {
      'mail.identity.id4.fcc_folder': null,
      'mail.server.server4.directory-rel': '[ProfD]Mail/server4.invalid',
    };
    const facts = profileFromPrefs(healthyWith(carol, nothing, { [host]: 'server4.invalid' }));
    expect(lineChanges(hostReplaced, facts)).toBeNull();
  });

  it('is only that of the server’s own key', () => {
    expect(foundBy(hostReplaced, profileFromPrefs(healthyWith(carol, { [host]: 'test.invalid' })))).toEqual(
      [],
    );
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(carol), {
      userJs: `user_pref("${host}", "server4.invalid");\n`,
    });
    expect(lineChanges(hostReplaced, facts)).toBeNull();
    expect(onlyFinding(hostReplaced, facts).finding.detail).toContain('user.js (line 1)');
  });
});
