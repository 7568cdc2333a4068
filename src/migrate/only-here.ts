/**
 * Whether POP mail in a profile is still on its server, as far as the files tell (formats.md 5.7, popstate.dat).
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { Profile } from '../profile/profile.ts';
import { serverPrefix } from '../profile/servers.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';

const chunk = 4 * 1024 * 1024;
const separator = Buffer.from('\nFrom ');

/** Lines that begin with `From `: never fewer than there are messages. */
export function countMessages(fs: ReadableFileSystem, mbox: string): number {
  const size = fs.stat(mbox)?.size ?? 0;
  let count = 0;
  let tail: Buffer = Buffer.from('\n');
  for (let offset = 0; offset < size; offset += chunk) {
    const bytes = Buffer.concat([tail, fs.readFile(mbox, { offset, limit: chunk })]);
    for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, at + 1)) count++;
    tail = bytes.subarray(Math.max(0, bytes.length - (separator.length - 1)));
  }
  return count;
}

const largestState = 64 * 1024 * 1024;

/** Messages that the profile has fetched and left on the server: the `k` lines of popstate.dat. */
export function keptOnServer(fs: ReadableFileSystem, profile: Profile, serverKey: string): number {
  const mail = profile.serverMail.get(serverKey);
  if (mail === undefined || profile.prefs.bool(`${serverPrefix(serverKey)}leave_on_server`) !== true)
    return 0;
  const at = path.join(mail.directory.path, 'popstate.dat');
  if (fs.stat(at)?.kind !== 'file') return 0;
  const lines = Buffer.from(fs.readFile(at, { limit: largestState }))
    .toString('latin1')
    .split(/\r?\n/);
  return lines.filter((line) => /^k \S+/.test(line)).length;
}
