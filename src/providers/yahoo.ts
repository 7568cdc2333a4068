/**
 * Yahoo and what it hosts: AOL with Verizon's old addresses, and AT&T.
 * Yahoo Japan is another company and is not meant.
 */

import { type Ask, anyPassword, everyProtocol, type Provider, type SignIn } from './provider.ts';

const ways: readonly SignIn[] = ['oauth2', 'app-password'];
const takes: Provider['takes'] = { imap: ways, pop3: ways, smtp: ways };

const appPassword = (name: string, where: string): Ask => ({
  of: everyProtocol,
  with: anyPassword,
  kind: 'app-password',
  say: `Instead of the account password ${name} takes a password that it makes for one program: ${where}. The other way is OAuth2, where ${name} asks in a window of its own.`,
});

const isp = {
  what: 'servers and OAuth2',
  where: 'ISP database of the Thunderbird project, mirror of 2026-03-12',
  grade: 'reported',
} as const;

export const yahoo: Provider = {
  id: 'yahoo',
  name: 'Yahoo',
  incoming: ['imap.mail.yahoo.com', 'export.imap.mail.yahoo.com', 'pop.mail.yahoo.com'],
  outgoing: ['smtp.mail.yahoo.com'],
  former: ['plus.pop.mail.yahoo.com', 'plus.smtp.mail.yahoo.com'],
  mailDomains: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'cox.net'],
  takes,
  ends: [
    {
      on: '2020-10-20',
      of: everyProtocol,
      how: 'stopped',
      say: 'Yahoo takes no account password from mail programs: the switch for "less secure sign in" is gone',
    },
  ],
  asks: [
    appPassword(
      'Yahoo',
      'on the page "Account security", under "External connections", "Create app password". Yahoo offers it only in a browser that has been used for the account for some days',
    ),
  ],
  sources: [
    isp,
    { what: 'end of passwords', where: 'github OfflineIMAP/offlineimap#688', grade: 'reported' },
    { what: 'where app passwords are made', where: 'help.yahoo.com, SLN15241', grade: 'primary' },
  ],
  checkedOn: '2026-11-23',
};

export const aol: Provider = {
  id: 'aol',
  name: 'AOL',
  incoming: ['imap.aol.com', 'export.imap.aol.com', 'pop.aol.com'],
  outgoing: ['smtp.aol.com'],
  former: ['pop.verizon.net', 'smtp.verizon.net', 'imap.verizon.net'],
  mailDomains: ['aol.com', 'aim.com', 'verizon.net', 'love.com', 'ygm.com', 'games.com', 'wow.com'],
  takes,
  // Of the same house as Yahoo; a day of its own is not known.
  ends: [],
  asks: [appPassword('AOL', 'on the page "Account security", "Generate app password"')],
  sources: [isp, { what: 'app password', where: 'providers.md b', grade: 'knowledge' }],
  checkedOn: '2026-11-23',
};

export const att: Provider = {
  id: 'att',
  name: 'AT&T',
  incoming: ['imap.mail.att.net', 'inbound.att.net', 'pop.att.yahoo.com'],
  outgoing: ['outbound.att.net', 'smtp.mail.att.net'],
  former: ['smtp.att.yahoo.com'],
  mailDomains: [
    'att.net',
    'sbcglobal.net',
    'bellsouth.net',
    'ameritech.net',
    'flash.net',
    'nvbell.net',
    'pacbell.net',
    'prodigy.net',
    'snet.net',
    'swbell.net',
    'wans.net',
    'currently.com',
  ],
  takes,
  ends: [],
  asks: [
    appPassword(
      'AT&T',
      'there it is called "secure mail key" and is made in the AT&T profile under the sign-in information. The normal AT&T password never works in a mail program',
    ),
  ],
  sources: [
    isp,
    { what: 'secure mail key', where: 'office-watch.com 2019', grade: 'reported' },
    { what: 'page of the secure mail key', where: 'providers.md b', grade: 'knowledge' },
  ],
  checkedOn: '2026-11-23',
};
