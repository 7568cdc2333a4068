/**
 * `mailmend explain`: what a check looks for, why it matters, what the repair does; or what a message means.
 */

import type { ExplainDocument } from '../../library/documents/explain.ts';
import type { ReportContext } from './context.ts';
import { addFindingHeading } from './finding.ts';
import { createPage } from './page.ts';
import { addNext } from './profile-lines.ts';

export function explainReport(document: ExplainDocument, context: ReportContext): string {
  const page = createPage(context);
  const { checks, messages } = document;
  const column = { indent: 2, column: 11, labelTone: 'heading' } as const;
  for (const { message, meaning, checks: related, next } of messages) {
    page.paragraph(`"${message}"`, { tone: 'heading' });
    page.labelled('Means', meaning, column);
    if (related.length > 0) page.labelled('Checks', related.join(', '), column);
    for (const { say, command } of next) {
      page.labelled('Do', say, column);
      if (command !== null) page.command(command, 13);
    }
    page.blank();
  }
  for (const check of checks) {
    addFindingHeading(page, check, context);
    page.fields(
      [
        ['Looks for', check.looksFor],
        ['Why', check.why],
        ['Repair', check.repair],
        ...(check.example === undefined ? [] : [['Example', check.example] as [string, string]]),
        ['Check', check.id],
      ],
      column,
    );
    page.blank();
  }
  const only = [
    ...new Set([...checks.map(({ id }) => id), ...messages.flatMap((message) => message.checks)]),
  ].slice(0, 1);
  addNext(
    page,
    only.length === 0
      ? 'Let mailmend look for what is wrong; it only looks.'
      : 'See whether it is so in your profile; mailmend only looks.',
    context.command('check', ...only.flatMap((id) => ['--only', id])),
  );
  return page.text();
}
