/**
 * A setting that both a repair and somebody after it have changed: all three values.
 */

import type { Conflict } from '../../library/documents/undo.ts';
import type { ReportContext } from './context.ts';
import { createPage, type Page } from './page.ts';

/** Before the question about it. */
export function conflictReport(
  conflict: Conflict,
  number: number,
  of: number,
  context: Pick<ReportContext, 'width' | 'paint'>,
): string {
  const page = createPage(context);
  const which = of === 1 ? '' : ` (${number} of ${of})`;
  page.paragraph(`This setting was changed again after the repair${which}:`, { tone: 'heading' });
  addConflict(page, conflict);
  return page.text();
}

export function addConflict(page: Page, { path, key, before, made, now }: Conflict): void {
  page.verbatim(key, { indent: 2, tone: 'heading' });
  page.fields(
    [
      ['In', path, 'whole'],
      ['Before the repair', before],
      ['Made by the repair', made],
      ['Now', now],
    ],
    { indent: 4 },
  );
}
