/**
 * `mailmend undo`: the runs of a profile, the one that would be taken back, and what became of it.
 */

import type { Run, UndoDocument } from '../../library/documents/undo.ts';
import { addConflict } from './conflict.ts';
import type { ReportContext } from './context.ts';
import { sentence } from './finding.ts';
import { createPage, type Page } from './page.ts';
import { inProfile } from './planned-change.ts';
import { addNext, addProfile, afterPlan, onlyNext } from './profile-lines.ts';
import { count, sizeInWords, timeInWords } from './words.ts';

const stateInWords: Record<Run['state'], string> = {
  done: 'is in force, and can be taken back',
  'cut-off': 'was cut off in the middle; take it back before anything else is changed',
  undone: 'was taken back',
  purged: 'can no longer be taken back: what was kept for it is deleted, or half deleted',
  'rolled-back': 'did not succeed, and took itself back; nothing of it is left',
  damaged: 'mailmend cannot take it back; what is left of it stays in that folder',
  elsewhere: 'is not of this profile; it is left alone here',
};

/** More are not read by anybody; `--verbose` shows them. */
const shownRuns = 10;

export function runsReport(document: UndoDocument, context: ReportContext): string {
  const page = createPage(context);
  const { runs, profile, leftBehind } = document;
  addProfile(page, profile, context);
  if (runs.length === 0) page.paragraph(nothingHere(leftBehind));
  else page.paragraph(`${count(runs.length, 'run')} of mailmend in this profile, the newest first.`);
  page.blank();
  const more = context.verbose ? 0 : Math.max(0, runs.length - shownRuns);
  for (const run of runs.slice(0, runs.length - more)) addRun(page, run, profile.path, context);
  if (more > 0) page.paragraph(`${count(more, 'older run')} more; --verbose shows them.`);
  addWhatNext(page, document, context);
  return page.text();
}

const nothingHere = ([folder]: readonly string[]): string =>
  folder === undefined
    ? 'mailmend has changed nothing in this profile; there is nothing to take back.'
    : `No run lies beside this profile: its runs are in ${folder}.`;

function addWhatNext(page: Page, { runs, profile, leftBehind }: UndoDocument, context: ReportContext): void {
  const last = runs.find(canBeUndone);
  const [folder] = leftBehind;
  if (last !== undefined) {
    const say =
      last.state === 'cut-off' ? 'Take back the one that was cut off:' : 'To take one of them back:';
    addNext(page, say, context.command('undo', profile.path, '--run', last.id));
  } else if (folder !== undefined) {
    addNext(page, 'To take the last of them back:', context.command('undo', profile.path, '--runs', folder));
  } else {
    if (runs.length > 0) page.paragraph('There is nothing to take back any more.');
    const say = 'Let mailmend look for what is wrong; it only looks.';
    addNext(page, say, context.command('check', profile.path));
  }
}

export const canBeUndone = ({ state }: Run): boolean => state === 'done' || state === 'cut-off';

/** Before the questions. */
export function undoPlanReport(document: UndoDocument, id: string, context: ReportContext): string {
  const page = createPage(context);
  const { runs, profile, conflicts, kept } = document;
  page.paragraph('mailmend would take back what it did in this run. Nothing has been changed yet.', {
    tone: 'heading',
  });
  page.blank();
  addProfile(page, profile, context);
  for (const run of runs) if (run.id === id) addRun(page, run, profile.path, context);
  page.paragraph('Only the changes of mailmend are taken back; what you or the program changed since stays.');
  if (conflicts.length > 0) {
    page.blank();
    page.paragraph('Changed by the repair, and changed again since, so somebody must say what it shall be:');
    for (const conflict of conflicts) addConflict(page, conflict);
  }
  if (kept.length > 0) {
    page.blank();
    addKept(page, 'Will not be put back over what is there now:', kept);
  }
  return page.text();
}

/** The answer was no, or nobody was there to say yes. @param choices options of the calls that do it, one or several. */
export const undoNotDone =
  (choices: readonly (readonly string[])[]) =>
  ({ profile }: UndoDocument, context: ReportContext): string => {
    const commands = choices.map((options) => context.command('undo', profile.path, ...options));
    const [first = '', second] = commands;
    if (second === undefined) return onlyNext('Nothing was changed. To do it:', first, context);
    const page = createPage(context);
    addNext(page, 'Nothing was changed. To do it, and leave what was changed again as it is now:', first);
    page.paragraph('Or to put back what was there before the repair:');
    page.command(second);
    return afterPlan(page);
  };

export function undoDone(document: UndoDocument, context: ReportContext): string {
  const page = createPage(context);
  const { undone, kept, profile } = document;
  page.paragraph(`Run ${undone} was taken back.`, { tone: 'good' });
  if (kept.length === 0) page.paragraph('What it had changed is as it was before.');
  else addKept(page, 'Not put back over what is there now:', kept);
  addNext(page, 'See how things stand now; mailmend only looks.', context.command('check', profile.path));
  return afterPlan(page);
}

function addKept(page: Page, heading: string, kept: UndoDocument['kept']): void {
  page.paragraph(heading);
  for (const { path, why } of kept) {
    page.verbatim(path, { indent: 2 });
    page.paragraph(sentence(why), { indent: 4 });
  }
}

export function addRun(page: Page, run: Run, profilePath: string, context: ReportContext): void {
  page.labelled(timeInWords(run.when, context), sentence(run.why), { indent: 2, labelTone: 'heading' });
  page.fields(
    [
      ['Run', run.id],
      ['State', stateOf(run)],
      ['Keeps', sizeInWords(run.bytes)],
      ['Changed', changedPaths(run, profilePath, context)],
    ],
    { indent: 4 },
  );
  page.blank();
}

function stateOf({ state, madeAt }: Run): string {
  const where = state === 'elsewhere' && madeAt !== null ? ` (it was made at ${madeAt})` : '';
  return stateInWords[state] + where;
}

const shownPaths = 5;

function changedPaths({ paths, state }: Run, profilePath: string, { verbose }: ReportContext): string {
  if (state === 'damaged' || state === 'elsewhere') return 'not known';
  if (paths.length === 0) return 'nothing';
  const more = verbose ? 0 : Math.max(0, paths.length - shownPaths);
  const shown = paths.slice(0, paths.length - more).map((at) => inProfile(at, profilePath));
  return shown.join(', ') + (more === 0 ? '' : `, and ${more} more (--verbose)`);
}
