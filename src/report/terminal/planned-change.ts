/**
 * What a plan changes, line by line, and what it comes to: shared by repair, apply and diagnostic-profile.
 */

import path from 'node:path';
import type { PlanDescription, PlannedOperation, Verified } from '../../library/documents/planned-change.ts';
import type { ReportContext, Tone } from './context.ts';
import { addFindingHeading, sentence } from './finding.ts';
import type { Page } from './page.ts';
import { count } from './words.ts';

export function addOperation(page: Page, operation: PlannedOperation, profilePath: string): void {
  page.paragraph(`${doing(operation, profilePath)}: ${sentence(operation.why)}`, { indent: 4 });
  for (const line of operation.lines) page.verbatim(line, { indent: 6, tone: toneOf(line) });
}

function toneOf(line: string): Tone {
  return line.startsWith('- ') ? 'bad' : line.startsWith('+ ') ? 'good' : 'dim';
}

function doing({ op, path: at, from }: PlannedOperation, profilePath: string): string {
  const shown = inProfile(at, profilePath);
  switch (op) {
    case 'edit-prefs':
    case 'edit-ini':
      return `Change lines of ${shown}`;
    case 'edit-rows':
      return `Take out of ${shown}`;
    case 'write':
      return `Write ${shown}`;
    case 'copy':
      return `Copy ${inProfile(from ?? '', profilePath)} to ${shown}`;
    case 'move':
      return `Rename ${inProfile(from ?? '', profilePath)} to ${shown}`;
    case 'move-aside':
      return `Move ${shown} aside`;
    case 'make-folder':
      return `Make the folder ${shown}`;
    case 'set-mode':
      return `Change the permissions of ${shown}`;
  }
}

/** Relative where it lies in the profile. */
export function inProfile(at: string, profilePath: string): string {
  const inside = path.relative(profilePath, at);
  return inside === '' || inside.startsWith('..') || path.isAbsolute(inside) ? at : inside;
}

/** `3 lines to change, 1 file to move aside, nothing is deleted`, or the same as done. */
export function totals({ operations }: PlanDescription, done: boolean): string {
  const changed = (...ops: PlannedOperation['op'][]): number =>
    operations.reduce((sum, { op, changes }) => sum + (ops.includes(op) ? (changes ?? 0) : 0), 0);
  const lines = changed('edit-prefs', 'edit-ini');
  const rows = changed('edit-rows');
  const number = (...ops: PlannedOperation['op'][]): number =>
    operations.filter(({ op }) => ops.includes(op)).length;
  const parts: [count: string, amount: number, todo: string, did: string][] = [
    [count(lines, 'line'), lines, 'to change', 'changed'],
    [count(rows, 'row'), rows, 'to take out', 'taken out'],
    [count(number('write', 'copy'), 'file'), number('write', 'copy'), 'to write', 'written'],
    [count(number('make-folder'), 'folder'), number('make-folder'), 'to make', 'made'],
    [count(number('move'), 'file or folder', 'files or folders'), number('move'), 'to rename', 'renamed'],
    [
      count(number('move-aside'), 'file or folder', 'files or folders'),
      number('move-aside'),
      'to move aside',
      'moved aside',
    ],
    [count(number('set-mode'), 'permission'), number('set-mode'), 'to change', 'changed'],
  ];
  const words = parts
    .filter(([, amount]) => amount > 0)
    .map(([what, , todo, did]) => `${what} ${done ? did : todo}`);
  return [...words, done ? 'nothing was deleted' : 'nothing is deleted'].join(', ');
}

export interface Outcome {
  plan: PlanDescription;
  applied: boolean;
  run: string | null;
  verified?: Verified | undefined;
  needs: string[];
}

/** After a change: what the checks say now, what the owner will be asked for. */
export function addOutcome(
  page: Page,
  { plan, applied, run, verified, needs }: Outcome,
  context: ReportContext,
): void {
  if (!applied) {
    page.paragraph('Everything was as the plan wants it already; nothing was changed.', { tone: 'good' });
    return;
  }
  page.paragraph(`Done: ${totals(plan, true)}.`, { tone: 'good' });
  if (verified !== undefined) addVerified(page, verified, context);
  if (run !== null && !context.quiet) {
    page.paragraph(`What was replaced is kept. The number of this run is ${run}.`);
  }
  addNeeds(page, needs, context);
}

function addVerified(
  page: Page,
  { fixed, remaining, new: appeared }: Verified,
  context: ReportContext,
): void {
  const gone = count(fixed.length, 'problem');
  const left = remaining.length === 0 ? 'none left' : `${count(remaining.length, 'problem')} left`;
  const fresh =
    appeared.length === 0 ? 'nothing new appeared' : `${count(appeared.length, 'new problem')} appeared`;
  page.paragraph(`Checked again: ${gone} put right, ${left}, ${fresh}.`);
  for (const finding of [...remaining, ...appeared]) addFindingHeading(page, finding, context);
}

/** That it can be taken back, and what is then not exactly as before. */
export function addKeeping(page: Page, notKept: readonly string[] = []): void {
  page.paragraph('What is replaced is kept, and mailmend can take it all back.');
  for (const sentence of notKept) page.paragraph(sentence, { tone: 'caution' });
}

export function addNeeds(page: Page, needs: readonly string[], context: ReportContext): void {
  if (needs.length === 0) return;
  page.blank();
  page.paragraph('What you will be asked for afterwards:');
  for (const need of needs) page.labelled(context.unicode ? '•' : '-', need, { indent: 2 });
}
