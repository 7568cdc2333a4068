/**
 * `mailmend` alone: the accounts in a line each, then the check.
 */

import type { CheckDocument } from '../../library/documents/check.ts';
import type { InspectDocument, SheetAccount } from '../../library/documents/inspect.ts';
import { addCheck } from './check.ts';
import type { ReportContext } from './context.ts';
import { accountTitle } from './inspect.ts';
import { createPage, type Page } from './page.ts';
import { count, passwordInWords, securityInWords, value } from './words.ts';

export function overviewReport(sheet: InspectDocument, check: CheckDocument, context: ReportContext): string {
  const page = createPage(context);
  if (!context.quiet) addShortSheet(page, sheet);
  addCheck(page, check, context);
  return page.text();
}

function addShortSheet(page: Page, { accounts, dropped }: InspectDocument): void {
  page.verbatim(count(accounts.length, 'account'), { tone: 'heading' });
  page.fields(
    accounts.map((account) => [accountTitle(account), inShort(account)]),
    { indent: 2, labelTone: 'plain' },
  );
  if (dropped.length > 0) {
    page.paragraph(
      `${count(dropped.length, 'more account')} would be dropped at the next start; see below.`,
      {
        indent: 2,
        tone: 'bad',
      },
    );
  }
  page.blank();
}

function inShort({ incoming, savedPassword }: SheetAccount): string {
  if (incoming.type === 'none') return 'on this computer only';
  if (incoming.type === 'rss') return 'feeds';
  const type = { imap: 'IMAP', pop3: 'POP', nntp: 'News' }[incoming.type] ?? incoming.type;
  const port = incoming.port === null ? '' : ` port ${incoming.port}`;
  const password = passwordInWords(savedPassword);
  return [
    `${type} ${value(incoming.server || 'no server')}${port}`,
    securityInWords(incoming.security),
    ...(password === null ? [] : [`password saved: ${password}`]),
  ].join(', ');
}
