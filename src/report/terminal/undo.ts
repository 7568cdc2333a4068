/**
 * `mailmend undo`: the runs of a profile, the one that would be taken back, and what became of it.
 */

import type { Run, UndoDocument } from '../../library/documents/undo.ts';
import type { ReportContext } from './context.ts';
import { sentence } from './finding.ts';
import { createPage, type Page } from './page.ts';
import { inProfile } from './planned-change.ts';
import { addNext, addProfile, afterPlan, onlyNext } from './profile-lines.ts';
import { count, sizeInWords, timeInWords } from './words.ts';

const stateInWords: Record<Run['state'], string> = {
  done: 'can be taken back',
  'cut-off': 'was cut off; take it back before anything else is changed',
  undone: 'was taken back',
  purged: 'can no longer be taken back: what was kept for it is deleted',
  'rolled-back': 'did not succeed, and took itself back',
  damaged: 'mailmend cannot take it back; what is left of it stays in that folder',
};

export function runsReport(document: UndoDocument, context: ReportContext): string {
  const page = createPage(context);
  const { runs, profile } = document;
  addProfile(page, profile, context);
  if (runs.length === 0)
    page.paragraph('mailmend has changed nothing in this profile; there is nothing to take back.');
  else page.paragraph(`${count(runs.length, 'run')} of mailmend in this profile, the newest first.`);
  page.blank();
  for (const run of runs) addRun(page, run, profile.path, context);
  const last = runs.find(canBeUndone);
  if (last === undefined && runs.length > 0) page.paragraph('There is nothing to take back any more.');
  if (last === undefined)
    addNext(
      page,
      'Let mailmend look for what is wrong; it only looks.',
      context.command('check', profile.path),
    );
  else addNext(page, 'To take one of them back:', context.command('undo', profile.path, '--run', last.id));
  return page.text();
}

export const canBeUndone = ({ state }: Run): boolean => state === 'done' || state === 'cut-off';

/** Before the question. */
export function undoPlanReport(document: UndoDocument, id: string, context: ReportContext): string {
  const page = createPage(context);
  page.paragraph('mailmend would take back what it did in this run. Nothing has been changed yet.', {
    tone: 'heading',
  });
  page.blank();
  addProfile(page, document.profile, context);
  for (const run of document.runs) if (run.id === id) addRun(page, run, document.profile.path, context);
  page.paragraph('Only the changes of mailmend are taken back; what you or the program changed since stays.');
  return page.text();
}

export function purgePlanReport(document: UndoDocument, id: string, context: ReportContext): string {
  const page = createPage(context);
  page.paragraph(
    `mailmend would delete what it keeps for this run. The run can then no longer be taken back. The profile itself is not touched.`,
    { tone: 'heading' },
  );
  page.blank();
  addProfile(page, document.profile, context);
  for (const run of document.runs) if (run.id === id) addRun(page, run, document.profile.path, context);
  return page.text();
}

/** The answer was no, or nobody was there to say yes. @param options of the call that does it. */
export const undoNotDone =
  (options: readonly string[]) =>
  ({ profile }: UndoDocument, context: ReportContext): string =>
    onlyNext('Nothing was changed. To do it:', context.command('undo', profile.path, ...options), context);

export function undoDone(document: UndoDocument, context: ReportContext): string {
  const page = createPage(context);
  const { undone, purged, kept, profile } = document;
  if (undone !== null) {
    page.paragraph(`Run ${undone} was taken back.`, { tone: 'good' });
    if (kept.length === 0) page.paragraph('Everything that it had changed is as it was before.');
    else addKept(page, kept);
  }
  if (purged !== null) {
    page.paragraph(`What was kept for run ${purged} is deleted. The profile itself was not touched.`, {
      tone: 'good',
    });
  }
  addNext(page, 'See how things stand now; mailmend only looks.', context.command('check', profile.path));
  return afterPlan(page);
}

function addKept(page: Page, kept: UndoDocument['kept']): void {
  page.paragraph('Not put back, because it changed since:');
  for (const { path, why } of kept) {
    page.verbatim(path, { indent: 2 });
    page.paragraph(sentence(why), { indent: 4 });
  }
}

function addRun(page: Page, run: Run, profilePath: string, context: ReportContext): void {
  page.labelled(timeInWords(run.when, context), sentence(run.why), { indent: 2, labelTone: 'heading' });
  page.fields(
    [
      ['Run', run.id],
      ['State', stateInWords[run.state]],
      ['Keeps', sizeInWords(run.bytes)],
      ['Changed', changedPaths(run, profilePath, context)],
    ],
    { indent: 4 },
  );
  page.blank();
}

const shownPaths = 5;

function changedPaths({ paths, state }: Run, profilePath: string, { verbose }: ReportContext): string {
  if (state === 'damaged') return 'not known';
  if (paths.length === 0) return 'nothing';
  const more = verbose ? 0 : Math.max(0, paths.length - shownPaths);
  const shown = paths.slice(0, paths.length - more).map((at) => inProfile(at, profilePath));
  return shown.join(', ') + (more === 0 ? '' : `, and ${more} more (--verbose)`);
}
