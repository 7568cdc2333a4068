/**
 * A folder with everything below it as text, for the proofs that reading never writes and that undo is exact:
 * names, kinds, modes, modification times to the nanosecond, bytes, targets of links; when asked for change times, and
 * owners, counts of hard links and extended attributes.
 */

import { createHash } from 'node:crypto';
import { type BigIntStats, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { loadNative } from '../../src/system/native.ts';

export interface TreeOptions {
  /** Change times too: they tell of a write even when all else was put back. */
  ctime?: boolean;
  /** Owners, counts of hard links and extended attributes too: all that the disk knows of a file. */
  all?: boolean;
}

/** One hash for all of it. */
export function treeHash(folder: string, options: TreeOptions = {}): string {
  return createHash('sha256').update(treeListing(folder, options).join('\n')).digest('hex');
}

/** One line for each file and folder, `folder` itself as `.`; for tests that want to see what differs. */
export function treeListing(folder: string, options: TreeOptions = {}): string[] {
  const lines: string[] = [];
  const add = (path: Buffer, name: string) => {
    const stat = lstatSync(path, { bigint: true });
    const times = options.ctime === true ? [stat.mtimeNs, stat.ctimeNs] : [stat.mtimeNs];
    const mode = (Number(stat.mode) & 0o7777).toString(8).padStart(4, '0');
    const rest = options.all === true ? allElse(path, stat) : [];
    lines.push([name, mode, ...times, ...rest, describe(path, stat)].join(' '));
    if (!stat.isDirectory()) return;
    const children = readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
    for (const child of children)
      add(Buffer.concat([path, Buffer.from('/'), child]), `${name}/${nameOf(child)}`);
  };
  add(Buffer.from(folder), '.');
  return lines;
}

/** How many links a folder has is the disk's own business. */
function allElse(path: Buffer, stat: BigIntStats): string[] {
  const links = stat.isDirectory() ? [] : [`${stat.nlink} links`];
  const attributes = stat.isSymbolicLink() ? [] : [...(loadNative()?.extendedAttributes(String(path)) ?? [])];
  const shown = attributes.map(([name, value]) => `${name}=${Buffer.from(value).toString('hex')}`);
  return [`${stat.uid}:${stat.gid}`, ...links, ...shown.sort()];
}

function describe(path: Buffer, stat: BigIntStats): string {
  if (stat.isDirectory()) return 'folder';
  if (stat.isSymbolicLink()) return `link to ${nameOf(readlinkSync(path, { encoding: 'buffer' }))}`;
  if (!stat.isFile()) return 'special';
  return `${stat.size} bytes ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}

/** Names need not be UTF-8; those that are not are shown byte by byte. */
function nameOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : bytes.toString('latin1');
}
