/**
 * One finding as what / why / do with its evidence. Its heading is shared with the plan of a repair.
 */

import type { Evidence, Finding, Severity } from '../../checks/finding.ts';
import type { ReportContext, Tone } from './context.ts';
import { displayWidth } from './display-width.ts';
import type { Page } from './page.ts';
import { isPlainRepair, riskInWords, severityInWords } from './words.ts';

const tones: Record<Severity, Tone> = { error: 'bad', warning: 'caution', info: 'dim' };

export function severityMark(severity: Severity, context: Pick<ReportContext, 'unicode'>): string {
  const symbols: Record<Severity, string> = { error: context.unicode ? '✗' : 'x', warning: '!', info: '-' };
  return `${symbols[severity]} ${severityInWords[severity]}:`;
}

export function addFindingHeading(
  page: Page,
  { severity, title }: Pick<Finding, 'severity' | 'title'>,
  context: ReportContext,
): void {
  page.labelled(severityMark(severity, context), title, { labelTone: tones[severity], tone: 'heading' });
}

export function addFinding(page: Page, finding: Finding, profilePath: string, context: ReportContext): void {
  addFindingHeading(page, finding, context);
  const column = { indent: 4, column: 6 };
  for (const [i, part] of finding.detail.split('\n').entries())
    page.labelled(i === 0 ? 'Why' : '', part, column);
  addEvidence(page, finding.evidence);
  addWhatToDo(page, finding, profilePath, context);
  if (context.verbose) page.labelled('Id', `${finding.id}  ${finding.check}`, column);
  page.blank();
}

function addEvidence(page: Page, evidence: readonly Evidence[]): void {
  const widest = Math.max(0, ...evidence.map((one) => displayWidth(place(one))));
  const column = Math.min(widest, 30) + 2;
  for (const one of evidence)
    page.labelled(place(one), one.note, { indent: 10, column, labelTone: 'command' });
}

/** `prefs.js:412`, `Inbox @ 0x1f3a00`. */
function place({ file, line, offset }: Evidence): string {
  if (line !== undefined) return `${file}:${line}`;
  return offset === undefined ? file : `${file} @ 0x${offset.toString(16)}`;
}

function addWhatToDo(page: Page, finding: Finding, profilePath: string, context: ReportContext): void {
  const column = { indent: 4, column: 6 };
  const { repair } = finding;
  if (repair === undefined) {
    if (finding.severity === 'info') return;
    page.labelled('Do', 'mailmend does not repair this by itself. More about it:', column);
    page.command(context.command('explain', finding.check), 10);
    return;
  }
  page.labelled('Do', `mailmend can do this: ${sentence(repair.title)} ${riskInWords(repair.risk)}`, column);
  if (context.verbose || !isPlainRepair(finding)) {
    page.command(context.command('repair', profilePath, '--only', finding.id), 10);
  }
}

/** With a full stop at its end. */
export const sentence = (text: string): string => (/[.:;]$/.test(text) ? text : `${text}.`);
