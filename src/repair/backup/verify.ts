/**
 * Reads a backup again, every byte of it, and compares with its manifest.
 * The manifest is hostile input: what is opened is what the folders of the backup hold, found by walking them without
 * following links; the names in the manifest are only compared with what was found.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import {
  copyRoots,
  type FileEntry,
  type ManifestEntry,
  type ManifestHead,
  type ParsedManifest,
  parseManifest,
} from '../../formats/backup/manifest.ts';
import { printSums, type Sum } from '../../formats/backup/sha256sums.ts';
import { breathe } from '../breathe.ts';
import type { ReadableFileSystem } from '../file-system.ts';
import { piecesOf, sha256OfFile } from '../hash.ts';
import { present } from '../metadata.ts';
import { codeOf } from '../system-error.ts';
import { names } from './layout.ts';
import type { Progress } from './make.ts';
import { whyUnread } from './source.ts';
import { composed, targetState } from './target.ts';

export interface BackupProblem {
  /** Within the backup. */
  path: string;
  problem: 'missing' | 'changed' | 'extra' | 'unreadable' | 'manifest';
  /** Half a sentence. */
  say: string;
}

export interface VerifiedBackup {
  state: 'finished' | 'unfinished' | 'no-backup';
  head: ManifestHead | null;
  /** Read and found as they were. */
  files: number;
  bytes: number;
  problems: BackupProblem[];
}

export interface VerifyOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  forgetCached(file: string): void;
}

interface Walk {
  fs: ReadableFileSystem;
  folder: string;
  options: VerifyOptions;
  /** By path; those found are taken out. */
  expected: Map<string, ManifestEntry>;
  problems: BackupProblem[];
  files: number;
  bytes: number;
  done: number;
  total: number;
}

/** @throws MailmendError INTERRUPTED; the system's error when the folder itself cannot be read. */
export async function verifyBackup(
  fs: ReadableFileSystem,
  folder: string,
  options: VerifyOptions,
): Promise<VerifiedBackup> {
  const there = fs.readFolder(folder).map(({ name }) => name);
  const nothing = { head: null, files: 0, bytes: 0, problems: [] };
  if (!there.includes(names.manifest)) {
    if (targetState(fs, folder).kind === 'unfinished') return { ...nothing, state: 'unfinished' };
    if (!there.includes(names.sums)) return { ...nothing, state: 'no-backup' };
  }
  const manifest = readManifest(fs, path.join(folder, names.manifest));
  const { head, entries, damage } = manifest;
  const walk: Walk = {
    fs,
    folder,
    options,
    expected: new Map(entries.map((entry) => [entry.path, entry])),
    problems: damage.map((say) => ({ path: names.manifest, problem: 'manifest', say })),
    files: 0,
    bytes: 0,
    done: 0,
    total: entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.size : 0), 0),
  };
  for (const name of there) {
    if (copyRoots.some((root) => root === name)) await look(walk, name);
    else if (!about.has(name)) addExtra(walk, name);
  }
  for (const entry of walk.expected.values()) {
    if (entry.kind !== 'link' || !entry.onlyNoted)
      walk.problems.push({ path: entry.path, problem: 'missing', say: 'it is not there' });
  }
  if (damage.length === 0) checkSums(walk, entries);
  return { state: 'finished', head, files: walk.files, bytes: walk.bytes, problems: walk.problems };
}

/** JSON text cannot be longer than a string. */
const largestManifest = 500 * 1024 * 1024;

function readManifest(fs: ReadableFileSystem, at: string): ParsedManifest {
  const unusable = (damage: string): ParsedManifest => ({ head: null, entries: [], damage: [damage] });
  try {
    const stat = fs.lstat(at);
    if (stat === null) return unusable('it is missing');
    if (stat.kind !== 'file' || stat.size > largestManifest) return unusable('it is no manifest of mailmend');
    return parseManifest(fs.readFile(at));
  } catch (error) {
    return unusable(whyUnread(error));
  }
}

async function look(walk: Walk, inBackup: string): Promise<void> {
  await breathe(walk.options.signal);
  const at = path.join(walk.folder, inBackup);
  try {
    const stat = present(walk.fs, at);
    const entry = expectedAt(walk, inBackup);
    const isContainer = !inBackup.includes('/') && stat.kind === 'folder';
    if (entry === undefined && !isContainer) addExtra(walk, inBackup);
    else if (entry !== undefined && entry.kind !== stat.kind)
      add(walk, inBackup, 'changed', `it was a ${entry.kind}, and is none now`);
    else if (entry?.kind === 'file') await readAgain(walk, inBackup, at, entry, stat.size);
    else if (entry?.kind === 'link') compareLink(walk, inBackup, at, entry.target);
    else for (const { name } of walk.fs.readFolder(at)) await look(walk, `${inBackup}/${name}`);
  } catch (error) {
    if (codeOf(error) === null) throw error;
    add(walk, inBackup, 'unreadable', whyUnread(error));
  }
}

/** Some disks give a name back in another of Unicode's forms. */
function expectedAt({ expected }: Walk, inBackup: string): ManifestEntry | undefined {
  const key = expected.has(inBackup) ? inBackup : composed(inBackup);
  const entry = expected.get(key);
  expected.delete(key);
  return entry;
}

async function readAgain(
  walk: Walk,
  inBackup: string,
  at: string,
  entry: FileEntry,
  size: number,
): Promise<void> {
  const { fs, options } = walk;
  const done = walk.done + entry.size;
  if (size === entry.size) {
    options.forgetCached(at);
    const hash = createHash('sha256');
    for (const piece of piecesOf(fs, at)) {
      hash.update(piece);
      walk.done += piece.length;
      options.onProgress?.({ done: Math.min(walk.done, done), total: walk.total });
      await breathe(options.signal);
    }
    if (hash.digest('hex') === entry.sha256) {
      walk.files++;
      walk.bytes += size;
    } else add(walk, inBackup, 'changed', 'its content is not what was copied');
  } else add(walk, inBackup, 'changed', `it has ${size} bytes, and was copied with ${entry.size}`);
  walk.done = done;
}

function compareLink(walk: Walk, inBackup: string, at: string, target: string): void {
  if (walk.fs.readLink(at) !== target) add(walk, inBackup, 'changed', 'the link leads elsewhere');
}

/** Against what `sha256sum -c` would be told. */
function checkSums(walk: Walk, entries: readonly ManifestEntry[]): void {
  const { fs, folder } = walk;
  try {
    const about = [names.readme, names.manifest].map((name) => ({
      path: name,
      sha256: sha256OfFile(fs, path.join(folder, name)),
    }));
    const files: Sum[] = entries.filter((entry) => entry.kind === 'file');
    const hash = createHash('sha256');
    for (const line of printSums([...files, ...about])) hash.update(line);
    if (hash.digest('hex') !== sha256OfFile(fs, path.join(folder, names.sums)))
      add(walk, names.sums, 'changed', `it does not fit the files, or ${names.readme} was changed`);
  } catch (error) {
    if (codeOf(error) === null) throw error;
    add(walk, names.sums, 'unreadable', `it, or ${names.readme}, cannot be read: ${whyUnread(error)}`);
  }
}

const about = new Set<string>(Object.values(names));

/** What file managers leave wherever somebody looks. */
const noise = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._.*)$/s;

function addExtra(walk: Walk, inBackup: string): void {
  if (!noise.test(inBackup.slice(inBackup.lastIndexOf('/') + 1)))
    add(walk, inBackup, 'extra', 'it is not part of the backup');
}

function add({ problems }: Walk, inBackup: string, problem: BackupProblem['problem'], say: string): void {
  problems.push({ path: inBackup, problem, say });
}
