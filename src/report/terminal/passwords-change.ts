/**
 * `mailmend passwords remove` and `restore`: which logins go or come, what is asked for afterwards, and the outcome.
 */

import type { PasswordsRemoveDocument, PasswordsRestoreDocument } from '../../library/documents/passwords.ts';
import type { ReportContext } from './context.ts';
import { createPage, type Page } from './page.ts';
import { addKeeping, addNeeds, addOperation, addOutcome } from './planned-change.ts';
import { addProfile, afterPlan, onlyNext } from './profile-lines.ts';
import { count } from './words.ts';

type Changed = PasswordsRemoveDocument['removes'];

export function passwordsRemovePlan(document: PasswordsRemoveDocument, context: ReportContext): string {
  const page = createPage(context);
  const { removes, profile, needs, complete } = document;
  page.paragraph(
    removes.length === 0
      ? 'There is no saved login to take out. Nothing was changed.'
      : `mailmend would take ${count(removes.length, 'saved login')} out of the list. Nothing has been changed yet.`,
    { tone: 'heading' },
  );
  page.blank();
  addProfile(page, profile, context);
  addLogins(page, 'These go:', removes);
  if (!complete)
    page.paragraph('Some logins are locked with the primary password; more can be told with it.', {
      tone: 'caution',
    });
  if (removes.length > 0) addKept(page, needs, context);
  return page.text();
}

/** Old rows stay on the disk for undo, and that has to be known. */
function addKept(page: Page, needs: readonly string[], context: ReportContext): void {
  page.blank();
  page.paragraph(
    'They are kept for undo, in the folder .mailmend beside the profile, until "mailmend undo --purge" deletes them.',
  );
  addNeeds(page, needs, context);
}

export function passwordsRestorePlan(document: PasswordsRestoreDocument, context: ReportContext): string {
  const page = createPage(context);
  const { added, replaced, kept, openPgp, profile, plan, needs } = document;
  const nothing = plan.operations.length === 0;
  page.paragraph(
    nothing
      ? 'Everything in this backup is in the profile already. Nothing was changed.'
      : `mailmend would bring ${count(added.length + replaced.length, 'saved login')} into this profile. Nothing has been changed yet.`,
    { tone: 'heading' },
  );
  page.blank();
  addProfile(page, profile, context);
  addLogins(page, 'New in this profile:', added);
  addLogins(page, 'In the place of an older one:', replaced);
  addLogins(page, 'Not restored:', kept);
  if (openPgp) page.paragraph('The pass phrase of your OpenPGP keys comes back, too.');
  if (nothing) return page.text();
  page.blank();
  if (!context.quiet) for (const operation of plan.operations) addOperation(page, operation, profile.path);
  addKeeping(page);
  addNeeds(page, needs, context);
  return page.text();
}

function addLogins(page: Page, heading: string, logins: Changed): void {
  if (logins.length === 0) return;
  page.blank();
  page.paragraph(heading);
  for (const { origin, username, why } of logins) {
    page.paragraph(`${origin ?? 'without a server'}  ${username ?? 'user name not readable'}`, { indent: 2 });
    page.paragraph(why, { indent: 4, tone: 'dim' });
  }
}

export const passwordsChangeNotDone = (again: string, context: ReportContext): string =>
  onlyNext('Nothing was changed. To do it:', again, context);

export function passwordsChangeDone(
  document: PasswordsRemoveDocument | PasswordsRestoreDocument,
  context: ReportContext,
): string {
  const page = createPage(context);
  addOutcome(page, document, context);
  page.paragraph('If anything is not as you want it, take this back:');
  page.command(context.command('undo', document.profile.path));
  return afterPlan(page);
}
