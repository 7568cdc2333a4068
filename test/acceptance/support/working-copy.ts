/**
 * A copy of a profile that Thunderbird may run on while it believes to be in the original: the copy is mounted over
 * the original's path, so absolute paths in prefs.js lead into it. Mail folders that prefs.js names outside of the
 * profile are copied, or mounted read-only, the same way.
 */

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountNamespacePermitted } from './machine.ts';
import type { Mount } from './private-namespace.ts';

export interface WorkingCopy {
  /** The path of what was copied, without links. */
  original: string;
  /** The folder to run on. */
  profile: string;
  /** The path that Thunderbird is told. */
  seenAs: string;
  mounts: Mount[];
  /** What a reader of the result should know. */
  notes: string[];
  remove(): void;
}

const copyLimitMegabytes = 2048;

/** @throws the system's error when the profile is not there or cannot be copied. */
export function copyProfile(profile: string): WorkingCopy {
  const original = realpathSync(profile);
  const work = mkdtempSync(join(tmpdir(), 'mailmend-copy-'));
  const copy = join(work, 'profile');
  copyTree(original, copy);
  // It names the process that has the original open, not one that has the copy open.
  rmSync(join(copy, 'lock'), { force: true });
  const remove = () => rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  if (!mountNamespacePermitted()) {
    return {
      original,
      profile: copy,
      seenAs: copy,
      mounts: [],
      notes: leadPathsIntoCopy(original, copy),
      remove,
    };
  }
  const mounts: Mount[] = [{ from: copy, to: original }];
  const notes: string[] = [];
  for (const [index, folder] of foldersOutside(original).entries()) {
    if (megabytes(folder) > copyLimitMegabytes) {
      mounts.push({ from: folder, to: folder, readOnly: true });
      notes.push(`${folder} is too large to be copied: mounted read-only`);
      continue;
    }
    const outside = join(work, `outside-${index}`);
    copyTree(folder, outside);
    mounts.push({ from: outside, to: folder });
    notes.push(`${folder} lies outside of the profile: a copy of it is used`);
  }
  return { original, profile: copy, seenAs: original, mounts, notes, remove };
}

/** With modes, times, links and extended attributes, as cp -a does. */
export function copyTree(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', '--', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot copy ${from}: ${stderr}`);
}

/** Without mounts, paths into the profile are rewritten; folders elsewhere cannot be protected. */
function leadPathsIntoCopy(original: string, copy: string): string[] {
  const prefsJs = join(copy, 'prefs.js');
  if (existsSync(prefsJs)) {
    const text = readFileSync(prefsJs, 'latin1');
    writeFileSync(prefsJs, text.replaceAll(latin1(original), latin1(copy)), 'latin1');
  }
  const outside = foldersOutside(original);
  return outside.map((folder) => `no mounts here: Thunderbird works on ${folder} itself`);
}

/** Existing folders that mail.root.* and mail.server.*.directory name outside of the profile; no nested ones. */
function foldersOutside(profile: string): string[] {
  const prefsJs = join(profile, 'prefs.js');
  const text = existsSync(prefsJs) ? readFileSync(prefsJs, 'utf8') : '';
  const line = /^user_pref\("mail\.(?:server\.[^"]*\.directory|root\.[^"]*)", "(\/[^"]*)"\);/gm;
  const named = [...text.matchAll(line)].map(([, path]) => (path ?? '').replaceAll(/\\(.)/g, '$1'));
  const outside = [...new Set(named)].filter(
    (path) => !isWithin(path, profile) && !isWithin(profile, path) && isFolder(path),
  );
  return outside.filter((path) => !outside.some((other) => other !== path && isWithin(path, other)));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function megabytes(folder: string): number {
  const { stdout } = spawnSync('du', ['-s', '-m', '--', folder], { encoding: 'utf8' });
  return Number.parseInt(stdout, 10);
}

function latin1(path: string): string {
  return Buffer.from(path).toString('latin1');
}
