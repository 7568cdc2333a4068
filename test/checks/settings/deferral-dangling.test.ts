import { describe, expect, it } from 'vitest';
import { deferralDangling } from '../../../src/checks/settings/deferral-dangling.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { carol, healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'mail.server.server4.deferred_to_account';
const deferredTo = (account: string, ...more: PrefRecord[]) =>
  profileFromPrefs(healthyWith(carol, { [name]: account }, ...more));
const dora: PrefRecord = {
  'mail.account.account5.identities': 'id5',
  'mail.account.account5.server': 'server5',
  'mail.accountmanager.accounts': 'account1,account2,account4,account5',
  'mail.identity.id5.useremail': 'dora@example.net',
  'mail.server.server5.hostname': 'pop2.example.net',
  'mail.server.server5.port': 995,
  'mail.server.server5.socketType': 3,
  'mail.server.server5.type': 'pop3',
  'mail.server.server5.userName': 'dora',
};

describe('a POP account that delivers into another Inbox', () => {
  it('of an account that does not exist, delivers into Local Folders, as the program would', () => {
    const facts = deferredTo('account9');
    expect(gravity(deferralDangling, facts)).toBe('warning safe');
    expect(onlyFinding(deferralDangling, facts).finding.title).toContain('carol@example.net');
    expect(lineChanges(deferralDangling, facts)).toEqual([`${name}: "account9" -> "account2"`]);
    repaired(deferralDangling, facts);
  });

  it('of an account that does not exist, has its own Inbox where there are no Local Folders', () => {
    const facts = deferredTo('account9', { 'mail.accountmanager.accounts': 'account1,account4' });
    expect(lineChanges(deferralDangling, facts)).toEqual([`${name}: "account9" -> null`]);
  });

  it('of its own, cannot open it: it gets it back', () => {
    const facts = deferredTo('account4');
    expect(gravity(deferralDangling, facts)).toBe('error safe');
    expect(lineChanges(deferralDangling, facts)).toEqual([`${name}: "account4" -> null`]);
    repaired(deferralDangling, facts);
  });

  it('in a circle, is found once, and all get their own back', () => {
    const facts = deferredTo('account5', dora, { 'mail.server.server5.deferred_to_account': 'account4' });
    expect(gravity(deferralDangling, facts)).toBe('error safe');
    expect(onlyFinding(deferralDangling, facts).problem.accounts).toEqual(['account4', 'account5']);
    expect(lineChanges(deferralDangling, facts)).toEqual([
      `${name}: "account5" -> null`,
      'mail.server.server5.deferred_to_account: "account4" -> null',
    ]);
    repaired(deferralDangling, facts);
  });

  it('of an account on a server, is told', () => {
    const facts = deferredTo('account1');
    expect(gravity(deferralDangling, facts)).toBe('warning safe');
    expect(lineChanges(deferralDangling, facts)).toBeNull();
    expect(onlyFinding(deferralDangling, facts).finding.title).toContain('imap.example.org');
  });

  it('is in order into Local Folders, also in two steps', () => {
    expect(foundBy(deferralDangling, deferredTo('account2'))).toEqual([]);
    const chain = deferredTo('account5', dora, { 'mail.server.server5.deferred_to_account': 'account2' });
    expect(foundBy(deferralDangling, chain)).toEqual([]);
  });

  it('waits while the account is only out of sight: that has a finding of its own', () => {
    expect(
      foundBy(deferralDangling, deferredTo('account7', { 'mail.account.account7.server': 'server7' })),
    ).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(carol), { userJs: `user_pref("${name}", "account4");\n` });
    expect(lineChanges(deferralDangling, facts)).toBeNull();
    expect(onlyFinding(deferralDangling, facts).finding.detail).toContain('user.js (line 1)');
  });
});
