/**
 * What servers answer when they refuse (providers.md b, b2), most exact first: a later one says the same of more cases.
 */

import { compareSheet, type KnownMessage, lookAtSignIn } from './known-message.ts';

const signInChecks: KnownMessage['checks'] = [
  'settings/sign-in-conditions',
  'passwords/login-before-cut-off',
  'passwords/login-of-leftover',
];

export const messagesOfServers: readonly KnownMessage[] = [
  {
    topic: 'sign-in',
    message: 'Application-specific password required',
    meaning:
      'The provider takes no account password from a mail program: it wants a password that it makes for this one program, or sign-in in a window of its own (OAuth2). A right account password is refused, too.',
    checks: ['settings/sign-in-conditions', 'settings/sign-in-differs', 'passwords/login-before-cut-off'],
    next: [lookAtSignIn],
    ways: [
      ['application-specific password'],
      ['application specific password'],
      ['app-specific password'],
      ['invalidsecondfactor'],
      ['application password is required'],
      [' app password'],
      ['5.7.9', 'password required'],
    ],
  },
  {
    topic: 'sign-in',
    message: 'Authentication unsuccessful, SmtpClientAuthentication is disabled',
    meaning:
      'Microsoft 365 has sending by SMTP switched off for this mailbox or the whole organisation. No setting and no password in the mail program helps; the administrator can switch it on.',
    checks: ['settings/sign-in-ending'],
    next: [lookAtSignIn],
    ways: [['smtpclientauthentication is disabled'], ['smtpclientauth', 'disabled']],
  },
  {
    topic: 'sign-in',
    message: 'Basic authentication is disabled',
    meaning:
      'Microsoft takes no password from mail programs there any more, the right one neither. The account needs OAuth2 as its authentication method, for fetching and for sending.',
    checks: ['settings/sign-in-refused', 'settings/sign-in-ending', 'settings/sign-in-of-postbox'],
    next: [lookAtSignIn],
    ways: [
      ['basic authentication is disabled'],
      ['basic authentication is not supported'],
      ['basicauthblocked'],
      ['5.7.139'],
      ['5.7.30'],
      // All that an older Exchange Online said.
      ['microsoft exchange imap4 service', 'login failed'],
    ],
  },
  {
    topic: 'sign-in',
    message: 'IMAP is disabled, not enabled for IMAP use',
    meaning:
      'The provider has access by mail programs switched off for this mailbox. It is switched on in the settings of the mail on the web, in an organisation by its administrator; settings and password in the mail program may be right.',
    checks: ['settings/sign-in-conditions', 'settings/sign-in-exchange'],
    next: [lookAtSignIn],
    ways: [
      ['imap is disabled'],
      ['imap disabled'],
      ['imap access is disabled'],
      ['pop is disabled'],
      ['not enabled for imap'],
      ['not enabled for pop'],
      ['yet to enable imap'],
      ['yet to enable pop'],
      ['service is not open'],
    ],
  },
  {
    topic: 'sign-in',
    message: 'User is authenticated but not connected',
    meaning:
      'Microsoft took the sign-in and then opens no mailbox: IMAP is switched off for it, the user name is another one than that of the mailbox, or it is a shared mailbox under a wrong name. Sign out of Microsoft in the sign-in window and use the account of this mailbox; else the administrator can tell.',
    checks: ['settings/sign-in-conditions', 'passwords/token-shadowed', 'settings/sign-in-exchange'],
    next: [lookAtSignIn],
    ways: [['authenticated but not connected']],
  },
  {
    topic: 'sign-in',
    message: 'Please log in via your web browser, account is blocked',
    meaning:
      'The provider has stopped the account for now: too many attempts, or a sign-in that it finds suspicious. Sign in on the web and confirm what it asks there, and let the mail program stand still until then.',
    checks: ['settings/sign-in-conditions'],
    next: [lookAtSignIn],
    ways: [
      ['account is blocked'],
      ['log in via your web browser'],
      ['login via your web browser'],
      ['login to your account via a web browser'],
      ['webalert'],
      ['account is locked'],
      ['account locked'],
      ['account suspended'],
      ['account is suspended'],
      ['account is abnormal'],
      ['too many bad auth'],
      ['too many failed'],
      ['too many bad'],
    ],
  },
  {
    topic: 'sign-in',
    message: 'Unsafe Login',
    meaning:
      'NetEase (163.com, 126.com, yeah.net) lets only mail programs in that say who they are. Thunderbird does; an old program or one that hides its name is refused after sign-in.',
    checks: ['settings/sign-in-conditions'],
    next: [lookAtSignIn],
    ways: [['unsafe login']],
  },
  {
    topic: 'connection',
    message: 'Too many simultaneous connections',
    meaning:
      'The provider allows fewer connections at a time than the mail programs of this mailbox open, those on the phone counted. Lower "Maximum number of server connections to cache" in the advanced server settings to 1 or 2.',
    checks: [],
    next: [compareSheet],
    ways: [
      ['too many simultaneous connections'],
      ['[limit]'],
      ['[unavailable]'],
      ['maximum number of connections'],
      ['maximal', 'anzahl', 'verbindungen'],
      ['maximale anzahl von verbindungen'],
      ['nombre maximal de connexions'],
      ['número máximo de conexiones'],
      ['numero massimo di connessioni'],
      ['maximale aantal verbindingen'],
      ['número máximo de conexões'],
    ],
  },
  {
    topic: 'space',
    message: 'Mailbox full, over quota',
    meaning:
      'The mailbox at the provider is full: it takes no new mail and stores no copies. Make room there, in the program or on the web. The disk of this computer is another matter.',
    checks: [],
    next: [compareSheet],
    ways: [
      ['overquota'],
      ['over quota'],
      ['quota exceeded'],
      ['mailbox is full'],
      ['mailbox full'],
      ['5.2.2'],
      [' 552 '],
      [' 552-'],
      ['postfach', 'voll'],
    ],
  },
  {
    topic: 'sending',
    message: 'Relaying denied, not permitted',
    meaning:
      'The outgoing server knows nobody who may send through it: the wrong outgoing server is used for this address, nobody signed in, or the sender address is not one of the account.',
    checks: [
      'settings/identity-outgoing-missing',
      'settings/outgoing-default-dangling',
      'settings/outgoing-without-user',
    ],
    next: [compareSheet],
    ways: [
      ['relay access denied'],
      ['relaying denied'],
      ['relay not permitted'],
      ['unable to relay'],
      ['sender address rejected'],
      ['5.7.1 ', 'denied'],
      ['5.7.1 ', 'not permitted'],
      [' 5.7.0 '],
      ['5.7.60'],
      ['sendasdenied'],
    ],
  },
  {
    topic: 'sign-in',
    message: 'Authentication failed, invalid credentials',
    meaning:
      'The server did not accept user name and password. An old password may still be saved, the user name may have another form than the provider wants, or the provider takes only an app password or OAuth2.',
    checks: [
      ...signInChecks,
      'passwords/login-not-found',
      'passwords/login-of-other-user',
      'settings/sign-in-refused',
    ],
    next: [lookAtSignIn],
    ways: [
      ['authenticationfailed'],
      ['invalid credentials'],
      ['invalid login'],
      ['login invalid'],
      ['login failed'],
      ['login fail.'],
      ['authenticate failed'],
      ['authentication failed'],
      ['authentication unsuccessful'],
      ['authentication credentials invalid'],
      ['535 5.7.'],
      ['535-5.7.'],
      [' 535 '],
      ['badcredentials'],
      ['incorrect username or password'],
      ['username and password not accepted'],
      ['no such user'],
      ['logondenied'],
    ],
  },
];
