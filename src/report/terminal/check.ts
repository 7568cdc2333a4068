/**
 * `mailmend check`: the verdict first, then what was found, then what was not looked at, then one next command
 * (design.md 4).
 */

import { needsUnlock } from '../../checks/passwords/opened-rows.ts';
import type { CheckDocument } from '../../library/documents/check.ts';
import type { SkippedCheck } from '../../library/documents/finding.ts';
import type { ReportContext, Tone } from './context.ts';
import { addFinding, addFindingHeading } from './finding.ts';
import { addLeftOut } from './inspect.ts';
import { createPage, type Page } from './page.ts';
import { addNext, addProfile } from './profile-lines.ts';
import { capitalised, count, programName } from './words.ts';

export function checkReport(document: CheckDocument, context: ReportContext): string {
  const page = createPage(context);
  addCheck(page, document, context);
  return page.text();
}

export function addCheck(page: Page, document: CheckDocument, context: ReportContext): void {
  addVerdict(page, document, context);
  if (context.quiet) {
    page.blank();
    for (const finding of weighty(document)) addFindingHeading(page, finding, context);
    return;
  }
  addProfile(page, document.profile, context);
  const shown = context.verbose ? document.findings : weighty(document);
  if (shown.length > 0 && document.profile.program === 'postbox') {
    page.paragraph(ofPostbox);
    page.blank();
  }
  for (const finding of shown) addFinding(page, finding, document.profile.path, context);
  const { info } = document.counts;
  if (info > 0 && !context.verbose) {
    page.paragraph(
      `${count(info, 'note')} on normal traces of use; nothing needs to be done. --verbose shows ${info === 1 ? 'it' : 'them'}.`,
    );
    page.blank();
  }
  addSkipped(page, document.skipped, context);
  addLeftOut(page, document.leftOut);
  const { say, command } = nextOf(document, context);
  addNext(page, say, command);
}

/** The facts about damage are measured with today's Thunderbird (breakage.md); postbox.md knows what Postbox keeps. */
const ofPostbox =
  'What the program does with a fault was measured with the Thunderbird of today, which shares its origin with Postbox. Postbox itself may be milder; keep to what is said here all the same.';

const weighty = ({ findings }: CheckDocument) => findings.filter(({ severity }) => severity !== 'info');

function addVerdict(page: Page, document: CheckDocument, context: ReportContext): void {
  const { verdict } = document;
  page.paragraph('Nothing was changed: mailmend has only looked.');
  page.blank();
  page.paragraph(verdict.sentence, { tone: 'heading' });
  if (context.quiet) return;
  page.blank();
  const mark = (good: boolean): string =>
    good ? (context.unicode ? '✓' : 'ok:') : context.unicode ? '✗' : 'x';
  const line = (label: string, good: boolean, words: string): void =>
    page.labelled(label, `${mark(good)} ${words}`, { indent: 2, column: 9, tone: toneOf(good) });
  line('Mail', verdict.mail === 'safe', mailInWords(document));
  line('Start', verdict.start === 'safe', startInWords(document));
  page.labelled('Found', foundInWords(document), { indent: 2, column: 9 });
  if (verdict.next.length > 0) page.labelled('Next', nextOf(document, context).say, { indent: 2, column: 9 });
  page.blank();
}

function mailInWords({ verdict, leftOut }: CheckDocument): string {
  if (verdict.mail !== 'safe') return 'at risk until this is put right';
  return leftOut.length === 0 ? 'safe' : 'safe as far as it could be looked at';
}

const toneOf = (good: boolean): Tone => (good ? 'good' : 'bad');

function startInWords({ verdict, profile }: CheckDocument): string {
  const program = programName(profile.program);
  if (verdict.start === 'loses') return `do not start ${program} now: that would destroy something`;
  if (verdict.start === 'fails') return `${program} cannot start properly with this profile`;
  return profile.inUse ? `${program} is open; that is all right` : `${program} can be started`;
}

function foundInWords({ counts, complete }: CheckDocument): string {
  const parts = [
    counts.error > 0 ? count(counts.error, 'error') : '',
    counts.warning > 0 ? count(counts.warning, 'warning') : '',
    counts.info > 0 ? count(counts.info, 'note') : '',
  ].filter((part) => part !== '');
  const found = parts.length === 0 ? 'nothing' : parts.join(', ');
  return complete ? found : `${found}; not everything could be looked at, see the end`;
}

function addSkipped(page: Page, skipped: readonly SkippedCheck[], context: ReportContext): void {
  if (skipped.length === 0) return;
  page.verbatim('Not looked at', { tone: 'heading' });
  for (const reason of new Set(skipped.map((one) => one.reason))) {
    // One of many: nobody asked for it.
    if (reason === needsUnlock && !context.verbose) {
      page.paragraph(`${capitalised(reason)}.`, { indent: 2 });
      continue;
    }
    const names = skipped.filter((one) => one.reason === reason).map(({ check }) => check);
    const what = context.verbose || names.length <= 3 ? names.join(', ') : count(names.length, 'check');
    page.paragraph(`${what}: ${reason}`, { indent: 2 });
  }
}

/**
 * What the owner is told to do: the steps before the first command and that command. Where the verdict names none, the
 * guide's first step: compare the settings with those of the provider.
 */
function nextOf(
  { verdict, profile }: CheckDocument,
  context: ReportContext,
): { say: string; command: string } {
  const first = verdict.next.find(({ command }) => command !== null);
  const said = verdict.next.filter((step) => step === first || step.command === null).map(({ say }) => say);
  if (first?.command) return { say: said.join(' '), command: first.command };
  const compare = 'If mail still does not work, compare the settings with those of your mail provider.';
  return {
    say: capitalised([...said, compare].join(' ')),
    command: context.command('inspect', profile.path, '--sheet'),
  };
}
