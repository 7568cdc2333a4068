/**
 * Providers of one kind of mailbox each: iCloud, Fastmail, Comcast, Proton, GMX, WEB.DE, Zoho.
 */

import { anyPassword, anySignIn, everyProtocol, fetching, type Provider } from './provider.ts';

const checkedOn = '2026-11-23';

export const icloud: Provider = {
  id: 'icloud',
  name: 'iCloud',
  incoming: ['imap.mail.me.com', '*.imap.mail.me.com'],
  outgoing: ['smtp.mail.me.com', '*.smtp.mail.me.com'],
  former: ['mail.mac.com', 'smtp.mac.com'],
  mailDomains: ['icloud.com', 'me.com', 'mac.com'],
  takes: { imap: ['app-password'], pop3: [], smtp: ['app-password'] },
  ends: [
    {
      on: '2017-06-15',
      of: everyProtocol,
      how: 'stopped',
      say: 'Apple takes only app-specific passwords from mail programs',
    },
  ],
  asks: [
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'app-password',
      say: 'Apple takes an app-specific password of the form xxxx-xxxx-xxxx-xxxx, made on account.apple.com under "Sign-In and Security", "App-Specific Passwords". Two-factor authentication has to be on. All of them end when the password of the Apple Account is changed.',
    },
    {
      of: ['imap'],
      with: anyPassword,
      kind: 'user-name',
      say: 'For fetching, Apple wants the part of the address before the @ as user name (the full address mostly works), for sending the full address; an alias is no user name.',
    },
  ],
  sources: [
    {
      what: 'app-specific passwords, servers, user name, 2017-06-15',
      where: 'support.postbox-inc.com, 202200110',
      grade: 'reported',
    },
    { what: 'where they are made', where: 'technobezz.com 2026-05-30, quoting Apple', grade: 'reported' },
    { what: 'ended by a change of password', where: 'providers.md b', grade: 'knowledge' },
  ],
  checkedOn,
};

export const fastmail: Provider = {
  id: 'fastmail',
  name: 'Fastmail',
  incoming: ['imap.fastmail.com', 'pop.fastmail.com'],
  outgoing: ['smtp.fastmail.com'],
  former: ['mail.messagingengine.com', '*.messagingengine.com'],
  mailDomains: ['fastmail.com', 'fastmail.fm'],
  takes: {
    imap: ['oauth2', 'app-password'],
    pop3: ['oauth2', 'app-password'],
    smtp: ['oauth2', 'app-password'],
  },
  ends: [],
  asks: [
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'app-password',
      say: 'Fastmail takes an app password only, never the normal one: made under "Settings", "Privacy & Security", with access to Mail. The other way is OAuth2, where Fastmail asks in a window of its own.',
    },
    {
      of: everyProtocol,
      with: anySignIn,
      kind: 'plan',
      say: 'The Basic plan has no IMAP and no SMTP.',
    },
  ],
  sources: [
    { what: 'app passwords', where: 'fastmail.help, 1500000279921', grade: 'primary' },
    { what: 'Basic plan', where: 'fastmail.com/help/clients/apppassword.html', grade: 'primary' },
  ],
  checkedOn,
};

export const comcast: Provider = {
  id: 'comcast',
  name: 'Comcast',
  incoming: ['imap.comcast.net', 'mail.comcast.net', 'pop.comcast.net', 'pop3.comcast.net'],
  outgoing: ['smtp.comcast.net'],
  former: [],
  mailDomains: ['comcast.net', 'xfinity.com'],
  takes: {
    imap: ['oauth2', 'password'],
    pop3: ['oauth2', 'password'],
    smtp: ['oauth2', 'password'],
  },
  ends: [],
  asks: [
    {
      of: everyProtocol,
      with: ['password'],
      kind: 'switch-on',
      say: 'Access of mail programs has to be allowed: in Xfinity mail on the web under "Settings", "Security", "Third Party Access Security".',
    },
    {
      of: everyProtocol,
      with: anySignIn,
      kind: 'moved',
      say: 'Comcast is moving its mailboxes to Yahoo, in steps since 2025, and tells each customer when. From then on the servers and the ways to sign in are those of Yahoo, under the same address.',
    },
  ],
  sources: [
    {
      what: 'move to Yahoo',
      where: 'tecknexus.com/comcast-moves-xfinity-email-to-yahoo-mail',
      grade: 'reported',
    },
    { what: 'Third Party Access Security', where: 'providers.md b', grade: 'knowledge' },
  ],
  checkedOn,
};

/** Only by the ports that Proton Mail Bridge takes at first: its host is this computer. */
export const proton: Provider = {
  id: 'proton',
  name: 'Proton Mail Bridge',
  incoming: [],
  outgoing: [],
  former: [],
  mailDomains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
  takes: { imap: ['app-password'], pop3: [], smtp: ['app-password'] },
  ends: [],
  asks: [
    {
      of: ['imap', 'smtp'],
      with: anyPassword,
      kind: 'bridge',
      say: 'The password is the one that Proton Mail Bridge shows for the mailbox, not that of the Proton account. Bridge has to run on this computer, and needs a paid plan.',
    },
  ],
  sources: [{ what: 'password of Bridge', where: 'proton.me, Bridge FAQ', grade: 'primary' }],
  checkedOn,
};

export const gmx: Provider = {
  id: 'gmx',
  name: 'GMX',
  incoming: ['imap.gmx.net', 'pop.gmx.net', 'imap.gmx.com', 'pop.gmx.com', 'imap.gmx.de', 'pop.gmx.de'],
  outgoing: ['mail.gmx.net', 'smtp.gmx.net', 'mail.gmx.com', 'smtp.gmx.com', 'mail.gmx.de', 'smtp.gmx.de'],
  former: [],
  mailDomains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'gmx.com'],
  takes: {
    imap: ['password', 'app-password'],
    pop3: ['password', 'app-password'],
    smtp: ['password', 'app-password'],
  },
  ends: [],
  asks: [
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'switch-on',
      say: 'POP3, IMAP and SMTP are off at first and are switched on in GMX on the web, in the settings of E-Mail under "POP3/IMAP Abruf".',
    },
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'app-password',
      say: 'Whoever has two-factor authentication on needs an application-specific password: "Mein Account", "Sicherheit", "Anwendungsspezifische Passwörter".',
    },
  ],
  sources: [
    { what: 'off at first', where: 'gmx.net/mail/tipps/posts/pop3-imap/36', grade: 'primary' },
    {
      what: 'application-specific passwords',
      where: 'hilfe.gmx.net/sicherheit/2fa/anwendungsspezifisches-passwort.html',
      grade: 'primary',
    },
    { what: 'name of the settings page', where: 'providers.md b', grade: 'knowledge' },
  ],
  checkedOn,
};

export const webDe: Provider = {
  id: 'web-de',
  name: 'WEB.DE',
  incoming: ['imap.web.de', 'pop3.web.de'],
  outgoing: ['smtp.web.de'],
  former: [],
  mailDomains: ['web.de'],
  takes: {
    imap: ['password', 'app-password'],
    pop3: ['password', 'app-password'],
    smtp: ['password', 'app-password'],
  },
  ends: [],
  asks: [
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'switch-on',
      say: 'POP3 and IMAP have to be switched on in WEB.DE on the web, in the settings of E-Mail under "POP3/IMAP Abruf"; again after two-factor authentication was set up.',
    },
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'app-password',
      say: 'Whoever has two-factor authentication on needs an application-specific password, made in "Mein Account" under "Sicherheit".',
    },
  ],
  sources: [
    {
      what: 'access to be activated, application-specific password',
      where: 'hilfe.web.de/sicherheit/2fa/einrichten.html',
      grade: 'primary',
    },
    {
      what: 'application-specific password',
      where: 'web.de/email/sicherheit/zwei-faktor-authentifizierung',
      grade: 'primary',
    },
    { what: 'name of the settings page', where: 'providers.md b', grade: 'knowledge' },
  ],
  checkedOn,
};

const zohoRegions = ['com', 'eu', 'in', 'com.au', 'jp', 'ca', 'com.cn', 'sa'];

export const zoho: Provider = {
  id: 'zoho',
  name: 'Zoho',
  incoming: zohoRegions.flatMap((region) =>
    ['imap', 'imappro', 'pop', 'poppro'].map((name) => `${name}.zoho.${region}`),
  ),
  outgoing: zohoRegions.flatMap((region) => ['smtp', 'smtppro'].map((name) => `${name}.zoho.${region}`)),
  former: [],
  mailDomains: ['zoho.com', 'zoho.eu', 'zohomail.com', 'zohomail.eu'],
  takes: {
    imap: ['password', 'app-password'],
    pop3: ['password', 'app-password'],
    smtp: ['password', 'app-password'],
  },
  ends: [],
  asks: [
    {
      of: fetching,
      with: anyPassword,
      kind: 'switch-on',
      say: 'IMAP and POP are switched on in Zoho Mail on the web: "Settings", "Mail Accounts", the address, "IMAP Access". In an organisation its administrator may have forbidden it; lower plans may not offer it.',
    },
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'app-password',
      say: 'Whoever has two-factor authentication on, or signs in with an account of another company, needs an application-specific password: "Security", "App passwords".',
    },
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'user-name',
      say: 'The servers are those of the region in which the account was opened (.com, .eu, .in …); those of another region refuse it.',
    },
  ],
  sources: [
    {
      what: 'servers, IMAP switch, two-factor',
      where: 'support.bolddesk.com/kb/article/15603',
      grade: 'reported',
    },
    {
      what: 'app passwords',
      where: 'help.zoho.com, how-to-generate-app-specific-password',
      grade: 'primary',
    },
    { what: 'region, plans', where: 'ISP database, chatmail/provider-db; providers.md b', grade: 'reported' },
  ],
  checkedOn,
};
