import { describe, expect, it } from 'vitest';
import { outgoingWithoutHost } from '../../../src/checks/settings/outgoing-without-host.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const host = 'mail.smtpserver.smtp1.hostname';

describe('an outgoing server without a server name', () => {
  it.each([null, ''])('cannot send for those who use it (%j); the name is theirs to enter', (value) => {
    const facts = profileFromPrefs(healthyWith({ [host]: value }));
    expect(gravity(outgoingWithoutHost, facts)).toBe('error safe');
    const { finding } = onlyFinding(outgoingWithoutHost, facts);
    expect(finding.title).toBe('The outgoing server Example Mail has no server name');
    expect(finding.detail).toContain('alice@example.org cannot send through it');
    expect(finding.repair).toBeUndefined();
  });

  it('cannot send as the default either', () => {
    const facts = profileFromPrefs(healthyWith({ [host]: null, 'mail.identity.id1.smtpServer': null }));
    expect(gravity(outgoingWithoutHost, facts)).toBe('error safe');
  });

  it('is only untidy when nobody uses it', () => {
    const unused = { 'mail.smtpservers': 'smtp1,smtp2', 'mail.smtpserver.smtp2.port': 465 };
    expect(gravity(outgoingWithoutHost, profileFromPrefs(healthyWith(unused)))).toBe('warning safe');
  });

  it('is in order for Exchange, outside the list, and another check’s without any line or with a number for a name', () => {
    const ews = {
      'mail.smtpservers': 'smtp1,ews1',
      'mail.smtpserver.ews1.type': 'ews',
      'mail.smtpserver.ews1.ews_url': 'https://x',
    };
    expect(foundBy(outgoingWithoutHost, profileFromPrefs(healthyWith(ews)))).toEqual([]);
    expect(
      foundBy(outgoingWithoutHost, profileFromPrefs(healthyWith({ 'mail.smtpserver.smtp7.port': 465 }))),
    ).toEqual([]);
    expect(
      foundBy(outgoingWithoutHost, profileFromPrefs(healthyWith({ 'mail.smtpservers': 'smtp1,smtp9' }))),
    ).toEqual([]);
    expect(foundBy(outgoingWithoutHost, profileFromPrefs(healthyWith({ [host]: 5 })))).toEqual([]);
  });

  it('says so when user.js empties it', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${host}", "");\n` });
    expect(onlyFinding(outgoingWithoutHost, facts).finding.detail).toContain('user.js (line 1)');
  });
});
