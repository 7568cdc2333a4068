/** The commands that the scripted IMAP server knows: one line of a client in, the bytes of the answer out. */

import { fetchMessages } from './imap-fetch.ts';

export interface Message {
  uid: number;
  raw: Buffer;
  flags: string[];
}

export interface Mailbox {
  /** Special-use attribute or ''. */
  special: string;
  hasChildren: boolean;
  messages: Message[];
}

/** By name in modified UTF-7; the separator is '/'. */
export type Mailboxes = Map<string, Mailbox>;

export function emptyMailbox(): Mailbox {
  return { special: '', hasChildren: false, messages: [] };
}

export interface Session {
  accounts: ReadonlyMap<string, { password: string; mailboxes: Mailboxes }>;
  /** Of the user who signed in. */
  mailboxes: Mailboxes | null;
  selected: Mailbox | null;
  /** The tag of an AUTHENTICATE whose credentials come on a line of their own. */
  awaiting: string | null;
}

export interface Answer {
  parts: (string | Buffer)[];
  goodbye?: true;
}

const capabilities = 'IMAP4rev1 LITERAL+ NAMESPACE UIDPLUS SPECIAL-USE ID AUTH=PLAIN CHILDREN';
const uidValidity = 1767600000;

export function answerCommand(session: Session, line: string): Answer {
  if (session.awaiting !== null) {
    const tag = session.awaiting;
    session.awaiting = null;
    return signInPlain(session, tag, line);
  }
  const { tag, command, rest, byUid } = splitCommand(line);
  const done = (...lines: string[]): Answer => ({
    parts: [...lines.map((text) => `* ${text}\r\n`), `${tag} OK done\r\n`],
  });
  switch (command) {
    case 'CAPABILITY':
      return done(`CAPABILITY ${capabilities}`);
    case 'ID':
      return done('ID NIL');
    case 'NAMESPACE':
      return done('NAMESPACE (("" "/")) NIL NIL');
    case 'LOGOUT':
      return { ...done('BYE'), goodbye: true };
    case 'LOGIN': {
      const [username = '', password = ''] = words(rest);
      return signIn(session, tag, username, password);
    }
    case 'AUTHENTICATE': {
      const [, initial] = words(rest);
      if (initial !== undefined) return signInPlain(session, tag, initial);
      session.awaiting = tag;
      return { parts: ['+ \r\n'] };
    }
    case 'LIST':
    case 'LSUB':
      return done(...listMailboxes(session, command, rest));
    case 'CREATE': {
      const [name = ''] = words(rest);
      session.mailboxes?.set(name, emptyMailbox());
      return done();
    }
    case 'STATUS': {
      const [name = ''] = words(rest);
      const mailbox = session.mailboxes?.get(name);
      return mailbox === undefined ? refuse(tag) : done(`STATUS "${name}" (${status(mailbox)})`);
    }
    case 'SELECT':
    case 'EXAMINE': {
      const [name = ''] = words(rest);
      session.selected = session.mailboxes?.get(/^inbox$/i.test(name) ? 'INBOX' : name) ?? null;
      return session.selected === null ? refuse(tag) : done(...describeSelected(session.selected));
    }
    case 'SEARCH': {
      const messages = session.selected?.messages ?? [];
      return done(`SEARCH ${messages.map(({ uid }, index) => (byUid ? uid : index + 1)).join(' ')}`);
    }
    case 'FETCH': {
      const { parts } = done();
      return { parts: [...fetchMessages(session.selected?.messages ?? [], rest), ...parts] };
    }
    case 'CLOSE':
    case 'UNSELECT':
      session.selected = null;
      return done();
    default:
      // NOOP, SUBSCRIBE, STORE, APPEND and the like: accepted and forgotten.
      return done();
  }
}

function splitCommand(line: string): { tag: string; command: string; rest: string; byUid: boolean } {
  const [, tag = '*', uid, command = '', rest = ''] = /^(\S+) (uid )?(\S+) ?(.*)$/is.exec(line) ?? [];
  return { tag, command: command.toUpperCase(), rest, byUid: uid !== undefined };
}

/** Atoms, strings without their quotes, parenthesised lists as they stand. */
function words(text: string): string[] {
  const found = text.match(/"(?:[^"\\]|\\.)*"|\([^)]*\)|\S+/g) ?? [];
  return found.map((word) => (word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word));
}

function refuse(tag: string): Answer {
  return { parts: [`${tag} NO there is no such thing\r\n`] };
}

function signInPlain(session: Session, tag: string, credentials: string): Answer {
  const [, username = '', password = ''] = Buffer.from(credentials, 'base64').toString('utf8').split('\0');
  return signIn(session, tag, username, password);
}

function signIn(session: Session, tag: string, username: string, password: string): Answer {
  const account = session.accounts.get(username);
  if (account === undefined || account.password !== password) {
    return { parts: [`${tag} NO [AUTHENTICATIONFAILED] wrong\r\n`] };
  }
  session.mailboxes = account.mailboxes;
  return { parts: [`${tag} OK [CAPABILITY ${capabilities}] welcome\r\n`] };
}

function listMailboxes(session: Session, command: string, rest: string): string[] {
  const all = words(rest);
  const selection = all[0]?.startsWith('(') ? all.shift() : undefined;
  const [reference = '', pattern = ''] = all;
  if (pattern === '') return [`${command} (\\Noselect) "/" ""`];
  const escaped = (reference + pattern).replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  const matches = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('%', '[^/]*')}$`, 'i');
  const onlySpecial = selection !== undefined && /special-use/i.test(selection);
  return [...(session.mailboxes ?? [])]
    .filter(([name, mailbox]) => matches.test(name) && (!onlySpecial || mailbox.special !== ''))
    .map(([name, { hasChildren, special }]) => {
      const attributes = [hasChildren ? '\\HasChildren' : '\\HasNoChildren', special]
        .filter(Boolean)
        .join(' ');
      return `${command} (${attributes}) "/" "${name}"`;
    });
}

function status({ messages }: Mailbox): string {
  const unseen = messages.filter(({ flags }) => !flags.includes('\\Seen')).length;
  const { length } = messages;
  return `MESSAGES ${length} RECENT 0 UIDNEXT ${length + 1} UIDVALIDITY ${uidValidity} UNSEEN ${unseen}`;
}

function describeSelected({ messages }: Mailbox): string[] {
  return [
    `${messages.length} EXISTS`,
    '0 RECENT',
    'FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
    'OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] these stay',
    `OK [UIDVALIDITY ${uidValidity}] valid`,
    `OK [UIDNEXT ${messages.length + 1}] next`,
  ];
}
