import { describe, expect, it } from 'vitest';
import { outgoingDefaultDangling } from '../../../src/checks/settings/outgoing-default-dangling.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'mail.smtp.defaultserver';
const dangling: PrefRecord = { [name]: 'smtp9' };
const byDefault = { 'mail.identity.id1.smtpServer': null };
const second: PrefRecord = {
  'mail.smtpservers': 'smtp1,smtp2',
  'mail.smtpserver.smtp2.hostname': 'smtp.two.example',
};

describe('a default outgoing server that does not exist', () => {
  it('stops those who have no server of their own; the only server becomes the default', () => {
    const facts = profileFromPrefs(healthyWith(dangling, byDefault));
    expect(gravity(outgoingDefaultDangling, facts)).toBe('error safe');
    expect(onlyFinding(outgoingDefaultDangling, facts).finding.detail).toContain(
      'alice@example.org cannot send',
    );
    expect(onlyFinding(outgoingDefaultDangling, facts).finding.detail).toContain(
      'smtp.example.org would be the default',
    );
    expect(lineChanges(outgoingDefaultDangling, facts)).toEqual([`${name}: "smtp9" -> null`]);
    expect(repaired(outgoingDefaultDangling, facts).profile.outgoing.defaultKey).toBe('smtp1');
  });

  it('is only a trap for the next account when all have servers of their own', () => {
    expect(gravity(outgoingDefaultDangling, profileFromPrefs(healthyWith(dangling)))).toBe('warning safe');
  });

  it('is replaced by the first of several only when that fits all who need it', () => {
    const fits = profileFromPrefs(healthyWith(dangling, byDefault, second));
    expect(lineChanges(outgoingDefaultDangling, fits)).toEqual([`${name}: "smtp9" -> null`]);
    const doesNot = profileFromPrefs(
      healthyWith(bob, dangling, byDefault, second, {
        'mail.identity.id2.useremail': 'bob@elsewhere.example',
        'mail.identity.id2.smtpServer': null,
      }),
    );
    expect(lineChanges(outgoingDefaultDangling, doesNot)).toBeNull();
    expect(onlyFinding(outgoingDefaultDangling, doesNot).finding.detail).toContain('Choose the default');
  });

  it('is named when the first of the list is none itself', () => {
    const facts = profileFromPrefs(healthyWith(dangling, byDefault, { 'mail.smtpservers': 'smtp8,smtp1' }));
    expect(lineChanges(outgoingDefaultDangling, facts)).toEqual([`${name}: "smtp9" -> "smtp1"`]);
  });

  it('goes back into the list when all its lines are there', () => {
    const facts = profileFromPrefs(
      healthyWith(dangling, byDefault, { 'mail.smtpserver.smtp9.hostname': 'smtp.nine.example' }),
    );
    expect(lineChanges(outgoingDefaultDangling, facts)).toEqual([
      'mail.smtpservers: "smtp1" -> "smtp1,smtp9"',
    ]);
    repaired(outgoingDefaultDangling, facts);
  });

  it('is in order when unset, and another check’s when an address has lost the same server, or a blank is in the way', () => {
    expect(foundBy(outgoingDefaultDangling, profileFromPrefs(healthyWith({ [name]: null })))).toEqual([]);
    expect(
      foundBy(outgoingDefaultDangling, profileFromPrefs(healthyWith({ 'mail.smtpservers': null }))),
    ).toEqual([]);
    expect(
      foundBy(outgoingDefaultDangling, profileFromPrefs(healthyWith({ 'mail.smtpservers': ' smtp1' }))),
    ).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(byDefault), { userJs: `user_pref("${name}", "smtp9");\n` });
    expect(lineChanges(outgoingDefaultDangling, facts)).toBeNull();
    expect(onlyFinding(outgoingDefaultDangling, facts).finding.detail).toContain('user.js (line 1)');
  });
});
