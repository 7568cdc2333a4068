/**
 * Takes a diagnostic profile away again: out of profiles.ini, the default and the question at the start as they were, the
 * folder moved aside. Refused while it holds mail that may be nowhere else.
 */

import type { Profile } from '../profile/profile.ts';
import type { Registry } from '../profile/registry.ts';
import { MailmendError, type NextStep } from '../repair/error.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { Operation } from '../repair/operation.ts';
import type { FoundDiagnostic } from './find-diagnostics.ts';
import { mailOnlyHere } from './only-here.ts';
import { askAsBefore, unlistProfile } from './registry-entry.ts';

export interface RemovalRequest {
  registry: Registry;
  diagnostic: FoundDiagnostic;
  /** What is in it. */
  content: Profile;
  /** Another diagnostic profile stays: the program goes on asking at its start. */
  others: boolean;
  /** What to do about mail in it. */
  next: NextStep[];
}

/** @throws MailmendError HOLDS_MAIL (3): mail in it that no server keeps, as far as the files tell. */
export function planRemoval(fs: ReadableFileSystem, request: RemovalRequest): Operation[] {
  const { registry, diagnostic, content, others, next } = request;
  const { entry, mark, path } = diagnostic;
  refuseWithMail(fs, content, next);
  const operations: Operation[] = [
    {
      op: 'edit-ini',
      path: registry.file,
      changes: entry === null ? [] : unlistProfile(registry, entry, mark),
      why: 'the diagnostic profile is no longer listed',
    },
    {
      op: 'edit-ini',
      path: registry.file,
      changes: others ? [] : askAsBefore(registry, mark),
      why: 'the question at the start is as it was before',
    },
    { op: 'move-aside', path, why: 'the diagnostic profile; it is kept, nothing is deleted' },
  ];
  return operations.filter((operation) => !('changes' in operation) || operation.changes.length > 0);
}

function refuseWithMail(fs: ReadableFileSystem, profile: Profile, next: NextStep[]): void {
  const found = mailOnlyHere(fs, profile);
  if (found.length === 0) return;
  const list = found.map(({ folder, messages }) =>
    messages === null
      ? `"${folder}" (cannot be read)`
      : `"${folder}" (${messages} ${messages === 1 ? 'message' : 'messages'})`,
  );
  throw new MailmendError(
    'HOLDS_MAIL',
    3,
    `The diagnostic profile holds mail that may be nowhere else: ${list.join(', ')}. Nothing was changed.`,
    next,
  );
}
