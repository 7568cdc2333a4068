/**
 * Runs inside a private network namespace and leads connections through its wall, which unix sockets pass:
 *   in    a unix socket out here → 127.0.0.1:<port named in the first line> in there (Marionette)
 *   out   127.0.0.1:<port> in there → a unix socket out here (the scripted IMAP server)
 * Usage: node socket-bridge.mjs <socket in> [<port out>=<socket out>]
 */

import net from 'node:net';

const [socketIn, out] = process.argv.slice(2);
const parent = process.ppid;

function join(one, other) {
  const end = () => {
    one.destroy();
    other.destroy();
  };
  one.on('error', end).on('close', end);
  other.on('error', end).on('close', end);
  one.pipe(other).pipe(one);
}

net
  .createServer((outer) => {
    let head = Buffer.alloc(0);
    outer.on('error', () => outer.destroy());
    outer.on('data', function readPort(bytes) {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf('\n');
      if (end < 0) return;
      outer.off('data', readPort);
      outer.pause();
      const inner = net.connect(Number(head.toString('latin1', 0, end)), '127.0.0.1', () => {
        inner.write(head.subarray(end + 1));
        join(outer, inner);
        outer.resume();
      });
      inner.on('error', () => outer.destroy());
    });
  })
  .listen(socketIn);

if (out !== undefined) {
  const [port, path] = out.split('=');
  net.createServer((inner) => join(inner, net.connect(path))).listen(Number(port), '127.0.0.1');
}

// The program beside us is our parent; when it is gone, so are we.
setInterval(() => {
  if (process.ppid !== parent) process.exit();
}, 300);
