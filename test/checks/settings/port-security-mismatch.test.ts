import { describe, expect, it } from 'vitest';
import { portSecurityMismatch } from '../../../src/checks/settings/port-security-mismatch.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { carol, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const incoming = (type: string, port: number, socketType: number) =>
  profileFromPrefs(
    healthyWith({
      'mail.server.server1.type': type,
      'mail.server.server1.port': port,
      'mail.server.server1.socketType': socketType,
    }),
  );
const outgoing = (port: number, socketType: number) =>
  profileFromPrefs(
    healthyWith({ 'mail.smtpserver.smtp1.port': port, 'mail.smtpserver.smtp1.try_ssl': socketType }),
  );

describe('port and connection security', () => {
  it.each([
    ['imap', 993, 0],
    ['imap', 993, 2],
    ['imap', 993, 1],
    ['pop3', 995, 0],
    ['pop3', 995, 2],
    ['nntp', 563, 0],
  ])('cannot work: %s on %d with %d', (type, port, socketType) => {
    const facts = incoming(type, port, socketType);
    expect(gravity(portSecurityMismatch, facts)).toBe('error safe');
    expect(onlyFinding(portSecurityMismatch, facts).finding.title).toContain('alice@example.org');
  });

  it.each([
    [465, 0],
    [465, 2],
  ])('cannot work: sending on %d with %d', (port, socketType) => {
    expect(gravity(portSecurityMismatch, outgoing(port, socketType))).toBe('error safe');
  });

  it.each([
    ['imap', 143],
    ['pop3', 110],
    ['nntp', 119],
  ])('hardly ever works: %s on %d with SSL/TLS', (type, port) => {
    expect(gravity(portSecurityMismatch, incoming(type, port, 3))).toBe('warning safe');
  });

  it.each([587, 25])('hardly ever works: sending on %d with SSL/TLS', (port) => {
    const facts = outgoing(port, 3);
    expect(gravity(portSecurityMismatch, facts)).toBe('warning safe');
    expect(onlyFinding(portSecurityMismatch, facts).finding.title).toContain('alice@example.org');
  });

  it('is never repaired from the files alone', () => {
    const { finding } = onlyFinding(portSecurityMismatch, incoming('imap', 993, 0));
    expect(finding.repair).toBeUndefined();
    expect(finding.detail).toContain('your mail provider');
  });

  it.each([
    ['imap', 993, 3],
    ['imap', 143, 2],
    ['imap', 143, 0],
    ['imap', 10_993, 0],
    ['pop3', 110, 2],
    ['imap', -1, 3],
    ['imap', 993, 7],
  ])('go together, or nobody knows: %s on %d with %d', (type, port, socketType) => {
    expect(foundBy(portSecurityMismatch, incoming(type, port, socketType))).toEqual([]);
  });

  it.each(['localhost', '127.0.0.1', '::1'])('are the bridge’s own business on %s', (host) => {
    const facts = profileFromPrefs(
      healthyWith({
        'mail.smtpserver.smtp1.hostname': host,
        'mail.smtpserver.smtp1.port': 465,
        'mail.smtpserver.smtp1.try_ssl': 0,
      }),
    );
    expect(foundBy(portSecurityMismatch, facts)).toEqual([]);
  });

  it('are settings/wrong-type when one of them is in quotes', () => {
    const facts = profileFromPrefs(healthyWith({ 'mail.server.server1.socketType': '3' }));
    expect(foundBy(portSecurityMismatch, facts)).toEqual([]);
  });

  it('do not matter in leftovers', () => {
    const leftover = {
      'mail.accountmanager.accounts': 'account1,account2',
      'mail.server.server4.socketType': 0,
    };
    expect(foundBy(portSecurityMismatch, profileFromPrefs(healthyWith(carol, leftover)))).toEqual([]);
  });

  it('say so when user.js sets one of them', () => {
    const facts = profileFromPrefs(healthyWith(), {
      userJs: 'user_pref("mail.server.server1.socketType", 0);\n',
    });
    expect(onlyFinding(portSecurityMismatch, facts).finding.detail).toContain('user.js (line 1)');
  });
});
