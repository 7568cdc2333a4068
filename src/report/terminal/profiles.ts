/**
 * `mailmend profiles`: every profile found, which one each installed program opens and why, and who has it open.
 * The question "which profile?" shows the same list.
 */

import type { Install, ListedProfile, ProfilesDocument } from '../../library/documents/profiles.ts';
import type { ReportContext } from './context.ts';
import { sentence } from './finding.ts';
import { addLeftOut } from './inspect.ts';
import { createPage, type Page } from './page.ts';
import { addNext } from './profile-lines.ts';
import { capitalised, count, profileName, programName, sizeInWords, timeInWords } from './words.ts';

export function profilesReport(document: ProfilesDocument, context: ReportContext): string {
  const page = createPage(context);
  const { profiles, installs } = document;
  page.paragraph(
    `${count(profiles.length, 'profile')} found. Nothing was changed: mailmend has only looked.`,
  );
  page.blank();
  if (profiles.length === 0) addPlaces(page, document);
  for (const [i, profile] of profiles.entries()) addProfileEntry(page, profile, i + 1, context);
  addInstalls(page, installs, profiles, 'What each installed program opens');
  addLeftOut(page, document.leftOut);
  const first =
    profiles.find(({ startedBy, exists }) => exists && startedBy.length > 0) ??
    profiles.find(({ exists }) => exists);
  if (first === undefined) {
    addNext(
      page,
      'Name the folder that holds your profiles.ini, or the profile folder itself.',
      `${context.command('check')} <folder>`,
    );
  } else {
    addNext(
      page,
      `Let mailmend look into ${profileName(first)}; it only looks.`,
      context.command('check', first.path),
    );
  }
  return page.text();
}

/** The candidates of a numbered question. */
export function candidatesReport(candidates: readonly ListedProfile[], context: ReportContext): string {
  const page = createPage(context);
  page.paragraph(`${count(candidates.length, 'profile')} could be meant:`);
  page.blank();
  for (const [i, profile] of candidates.entries()) addProfileEntry(page, profile, i + 1, context);
  return page.text();
}

function addProfileEntry(page: Page, profile: ListedProfile, number: number, context: ReportContext): void {
  const opens = profile.startedBy.length > 0 ? ' (this is the one that opens now)' : '';
  page.labelled(`${number}`, `${profileName(profile)} of ${programName(profile.program)}${opens}`, {
    column: 4,
    labelTone: 'plain',
    tone: 'heading',
  });
  page.fields(
    [
      ['Folder', profile.exists ? profile.path : `${profile.path} (does not exist)`, 'whole'],
      ['Addresses', profile.addresses.length === 0 ? 'none' : profile.addresses.join(', ')],
      ['Mail', profile.mailBytes === null ? 'not known' : sizeInWords(profile.mailBytes)],
      ['Last used', profile.lastUsed === null ? 'not known' : timeInWords(profile.lastUsed, context)],
      ['In use', inUse(profile)],
      ['Why', sentence(profile.why)],
    ],
    { indent: 4 },
  );
  const command = cureOf(profile, context);
  if (command !== null) page.command(command, 4);
  page.blank();
}

/** What makes the program see it; null where nothing is missing. */
function cureOf({ path, name, exists }: ListedProfile, context: ReportContext): string | null {
  if (exists) return name === null ? context.command('profiles', 'register', path) : null;
  return name === null ? null : `${context.command('profiles', 'relink', name)} <folder>`;
}

function inUse({ inUse: open, pid }: ListedProfile): string {
  if (!open) return 'no';
  return pid === null ? 'yes, by a program that is open now' : `yes, by process ${pid}`;
}

/** @param profiles those whose names are known. */
export function addInstalls(
  page: Page,
  installs: readonly Install[],
  profiles: readonly NamedProfile[],
  heading: string,
): void {
  if (installs.length === 0) return;
  page.verbatim(heading, { tone: 'heading' });
  for (const install of installs) {
    const where = install.folder === null ? `known only by its number ${install.hash}` : install.folder;
    page.labelled(`${capitalised(programName(install.program))}`, `(${where})`, {
      indent: 2,
      labelTone: 'plain',
    });
    page.paragraph(`${opensInWords(install, profiles)}: ${sentence(install.why)}`, { indent: 4 });
  }
  page.blank();
}

type NamedProfile = Pick<ListedProfile, 'path' | 'name'>;

function opensInWords({ opens, profile }: Install, profiles: readonly NamedProfile[]): string {
  if (opens === 'manager') return 'asks which profile to open';
  if (opens === 'new-profile') return 'makes a new, empty profile';
  if (opens === 'unknown' || profile === null) return 'cannot be told';
  const listed = profiles.find(({ path }) => path === profile);
  return `opens ${listed === undefined ? profile : profileName(listed)}`;
}

function addPlaces(page: Page, { roots }: ProfilesDocument): void {
  page.paragraph(
    roots.length === 0 ? 'No mail program has a folder in its usual places.' : 'mailmend looked into:',
  );
  for (const root of roots) page.verbatim(root, { indent: 2 });
  page.blank();
}
