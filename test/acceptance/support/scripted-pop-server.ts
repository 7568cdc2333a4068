/**
 * A small POP3 server with one maildrop, just enough of one for Thunderbird to fetch from. It listens on a unix socket
 * and writes down who came and what was asked; what is deleted is forgotten at the end of the session.
 */

import { createServer, type Socket } from 'node:net';

export interface PopMessage {
  uidl: string;
  /** Headers and body, lines ended by CR LF. */
  text: string;
}

export interface PopServer {
  /** The commands of each connection, in order; PASS without the password. */
  sessions: string[][];
  close(): void;
}

/** @param socketPath where it listens. */
export async function startPopServer(
  messages: readonly PopMessage[],
  socketPath: string,
): Promise<PopServer> {
  const sessions: string[][] = [];
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    const session: string[] = [];
    sessions.push(session);
    connections.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => connections.delete(socket));
    socket.write('+OK ready\r\n');
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (let end = received.indexOf('\r\n'); end >= 0; end = received.indexOf('\r\n')) {
        const line = received.slice(0, end);
        received = received.slice(end + 2);
        session.push(line.replace(/^(PASS) .*/i, '$1'));
        socket.write(answerTo(line, messages));
        if (/^QUIT/i.test(line)) socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    sessions,
    close() {
      for (const socket of connections) socket.destroy();
      server.close();
    },
  };
}

function answerTo(line: string, messages: readonly PopMessage[]): string {
  const [command = '', first = ''] = line.split(' ');
  const message = messages[Number(first) - 1];
  const list = (of: (message: PopMessage) => string | number): string =>
    first === ''
      ? several(messages.map((one, index) => `${index + 1} ${of(one)}`))
      : message === undefined
        ? '-ERR no such message\r\n'
        : `+OK ${first} ${of(message)}\r\n`;
  switch (command.toUpperCase()) {
    case 'CAPA':
      return several(['USER', 'UIDL', 'TOP']);
    case 'USER':
    case 'PASS':
    case 'NOOP':
    case 'DELE':
    case 'RSET':
    case 'QUIT':
      return '+OK\r\n';
    case 'STAT':
      return `+OK ${messages.length} ${messages.reduce((sum, { text }) => sum + text.length, 0)}\r\n`;
    case 'LIST':
      return list(({ text }) => text.length);
    case 'UIDL':
      return list(({ uidl }) => uidl);
    case 'RETR':
    case 'TOP':
      return message === undefined ? '-ERR no such message\r\n' : several(message.text.split(/\r\n/));
    default:
      return '-ERR not known\r\n';
  }
}

/** Of several lines: each dot at the beginning of one is doubled, a dot alone ends them (RFC 1939 3). */
const several = (lines: readonly string[]): string =>
  `+OK\r\n${lines.map((line) => line.replace(/^\./, '..')).join('\r\n')}\r\n.\r\n`;
