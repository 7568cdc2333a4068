/**
 * The messages of a mail folder, as far as two of their headers go: which one of the server's it is, and whether it was
 * deleted and waits for compaction (formats.md 5.3, 5.6). Stores of any size, in windows of a few megabytes.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';

export interface StoredMessage {
  /** The server's own name for it: X-UIDL, which the program writes into what it fetches by POP. */
  uidl: string | null;
  expunged: boolean;
}

/** X-Mozilla-Status: deleted or moved away, still in the file. */
const expungedBit = 0x8;

const windowSize = 4 * 1024 * 1024;
/** The program writes these headers in front of all others. */
const headSize = 64 * 1024;
const separator = Buffer.from('From ');
const lf = 0x0a;
const cr = 0x0d;

/**
 * Never fewer than there are: a line `From ` in a body, which the program would have quoted, counts as one more.
 * @throws the system's error.
 */
export function* storedMessages(
  fs: ReadableFileSystem,
  { file, storage }: { file: string; storage: 'mbox' | 'maildir' },
): Generator<StoredMessage> {
  yield* storage === 'mbox' ? inMbox(fs, file) : inMaildir(fs, path.join(file, 'cur'));
}

function* inMbox(fs: ReadableFileSystem, link: string): Generator<StoredMessage> {
  const file = fs.realPath(link) ?? link;
  const size = fs.stat(file)?.size ?? 0;
  let found = false;
  for (let from = 0; from < size; from += windowSize) {
    // One byte more in front, to see whether the window begins a line.
    const start = Math.max(from - 1, 0);
    const window = Buffer.from(fs.readFile(file, { offset: start, limit: windowSize + headSize + 1 }));
    const end = from + windowSize - start;
    for (let at = window.indexOf(separator, from - start); at >= 0 && at < end; ) {
      if (start + at === 0 || window[at - 1] === lf) {
        found = true;
        yield readHead(window.subarray(at, at + headSize));
      }
      at = window.indexOf(separator, at + 1);
    }
  }
  // Something that is no mbox is not nothing.
  if (size > 0 && !found) yield { uidl: null, expunged: false };
}

function* inMaildir(fs: ReadableFileSystem, folder: string): Generator<StoredMessage> {
  for (const { name, kind } of fs.readFolder(folder)) {
    if (kind !== 'file') continue;
    yield readHead(Buffer.from(fs.readFile(path.join(folder, name), { limit: headSize })));
  }
}

function readHead(bytes: Buffer): StoredMessage {
  const head = bytes.subarray(0, endOfHead(bytes)).toString('latin1');
  const header = (name: string): string | null =>
    new RegExp(`^${name}:[ \\t]*(\\S+)`, 'im').exec(head)?.[1] ?? null;
  const status = Number.parseInt(header('X-Mozilla-Status') ?? '0', 16);
  return { uidl: header('X-UIDL'), expunged: (status & expungedBit) !== 0 };
}

/** At the first empty line. */
function endOfHead(bytes: Buffer): number {
  for (let at = bytes.indexOf(lf); at >= 0; at = bytes.indexOf(lf, at + 1)) {
    const next = bytes[at + 1] === cr ? at + 2 : at + 1;
    if (bytes[next] === lf) return at;
  }
  return bytes.length;
}
