/** Every message that postbox.md 8.7 and providers.md b2 name leads to a meaning, its checks and a next command. */

import { describe, expect, it } from 'vitest';
import { messagesLike } from '../../src/checks/error-messages.ts';
import type { CheckId } from '../../src/checks/finding.ts';

/** What is asked, and a check that has to be among those named; null: no setting in the profile can be the cause. */
const table: [string, CheckId | null][] = [
  // postbox.md 8.7
  ['you may have exceeded the maximum number of connections to this server', null],
  ['The IMAP server a does not support the selected authentication method.', 'settings/sign-in-unregistered'],
  ['Failed to connect to server imap.example.org.', 'settings/host-malformed'],
  ['Could not connect to mail server a; the connection was refused.', 'settings/port-security-mismatch'],
  ['Connection to server a timed out.', 'settings/port-security-mismatch'],
  ['The mail server for account a responded: LOGIN failed.', 'passwords/login-not-found'],
  ['This message may contain a virus or there is not enough disk space.', 'interference/disk-full'],
  ['Unable to establish TLS connection to POP3 server.', 'settings/tls-limits'],
  ['Unable to write the email to the mailbox.', 'interference/not-writable'],
  ['User name or password could not be verified', 'passwords/login-of-leftover'],
  ['Thunderbird failed to find the settings for your email account.', 'settings/proxy-unusable'],
  ['Incoming server already exists.', 'leftovers/orphan-server'],
  ['The server uses a self-signed certificate', 'settings/host-malformed'],
  ['Disk Full', 'interference/disk-full'],
  ['Migration Error', 'interference/not-writable'],
  // providers.md b2
  ['InvalidSecondFactor', 'settings/sign-in-conditions'],
  ['BasicAuthBlocked', 'settings/sign-in-refused'],
  ['550 5.7.30 x', 'settings/sign-in-refused'],
  ['IMAP is disabled', 'settings/sign-in-conditions'],
  ['SmtpClientAuthentication is disabled', 'settings/sign-in-ending'],
  ['User is authenticated but not connected', 'passwords/token-shadowed'],
  ['WEBALERT', 'settings/sign-in-conditions'],
  ['account is suspended', 'settings/sign-in-conditions'],
  ['Unsafe Login', 'settings/sign-in-conditions'],
  ['NO [UNAVAILABLE] try later', null],
  ['NO [LIMIT]', null],
  ['AUTHENTICATE failed', 'passwords/login-not-found'],
  ['535-5.7.8 x', 'passwords/login-not-found'],
  ['OVERQUOTA', null],
  ['552-5.2.3 x', null],
  ['530 5.7.0 Must authenticate', 'settings/outgoing-without-user'],
  ['550 5.7.1 not permitted', 'settings/outgoing-without-user'],
  ['Relay access denied', 'settings/identity-outgoing-missing'],
  // postbox.md 8.1 A13
  ['Error code 10032: LDAP server search problem', 'settings/directory-address'],
];

describe.each(table)('%s', (text, check) => {
  it('is explained, in capitals too, and inside a dialog that was pasted', () => {
    for (const asked of [text, text.toUpperCase(), `Alert\r\n\r\n> ${text}\r\n[ OK ]  [ Cancel ]`]) {
      const found = messagesLike(asked);
      expect([asked, found[0]?.meaning]).toEqual([asked, expect.stringMatching(/\w+/)]);
      expect(found.flatMap(({ checks }) => checks)).toEqual(
        check === null ? expect.any(Array) : expect.arrayContaining([check]),
      );
      expect(found[0]?.next.map(({ command }) => command)).not.toEqual([]);
    }
  });
});

describe('what copying does to a text', () => {
  it.each([
    'Login&nbsp;to server imap.example.org<br>with &quot;alice&quot; <b>failed</b>.',
    '> Login to\n> server imap.example.org\n> failed',
    'ECHEC DE L&#x2019;AUTHENTIFICATION LORS DE LA CONNEXION',
    'Unable to\u200b authen\u00adticate to Outgoing server (SMTP) smtp.example.org',
  ])('%s', (text) => {
    expect(messagesLike(text)[0]?.checks.length).toBeGreaterThan(0);
  });

  it('of numbers that are no characters nothing is left', () => {
    expect(messagesLike('&#9999999; &#0; &#xffffff; &unknown;')).toEqual([]);
  });
});
