import { describe, expect, it } from 'vitest';
import { outgoingList } from '../../../src/checks/settings/outgoing-list.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'mail.smtpservers';
const second: PrefRecord = {
  'mail.smtpserver.smtp2.hostname': 'smtp.two.example',
  'mail.smtpserver.smtp2.port': 465,
  'mail.smtpserver.smtp2.try_ssl': 3,
};
const withList = (list: string, more: PrefRecord = {}) =>
  profileFromPrefs(healthyWith(second, { [name]: list }, more));

describe('the list of outgoing servers', () => {
  it('makes a server without a name of a key with a blank: whoever sends through it cannot', () => {
    const facts = withList('smtp1, smtp2', { 'mail.identity.id1.smtpServer': 'smtp2' });
    expect(gravity(outgoingList, facts)).toBe('error safe');
    const { finding } = onlyFinding(outgoingList, facts);
    expect(finding.title).toBe('The list of outgoing servers misspells smtp.two.example');
    expect(finding.detail).toContain('alice@example.org cannot send');
    expect(lineChanges(outgoingList, facts)).toEqual([`${name}: "smtp1, smtp2" -> "smtp1,smtp2"`]);
    expect(repaired(outgoingList, facts).profile.outgoing.listed).toEqual(['smtp1', 'smtp2']);
  });

  it('is only untidy when nobody sends through it', () => {
    expect(gravity(outgoingList, withList('smtp1, smtp2'))).toBe('warning safe');
  });

  it('is taken apart where somebody wrote semicolons', () => {
    expect(lineChanges(outgoingList, withList('smtp1;smtp2'))).toEqual([
      `${name}: "smtp1;smtp2" -> "smtp1,smtp2"`,
    ]);
  });

  it('sheds doubled keys and those of which nothing is left', () => {
    const doubled = withList('smtp1,smtp2,smtp1');
    expect(gravity(outgoingList, doubled)).toBe('warning safe');
    expect(lineChanges(outgoingList, doubled)).toEqual([`${name}: "smtp1,smtp2,smtp1" -> "smtp1,smtp2"`]);
    expect(lineChanges(outgoingList, withList('smtp9,smtp1'))).toEqual([`${name}: "smtp9,smtp1" -> "smtp1"`]);
    expect(lineChanges(outgoingList, withList('smtp9'))).toEqual([`${name}: "smtp9" -> null`]);
  });

  it('is in order with empty items, which the program passes over', () => {
    expect(foundBy(outgoingList, withList('smtp1,,smtp2,'))).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(second), { userJs: `\nuser_pref("${name}", "smtp1 ");\n` });
    expect(lineChanges(outgoingList, facts)).toBeNull();
    expect(onlyFinding(outgoingList, facts).finding.detail).toContain('user.js (line 2)');
  });
});
