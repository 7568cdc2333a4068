/**
 * Microsoft: mail of people (Outlook.com, Hotmail, Live, MSN), and Microsoft 365 under own domains. Both fetch from
 * one host: the address tells them apart.
 */

import { anyPassword, anySignIn, everyProtocol, fetching, type Provider } from './provider.ts';

export const outlook: Provider = {
  id: 'outlook',
  name: 'Outlook.com',
  incoming: ['outlook.office365.com', 'outlook.live.com'],
  outgoing: ['smtp-mail.outlook.com', 'smtp.office365.com'],
  former: [
    'imap-mail.outlook.com',
    'pop-mail.outlook.com',
    'imap.live.com',
    'pop3.live.com',
    'smtp.live.com',
    'pop3.hot.glbdns.microsoft.com',
  ],
  // And their national branches: findProvider.
  mailDomains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'passport.com'],
  takes: { imap: ['oauth2'], pop3: ['oauth2'], smtp: ['oauth2'] },
  ends: [
    {
      on: '2024-09-16',
      of: everyProtocol,
      how: 'stopped',
      say: 'Microsoft takes no password of Outlook.com, Hotmail, Live and MSN from mail programs, and no app password either',
    },
  ],
  asks: [
    {
      of: ['pop3'],
      with: anySignIn,
      kind: 'switch-on',
      say: 'POP has to be switched on: in Outlook on the web under "Settings", "Mail", "Forwarding and IMAP" (formerly "Sync email").',
    },
    {
      of: everyProtocol,
      with: ['oauth2'],
      kind: 'user-name',
      say: 'The user name is the full, primary address of the Microsoft account.',
    },
  ],
  sources: [
    {
      what: 'end of passwords',
      where: 'techissuestoday.com, quoting Microsoft (June 2024)',
      grade: 'reported',
    },
    { what: 'no app passwords', where: 'chatmail/provider-db, outlook.com, 2024-11', grade: 'reported' },
    {
      what: 'OAuth2 in Thunderbird',
      where: 'support.mozilla.org/kb/microsoft-oauth-authentication-and-thunderbird-202',
      grade: 'primary',
    },
    { what: 'POP switch and its page', where: 'providers.md b', grade: 'knowledge' },
  ],
  checkedOn: '2026-11-23',
};

export const microsoft365: Provider = {
  id: 'microsoft-365',
  name: 'Microsoft 365',
  incoming: ['outlook.office365.com', 'imap.outlook.office365.com'],
  outgoing: ['smtp.office365.com', 'smtp.outlook.office365.com'],
  former: [],
  mailDomains: ['onmicrosoft.com'],
  takes: { imap: ['oauth2'], pop3: ['oauth2'], smtp: ['oauth2', 'password'] },
  ends: [
    {
      on: '2022-10-01',
      of: fetching,
      how: 'stopped',
      say: 'Microsoft 365 takes no password for IMAP and POP',
    },
    {
      on: '2026-12-31',
      of: ['smtp'],
      how: 'off-by-default',
      say: 'Microsoft 365 switches sending with a password (SMTP AUTH) off for existing organisations; an administrator can allow it again for a time',
    },
  ],
  asks: [
    {
      of: everyProtocol,
      with: ['oauth2'],
      kind: 'administrator',
      say: 'IMAP, POP and SMTP may be switched off for the mailbox or for the whole organisation, and a mail program may need the consent of an administrator: where the sign-in window asks for approval, only the administrator can go on.',
    },
    {
      of: ['smtp'],
      with: anyPassword,
      kind: 'administrator',
      say: 'Sending with a password works only where the administrator of the organisation has left authenticated SMTP on.',
    },
  ],
  sources: [
    {
      what: 'SMTP AUTH: unchanged until December 2026, then off by default, final day to be named in the second half of 2027',
      where: 'techcommunity.microsoft.com, Exchange Team Blog, 2026-01-27 (version of 2026-01-29)',
      grade: 'primary',
    },
    { what: 'IMAP and POP from 2022-10-01', where: 'cbctech, wikihacker', grade: 'reported' },
    {
      what: 'consent of the administrator, SMTP off for new mailboxes',
      where: 'support.mozilla.org/kb/microsoft-oauth-authentication-and-thunderbird-202',
      grade: 'primary',
    },
  ],
  checkedOn: '2026-11-23',
};

/** Recognised by its traces: profiles name the host of the company. */
export const exchange: Provider = {
  id: 'exchange',
  name: 'Exchange',
  incoming: [],
  outgoing: [],
  former: [],
  mailDomains: [],
  takes: { imap: ['password'], pop3: ['password'], smtp: ['password'] },
  ends: [],
  asks: [
    {
      of: fetching,
      with: anySignIn,
      kind: 'administrator',
      say: 'An Exchange server speaks IMAP and POP only where its administrator has switched them on, for the server and for the mailbox; they are off at first. Ask for the name of the IMAP server, its port and the form of the user name (DOMAIN\\user, an address, or DOMAIN\\user\\mailbox for a shared one).',
    },
  ],
  sources: [
    { what: 'both switches', where: 'github imapsync/imapsync#234', grade: 'reported' },
    { what: 'off at first, forms of the user name', where: 'providers.md b', grade: 'knowledge' },
  ],
  checkedOn: '2026-11-23',
};
