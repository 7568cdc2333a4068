/**
 * Which profile a report is about, and which moment its files show (design.md 6.6).
 */

import type { ProfileHeader } from '../../library/documents/profile-header.ts';
import type { ReportContext } from './context.ts';
import { createPage, type Page } from './page.ts';
import { capitalised, profileName, programName, timeInWords } from './words.ts';

export function addProfile(page: Page, profile: ProfileHeader, context: ReportContext): void {
  page.fields([
    [
      'Profile',
      `${profileName(profile)} of ${programName(profile.program)}${profile.version === null ? '' : ` ${profile.version}`}`,
    ],
    ['Folder', profile.path, 'whole'],
  ]);
  if (profile.inUse) page.paragraph(openNow(profile, context), { tone: 'caution' });
  if (profile.unfinishedRun !== null) addUnfinishedRun(page, profile, context);
  page.blank();
}

function openNow({ program, pid, savedAt }: ProfileHeader, context: ReportContext): string {
  const process = pid === null ? '' : ` (process ${pid})`;
  const moment = savedAt === null ? 'earlier' : `by ${timeInWords(savedAt, context)}`;
  return `${capitalised(programName(program))} has it open${process}. Shown is what it had saved ${moment}; what it changed since is not in its files yet.`;
}

function addUnfinishedRun(page: Page, { unfinishedRun, path }: ProfileHeader, context: ReportContext): void {
  page.paragraph(
    `An earlier run of mailmend (${unfinishedRun}) was cut off. Before anything else is changed, take it back:`,
    {
      tone: 'caution',
    },
  );
  page.command(context.command('undo', path));
}

/** The last lines of every report: one sentence, one command. */
export function addNext(page: Page, say: string, command: string): void {
  page.blank();
  page.labelled('Next:', say, { labelTone: 'heading' });
  page.command(command);
}

/** The rest of a report whose beginning, the plan, is already on the screen. */
export const afterPlan = (page: Page): string => `\n${page.text()}`;

export function onlyNext(say: string, command: string, context: ReportContext): string {
  const page = createPage(context);
  addNext(page, say, command);
  return afterPlan(page);
}
