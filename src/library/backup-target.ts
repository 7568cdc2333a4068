/**
 * The folder that a backup shall go to, and why not: every refusal comes before anything is written.
 */

import path from 'node:path';
import { megabytes } from '../checks/wording.ts';
import { onDisk } from '../repair/backup/layout.ts';
import type { Listing, Source } from '../repair/backup/source.ts';
import {
  isSameProfile,
  type ProfileIdentity,
  type TargetState,
  targetState,
} from '../repair/backup/target.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import { isInside } from '../repair/inside.ts';
import { codeOf } from '../repair/system-error.ts';
import type { World } from './world.ts';

export type UsableState = Extract<TargetState['kind'], 'absent' | 'empty' | 'unfinished'>;

export interface BackupTarget {
  /** Absolute, links resolved. */
  folder: string;
  state: UsableState;
}

/** How the call would be written with another folder. */
export type CommandFor = (folder: string) => string;

/** @throws MailmendError NO_SUCH_PATH, NOT_A_FOLDER, NOT_READABLE (2), TARGET_NOT_EMPTY (3). */
export function usableTarget(
  world: World,
  to: string,
  identity: ProfileIdentity,
  commandFor: CommandFor,
): BackupTarget {
  const given = path.resolve(to);
  const state = stateOf(world, given);
  const refuse = (why: string, free: string): MailmendError =>
    new MailmendError(
      'TARGET_NOT_EMPTY',
      exitCode.refused,
      `${given} is not empty. ${why}; mailmend overwrites nothing. Nothing was copied.`,
      [{ say: 'This name is free:', command: commandFor(free) }],
    );
  if (state.kind === 'occupied') throw refuse(`It holds "${state.by}"`, within(world, given));
  if (state.kind === 'finished') throw refuse('It holds a finished backup', beside(world, given));
  if (state.kind === 'unfinished' && !isSameProfile(state.of, identity))
    throw refuse(`It holds an unfinished backup of ${state.of.path}`, beside(world, given));
  const { fs } = world;
  const parent = path.dirname(given);
  const folder = fs.realPath(given) ?? path.join(fs.realPath(parent) ?? parent, path.basename(given));
  return { folder, state: state.kind };
}

function stateOf({ fs }: World, given: string): Exclude<TargetState, { kind: 'no-folder' }> {
  const parent = path.dirname(given);
  try {
    if (fs.stat(parent)?.kind !== 'folder') {
      const message = `There is no folder ${parent}, so nothing can be put into it. Is the disk attached?`;
      throw new MailmendError('NO_SUCH_PATH', exitCode.cannotAnswer, message);
    }
    const state = targetState(fs, given);
    if (state.kind !== 'no-folder') return state;
  } catch (error) {
    if (codeOf(error) === null || error instanceof MailmendError) throw error;
    const message = `${given} cannot be looked at: you may not have the rights to it.`;
    throw new MailmendError('NOT_READABLE', exitCode.cannotAnswer, message, [], error);
  }
  const message = `${given} is there already, and is no folder.`;
  throw new MailmendError('NOT_A_FOLDER', exitCode.cannotAnswer, message);
}

/** A copy of a folder into itself would never end. @throws MailmendError BAD_ARGUMENTS (2). */
export function refuseNested(world: World, folder: string, sources: readonly Source[]): void {
  for (const { from, why } of sources) {
    if (!liesIn(world, from, folder) && !isInside(folder, from)) continue;
    throw new MailmendError(
      'BAD_ARGUMENTS',
      exitCode.cannotAnswer,
      `The backup cannot lie in what it is to be a backup of, nor around it: ${from} (${why}). Name a folder elsewhere, best on another disk.`,
    );
  }
}

/** Also where letters differ: by the folders themselves. */
function liesIn({ fs }: World, folder: string, candidate: string): boolean {
  const of = fs.stat(folder);
  for (let at = candidate; ; at = path.dirname(at)) {
    const stat = fs.stat(at);
    const same = stat !== null && of !== null && stat.inode === of.inode && stat.device === of.device;
    if (at === folder || (same && stat.inode !== 0n)) return true;
    if (path.dirname(at) === at) return false;
  }
}

/** Bytes on the disk: files take whole blocks, and the manifest a line for each. */
export function bytesNeeded(world: World, { folder, state }: BackupTarget, listing: Listing): number {
  return listing.items.reduce((sum, { path: inBackup, stat }) => {
    if (stat.kind !== 'file') return sum + block;
    const there = state === 'unfinished' ? world.fs.lstat(onDisk(folder, inBackup)) : null;
    return sum + perEntry + (there?.size === stat.size ? 0 : Math.ceil(stat.size / block) * block);
  }, 0);
}

const block = 4096;
const perEntry = 512;

export interface Room {
  free: number | null;
  /** Of one file. */
  largest: number | null;
}

/** @throws MailmendError NO_SPACE (3). */
export function refuseTooLarge({ folder }: BackupTarget, listing: Listing, needed: number, room: Room): void {
  if (room.free !== null && room.free < needed) {
    throw new MailmendError(
      'NO_SPACE',
      exitCode.refused,
      `There is not enough room: the backup needs ${megabytes(needed)}, and ${megabytes(room.free)} are free on the disk of ${folder}. Nothing was copied.`,
      [{ say: 'Name a folder on a disk with more room, or make room on this one.', command: null }],
    );
  }
  const { largest } = room;
  const large = largest === null ? undefined : listing.items.find(({ stat }) => stat.size > largest);
  if (large === undefined) return;
  throw new MailmendError(
    'NO_SPACE',
    exitCode.refused,
    `${large.from} has ${megabytes(large.stat.size)}, and the disk of ${folder} (FAT) holds no file of more than 4 GB. Nothing was copied.`,
    [{ say: 'Use another disk, or format this one as exFAT.', command: null }],
  );
}

const today = ({ now }: World): string => now().toISOString().slice(0, 10);

const beside = (world: World, given: string): string => freeName(world, `${given}-${today(world)}`);

const within = (world: World, given: string): string =>
  freeName(world, path.join(given, `mail-backup-${today(world)}`));

function freeName({ fs }: World, wanted: string): string {
  let name = wanted;
  for (let number = 2; fs.lstat(name) !== null; number++) name = `${wanted}-${number}`;
  return name;
}
