/**
 * Hand-made documents, small enough that the whole text of a report can stand in a test.
 */

import type { Finding } from '../../../src/checks/finding.ts';
import type { BackupSummary } from '../../../src/library/backup.ts';
import type { BackupDocument, BackupVerifyDocument } from '../../../src/library/documents/backup.ts';
import type { CheckDocument } from '../../../src/library/documents/check.ts';
import type { DiagnosticProfileDocument } from '../../../src/library/documents/diagnostic-profile.ts';
import type { InspectDocument } from '../../../src/library/documents/inspect.ts';
import type { ProfileHeader } from '../../../src/library/documents/profile-header.ts';
import type { ListedProfile, ProfilesDocument } from '../../../src/library/documents/profiles.ts';
import type { RepairDocument } from '../../../src/library/documents/repair.ts';
import type { UndoDocument } from '../../../src/library/documents/undo.ts';

export const profilePath = '/home/alice/.thunderbird/abcd1234.default-release';

export const header: ProfileHeader = {
  path: profilePath,
  name: 'default-release',
  program: 'thunderbird',
  version: '153.7.0',
  inUse: false,
  pid: null,
  savedAt: '2026-11-20T09:30:00.000Z',
  unfinishedRun: null,
};

export const brokenHost: Finding = {
  id: 'a1b2c3d4',
  check: 'settings/host-malformed',
  cause: 'settings',
  severity: 'error',
  title: 'The server name "imap.example.org:993" is not a name',
  detail:
    'The program closes at once, every time it is started, because it cannot read this name. The name in it is "imap.example.org".',
  subject: { kind: 'server', id: 'server1' },
  evidence: [{ file: 'prefs.js', line: 412, note: 'mail.server.server1.hostname = "imap.example.org:993"' }],
  repair: { title: 'Change the server name to "imap.example.org"', risk: 'settings' },
};

export const oldPassword: Finding = {
  id: 'e5f60718',
  check: 'passwords/login-without-server',
  cause: 'passwords',
  severity: 'warning',
  title: 'A saved password for imap://old.example.org stays in use',
  detail: 'No account uses it, but the next account with that server would.',
  subject: { kind: 'login', id: 'imap://old.example.org' },
  evidence: [{ file: 'logins.json', offset: 0x1f3a, note: 'hostname "imap://old.example.org"' }],
  repair: { title: 'Move the saved password aside', risk: 'passwords' },
};

export const usualTrace: Finding = {
  id: '99887766',
  check: 'leftovers/orphan-outgoing',
  cause: 'leftovers',
  severity: 'info',
  title: 'An outgoing server that no account uses',
  detail: 'A removed account left it behind.',
  subject: { kind: 'outgoing', id: 'smtp3' },
  evidence: [],
};

export const brokenCheck: CheckDocument = {
  schema: 'mailmend/check@1',
  complete: false,
  profile: header,
  verdict: {
    sentence:
      'Thunderbird cannot start properly with this profile, because the server name "imap.example.org:993" is not a name. Your mail itself is untouched.',
    mail: 'safe',
    start: 'fails',
    because: ['a1b2c3d4'],
    next: [
      {
        say: 'See what would be repaired; nothing is changed until you say yes.',
        command: `mailmend repair ${profilePath}`,
      },
      { say: 'Start Thunderbird after that, not before.', command: null },
    ],
  },
  findings: [brokenHost, oldPassword, usualTrace],
  counts: { error: 1, warning: 1, info: 1 },
  skipped: [
    { check: 'profile/other-profile-holds-mail', reason: 'no profiles.ini that names the profile was found' },
  ],
  leftOut: [],
};

export const healthyCheck: CheckDocument = {
  schema: 'mailmend/check@1',
  complete: true,
  profile: header,
  verdict: {
    sentence: 'Your mail is safe, and nothing is wrong that mailmend can see in these files.',
    mail: 'safe',
    start: 'safe',
    because: [],
    next: [],
  },
  findings: [],
  counts: { error: 0, warning: 0, info: 0 },
  skipped: [],
  leftOut: [],
};

export const sheet: InspectDocument = {
  schema: 'mailmend/inspect@1',
  complete: true,
  profile: header,
  accounts: [
    {
      key: 'account1',
      name: 'alice@example.org',
      default: true,
      added: false,
      incoming: {
        key: 'server1',
        type: 'imap',
        server: 'imap.example.org',
        port: 993,
        username: 'alice@example.org',
        security: 'tls',
        authentication: 'password',
        replaces: null,
        directory: `${profilePath}/ImapMail/imap.example.org`,
        storage: 'mbox',
      },
      identities: [{ key: 'id1', email: 'alice@example.org', name: 'Alice Example', outgoing: null }],
      savedPassword: 'saved',
    },
    {
      key: 'account2',
      name: 'Local Folders',
      default: false,
      added: false,
      incoming: {
        key: 'server2',
        type: 'none',
        server: 'Local Folders',
        port: null,
        username: 'nobody',
        security: 'none',
        authentication: 'password',
        replaces: null,
        directory: `${profilePath}/Mail/Local Folders`,
        storage: 'maildir',
      },
      identities: [],
      savedPassword: null,
    },
  ],
  dropped: [{ key: 'account3', reason: 'no-server', why: 'no incoming server is entered for it' }],
  hidden: [],
  outgoing: [
    {
      key: 'smtp1',
      type: 'smtp',
      default: true,
      description: null,
      server: 'smtp.example.org',
      port: 587,
      username: 'alice@example.org',
      security: 'none',
      authentication: 'password',
      savedPassword: 'missing',
    },
  ],
  outgoingDropped: [],
  addressBooks: [
    {
      name: 'Personal Address Book',
      file: 'abook.sqlite',
      format: 'sqlite',
      cards: 5,
      lists: 1,
      shown: true,
    },
  ],
  directories: [
    {
      key: 'ldap_2.servers.office',
      name: 'Office',
      uri: 'ldaps://ldap.example.org:636/ou=people,dc=example,dc=org??sub?(objectclass=*)',
      host: 'ldap.example.org',
      port: 636,
      baseDn: 'ou=people,dc=example,dc=org',
      bindDn: 'cn=alice',
      security: 'tls',
      maxHits: 100,
    },
  ],
  calendars: [
    { id: 'c1', name: 'Home', type: 'storage', uri: 'moz-storage-calendar://', disabled: false, shown: true },
    {
      id: 'c2',
      name: "Alice's team",
      type: 'caldav',
      uri: 'https://dav.example.org/alice/team/',
      disabled: true,
      shown: true,
    },
  ],
  folders: [
    {
      account: 'account1',
      path: 'INBOX',
      file: 'INBOX',
      storage: 'mbox',
      bytes: 1_500_000,
      messages: null,
      deleted: null,
      counted: null,
    },
    {
      account: 'account1',
      path: 'Clients/Bob Stone',
      file: 'Bob Stone',
      storage: 'mbox',
      bytes: 500_000,
      messages: null,
      deleted: null,
      counted: null,
    },
  ],
  addons: [{ id: 'quick@addons.example', name: 'Quick', version: '2.1', enabled: true }],
  leftOut: [],
};

export const repairPlan: RepairDocument = {
  schema: 'mailmend/repair@1',
  complete: true,
  profile: header,
  plan: {
    id: '0123456789ab',
    operations: [
      {
        op: 'edit-prefs',
        path: `${profilePath}/prefs.js`,
        why: '"imap.example.org:993" is no server name; "imap.example.org" is',
        finding: 'a1b2c3d4',
        changes: 2,
        lines: [
          '- user_pref("mail.server.server1.hostname", "imap.example.org:993");',
          '+ user_pref("mail.server.server1.hostname", "imap.example.org");',
          '+ user_pref("mail.server.server1.port", 993);',
        ],
      },
      {
        op: 'move-aside',
        path: `${profilePath}/ImapMail/imap.example.org:993`,
        why: 'the program made it for the wrong name; it is empty',
        finding: 'a1b2c3d4',
        changes: null,
        lines: [],
      },
    ],
  },
  applied: false,
  run: null,
  needs: ['The password of alice@example.org, at the next start.'],
  findings: [brokenHost],
  notPlanned: [
    {
      id: 'e5f60718',
      check: 'passwords/login-without-server',
      severity: 'warning',
      title: 'A saved password for imap://old.example.org stays in use',
      why: 'It touches saved passwords, so it is done only when you ask for it by name',
      command: `mailmend repair ${profilePath} --only e5f60718`,
    },
  ],
  skipped: [],
  leftOut: [],
};

export const nothingToRepair: RepairDocument = {
  ...repairPlan,
  plan: { id: '000000000000', operations: [] },
  needs: [],
  findings: [],
  notPlanned: [],
};

export const opened: ListedProfile = {
  path: profilePath,
  name: 'default-release',
  program: 'thunderbird',
  root: '/home/alice/.thunderbird',
  registered: true,
  default: false,
  startedBy: ['FDC34C9F024745EB'],
  why: 'installs.ini gives it to the Thunderbird in /usr/lib/thunderbird',
  exists: true,
  inUse: true,
  pid: 4711,
  addresses: ['alice@example.org', 'alice@gmail.com'],
  mailBytes: 2_300_000_000,
  lastUsed: '2026-11-20T09:30:00.000Z',
};

export const unlisted: ListedProfile = {
  path: '/home/alice/.thunderbird/old mail',
  name: null,
  program: 'unknown',
  root: '/home/alice/.thunderbird',
  registered: false,
  default: false,
  startedBy: [],
  why: 'No profiles.ini names it.',
  exists: true,
  inUse: false,
  pid: null,
  addresses: [],
  mailBytes: null,
  lastUsed: null,
};

export const profileList: ProfilesDocument = {
  schema: 'mailmend/profiles@1',
  complete: true,
  profiles: [opened, unlisted],
  installs: [
    {
      hash: 'FDC34C9F024745EB',
      folder: '/usr/lib/thunderbird',
      program: 'thunderbird',
      root: '/home/alice/.thunderbird',
      opens: 'profile',
      profile: profilePath,
      why: 'installs.ini names it as the profile of this installation',
    },
    {
      hash: 'BD520B11F73A6B64',
      folder: null,
      program: 'betterbird',
      root: '/home/alice/.thunderbird',
      opens: 'new-profile',
      profile: null,
      why: 'it was never started here',
    },
  ],
  roots: ['/home/alice/.thunderbird'],
  leftOut: [],
};

export const runs: UndoDocument = {
  schema: 'mailmend/undo@1',
  complete: true,
  profile: header,
  runs: [
    {
      id: '20261123-183000-ab12',
      when: '2026-11-23T18:30:00.000Z',
      why: 'Change the server name to "imap.example.org"',
      bytes: 12_000,
      state: 'done',
      paths: [`${profilePath}/prefs.js`],
      madeAt: profilePath,
    },
    {
      id: '20261101-080000-cd34',
      when: '2026-11-01T08:00:00.000Z',
      why: 'Put the account list back',
      bytes: 9_000,
      state: 'undone',
      paths: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      madeAt: profilePath,
    },
  ],
  leftBehind: [],
  conflicts: [],
  undone: null,
  purged: null,
  deleted: [],
  toDelete: [],
  goes: [],
  needed: [],
  kept: [],
};

export const diagnostic: DiagnosticProfileDocument = {
  schema: 'mailmend/diagnostic-profile@1',
  complete: true,
  profile: header,
  remove: false,
  diagnostic: {
    name: 'mailmend-diagnostic',
    path: '/home/alice/.thunderbird/x1y2z3.mailmend-diagnostic',
    root: '/home/alice/.thunderbird',
  },
  as: null,
  account: { email: 'alice@example.org', type: 'pop3', server: 'pop.example.org' },
  start: {
    direct: '/usr/lib/thunderbird/thunderbird -P mailmend-diagnostic',
    manager: '/usr/lib/thunderbird/thunderbird -ProfileManager',
    old: '/usr/lib/thunderbird/thunderbird -P default-release',
  },
  plan: {
    id: 'ba9876543210',
    operations: [
      {
        op: 'make-folder',
        path: '/home/alice/.thunderbird/x1y2z3.mailmend-diagnostic',
        why: 'the fresh profile',
        changes: null,
        lines: ['permissions 0700'],
      },
      {
        op: 'edit-ini',
        path: '/home/alice/.thunderbird/profiles.ini',
        why: 'the program shows its list of profiles at the next start',
        changes: 1,
        lines: ['- [General] StartWithLastProfile=1', '+ [General] StartWithLastProfile=0'],
      },
    ],
  },
  applied: false,
  run: null,
  needs: ['The password of alice@example.org.'],
};

export const backupSummary: BackupSummary = {
  profile: header,
  folder: '/media/usb/mail',
  continued: false,
  files: 20_010,
  bytes: 40_200_000_000,
  free: 120_000_000_000,
  outside: [],
  leftOut: [],
  notes: [],
};

export const backupMade: BackupDocument = {
  schema: 'mailmend/backup@1',
  complete: true,
  profile: header,
  folder: '/media/usb/mail',
  continued: false,
  files: 20_010,
  folders: 310,
  links: 1,
  bytes: 40_200_000_000,
  keptBytes: 0,
  parts: [{ into: 'profile', from: profilePath, why: 'the profile' }],
  leftOut: [],
  notCopied: [{ what: `${profilePath}/.parentlock`, reason: 'it only says that the program is open' }],
  notKept: [],
  setAside: null,
  notes: [],
};

export const backupIntact: BackupVerifyDocument = {
  schema: 'mailmend/backup-verify@1',
  complete: true,
  folder: '/media/usb/mail',
  state: 'intact',
  made: '2026-11-23T18:30:00.000Z',
  of: { path: profilePath, name: 'default-release', program: 'thunderbird', version: '153.7.0' },
  files: 20_010,
  bytes: 40_200_000_000,
  problems: [],
  leftOut: [],
};
