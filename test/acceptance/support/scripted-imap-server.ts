/**
 * A small IMAP4rev1 server that holds the folders of a scenario, just enough of one for Thunderbird to list them
 * and download them for offline use. It listens on a unix socket; what a client sends to change it is accepted and
 * forgotten, except for new mailboxes.
 */

import { createServer, type Socket } from 'node:net';
import {
  type Answer,
  answerCommand,
  emptyMailbox,
  type Mailbox,
  type Mailboxes,
  type Session,
} from './imap-commands.ts';
import type { RenderedFolder } from './render-scenario.ts';

export interface ImapUser {
  username: string;
  password: string;
  folders: RenderedFolder[];
}

/** @param socketPath where it listens. The answer closes it. */
export async function startImapServer(users: ImapUser[], socketPath: string): Promise<() => void> {
  const accounts = new Map(
    users.map(({ username, password, folders }) => [username, { password, mailboxes: mailboxesOf(folders) }]),
  );
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => connections.delete(socket));
    const session: Session = { accounts, mailboxes: null, selected: null, awaiting: null };
    socket.write('* OK ready\r\n');
    readLines(socket, (line) => {
      const answer = answerCommand(session, line);
      send(socket, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return () => {
    for (const socket of connections) socket.destroy();
    server.close();
  };
}

function send(socket: Socket, { parts, goodbye }: Answer): void {
  for (const part of parts) socket.write(part);
  if (goodbye) socket.end();
}

/** Lines end with CR LF; a literal, announced by {size} at the end of a line, becomes a quoted string in it. */
function readLines(socket: Socket, take: (line: string) => void): void {
  let received: Buffer = Buffer.alloc(0);
  let line = '';
  let literal: number | null = null;
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      if (literal !== null) {
        if (received.length < literal) return;
        line += JSON.stringify(received.toString('utf8', 0, literal));
        received = received.subarray(literal);
        literal = null;
      }
      const end = received.indexOf('\r\n');
      if (end < 0) return;
      line += received.toString('utf8', 0, end);
      received = received.subarray(end + 2);
      const announced = /\{(\d+)(\+?)\}$/.exec(line);
      if (announced === null) {
        take(line);
        line = '';
      } else {
        line = line.slice(0, announced.index);
        literal = Number(announced[1]);
        if (announced[2] === '') socket.write('+ go on\r\n');
      }
    }
  });
}

/** Special-use attributes (RFC 6154) of folders at the top. */
const specialUse: Record<string, string> = {
  Sent: '\\Sent',
  Drafts: '\\Drafts',
  Trash: '\\Trash',
  Junk: '\\Junk',
  Archives: '\\Archive',
};

function mailboxesOf(folders: RenderedFolder[], parent = ''): Mailboxes {
  const mailboxes: Mailboxes = new Map(parent === '' ? [['INBOX', emptyMailbox()]] : []);
  for (const folder of folders) {
    const name = parent + folder.name;
    mailboxes.set(modifiedUtf7(name), mailboxOf(folder, parent === '' ? (specialUse[name] ?? '') : ''));
    for (const [child, mailbox] of mailboxesOf(folder.subfolders, `${name}/`)) mailboxes.set(child, mailbox);
  }
  return mailboxes;
}

function mailboxOf(folder: RenderedFolder, special: string): Mailbox {
  const messages = folder.messages.map((text, index) => {
    const flags = [
      ...(index < (folder.read ?? 0) ? ['\\Seen'] : []),
      ...(index < (folder.flagged ?? 0) ? ['\\Flagged'] : []),
    ];
    return { uid: index + 1, raw: Buffer.from(text), flags };
  });
  return { special, hasChildren: folder.subfolders.length > 0, messages };
}

/** Names of mailboxes, RFC 3501 5.1.3. */
function modifiedUtf7(text: string): string {
  return text.replaceAll('&', '&-').replaceAll(/[^\x20-\x7e]+/g, (part) => {
    const bigEndian = Buffer.from(part, 'utf16le').swap16();
    return `&${bigEndian.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
  });
}
