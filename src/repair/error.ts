/**
 * The errors that mailmend throws on purpose: coded, in plain words, with what to do next.
 * Belongs here: the one class that every layer may throw and that the command line turns into an exit code.
 * Damage in a profile is not an error but a finding (design.md 6.11); parsers never throw.
 */

/** Exit codes of design.md 3. */
export const exitCode = {
  done: 0,
  problemsFound: 1,
  cannotAnswer: 2,
  refused: 3,
  rolledBack: 4,
  earlierRunCutOff: 5,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What the person can do next: a sentence, and the command for it where there is one. */
export interface NextStep {
  say: string;
  command: string | null;
  /** The words of `command` behind `mailmend`, for those who know the shell and what else was given (`--root`, `--runs`). */
  words?: readonly string[];
}

/** A step by a command of mailmend. @param words behind `mailmend`, nothing quoted yet. */
export function nextStep(say: string, ...words: string[]): NextStep {
  return { say, command: ['mailmend', ...words].join(' '), words };
}

export type ErrorCode =
  | 'BAD_ARGUMENTS'
  | 'NO_SUCH_PATH'
  | 'NOT_A_FOLDER'
  | 'NOT_A_PROFILE'
  | 'NOT_A_BACKUP'
  | 'NO_PROFILE_FOUND'
  | 'SEVERAL_PROFILES'
  | 'NOT_READABLE'
  | 'TOO_LARGE'
  | 'PROFILE_IN_USE'
  | 'LOCK_UNAVAILABLE'
  | 'PLAN_OUT_OF_DATE'
  | 'PLAN_INVALID'
  | 'TARGET_NOT_EMPTY'
  | 'NO_SPACE'
  | 'NO_ROOT'
  | 'HOLDS_MAIL'
  | 'RUN_IN_PROGRESS'
  | 'RUN_STILL_NEEDED'
  | 'RUNS_PLACE_UNSAFE'
  | 'NO_SUCH_RUN'
  | 'UNDO_CONFLICT'
  | 'WRITE_FAILED'
  | 'EARLIER_RUN_CUT_OFF'
  | 'NO_SUCH_CHECK'
  | 'INTERRUPTED'
  | 'PASSWORD_NEEDED'
  | 'WRONG_PASSWORD'
  | 'KEY_STORE_UNUSABLE';

/** @throws nothing itself; `message` is one line that a frightened person can read. */
export class MailmendError extends Error {
  readonly code: ErrorCode;
  readonly exit: ExitCode;
  readonly next: NextStep[];

  constructor(code: ErrorCode, exit: ExitCode, message: string, next: NextStep[] = [], cause?: unknown) {
    super(message, { cause });
    this.name = 'MailmendError';
    this.code = code;
    this.exit = exit;
    this.next = next;
  }
}
