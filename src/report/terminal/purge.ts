/**
 * `mailmend undo --purge`: every file that would be deleted, with mail said first, and what became of it.
 */

import type { UndoDocument } from '../../library/documents/undo.ts';
import type { ReportContext } from './context.ts';
import { sentence } from './finding.ts';
import { createPage, type Page } from './page.ts';
import { addNext, addProfile, afterPlan, onlyNext } from './profile-lines.ts';
import { addRun } from './undo.ts';
import { count, sizeInWords } from './words.ts';

export function purgePlanReport(document: UndoDocument, context: ReportContext): string {
  const page = createPage(context);
  const { toDelete, runs, profile } = document;
  const which = toDelete.length === 1 ? 'this run' : 'these runs';
  if (toDelete.length > 0)
    page.paragraph(
      `mailmend would delete what it keeps for ${which}, for good. It can then no longer be taken back. The profile itself is not touched.`,
      { tone: 'heading' },
    );
  page.blank();
  addProfile(page, profile, context);
  for (const run of runs) if (toDelete.includes(run.id)) addRun(page, run, profile.path, context);
  if (toDelete.length > 0) addFiles(page, document);
  addMail(page, document);
  addNeeded(page, document);
  return page.text();
}

/** All of them, however many: nobody should delete what they have not seen. */
function addFiles(page: Page, { goes }: UndoDocument): void {
  if (goes.length === 0) {
    page.paragraph('Nothing of the owner’s is kept there; only the record of the run goes.');
    return;
  }
  page.verbatim('What goes:', { tone: 'heading' });
  for (const { bytes, what } of goes)
    page.verbatim(`${sizeInWords(bytes).padStart(9)}  ${what}`, { indent: 2 });
  const total = goes.reduce((sum, { bytes }) => sum + bytes, 0);
  page.verbatim(`${sizeInWords(total).padStart(9)}  in ${count(goes.length, 'file')}`, { indent: 2 });
  page.blank();
}

function addMail(page: Page, { goes }: UndoDocument): void {
  const mail = goes.filter(({ messages }) => messages !== 0);
  if (mail.length === 0) return;
  page.paragraph('There is mail among it. It will be gone from this computer for good:', { tone: 'bad' });
  for (const { messages, what } of mail) {
    const number = messages === null ? 'perhaps mail (it cannot be read)' : count(messages, 'message');
    page.labelled(`${number}:`, what, { indent: 2 });
  }
  page.blank();
}

function addNeeded(page: Page, { needed }: UndoDocument): void {
  if (needed.length === 0) return;
  page.verbatim('Not deleted, since it may still be needed:', { tone: 'heading' });
  for (const { run, why } of needed) page.labelled(`${run}:`, sentence(why), { indent: 2 });
  page.blank();
}

/** @param which id of a run, or `--all`; null when there is nothing to delete. */
export const purgeNotDone =
  (which: string | null) =>
  ({ profile }: UndoDocument, context: ReportContext): string => {
    if (which === null) {
      const say = 'Nothing was deleted; there is nothing to delete. The runs are listed by:';
      return onlyNext(say, context.command('undo', profile.path, '--list'), context);
    }
    const chosen = which === '--all' ? [which] : ['--run', which];
    const command = context.command('undo', profile.path, '--purge', ...chosen, '--apply');
    return onlyNext('Nothing was deleted. To do it:', command, context);
  };

export function purgeDone(document: UndoDocument, context: ReportContext): string {
  const page = createPage(context);
  const { deleted, goes, profile } = document;
  const total = sizeInWords(goes.reduce((sum, { bytes }) => sum + bytes, 0));
  const files = `${count(goes.length, 'file')}, ${total}`;
  const which = deleted.length === 1 ? `run ${deleted[0]}` : count(deleted.length, 'run');
  page.paragraph(`What was kept for ${which} is deleted: ${files}. The profile itself was not touched.`, {
    tone: 'good',
  });
  addNeeded(page, document);
  addNext(page, 'What else can be taken back:', context.command('undo', profile.path, '--list'));
  return afterPlan(page);
}
