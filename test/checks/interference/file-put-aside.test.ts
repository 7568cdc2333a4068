import { describe, expect, it } from 'vitest';
import { filePutAside } from '../../../src/checks/interference/file-put-aside.ts';
import { foundBy, onlyFinding } from '../../support/check-story.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const prefs = [
  'user_pref("mail.accountmanager.accounts", "account1");',
  'user_pref("mail.account.account1.server", "server1");',
  'user_pref("mail.server.server1.type", "rss");',
  'user_pref("mail.server.server1.hostname", "Feeds");',
  'user_pref("mail.server.server1.userName", "nobody");',
  'user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/Feeds");',
].join('\n');
const facts = (files: ProfileOptions['files']) => profileFromPrefs(prefs, { files });
const found = (files: ProfileOptions['files']): string[] =>
  foundBy(filePutAside, facts(files)).map(({ finding }) => finding.subject.id);

describe('a file that the program put aside', () => {
  it('is told when what it uses since is smaller', () => {
    const { finding } = onlyFinding(
      filePutAside,
      facts({
        'Mail/Feeds/feeds.json': '[]',
        'Mail/Feeds/feeds.json.corrupt': '[{"url":"https://example.org"',
      }),
    );
    expect(finding.title).toBe('Thunderbird put feeds.json aside as damaged and uses less since');
    expect(finding.detail).toContain('feeds.json has only 2 bytes. If you miss feeds');
    expect(finding.severity).toBe('info');
  });

  it('is told when there is nothing instead, under each name that the program gives', () => {
    const files = {
      'calendar-data/local.sqlite.corrupt': 'x',
      'abook-1.sqlite.corrupt-2': 'x',
      'virtualFolders.dat-1.corrupt': 'x',
    };
    expect(found(files)).toEqual([
      'abook-1.sqlite.corrupt-2',
      'calendar-data/local.sqlite.corrupt',
      'virtualFolders.dat-1.corrupt',
    ]);
  });

  it.each<[string, ProfileOptions['files']]>([
    ['has grown beyond it', { 'abook.sqlite': 'much more', 'abook.sqlite.corrupt': 'less' }],
    ['is as large', { 'abook.sqlite': 'same', 'abook.sqlite.corrupt': 'same' }],
    ['was empty', { 'abook.sqlite.corrupt': '' }],
    ['is made anew by the program', { 'session.json.corrupt': 'x', 'handlers.json.corrupt': 'x' }],
    [
      'has a check of its own',
      { 'logins.json.corrupt': '{}', 'encrypted-openpgp-passphrase.txt.corrupt': 'x' },
    ],
  ])('is no matter when it %s', (_, files) => expect(found(files)).toEqual([]));
});
