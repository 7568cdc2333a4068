/**
 * `mailmend profiles use|register|relink`: the change of the list of profiles, and what each program opens after it.
 */

import type { ProfilesChangeDocument } from '../../library/documents/profiles-change.ts';
import type { ReportContext } from './context.ts';
import { createPage, type Page } from './page.ts';
import { addOperation, addOutcome, totals } from './planned-change.ts';
import { addNext, addProfile, afterPlan, onlyNext } from './profile-lines.ts';
import { addInstalls } from './profiles.ts';

export function listChangePlan(document: ProfilesChangeDocument, context: ReportContext): string {
  const page = createPage(context);
  const { plan, profile, notes } = document;
  const done = plan.operations.length === 0;
  page.paragraph(done ? alreadySo(document) : intention(document), { tone: 'heading' });
  page.blank();
  addProfile(page, profile, context);
  if (!context.quiet) for (const operation of plan.operations) addOperation(page, operation, profile.path);
  if (!done) {
    page.blank();
    page.paragraph(`${totals(plan, false)}. The profile and its mail are not touched.`, { tone: 'heading' });
  }
  for (const note of notes) page.paragraph(note, { tone: 'caution' });
  addOpens(page, document, done ? 'What opens' : 'What opens then');
  if (done) addMore(page, document, context);
  return page.text();
}

export const listChangeNotDone = (again: string, context: ReportContext): string =>
  onlyNext('Nothing was changed. To do it:', again, context);

export function listChangeDone(document: ProfilesChangeDocument, context: ReportContext): string {
  const page = createPage(context);
  addOutcome(page, document, context);
  if (document.run !== null && document.applied) {
    page.paragraph('If anything is not as you want it, take this back:');
    page.command(context.command('undo', document.profile.path));
  }
  addMore(page, document, context);
  return afterPlan(page);
}

function intention({ schema, entry }: ProfilesChangeDocument): string {
  const say = {
    'mailmend/profiles-use@1': `mailmend would let the program open the profile "${entry.name}" from now on.`,
    'mailmend/profiles-register@1': `mailmend would enter the profile "${entry.name}" in the list of profiles. What opens by itself is decided by "profiles use".`,
    'mailmend/profiles-relink@1': `mailmend would point the entry "${entry.name}" to ${entry.path}.`,
  };
  return `${say[schema]} Nothing has been changed yet.`;
}

function alreadySo({ schema, entry }: ProfilesChangeDocument): string {
  const say = {
    'mailmend/profiles-use@1': `The profile "${entry.name}" is the one that is set already.`,
    'mailmend/profiles-register@1': `The profile stands in the list already, as "${entry.name}".`,
    'mailmend/profiles-relink@1': `The entry "${entry.name}" leads there already.`,
  };
  return `${say[schema]} There is nothing to change.`;
}

function addOpens(page: Page, { installs, profile, entry }: ProfilesChangeDocument, heading: string): void {
  page.blank();
  if (installs.length === 0) {
    page.paragraph('No installed program was found that uses this list of profiles.');
    return;
  }
  addInstalls(page, installs, [{ path: profile.path, name: entry.name }], heading);
}

function addMore(
  page: Page,
  { schema, profile, installs }: ProfilesChangeDocument,
  context: ReportContext,
): void {
  const opens = installs.some((install) => install.profile === profile.path && install.opens === 'profile');
  if (schema === 'mailmend/profiles-use@1' || opens) {
    addNext(
      page,
      'Look into it before you start the program; mailmend only looks.',
      context.command('check', profile.path),
    );
  } else {
    addNext(
      page,
      'To let the program open it from now on:',
      context.command('profiles', 'use', profile.path),
    );
  }
}
