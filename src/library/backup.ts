/**
 * `backup`: a copy of the whole profile, and of what belongs to it elsewhere, with every byte compared.
 */

import { symlinkSync } from 'node:fs';
import path from 'node:path';
import type { CopyTools } from '../repair/backup/copy.ts';
import { type BackupRequest, makeBackup as make, type Progress } from '../repair/backup/make.ts';
import { bytesOf } from '../repair/backup/source.ts';
import { exitCode, MailmendError, type NextStep } from '../repair/error.ts';
import { causeInWords, codeOf } from '../repair/system-error.ts';
import { largestFile, syncService } from '../system/disk-limits.ts';
import { lockState } from '../system/lock-state.ts';
import { freeBytes } from '../system/machine.ts';
import { pageCache } from '../system/page-cache.ts';
import { lockForReading } from '../system/reading-lock.ts';
import { backupSources } from './backup-sources.ts';
import {
  bytesNeeded,
  type CommandFor,
  type Room,
  refuseNested,
  refuseTooLarge,
  usableTarget,
} from './backup-target.ts';
import type { BackupDocument } from './documents/backup.ts';
import type { ProfileHeader } from './documents/profile-header.ts';
import { readSelected } from './gather-facts.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface BackupCall {
  to: string;
  /** The same call with another folder. */
  commandFor: CommandFor;
  /** Version of mailmend, for the manifest. */
  by: string;
  /** Of the disk that holds this folder; without it the system is asked. */
  room?: (folder: string) => Room;
}

/** What will be copied, for people. */
export interface BackupSummary {
  profile: ProfileHeader;
  folder: string;
  continued: boolean;
  files: number;
  bytes: number;
  /** On the disk of the backup; null when it does not tell. */
  free: number | null;
  /** Where more than the profile belongs to it. */
  outside: { from: string; why: string }[];
  leftOut: { what: string; reason: string }[];
  notes: string[];
}

/** Nothing is written yet. */
export interface PreparedBackup {
  summary: BackupSummary;
  request: BackupRequest;
  /** The same call once more. */
  command: string;
}

/**
 * @throws MailmendError PROFILE_IN_USE, TARGET_NOT_EMPTY, NO_SPACE (3), NO_SUCH_PATH, NOT_A_FOLDER, BAD_ARGUMENTS (2).
 * All of them before anything is written.
 */
export async function prepareBackup(
  world: World,
  selected: SelectedProfile,
  { to, commandFor, by, room = roomOf }: BackupCall,
): Promise<PreparedBackup> {
  const command = commandFor(path.resolve(to));
  const lock = lockForReading({ ...world, profilePath: selected.path, command });
  lock.release();
  const identity = identityOf(world, selected);
  const target = usableTarget(world, to, identity, commandFor);
  const profile = readSelected(world, selected);
  const { sources, listing, leftOut } = await backupSources(world, selected, profile);
  refuseNested(world, target.folder, sources);
  const { free, largest } = room(target.state === 'absent' ? path.dirname(target.folder) : target.folder);
  refuseTooLarge(target, listing, bytesNeeded(world, target, listing), { free, largest });
  const state = lockState(world.fs, world.locks, selected.path, world.platform);
  const { name, program, version } = profile;
  const head = { by, profile: { path: profile.path, name, program, version } };
  return {
    summary: {
      profile: profileHeader(world, profile, state),
      folder: target.folder,
      continued: target.state === 'unfinished',
      files: listing.items.filter(({ stat }) => stat.kind === 'file').length,
      bytes: bytesOf(listing),
      free,
      outside: sources
        .filter(({ into }) => into.startsWith('outside/'))
        .map(({ from, why }) => ({ from, why })),
      leftOut: [...leftOut, ...listing.leftOut],
      notes: [...synced(target.folder), ...(lock.known ? [] : [lockNotKnown])],
    },
    request: { ...target, identity, sources, listing, leftOut, head },
    command,
  };
}

const lockNotKnown = 'Whether the mail program is open could not be asked. Make sure that it is not.';

/**
 * @throws MailmendError PROFILE_IN_USE (3), INTERRUPTED (130), WRITE_FAILED (4): what was copied stays, and the same call
 * goes on with it.
 */
export async function makeBackup(
  world: World,
  prepared: PreparedBackup,
  { signal, onProgress }: { signal: AbortSignal; onProgress?: (progress: Progress) => void },
): Promise<BackupDocument> {
  const { summary, request, command } = prepared;
  const { profile, folder, continued } = summary;
  const { fs, now } = world;
  const lock = lockForReading({ ...world, profilePath: profile.path, command });
  try {
    const made = await make(fs, copyTools(), request, {
      now,
      signal,
      beforeFinish: () => lock.stillFree(),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    const { head, files, folders, links, bytes, keptBytes } = made;
    return {
      schema: 'mailmend/backup@1',
      complete: head.leftOut.length === 0,
      profile,
      folder,
      continued,
      files,
      folders,
      links,
      bytes,
      keptBytes,
      parts: head.sources,
      leftOut: head.leftOut,
      notCopied: head.notCopied,
      notKept: head.notKept,
      setAside: made.setAside,
      notes: [...summary.notes, ...openToOthers(head.notKept)],
    };
  } catch (error) {
    throw notFinished(error, folder, command);
  } finally {
    lock.release();
  }
}

function copyTools(): CopyTools {
  const forget = pageCache();
  return { symlink: (target, at) => symlinkSync(target, at), forgetCached: (file) => void forget(file) };
}

const roomOf = (folder: string): Room => ({ free: freeBytes(folder), largest: largestFile(folder) });

function identityOf({ fs }: World, { path }: SelectedProfile): BackupRequest['identity'] {
  const stat = fs.stat(path);
  return {
    path: fs.realPath(path) ?? path,
    device: String(stat?.device ?? 0),
    inode: String(stat?.inode ?? 0),
  };
}

function synced(folder: string): string[] {
  const service = syncService(folder);
  if (service === null) return [];
  return [
    `This folder seems to be copied to other computers by ${service}: your mail and your saved passwords would go there too.`,
  ];
}

function openToOthers(notKept: readonly string[]): string[] {
  if (!notKept.includes('permissions')) return [];
  return [
    'Whoever gets at this disk can read the mail and the saved passwords in the backup: it keeps no permissions.',
  ];
}

function notFinished(error: unknown, folder: string, command: string): unknown {
  const goOn: NextStep = { say: 'To go on where it stopped:', command };
  const stays = `The backup in ${folder} is not finished; your profile was only read.`;
  if (error instanceof MailmendError && error.code === 'INTERRUPTED')
    return new MailmendError('INTERRUPTED', exitCode.interrupted, `Interrupted. ${stays}`, [goOn], error);
  if (error instanceof MailmendError || codeOf(error) === null) return error;
  const message = `The backup could not be written: ${causeInWords(error)}. ${stays}`;
  return new MailmendError('WRITE_FAILED', exitCode.rolledBack, message, [goOn], error);
}
