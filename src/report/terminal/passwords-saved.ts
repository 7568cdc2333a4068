/**
 * `mailmend passwords backup` and `export`: what was written, what is not in it, and how it comes back.
 */

import type { PasswordsBackupDocument, PasswordsExportDocument } from '../../library/documents/passwords.ts';
import type { ReportContext } from './context.ts';
import { createPage, type Page } from './page.ts';
import { addNext } from './profile-lines.ts';
import { count } from './words.ts';

export function passwordsBackupReport(document: PasswordsBackupDocument, context: ReportContext): string {
  const page = createPage(context);
  const { file, logins, openPgp } = document;
  const also = openPgp ? ', and the pass phrase of your OpenPGP keys,' : '';
  page.paragraph(`Done: ${count(logins, 'saved login')}${also} are in this file, encrypted.`, {
    tone: 'good',
  });
  page.verbatim(file, { indent: 2 });
  addUnreadable(page, document);
  page.paragraph('Without its pass phrase nobody can open it, you neither. Write that down somewhere else.', {
    tone: 'caution',
  });
  addNext(
    page,
    'To bring them back, into this profile or a fresh one:',
    context.command('passwords', 'restore', '<profile>', '--from', file),
  );
  return page.text();
}

export function passwordsExportReport(document: PasswordsExportDocument, context: ReportContext): string {
  const page = createPage(context);
  const { file, logins } = document;
  page.paragraph(`Done: ${count(logins, 'saved login')} in this file, in the clear.`, { tone: 'good' });
  page.verbatim(file, { indent: 2 });
  addUnreadable(page, document);
  page.paragraph(
    'Whoever reads it has your passwords. Only you may read it now; take it into the other program, then delete it.',
    { tone: 'caution' },
  );
  return page.text();
}

function addUnreadable(page: Page, { unreadable }: { unreadable: number }): void {
  if (unreadable === 0) return;
  page.paragraph(
    `${count(unreadable, 'saved login')} could not be read and ${unreadable === 1 ? 'is' : 'are'} not in it.`,
    {
      tone: 'caution',
    },
  );
}
