/**
 * `mailmend backup`: what will be copied, how far it has come, what became of it; and what `--verify` found.
 */

import type { BackupSummary } from '../../library/backup.ts';
import type { BackupDocument, BackupVerifyDocument } from '../../library/documents/backup.ts';
import { programNamed } from '../../profile/profile-folder.ts';
import type { ReportContext } from './context.ts';
import { sentence } from './finding.ts';
import { createPage, type Field, type Page } from './page.ts';
import { addNext, addProfile, afterPlan } from './profile-lines.ts';
import { count, profileName, programName, sizeInWords, timeInWords } from './words.ts';

export function backupPlanReport(summary: BackupSummary, context: ReportContext): string {
  const page = createPage(context);
  const { profile, folder, files, bytes, free, continued, outside, leftOut, notes } = summary;
  page.paragraph(
    'mailmend copies this profile, and compares every byte of the copy. The profile is only read.',
    {
      tone: 'heading',
    },
  );
  page.blank();
  addProfile(page, profile, context);
  page.fields([
    ['Copy', `${count(files, 'file')}, ${sizeInWords(bytes)}`],
    ['To', folder, 'whole'],
    ['Free there', free === null ? 'not known' : sizeInWords(free)],
  ]);
  if (continued)
    page.paragraph('An earlier backup to this folder was interrupted; mailmend goes on where it stopped.');
  addList(page, 'Copied as well, because it belongs to the profile:', outside.map(asReason), context);
  addLeftOut(page, 'This cannot be copied:', leftOut, context);
  for (const note of notes) page.paragraph(note, { tone: 'caution' });
  return page.text();
}

export function backupDone(document: BackupDocument, context: ReportContext): string {
  const page = createPage(context);
  const { files, bytes, keptBytes, leftOut, notCopied, notKept, notes, setAside, folder } = document;
  page.paragraph(
    `Done: ${count(files, 'file')}, ${sizeInWords(bytes)}. Every byte of the copy was read again and compared.`,
    { tone: 'good' },
  );
  if (keptBytes > 0)
    page.paragraph(`Of these, ${sizeInWords(keptBytes)} had been copied by the call that was interrupted.`);
  if (setAside !== null) {
    page.paragraph('What that call had copied, and what is no longer so in the profile, was moved to:');
    page.verbatim(setAside, { indent: 2 });
  }
  addLeftOut(
    page,
    `The backup is not complete. It lacks ${count(leftOut.length, 'thing')}:`,
    leftOut,
    context,
  );
  if (notKept.length > 0) {
    page.paragraph(
      `The disk of the backup does not keep: ${notKept.join(', ')}. They are written down in manifest.jsonl.`,
    );
  }
  for (const note of notes) page.paragraph(note, { tone: 'caution' });
  if (context.verbose) addList(page, 'Left out on purpose:', notCopied, context);
  addNext(
    page,
    'From time to time, see whether it is still whole. README.txt in it says how to put it back.',
    context.command('backup', '--verify', folder),
  );
  return afterPlan(page);
}

export function backupVerifyReport(document: BackupVerifyDocument, context: ReportContext): string {
  const page = createPage(context);
  const { folder, state, made, of, files, bytes, problems, leftOut } = document;
  const read = `${count(files, 'file')}, ${sizeInWords(bytes)}`;
  if (state === 'unfinished') {
    page.paragraph('This backup was not finished: it was interrupted, and is not to be relied on.', {
      tone: 'bad',
    });
    page.paragraph('Make it again with the same folder; mailmend goes on where it stopped.');
  } else if (state === 'intact')
    page.paragraph(`This backup is whole: ${read}, every byte as it was copied.`, { tone: 'good' });
  else page.paragraph(`This backup is damaged. What is as it was copied: ${read}.`, { tone: 'bad' });
  page.blank();
  page.fields([...(of === null ? [] : originOf(of, made, context)), ['Folder', folder, 'whole']]);
  page.blank();
  addList(
    page,
    `${count(problems.length, 'thing')} wrong:`,
    problems.map(({ path, say }) => ({ what: path, reason: say })),
    context,
  );
  addLeftOut(page, 'The backup has lacked this from the beginning:', leftOut, context);
  if (state === 'damaged') {
    page.paragraph(
      'Your profile was not looked at. As long as it is there, make a new backup, best on another disk.',
    );
  }
  return page.text();
}

function originOf(
  of: NonNullable<BackupVerifyDocument['of']>,
  made: string | null,
  context: ReportContext,
): Field[] {
  const program = programName(programNamed(of.program) ?? 'unknown');
  return [
    ['Backup of', `${profileName(of)} of ${program}${of.version === null ? '' : ` ${of.version}`}`],
    ['It lay in', of.path, 'whole'],
    ['Made', made === null ? 'not known' : timeInWords(made, context)],
  ];
}

/** `31 %, about 12 minutes left`. @param ms since it began. */
export function copyProgressText({ done, total }: { done: number; total: number }, ms: number): string {
  const share = total === 0 ? 1 : done / total;
  const left = done > 0 && ms > 5000 ? `, ${timeLeft((ms / done) * (total - done))} left` : '';
  return `${Math.floor(share * 100)} %${left}`;
}

function timeLeft(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  return `about ${minutes < 90 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour')}`;
}

interface Listed {
  what: string;
  reason: string;
}

const asReason = ({ from, why }: { from: string; why: string }): Listed => ({ what: from, reason: why });

const longest = 20;

function addList(
  page: Page,
  heading: string | null,
  items: readonly Listed[],
  { verbose }: ReportContext,
): void {
  if (items.length === 0) return;
  if (heading !== null) page.paragraph(heading);
  const shown = verbose ? items : items.slice(0, longest);
  for (const { what, reason } of shown) {
    page.verbatim(what, { indent: 2 });
    page.paragraph(sentence(reason), { indent: 4 });
  }
  if (shown.length < items.length)
    page.paragraph(`And ${items.length - shown.length} more (--verbose).`, { indent: 2 });
}

function addLeftOut(page: Page, heading: string, items: readonly Listed[], context: ReportContext): void {
  if (items.length === 0) return;
  page.blank();
  page.labelled('!', heading, { labelTone: 'bad', tone: 'heading' });
  addList(page, null, items, context);
  page.blank();
}
