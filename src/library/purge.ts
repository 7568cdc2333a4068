/**
 * `undo --purge`: deletes what runs keep. Only for what is no longer needed: a run whose repair is still in force and
 * whose findings stayed fixed, or one that was taken back. Mail among it is said before it goes.
 */

import { allChecks } from '../checks/all-checks.ts';
import { isWaiting } from '../checks/check.ts';
import type { CheckId } from '../checks/finding.ts';
import { runChecks } from '../checks/run-checks.ts';
import { storedMessages } from '../migrate/stored-messages.ts';
import { rulesFor } from '../profile/path-rules.ts';
import { MailmendError, nextStep } from '../repair/error.ts';
import { isInside } from '../repair/inside.ts';
import { whileLocked } from '../repair/lock.ts';
import type { Plan } from '../repair/operation.ts';
import { type Run, readRuns } from '../repair/run.ts';
import { type KeptFile, previewPurge, purge } from '../repair/runs.ts';
import { nextCommand } from './command-line.ts';
import type { UndoDocument } from './documents/undo.ts';
import { gatherFacts } from './gather-facts.ts';
import { lockFor } from './locks.ts';
import { readableRuns } from './readable-runs.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { type RunsRequest, undoDocument } from './undo.ts';
import type { World } from './world.ts';

export interface PurgeRequest extends RunsRequest {
  /** Null: every run that is no longer needed. */
  run: string | null;
}

/**
 * What would be deleted, file by file; nothing is.
 * @throws MailmendError NO_SUCH_RUN, EARLIER_RUN_CUT_OFF, UNDO_CONFLICT (damaged), RUN_STILL_NEEDED (3).
 */
export function previewPurgeRun(
  world: World,
  selected: SelectedProfile,
  request: PurgeRequest,
): UndoDocument {
  const { ids, goes, needed } = choose(world, selected, request);
  return undoDocument(world, selected, request.runs, { toDelete: ids, goes, needed });
}

/** Under the profile's lock, so that no other mailmend works meanwhile. @throws as previewPurgeRun, PROFILE_IN_USE … */
export async function purgeRun(
  world: World,
  selected: SelectedProfile,
  request: PurgeRequest,
): Promise<UndoDocument> {
  const { path } = selected;
  const which = request.run === null ? ['--all'] : ['--run', request.run];
  const again = nextCommand(world, 'undo', path, '--purge', ...which, '--apply');
  const lock = lockFor(world, { profile: { path, device: '', inode: '' }, operations: [] }, again);
  const { ids, goes, needed } = await whileLocked(lock, async () => {
    const chosen = choose(world, selected, request);
    for (const id of chosen.ids) purge(world.fs, path, request.runs, id);
    return chosen;
  });
  return undoDocument(world, selected, request.runs, {
    purged: ids[0] ?? null,
    deleted: ids,
    toDelete: ids,
    goes,
    needed,
  });
}

interface Chosen extends Pick<UndoDocument, 'goes' | 'needed'> {
  ids: string[];
}

function choose(world: World, selected: SelectedProfile, { runs, run }: PurgeRequest): Chosen {
  return readableRuns(world, selected, runs, () => {
    const whyNeeded = judge(world, selected);
    if (run !== null) {
      const { run: found, files } = previewPurge(world.fs, selected.path, runs, run);
      const why = found === null ? null : whyNeeded(found);
      if (why !== null) throw stillNeeded(selected, run, why);
      return { ids: [run], goes: describe(world, run, files), needed: [] };
    }
    const chosen: Chosen = { ids: [], goes: [], needed: [] };
    for (const one of readRuns(world.fs, selected.path, runs)) {
      const why = isCutOff(one) ? 'it was cut off and must be taken back first' : whyNeeded(one);
      if (why !== null) chosen.needed.push({ run: one.id, why });
      else {
        chosen.ids.push(one.id);
        chosen.goes.push(
          ...describe(world, one.id, previewPurge(world.fs, selected.path, runs, one.id).files),
        );
      }
    }
    return chosen;
  });
}

const isCutOff = ({ state }: Run): boolean => state === 'open' || state === 'undoing';

/** The checks run once, however many runs there are. */
function judge(world: World, selected: SelectedProfile): (run: Run) => string | null {
  let looked: ReturnType<typeof runChecks> | null = null;
  return ({ state, opened: { plan } }) => {
    const promised = new Set(plan.operations.flatMap(({ finding }) => finding ?? []));
    if (state !== 'applied' || promised.size === 0) return null;
    looked ??= runChecks(allChecks, gatherFacts(world, selected));
    const back = looked.found.find(({ finding }) => promised.has(finding.id));
    if (back !== undefined) return `what it put right is there again: ${back.finding.title}`;
    const unseen = looked.skipped.find(({ check, reason }) => isWaiting(reason) || matters(plan, check));
    return unseen === undefined
      ? null
      : `it cannot be told whether all that it put right stayed so, since not every check could look (${unseen.check}: ${unseen.reason})`;
  };
}

/** A check that could not look says nothing about a repair of other files. */
function matters({ profile, operations }: Plan, check: CheckId): boolean {
  const cause = check.slice(0, check.indexOf('/'));
  const paths = operations.map(({ path }) => path);
  if (cause === 'passwords')
    return paths.some((path) => /(logins[^/\\]*\.json|key[34]\.db|cert[89]\.db|signons[^/\\]*)$/.test(path));
  return cause === 'profile' && paths.some((path) => !isInside(profile.path, path));
}

function stillNeeded({ path }: SelectedProfile, run: string, why: string): MailmendError {
  const message = `Run ${run} may still be needed: ${why}. Nothing was deleted.`;
  return new MailmendError('RUN_STILL_NEEDED', 3, message, [
    nextStep('See what is wrong now; mailmend only looks.', 'check', path),
    nextStep('Put it right again, and delete this run after that:', 'repair', path),
    nextStep('Or take that run back instead:', 'undo', path, '--run', run),
  ]);
}

function describe(world: World, run: string, files: readonly KeptFile[]): UndoDocument['goes'] {
  return files.map((file) => ({ run, ...file, messages: messagesIn(world, file) }));
}

const mboxStart = 'From ';

/** A mailbox begins with its first message; one message a file in the `cur` of a maildir. */
function messagesIn(world: World, { path, bytes }: KeptFile): number | null {
  const { basename, dirname } = rulesFor(world.platform);
  if (bytes === 0) return 0;
  try {
    if (basename(dirname(path)) === 'cur') return 1;
    const start = Buffer.from(world.fs.readFile(path, { limit: mboxStart.length })).toString('latin1');
    if (start !== mboxStart) return 0;
    let count = 0;
    for (const { expunged } of storedMessages(world.fs, { file: path, storage: 'mbox' }))
      if (!expunged) count++;
    return count;
  } catch {
    return null;
  }
}
