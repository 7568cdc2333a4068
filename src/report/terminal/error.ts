/**
 * Why a command could not be carried out: one plain line, then what can be done.
 */

import type { ErrorDocument } from '../../library/documents/error.ts';
import { createPage, type PageContext } from './page.ts';

export function errorReport(
  { message, next }: Pick<ErrorDocument, 'message' | 'next'>,
  context: PageContext,
): string {
  const page = createPage(context);
  page.labelled('mailmend:', message, { labelTone: 'bad' });
  for (const { say, command } of next) {
    page.paragraph(say);
    if (command !== null) page.command(command);
  }
  return page.text();
}
