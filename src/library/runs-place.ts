/**
 * The folder in which a run keeps what it replaces: old settings, mail, saved passwords. Refused before anything is
 * written where it would leave this computer, where a mail program would find it, or where it is not the owner's
 * (design.md 6.2).
 */

import { rulesFor } from '../profile/path-rules.ts';
import { MailmendError, type NextStep, nextStep } from '../repair/error.ts';
import type { FileStat } from '../repair/file-system.ts';
import { isInside } from '../repair/inside.ts';
import { storagePlace } from '../system/storage-place.ts';
import { commandLine } from './command-line.ts';
import type { World } from './world.ts';

/**
 * @param runs the folder of `--runs`, or null. @param again the words of the same command, without `--runs`.
 * @throws MailmendError RUNS_PLACE_UNSAFE (3), BAD_ARGUMENTS (2), NOT_A_FOLDER (3).
 */
export function refuseUnsafePlace(
  world: World,
  profile: string,
  runs: string | null,
  again: readonly string[],
): void {
  const { dirname, join } = rulesFor(world.platform);
  const offer = offerLocal(world, profile, again);
  const place = storagePlace(world.fs, runs ?? dirname(profile), world);
  if (place !== null) {
    const inStep = place.kind === 'synced' ? `is kept in step by ${place.name}` : `is on ${place.name}`;
    const what = runs === null ? 'The profile lies in' : `${runs} lies in`;
    throw unsafe(
      `${what} ${place.folder}, which ${inStep}. mailmend keeps what it replaces, also saved passwords, only on this computer.`,
      offer,
    );
  }
  if (runs === null) refuseStranger(world, profile, join(dirname(profile), '.mailmend'), offer);
  else refuseGiven(world, profile, runs, offer);
}

function refuseGiven(world: World, profile: string, runs: string, offer: NextStep[]): void {
  const { dirname } = rulesFor(world.platform);
  const there = world.fs.stat(runs);
  const nearest = there ?? world.fs.stat(dirname(runs));
  if (nearest?.kind !== 'folder' || (there !== null && there.kind !== 'folder')) {
    const message = `${runs} is not a folder, and cannot be made. Nothing was changed.`;
    throw new MailmendError('NOT_A_FOLDER', 3, message, offer);
  }
  const program = folderOfProgram(world, runs);
  if (program !== null) {
    const message = `${runs} lies in ${program}, where a mail program keeps its profiles; nothing is kept there. Nothing was changed.`;
    throw new MailmendError('BAD_ARGUMENTS', 2, message, offer);
  }
  refuseStranger(world, profile, there === null ? dirname(runs) : runs, offer);
}

/** A profile or a root above it; mailmend's own folder in it is no place of theirs. */
function folderOfProgram(world: World, runs: string): string | null {
  const { basename, dirname, join } = rulesFor(world.platform);
  let at = world.fs.realPath(runs) ?? join(world.fs.realPath(dirname(runs)) ?? dirname(runs), basename(runs));
  for (; dirname(at) !== at; at = dirname(at)) {
    if (basename(at) === '.mailmend') return null;
    const folder = at;
    if (['prefs.js', 'profiles.ini'].some((name) => world.fs.lstat(join(folder, name)) !== null)) return at;
  }
  return null;
}

/** Of another user, or closed: after a run with sudo, or a folder that everybody uses. */
function refuseStranger(world: World, profile: string, folder: string, offer: NextStep[]): void {
  const { uid = null } = world;
  const stat = world.fs.stat(folder);
  if (uid === null || stat?.kind !== 'folder') return;
  const owner = world.fs.stat(profile)?.uid;
  if (stat.uid !== uid && (uid !== 0 || stat.uid !== owner)) throw notYours(world, folder, stat, offer);
  if (uid !== 0 && (stat.mode & 0o300) !== 0o300)
    throw unsafe(`${folder} may not be written to, so nothing can be kept there.`, offer);
}

/** Also when it cannot even be read. */
export function notYours(
  world: Pick<World, 'platform' | 'uid'>,
  folder: string,
  { uid }: Pick<FileStat, 'uid'>,
  offer: readonly NextStep[] = [],
): MailmendError {
  const who = uid === 0 ? 'root (perhaps after a call with sudo)' : `another user (number ${uid})`;
  const back: NextStep = {
    say: 'If it is yours, take it back:',
    command: commandLine(['sudo', 'chown', '-R', String(world.uid), folder], world.platform),
  };
  return unsafe(`${folder}, where mailmend keeps what it replaces, belongs to ${who}.`, [back, ...offer]);
}

/** Where there is no better place. */
export const offeredFolder = ({ platform, home }: Pick<World, 'platform' | 'home'>): string =>
  rulesFor(platform).join(home, 'mailmend-runs');

/** The same command with a folder on this computer, where there is one to offer. */
function offerLocal(world: World, profile: string, again: readonly string[]): NextStep[] {
  const folder = offeredFolder(world);
  const usable =
    world.fs.stat(world.home)?.kind === 'folder' &&
    storagePlace(world.fs, folder, world) === null &&
    !isInside(profile, folder);
  if (!usable) return [];
  return [nextStep('Keep it in another folder of this computer:', ...again, '--runs', folder)];
}

function unsafe(why: string, next: NextStep[]): MailmendError {
  return new MailmendError('RUNS_PLACE_UNSAFE', 3, `${why} Nothing was changed.`, next);
}
