/**
 * The words for a profile that mailmend may not write to because its lock is not to be had: who has it, how to quit
 * that program, and to run the same command again. All of them leave with exit 3; nothing was changed.
 */

import { exitCode, MailmendError, type NextStep } from '../repair/error.ts';
import type { LockState } from './lock-state.ts';
import type { Proc } from './proc.ts';
import { whoHolds } from './processes.ts';

export function profileInUse(
  { pid }: LockState,
  { platform, proc, command }: { platform: NodeJS.Platform; proc: Proc; command: string | undefined },
): MailmendError {
  // On Linux a lock without a process is one of an open file, which mailmend takes and no mail program does.
  const mailmend = pid === process.pid || (pid === null && platform === 'linux');
  const name = mailmend || pid === null ? null : (whoHolds(pid, proc)?.name ?? null);
  const who = mailmend ? 'Another program, perhaps mailmend itself,' : (name ?? 'A mail program');
  const number = pid === null ? '' : ` (process ${pid})`;
  const quit = mailmend
    ? 'Wait until it has finished.'
    : `Quit ${name ?? 'Thunderbird or Postbox'}${howToQuit(platform)} and wait until its windows are gone.`;
  return new MailmendError(
    'PROFILE_IN_USE',
    exitCode.refused,
    `${who}${number} has this profile open. Nothing was changed.`,
    [{ say: quit, command: null }, again(command)],
  );
}

function howToQuit(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return ' (Cmd+Q; closing its windows is not enough)';
  return platform === 'win32' ? ' (menu, Exit)' : ' (menu, Quit; or Ctrl+Q)';
}

/** @param why half a sentence. */
export function cannotLock(why: string, command: string | undefined, cause?: unknown): MailmendError {
  return new MailmendError(
    'LOCK_UNAVAILABLE',
    exitCode.refused,
    `The profile cannot be locked against its mail program (${why}). Nothing was changed.`,
    [
      {
        say: 'Make sure that you may write to the profile folder and that its disk is there.',
        command: null,
      },
      again(command),
    ],
    cause,
  );
}

export function withoutKoffi(): MailmendError {
  return new MailmendError(
    'LOCK_UNAVAILABLE',
    exitCode.refused,
    'The profile cannot be locked against its mail program: koffi, the part of mailmend that does it, does not load here. Nothing was changed.',
    [
      {
        say: 'Install mailmend again without leaving out optional packages.',
        command: 'npm install --include=optional',
      },
    ],
  );
}

const again = (command: string | undefined): NextStep => ({
  say: 'Then run the same command again.',
  command: command ?? null,
});
