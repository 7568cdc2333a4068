import { describe, expect, it } from 'vitest';
import { rekeyFolders } from '../../src/checks/rekey-folders.ts';
import { hostMalformed } from '../../src/checks/settings/host-malformed.ts';
import { hostReplaced } from '../../src/checks/settings/host-replaced.ts';
import { lineChanges, repaired } from '../support/check-story.ts';
import { carol, healthyWith } from '../support/prefs-text.ts';
import { fileOf, profileFromPrefs } from '../support/profile-from-prefs.ts';

const host = 'mail.server.server4.hostname';
const fcc = 'mail.identity.id4.fcc_folder';
const rule = (uri: string): string =>
  `version="9"\nname="Bills"\nenabled="yes"\naction="Copy to folder"\nactionValue="${uri}"\ncondition="ALL"\n`;

describe('a server that gets its name back', () => {
  it('takes along what was set under the replaced one since', () => {
    const replaced = {
      [host]: 'server4.invalid',
      [fcc]: 'mailbox://carol@server4.invalid/Sent',
      'mail.identity.id4.draft_folder': 'mailbox://carol@pop.example.net/Drafts',
    };
    const files = {
      'Mail/pop.example.net/msgFilterRules.dat': rule('mailbox://carol@server4.invalid/Bills'),
      'virtualFolders.dat':
        'version=1\nuri=mailbox://carol@server4.invalid/Inbox/x\nscope=mailbox://carol@server4.invalid/Inbox\n',
    };
    const facts = profileFromPrefs(healthyWith(carol, replaced), { files });
    expect(lineChanges(hostReplaced, facts)).toEqual([
      `${host}: "server4.invalid" -> "pop.example.net"`,
      `${fcc}: "mailbox://carol@server4.invalid/Sent" -> "mailbox://carol@pop.example.net/Sent"`,
      'write /home/alice/.thunderbird/abcd.default-release/Mail/pop.example.net/msgFilterRules.dat',
      'write /home/alice/.thunderbird/abcd.default-release/virtualFolders.dat',
    ]);
    const after = repaired(hostReplaced, facts);
    expect(fileOf(after, 'Mail/pop.example.net/msgFilterRules.dat')).toBe(
      rule('mailbox://carol@pop.example.net/Bills'),
    );
    expect(fileOf(after, 'virtualFolders.dat')).not.toContain('invalid');
  });

  it('takes along what was set under a name that no folder can have', () => {
    const pasted = {
      [host]: 'pop.example.net ',
      [fcc]: 'mailbox://carol@pop.example.net%20/Sent',
    };
    const facts = profileFromPrefs(healthyWith(carol, pasted));
    expect(lineChanges(hostMalformed, facts)).toEqual([
      `${host}: "pop.example.net " -> "pop.example.net"`,
      `${fcc}: "mailbox://carol@pop.example.net%20/Sent" -> "mailbox://carol@pop.example.net/Sent"`,
    ]);
  });
});

describe('folders under another user', () => {
  const { profile } = profileFromPrefs(healthyWith(carol));
  const [alice] = profile.servers;
  if (alice === undefined) throw new Error('the healthy profile has a server');

  it('get addresses of that user, and only those of that server', () => {
    const { prefs } = rekeyFolders(profile, alice, { ...alice, username: 'alice.new@example.org' });
    expect(prefs.map(({ to }) => to)).toEqual([
      'imap://alice.new%40example.org@imap.example.org/Drafts',
      'imap://alice.new%40example.org@imap.example.org/Sent',
    ]);
  });

  it('stay as they are where nothing changes', () => {
    expect(rekeyFolders(profile, alice, alice)).toEqual({ prefs: [], operations: [], needs: [] });
  });

  it('leave a password behind that was saved under the former host: told', () => {
    const logins = {
      nextId: 2,
      version: 3,
      logins: [
        { id: 1, hostname: 'imap://imap.example.org', httpRealm: 'imap://imap.example.org', guid: '{1}' },
      ],
    };
    const files = { 'logins.json': JSON.stringify(logins) };
    const facts = profileFromPrefs(healthyWith(), { files });
    const [server] = facts.profile.servers;
    if (server === undefined) throw new Error('the healthy profile has a server');
    expect(rekeyFolders(facts.profile, server, { ...server, host: 'mail.example.org' }).needs).toEqual([
      'The password for imap://mail.example.org is asked for once.',
    ]);
  });

  it('outside the profile are not written to', () => {
    const outside = { 'mail.server.server1.directory-rel': '[ProfD]../away' };
    const files = { '../away/msgFilterRules.dat': rule('imap://alice%40example.org@imap.example.org/x') };
    const facts = profileFromPrefs(healthyWith(outside), { files });
    const server = facts.profile.servers.find(({ key }) => key === 'server1');
    if (server === undefined) throw new Error('the healthy profile has a server');
    expect(facts.profile.filters).toHaveLength(1);
    expect(rekeyFolders(facts.profile, server, { ...server, username: 'a' }).operations).toEqual([]);
  });
});
