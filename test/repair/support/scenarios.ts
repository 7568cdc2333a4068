/**
 * A profile below a root, and the repairs that the crash tests carry out on it: every kind of operation, chains of them
 * on one path, and files outside the profile.
 */

import { sha256 } from '../../../src/repair/hash.ts';
import type { Operation } from '../../../src/repair/operation.ts';
import type { Tree } from './memory.ts';

export const root = '/home/ann/.thunderbird';
export const profile = `${root}/abcd.default`;

/** Rows of logins.json by their guid. */
const logins = Object.fromEntries(
  ['a', 'b', 'c'].map((guid, index) => [
    guid,
    JSON.stringify({ id: index + 1, guid, cipher: `sealed ${guid}` }),
  ]),
);

export const tree: Tree = {
  '/home': null,
  '/home/ann': null,
  [root]: { mode: 0o700 },
  [`${root}/profiles.ini`]: {
    text: '[General]\nVersion=2\n\n[Profile0]\nName=default\nPath=abcd.default\n',
    mode: 0o644,
  },
  [profile]: { mode: 0o700 },
  [`${profile}/prefs.js`]:
    '# Mozilla\nuser_pref("mail.server.server1.hostname", "imap.example.org:993");\nuser_pref("z.last", 1);\n',
  [`${profile}/Mail`]: null,
  [`${profile}/Mail/pop.example.org`]: null,
  [`${profile}/Mail/pop.example.org/Inbox`]: 'From - Mon\n\nhello\n',
  [`${profile}/Mail/pop.example.org/Inbox.msf`]: { text: '// <!-- mork -->', mode: 0o644 },
  [`${profile}/Mail/leftover`]: { mode: 0o750 },
  [`${profile}/Mail/leftover/Trash`]: '',
  [`${profile}/logins.json`]: `{"nextId":4,"logins":[${Object.values(logins).join(',')}],"version":3}`,
};

const why = 'because';

const editPrefs: Operation = {
  op: 'edit-prefs',
  path: `${profile}/prefs.js`,
  why,
  changes: [
    { name: 'mail.server.server1.hostname', from: 'imap.example.org:993', to: 'imap.example.org' },
    { name: 'mail.server.server1.port', from: null, to: 993 },
  ],
};

const editIni: Operation = {
  op: 'edit-ini',
  path: `${root}/profiles.ini`,
  why,
  changes: [{ section: 'Profile0', key: 'IsRelative', from: null, to: '1' }],
};

const write = (path: string, text: string, mode: number | null = null): Operation => ({
  op: 'write',
  path,
  why,
  content: Buffer.from(text).toString('base64'),
  mode,
});

const takeOut = (...guids: string[]): Operation => ({
  op: 'edit-rows',
  path: `${profile}/logins.json`,
  why,
  list: 'logins',
  key: 'guid',
  numbers: { key: 'id', next: 'nextId' },
  changes: guids.map((guid) => ({
    row: guid,
    what: `login ${guid}`,
    from: sha256(logins[guid] ?? ''),
    to: null,
  })),
});

export const scenarios: Record<string, Operation[]> = {
  'edits of prefs.js and profiles.ini': [editPrefs, editIni],
  'saved logins taken out': [takeOut('a', 'c'), takeOut('b')],
  'a new file, and a file written anew': [
    write(`${profile}/user.js`, '// mine\n'),
    write(`${profile}/logins.json`, '{"logins":[1]}', 0o640),
  ],
  'a folder and a file moved aside': [
    { op: 'move-aside', path: `${profile}/Mail/leftover`, why },
    { op: 'move-aside', path: `${profile}/Mail/pop.example.org/Inbox.msf`, why },
  ],
  'a new folder, a copy in it, and modes': [
    { op: 'make-folder', path: `${root}/fresh`, mode: 0o700, why },
    { op: 'copy', path: `${root}/fresh/Inbox`, from: `${profile}/Mail/pop.example.org/Inbox`, why },
    { op: 'set-mode', path: `${root}/fresh/Inbox`, mode: 0o640, why },
    { op: 'set-mode', path: `${profile}/Mail`, mode: 0o700, why },
  ],
  'a folder renamed and worked in': [
    { op: 'move', path: `${profile}/Mail/mail.example.org`, from: `${profile}/Mail/pop.example.org`, why },
    write(`${profile}/Mail/mail.example.org/Inbox.msf`, 'new index'),
    { op: 'copy', path: `${profile}/Mail/Inbox`, from: `${profile}/Mail/mail.example.org/Inbox`, why },
  ],
  'one path, again and again': [
    editPrefs,
    { op: 'copy', path: `${profile}/prefs.bak`, from: `${profile}/prefs.js`, why },
    { op: 'move-aside', path: `${profile}/prefs.js`, why },
    write(`${profile}/prefs.js`, 'user_pref("a", 1);\n'),
    {
      op: 'edit-prefs',
      path: `${profile}/prefs.js`,
      why,
      changes: [{ name: 'a', from: 1, to: 2 }],
    },
    { op: 'set-mode', path: `${profile}/prefs.js`, mode: 0o644, why },
    { op: 'move', path: `${profile}/Mail/prefs.js`, from: `${profile}/prefs.js`, why },
    write(`${profile}/prefs.js`, 'user_pref("b", 1);\n'),
  ],
};
