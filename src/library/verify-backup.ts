/**
 * `backup --verify`: a backup read again from the first byte to the last.
 */

import path from 'node:path';
import type { Progress } from '../repair/backup/make.ts';
import { type VerifiedBackup, verifyBackup as verify } from '../repair/backup/verify.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import { causeInWords, codeOf } from '../repair/system-error.ts';
import { pageCache } from '../system/page-cache.ts';
import type { BackupVerifyDocument } from './documents/backup.ts';
import type { World } from './world.ts';

/** @throws MailmendError NO_SUCH_PATH, NOT_A_FOLDER, NOT_A_BACKUP, NOT_READABLE (2), INTERRUPTED (130). */
export async function verifyBackup(
  world: World,
  given: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress?: (progress: Progress) => void },
): Promise<BackupVerifyDocument> {
  const { fs } = world;
  const folder = path.resolve(given);
  const stat = fs.stat(folder);
  if (stat === null)
    throw cannotAnswer('NO_SUCH_PATH', `There is nothing at ${folder}. Is the disk attached?`);
  if (stat.kind !== 'folder') throw cannotAnswer('NOT_A_FOLDER', `${folder} is no folder.`);
  const forget = pageCache();
  let verified: VerifiedBackup;
  try {
    verified = await verify(fs, folder, {
      signal,
      forgetCached: (file) => void forget(file),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  } catch (error) {
    if (codeOf(error) === null || error instanceof MailmendError) throw error;
    throw cannotAnswer('NOT_READABLE', `${folder} cannot be read: ${causeInWords(error)}.`);
  }
  const { state, head, files, bytes, problems } = verified;
  if (state === 'no-backup')
    throw cannotAnswer(
      'NOT_A_BACKUP',
      `${folder} is no backup of mailmend: there is no manifest.jsonl in it.`,
    );
  const leftOut = head?.leftOut ?? [];
  return {
    schema: 'mailmend/backup-verify@1',
    complete: state === 'finished' && head !== null && leftOut.length === 0,
    folder,
    state: state === 'unfinished' ? state : problems.length === 0 ? 'intact' : 'damaged',
    made: head?.made ?? null,
    of: head?.profile ?? null,
    files,
    bytes,
    problems,
    leftOut,
  };
}

const cannotAnswer = (
  code: 'NO_SUCH_PATH' | 'NOT_A_FOLDER' | 'NOT_A_BACKUP' | 'NOT_READABLE',
  message: string,
): MailmendError => new MailmendError(code, exitCode.cannotAnswer, message);
