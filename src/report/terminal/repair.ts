/**
 * `mailmend repair`: the plan grouped by finding with what changes line by line, and after a yes what became of it.
 */

import type { Finding } from '../../checks/finding.ts';
import type { RepairDocument } from '../../library/documents/repair.ts';
import type { ReportContext } from './context.ts';
import { addFindingHeading, sentence } from './finding.ts';
import { addLeftOut } from './inspect.ts';
import { createPage, type Page } from './page.ts';
import { addKeeping, addNeeds, addOperation, addOutcome, totals } from './planned-change.ts';
import { addNext, addProfile, afterPlan, onlyNext } from './profile-lines.ts';
import { programName, riskInWords } from './words.ts';

/** Before the question, or instead of a change. */
export function repairPlanReport(document: RepairDocument, context: ReportContext): string {
  const page = createPage(context);
  const { operations } = document.plan;
  page.paragraph(
    operations.length === 0
      ? `There is nothing to repair${document.notPlanned.length === 0 ? '' : ' that mailmend would do by itself'}. Nothing was changed.`
      : 'This is what mailmend would change. Nothing has been changed yet.',
    { tone: 'heading' },
  );
  page.blank();
  addProfile(page, document.profile, context);
  if (!context.quiet) for (const finding of document.findings) addGroup(page, finding, document, context);
  addUngrouped(page, document);
  addNotPlanned(page, document, context);
  addLeftOut(page, document.leftOut);
  if (operations.length > 0) {
    page.paragraph(`${totals(document.plan, false)}.`, { tone: 'heading' });
    addKeeping(page, document.notKept);
    addNeeds(page, document.needs, context);
  }
  return page.text();
}

type Report = (document: RepairDocument, context: ReportContext) => string;

/**
 * Nothing was written: nobody was there to say yes, or the answer was no.
 * @param again the words of the call that writes; null when there is nothing to write.
 */
export const repairNotDone =
  (again: readonly string[] | null): Report =>
  (document, context) =>
    again === null
      ? onlyNext(
          'See everything that was found:',
          context.command('check', document.profile.path, '--verbose'),
          context,
        )
      : onlyNext('Nothing was changed. To carry this plan out:', context.command(...again), context);

/** The program has the profile open, so mailmend does not even ask. */
export const repairHeld =
  (again: readonly string[]): Report =>
  ({ profile }, context) =>
    onlyNext(
      `Nothing was changed: mailmend does not write while ${programName(profile.program)} has the profile open. Quit it, then:`,
      context.command(...again),
      context,
    );

export const repairSaved =
  (file: string): Report =>
  (_document, context) =>
    onlyNext(
      `The plan is saved in ${file}. Nothing was changed. To carry it out:`,
      context.command('apply', file),
      context,
    );

export function repairDone(document: RepairDocument, context: ReportContext): string {
  const page = createPage(context);
  addOutcome(page, document, context);
  addNext(
    page,
    'If anything is not as you want it, take this back:',
    context.command('undo', document.profile.path),
  );
  return afterPlan(page);
}

function addGroup(
  page: Page,
  finding: Finding,
  { plan, profile }: RepairDocument,
  context: ReportContext,
): void {
  const own = plan.operations.filter((operation) => operation.finding === finding.id);
  addFindingHeading(page, finding, context);
  const { repair } = finding;
  if (repair !== undefined)
    page.paragraph(`${sentence(repair.title)} ${riskInWords(repair.risk)}`, { indent: 2 });
  for (const operation of own) addOperation(page, operation, profile.path);
  if (context.verbose) page.labelled('Id', `${finding.id}  ${finding.check}`, { indent: 2 });
  page.blank();
}

/** Operations that serve several findings at once, or one that is not listed. */
function addUngrouped(page: Page, { plan, findings, profile }: RepairDocument): void {
  const listed = new Set(findings.map(({ id }) => id));
  const others = plan.operations.filter(({ finding }) => finding === undefined || !listed.has(finding));
  if (others.length === 0) return;
  page.verbatim('Besides', { tone: 'heading' });
  for (const operation of others) addOperation(page, operation, profile.path);
  page.blank();
}

function addNotPlanned(page: Page, { notPlanned }: RepairDocument, context: ReportContext): void {
  if (notPlanned.length === 0) return;
  page.verbatim('Not in this plan', { tone: 'heading' });
  for (const finding of notPlanned) {
    addFindingHeading(page, finding, context);
    for (const part of finding.why.split('\n')) page.paragraph(sentence(part), { indent: 4 });
    if (finding.command !== null) page.command(finding.command, 4);
  }
  page.blank();
}
