/**
 * Where runs are kept: `<parent of the profile>/.mailmend/<profile folder>/<run>/`, 0700, on the same disk, never inside
 * the profile (design.md 6.2), or below the folder that `--runs` names.
 * Belongs here: places and names, and making them without a trace: the folder that gets `.mailmend` keeps its times.
 */

import path from 'node:path';
import { MailmendError } from './error.ts';
import type { FileStat, ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import { isInside } from './inside.ts';
import { giveToOwnerOf } from './metadata.ts';

const privateMode = 0o700;
const homeName = '.mailmend';
/** `<mtimeNs>.<atimeNs>` of the folder that `.mailmend` lies in, from before it was made. */
const unfinishedName = /^\.mailmend-(-?\d+)\.(-?\d+)$/;
const timesName = /^times-(-?\d+)\.(-?\d+)$/;

/** The folder that holds the runs of one profile. @param runs the folder of `--runs`, or null. */
export function runsOf(profile: string, runs: string | null): string {
  return path.join(homeOf(profile, runs), path.basename(profile));
}

/** The folder that holds the runs of this profile and of those beside it. */
export function homeOf(profile: string, runs: string | null): string {
  return runs ?? path.join(path.dirname(profile), homeName);
}

/**
 * Makes the folder of a run. After a cut at any moment a second call, or settleHome, finishes what was begun.
 * @throws the system's error; MailmendError NOT_A_FOLDER when something else is in the way.
 */
export function makeRunFolder(
  fs: WritableFileSystem,
  profile: string,
  runs: string | null,
  id: string,
): string {
  if (runs === null) {
    const parent = path.dirname(profile);
    if (fs.lstat(path.join(parent, homeName)) === null) beginHome(fs, parent);
    settleHome(fs, profile);
  } else {
    const parent = path.dirname(runs);
    refuseInside(fs, profile, fs.stat(runs) === null ? parent : runs);
    if (fs.stat(runs) === null && fs.stat(parent)?.kind === 'folder') makePrivateFolder(fs, runs);
    requireFolder(runs, fs.stat(runs));
  }
  const folder = runsOf(profile, runs);
  if (fs.lstat(folder) === null) makePrivateFolder(fs, folder);
  requireFolder(folder, fs.lstat(folder));
  const run = path.join(folder, id);
  makePrivateFolder(fs, run);
  return run;
}

/**
 * Making `.mailmend` changes the times of the folder that it lies in, and there is no journal yet to note them. So they
 * are in the name of `.mailmend` while it is being made, then in the name of a folder in it until they are set back.
 */
export function settleHome(fs: WritableFileSystem, profile: string): void {
  const parent = path.dirname(profile);
  const home = path.join(parent, homeName);
  if (fs.lstat(home) === null) {
    const unfinished = nameLike(fs, parent, unfinishedName);
    if (unfinished === null) return;
    nameHome(fs, path.join(parent, unfinished[0]), home, unfinished);
  }
  requireFolder(home, fs.lstat(home));
  const times = nameLike(fs, home, timesName);
  if (times === null) return;
  fs.setTimes(parent, { mtimeNs: BigInt(times[1]), atimeNs: BigInt(times[2]) });
  fs.syncFolder(parent);
  fs.removeFolder(path.join(home, times[0]));
  fs.syncFolder(home);
}

/** Whether settleHome has something to do. Reads only. */
export function isUnsettled(fs: ReadableFileSystem, profile: string): boolean {
  const parent = path.dirname(profile);
  const home = path.join(parent, homeName);
  const stat = fs.lstat(home);
  if (stat === null) return nameLike(fs, parent, unfinishedName) !== null;
  return stat.kind === 'folder' && nameLike(fs, home, timesName) !== null;
}

/** 0700, durable, and the owner's own also when mailmend runs as root. @throws the system's error. */
export function makePrivateFolder(fs: WritableFileSystem, folder: string): void {
  const parent = path.dirname(folder);
  fs.makeFolder(folder, privateMode);
  giveToOwnerOf(fs, folder, parent);
  fs.syncFolder(parent);
}

function beginHome(fs: WritableFileSystem, parent: string): void {
  if (nameLike(fs, parent, unfinishedName) !== null) return;
  const before = fs.stat(parent);
  requireFolder(parent, before);
  makePrivateFolder(fs, path.join(parent, `${homeName}-${before.mtimeNs}.${before.atimeNs}`));
}

function nameHome(
  fs: WritableFileSystem,
  unfinished: string,
  home: string,
  [, mtimeNs, atimeNs]: Times,
): void {
  const times = path.join(unfinished, `times-${mtimeNs}.${atimeNs}`);
  if (fs.lstat(times) === null) makePrivateFolder(fs, times);
  fs.rename(unfinished, home);
  fs.syncFolder(path.dirname(home));
}

/** Name, mtimeNs, atimeNs. */
type Times = [string, string, string];

function nameLike(fs: ReadableFileSystem, folder: string, pattern: RegExp): Times | null {
  for (const { name } of fs.readFolder(folder)) {
    const [, mtimeNs, atimeNs] = pattern.exec(name) ?? [];
    if (mtimeNs !== undefined && atimeNs !== undefined) return [name, mtimeNs, atimeNs];
  }
  return null;
}

/** Moved aside into the profile it would still be there, and the program would find it. */
function refuseInside(fs: WritableFileSystem, profile: string, runs: string): void {
  const outside = !isInside(String(fs.realPath(profile)), String(fs.realPath(runs)));
  if (outside) return;
  throw new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `${runs} lies in the profile; nothing is kept there. Nothing was changed.`,
  );
}

function requireFolder(folder: string, stat: FileStat | null): asserts stat is FileStat {
  if (stat?.kind === 'folder') return;
  throw new MailmendError('NOT_A_FOLDER', 3, `${folder} is not a folder. Nothing was changed.`, [
    { say: 'Name another place to keep what is replaced.', command: '--runs <folder>' },
  ]);
}
