import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { prefsDamaged } from '../../../src/checks/profile/prefs-damaged.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyPrefs, healthyWith } from '../../support/prefs-text.ts';
import { fileOf, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const whole = healthyWith();
const cutAt = (text: string, name: string): string => text.slice(0, text.indexOf(name));
const names = ({ profile }: Facts): string[] => profile.prefs.names('');

describe('a prefs.js with a fault in it', () => {
  const faults: [fault: string, from: string, to: string, gone: string | null][] = [
    ['a missing semicolon', '"account1,account2");', '"account1,account2")', null],
    ['a missing quotation mark', '"Alice Example");', '"Alice Example);', 'mail.identity.id1.fullName'],
    [
      'a comment without end',
      'user_pref("mail.identity.id1.smtp',
      '/* user_pref("mail.identity.id1.smtp',
      'mail.identity.id1.smtpServer',
    ],
  ];

  it.each(faults)('%s: all but the broken setting is read and written again', (_fault, from, to, gone) => {
    const facts = profileFromPrefs(whole.replace(from, to));
    expect(gravity(prefsDamaged, facts)).toBe('error loses');
    const after = repaired(prefsDamaged, facts);
    expect(names(after)).toEqual(
      Object.keys(healthyPrefs)
        .filter((name) => name !== gone)
        .sort(),
    );
    expect(after.profile.accountList.accounts.map(({ key }) => key)).toEqual(['account1', 'account2']);
  });

  it('is told by line, and by what the program would lose, never by its value', () => {
    const text = whole.replace('"Alice Example");', '"Alice Example);');
    const { finding } = onlyFinding(prefsDamaged, profileFromPrefs(text));
    expect(finding.title).toBe('The settings file prefs.js is damaged in line 11');
    expect(finding.detail).toMatch(/^Thunderbird does not see \d+ settings that can still be read/);
    expect(JSON.stringify(finding)).not.toContain('alice@example.org');
  });

  it('whose broken setting nobody can read costs nothing else, so the program may be started', () => {
    const facts = profileFromPrefs(whole.replace(', 993);', ', 99399399399);'));
    expect(gravity(prefsDamaged, facts)).toBe('error safe');
    expect(onlyFinding(prefsDamaged, facts).finding.detail).toContain('nothing else is lost');
    expect(names(repaired(prefsDamaged, facts))).toHaveLength(Object.keys(healthyPrefs).length - 1);
  });

  it('of an old program is all lost from the fault on, and is read whole', () => {
    const facts = profileFromPrefs(whole.replace('"account1,account2");', '"account1,account2")'), {
      program: 'postbox',
      version: '7.0.60',
    });
    expect(onlyFinding(prefsDamaged, facts).finding.detail).toMatch(/^Postbox does not see 3\d settings/);
    expect(names(repaired(prefsDamaged, facts))).toEqual(Object.keys(healthyPrefs).sort());
  });
});

describe('a prefs.js that was cut short', () => {
  const cut = cutAt(whole, 'server1.hostname');

  it('gets what is missing from a half-saved copy', () => {
    const facts = profileFromPrefs(cut, { files: { 'prefs-1.js': whole } });
    expect(onlyFinding(prefsDamaged, facts).finding.title).toContain('was cut short in line 17');
    expect(names(repaired(prefsDamaged, facts))).toEqual(Object.keys(healthyPrefs).sort());
  });

  it('gets it also from a quarantined copy that is damaged itself', () => {
    const copy = whole.replace('"smtp.example.org");', '"smtp.example.org")');
    const after = repaired(prefsDamaged, profileFromPrefs(cut, { files: { 'Invalidprefs.js': copy } }));
    expect(names(after)).toEqual(Object.keys(healthyPrefs).sort());
  });

  it('gets nothing of accounts that its list does not name: they were removed since', () => {
    const copy = healthyWith(bob, carol);
    const after = repaired(prefsDamaged, profileFromPrefs(cut, { files: { 'prefs-1.js': copy } }));
    expect(after.profile.servers.map(({ key }) => key)).toEqual(['server1', 'server2']);
    expect(after.profile.identities.map(({ key }) => key)).toEqual(['id1']);
    expect(after.profile.accountList.items).toEqual(['account1', 'account2']);
  });

  it('gets all of them when its list is lost, too', () => {
    const copy = healthyWith(bob);
    const facts = profileFromPrefs(cutAt(whole, 'mail.account.lastKey'), { files: { 'prefs-1.js': copy } });
    expect(repaired(prefsDamaged, facts).profile.accountList.items).toEqual([
      'account1',
      'account2',
      'account3',
    ]);
  });

  it('keeps its own value where the copy has an older one', () => {
    const copy = whole.replace('"Alice Example"', '"Alice Maiden"');
    const after = repaired(prefsDamaged, profileFromPrefs(cut, { files: { 'prefs-1.js': copy } }));
    expect(after.profile.identities[0]?.name).toBe('Alice Example');
  });

  it('is not written anew when nothing would be regained: it would only look whole', () => {
    const facts = profileFromPrefs(cut);
    expect(gravity(prefsDamaged, facts)).toBe('error loses');
    expect(lineChanges(prefsDamaged, facts)).toBeNull();
    expect(onlyFinding(prefsDamaged, facts).finding.detail).toContain('Your mail is still on the disk');
  });

  it('ends in zero bytes after a power loss', () => {
    const facts = profileFromPrefs(`${cut}${'\0'.repeat(512)}`, { files: { 'prefs-1.js': whole } });
    expect(names(repaired(prefsDamaged, facts))).toEqual(Object.keys(healthyPrefs).sort());
  });

  it('or has them in its middle: what stands behind is read again', () => {
    const text = whole.replace(/user_pref\("mail\.identity\.id1\.fullName.*\n/, (line) =>
      '\0'.repeat(line.length),
    );
    const after = repaired(prefsDamaged, profileFromPrefs(text));
    expect(names(after)).toHaveLength(Object.keys(healthyPrefs).length - 1);
    expect(fileOf(after, 'prefs.js')).not.toContain('\0');
  });
});

describe('a prefs.js with one bad line and no line end behind the last one', () => {
  it('was not cut short, so nothing comes from an old copy', () => {
    const text = whole.replace('"Example Mail");', '"Example Mail)";').trimEnd();
    const facts = profileFromPrefs(text, { files: { 'Invalidprefs.js': healthyWith(bob) } });
    expect(onlyFinding(prefsDamaged, facts).finding.title).toContain('is damaged');
    expect(repaired(prefsDamaged, facts).profile.prefs.children('mail.account.')).not.toContain('account3');
  });
});

describe('what the program reads without a fault is no damage', () => {
  it.each([
    ['single quotes, odd blanks', whole.replaceAll('"', "'").replaceAll('(', ' ( ')],
    ['comments of all kinds', `# one\n// two\n/* three */\n${whole}`],
    ['a byte order mark and Windows line ends', `\ufeff${whole.replaceAll('\n', '\r\n')}`],
    ['a setting twice', `${whole}user_pref("mail.server.server1.port", 143);\n`],
    ['no line end at the end', whole.trimEnd()],
    ['pref() instead of user_pref()', `${whole}pref("a.b", 1);\n`],
    ['nothing at all', ''],
  ])('%s', (_what, text) => {
    expect(foundBy(prefsDamaged, profileFromPrefs(text))).toEqual([]);
  });

  it('a damaged user.js is the owner’s own file', () => {
    expect(foundBy(prefsDamaged, profileFromPrefs(whole, { userJs: 'user_pref("a' }))).toEqual([]);
  });
});
