import { describe, expect, it } from 'vitest';
import { settingsLeftBehind } from '../../../src/checks/interference/settings-left-behind.ts';
import { foundBy, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'user_pref("mail.identity.id1.fullName", "Alice Example");';
const prefs = (...lines: string[]): string =>
  [
    'user_pref("mail.accountmanager.accounts", "account1");',
    'user_pref("mail.account.account1.server", "server1");',
    'user_pref("mail.account.account1.identities", "id1");',
    'user_pref("mail.identity.id1.useremail", "alice@example.org");',
    'user_pref("mail.server.server1.type", "imap");',
    'user_pref("mail.server.server1.hostname", "imap.example.org");',
    'user_pref("mail.server.server1.userName", "alice");',
    ...lines,
    '',
  ].join('\n');

/** What is behind the junk, up to the next `;`, the program does not see. */
const damaged = (...lines: string[]): string => prefs(...lines.flatMap((line) => ['junk', line]));
const facts = (copy: string, now = prefs()) => profileFromPrefs(now, { files: { 'Invalidprefs.js': copy } });

describe('a setting that only a damaged copy has', () => {
  it('is told by its name and put back when asked for', () => {
    const profile = facts(damaged(name, 'user_pref("mail.server.server1.port", 1993);'));
    const { finding } = onlyFinding(settingsLeftBehind, profile);
    expect(finding.title).toBe(
      '2 settings of your accounts are only in Invalidprefs.js, a damaged copy of the settings',
    );
    expect(finding.severity).toBe('info');
    expect(finding.evidence[0]).toEqual({
      file: 'Invalidprefs.js',
      line: 9,
      note: 'mail.identity.id1.fullName is only here',
    });
    expect(lineChanges(settingsLeftBehind, profile)).toEqual([
      'mail.identity.id1.fullName: null -> "Alice Example"',
      'mail.server.server1.port: null -> 1993',
    ]);
    expect(foundBy(settingsLeftBehind, repaired(settingsLeftBehind, profile))).toEqual([]);
  });

  it('never shows its value', () => {
    const { finding } = onlyFinding(settingsLeftBehind, facts(damaged(name)));
    expect(JSON.stringify(finding)).not.toContain('Alice Example');
  });

  it.each([
    ['is set otherwise since', damaged(name), prefs('user_pref("mail.identity.id1.fullName", "Alice B.");')],
    [
      'was seen by the program, and so taken out by its owner',
      prefs('junk', 'user_pref("a", 1);', name),
      prefs(),
    ],
    ['is of an account that is gone', damaged('user_pref("mail.server.server7.port", 143);'), prefs()],
    ['is of no account', damaged('user_pref("mail.tabs.drawInTitlebar", false);'), prefs()],
    ['was of another sender of that key', damaged(name).replace('alice@', 'bob@'), prefs()],
    [
      'was of another server of that key',
      damaged('user_pref("mail.server.server1.port", 143);').replace('imap.ex', 'old.ex'),
      prefs(),
    ],
  ])('is no matter when it %s', (_, copy, now) => {
    expect(foundBy(settingsLeftBehind, facts(copy, now))).toEqual([]);
  });

  it('waits while prefs.js itself is damaged', () => {
    const profile = facts(damaged(name), damaged('user_pref("b", 2);'));
    expect(foundBy(settingsLeftBehind, profile)).toEqual([]);
    expect(settingsLeftBehind.skip?.(profile)).toBe('waits for profile/prefs-damaged');
  });
});
