/**
 * `mailmend apply`: a saved plan before the question, and after it was carried out.
 */

import type { ApplyDocument } from '../../library/documents/apply.ts';
import type { ReportContext } from './context.ts';
import { createPage } from './page.ts';
import { addKeeping, addNeeds, addOperation, addOutcome, totals } from './planned-change.ts';
import { addNext, addProfile, afterPlan, onlyNext } from './profile-lines.ts';

export function applyPlanReport(document: ApplyDocument, context: ReportContext): string {
  const page = createPage(context);
  const { plan, profile } = document;
  page.paragraph(`The saved plan ${plan.id} would change this. Nothing has been changed yet.`, {
    tone: 'heading',
  });
  page.blank();
  addProfile(page, profile, context);
  if (!context.quiet) for (const operation of plan.operations) addOperation(page, operation, profile.path);
  page.blank();
  page.paragraph(`${totals(plan, false)}.`, { tone: 'heading' });
  addKeeping(page, document.notKept);
  addNeeds(page, document.needs, context);
  return page.text();
}

/** @param file the saved plan. */
export const applyNotDone =
  (file: string) =>
  (_document: ApplyDocument, context: ReportContext): string =>
    onlyNext(
      'Nothing was changed. To carry this plan out:',
      context.command('apply', file, '--apply'),
      context,
    );

export function applyDone(document: ApplyDocument, context: ReportContext): string {
  const page = createPage(context);
  addOutcome(page, document, context);
  addNext(
    page,
    'If anything is not as you want it, take this back:',
    context.command('undo', document.profile.path),
  );
  return afterPlan(page);
}
