/**
 * A numbered question: what could be meant, one line each.
 */

import type { ReportContext } from './context.ts';
import { createPage } from './page.ts';

export function numberedChoices(message: string, choices: readonly string[], context: ReportContext): string {
  const page = createPage(context);
  page.paragraph(message);
  for (const [i, choice] of choices.entries())
    page.labelled(`${i + 1}`, choice, { column: 4, labelTone: 'plain' });
  return page.text();
}
