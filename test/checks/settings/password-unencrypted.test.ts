import { describe, expect, it } from 'vitest';
import { passwordUnencrypted } from '../../../src/checks/settings/password-unencrypted.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const plainImap = { 'mail.server.server1.port': 143, 'mail.server.server1.socketType': 0 };
const plainSmtp = { 'mail.smtpserver.smtp1.try_ssl': 0 };
const imap = (more: Record<string, string | number | null>) => profileFromPrefs(healthyWith(plainImap, more));

describe('a password without encryption', () => {
  it('is warned of, for fetching and for sending, and never repaired from the files alone', () => {
    const facts = imap({});
    expect(gravity(passwordUnencrypted, facts)).toBe('warning safe');
    const { finding } = onlyFinding(passwordUnencrypted, facts);
    expect(finding.title).toBe(
      'The password of alice@example.org is sent to imap.example.org without encryption',
    );
    expect(finding.repair).toBeUndefined();
    expect(
      onlyFinding(passwordUnencrypted, profileFromPrefs(healthyWith(plainSmtp))).finding.title,
    ).toContain('smtp.example.org');
  });

  it('also when nothing is set at all: that means no encryption', () => {
    const facts = imap({ 'mail.server.server1.socketType': null });
    expect(onlyFinding(passwordUnencrypted, facts).finding.evidence[0]?.note).toContain('is missing');
  });

  it('also with "STARTTLS, if available" in Postbox, which nothing enforces', () => {
    const optional = { 'mail.server.server1.port': 143, 'mail.server.server1.socketType': 1 };
    const facts = profileFromPrefs(healthyWith(optional), { program: 'postbox', version: '7.0.61' });
    expect(onlyFinding(passwordUnencrypted, facts).finding.detail).toContain('"if available"');
    // Thunderbird does not have it any more: settings/starttls-if-available.
    expect(foundBy(passwordUnencrypted, imap({ 'mail.server.server1.socketType': 1 }))).toEqual([]);
  });

  it.each([
    ['an encrypted connection', { 'mail.server.server1.socketType': 2 }],
    ['an encrypted password', { 'mail.server.server1.authMethod': 4 }],
    ['Kerberos', { 'mail.server.server1.authMethod': 5 }],
    ['this computer', { 'mail.server.server1.hostname': 'localhost' }],
    ['the own network by its address', { 'mail.server.server1.hostname': '192.168.1.10' }],
    ['the own network by its name', { 'mail.server.server1.hostname': 'nas.local' }],
    ['a name without a domain', { 'mail.server.server1.hostname': 'mailserver' }],
    [
      'a port that encrypts from the first byte: settings/port-security-mismatch',
      { 'mail.server.server1.port': 993 },
    ],
    ['a security in quotes: settings/wrong-type', { 'mail.server.server1.socketType': '0' }],
  ])('is no problem with %s', (_name, change) => {
    expect(foundBy(passwordUnencrypted, imap(change))).toEqual([]);
  });

  it('is no problem where nobody signs in: news, and sending without user name', () => {
    expect(
      foundBy(
        passwordUnencrypted,
        imap({ 'mail.server.server1.type': 'nntp', 'mail.server.server1.port': 119 }),
      ),
    ).toEqual([]);
    const relay = { ...plainSmtp, 'mail.smtpserver.smtp1.username': null };
    expect(foundBy(passwordUnencrypted, profileFromPrefs(healthyWith(relay)))).toEqual([]);
  });

  it('says so when user.js sets it', () => {
    const userJs = 'user_pref("mail.smtpserver.smtp1.try_ssl", 0);\n';
    const facts = profileFromPrefs(healthyWith(), { userJs });
    expect(onlyFinding(passwordUnencrypted, facts).finding.detail).toContain('user.js (line 1)');
  });
});
