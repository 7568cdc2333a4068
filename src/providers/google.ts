/**
 * Google: Gmail of people, and Workspace under own domains, which share their servers.
 */

import { anyPassword, everyProtocol, type Provider } from './provider.ts';

export const google: Provider = {
  id: 'google',
  name: 'Google',
  incoming: ['imap.gmail.com', 'imap.googlemail.com', 'pop.gmail.com', 'pop.googlemail.com'],
  outgoing: ['smtp.gmail.com', 'smtp.googlemail.com', 'smtp-relay.gmail.com'],
  former: [],
  mailDomains: ['gmail.com', 'googlemail.com'],
  takes: {
    imap: ['oauth2', 'app-password'],
    pop3: ['oauth2', 'app-password'],
    smtp: ['oauth2', 'app-password'],
  },
  ends: [
    {
      on: '2022-05-30',
      of: everyProtocol,
      how: 'stopped',
      say: 'Google ended access for "less secure apps": Gmail takes no account password from mail programs',
    },
    {
      on: '2025-05-01',
      of: everyProtocol,
      how: 'stopped',
      say: 'the same holds for Workspace accounts under own domains (announced for 30 September 2024, completed later)',
    },
  ],
  asks: [
    {
      of: everyProtocol,
      with: anyPassword,
      kind: 'app-password',
      say: 'Instead of the account password Google takes an app password: 16 letters that it makes for one program, in the Google Account under "Security", "2-Step Verification", "App passwords". 2-Step Verification has to be on; with Advanced Protection, or where an administrator forbids it, there are none. The other way is OAuth2, where Google asks in a window of its own.',
    },
    {
      of: ['pop3'],
      with: ['oauth2', 'app-password'],
      kind: 'switch-on',
      say: 'POP has to be switched on: in Gmail on the web under "Settings", "Forwarding and POP/IMAP". IMAP needs no switch any more (since January 2025).',
    },
  ],
  sources: [
    {
      what: 'servers and OAuth2',
      where: 'ISP database of the Thunderbird project, mirror of 2026-03-12',
      grade: 'reported',
    },
    { what: 'end for Gmail, IMAP always on', where: 'github warmbly/warmbly#577', grade: 'reported' },
    {
      what: 'app password in place of the password',
      where: 'reply of the server: support.google.com/accounts/answer/185833',
      grade: 'primary',
    },
    {
      what: 'Workspace announced for 2024-09-30',
      where: '4nownews.com/2024/09/30, umzuzu.com',
      grade: 'reported',
    },
    { what: 'Workspace completed on 2025-05-01; POP switch', where: 'providers.md b', grade: 'knowledge' },
  ],
  checkedOn: '2026-11-23',
};
