/**
 * `mailmend passwords list`: the saved logins by what they are good for. Never a password.
 */

import type { PasswordsListDocument } from '../../library/documents/passwords.ts';
import type { ReportContext, Tone } from './context.ts';
import { createPage, type Page } from './page.ts';
import { addNext, addProfile } from './profile-lines.ts';
import { count, timeInWords } from './words.ts';

type Login = PasswordsListDocument['logins'][number];

/** `kept`: mailmend cannot tell whether it is used, or it is not for mail. */
type Group = Login['state'] | 'kept';

const headings: [group: Group, heading: string, tone: Tone][] = [
  ['unreadable', 'Cannot be read, so the program asks for them', 'bad'],
  ['stale', 'Old, or kept from being used', 'caution'],
  ['duplicate', 'Doubled: another one is used', 'caution'],
  ['orphaned', 'Of no account', 'caution'],
  ['locked', 'Locked with the primary password', 'plain'],
  ['used', 'In use', 'good'],
  ['kept', 'Left alone', 'plain'],
];

const quietly: readonly Group[] = ['used', 'locked', 'kept'];

const groupOf = ({ state, usedBy }: Login): Group =>
  state === 'used' && usedBy.length === 0 ? 'kept' : state;

const old: readonly Login['state'][] = ['stale', 'duplicate', 'orphaned'];

export function passwordsListReport(document: PasswordsListDocument, context: ReportContext): string {
  const page = createPage(context);
  const { logins, profile, store, file, openPgp } = document;
  page.paragraph(summary(document), { tone: 'heading' });
  page.blank();
  addProfile(page, profile, context);
  page.fields([
    ['List', file ?? 'none'],
    ['Key store', storeInWords(store)],
    ...(openPgp === 'none' ? [] : [['OpenPGP', openPgpInWords[openPgp]] as const]),
  ]);
  for (const [state, heading, tone] of headings) {
    const those = logins.filter((login) => groupOf(login) === state);
    if (those.length === 0 || (context.quiet && quietly.includes(state))) continue;
    page.blank();
    page.paragraph(`${heading} (${those.length})`, { tone });
    for (const login of those) addLogin(page, login, context);
  }
  addStep(page, document, context);
  return page.text();
}

function summary({ logins, store }: PasswordsListDocument): string {
  if (logins.length === 0) return 'No passwords are saved in this profile. Nothing was changed.';
  const bad = logins.filter(({ state }) => state === 'unreadable').length;
  const stale = logins.filter(({ state }) => old.includes(state)).length;
  const parts = [
    ...(bad === 0 ? [] : [`${bad} cannot be read`]),
    ...(stale === 0 ? [] : [`${stale} ${stale === 1 ? 'is' : 'are'} old or of no use`]),
    ...(store.state === 'needs-primary-password' ? ['the primary password is needed to tell more'] : []),
  ];
  const rest = parts.length === 0 ? 'nothing is wrong with them' : parts.join(', ');
  return `${count(logins.length, 'saved login')}: ${rest}. Nothing was changed.`;
}

function storeInWords({ format, state, why }: PasswordsListDocument['store']): string {
  const say = {
    readable: 'opens',
    'needs-primary-password': 'is locked with a primary password',
    'wrong-key': 'opens, and does not belong to these logins',
    damaged: 'cannot be opened',
    missing: 'is missing',
  };
  return `${format ?? 'key4.db'} ${say[state]}${why === null || state === 'missing' ? '' : ` (${why})`}`;
}

const openPgpInWords = {
  readable: 'the pass phrase of your keys can be read',
  locked: 'the pass phrase of your keys is locked with the primary password',
  unreadable: 'the pass phrase of your keys cannot be read with this key store',
} as const;

function addLogin(page: Page, login: Login, context: ReportContext): void {
  const { origin, username, why, changed, realm } = login;
  const user = username === null ? 'user name not readable' : username === '' ? 'no user name' : username;
  page.paragraph(`${origin ?? 'without a server'}  ${user}`, { indent: 2 });
  const day =
    changed === null || !isDay(changed) ? null : timeInWords(new Date(changed).toISOString(), context);
  const details = [
    ...(origin?.startsWith('oauth://') === true && realm !== null ? [`A sign-in for: ${realm}.`] : []),
    ...(why === null ? [] : [why]),
    ...(context.verbose && day !== null ? [`Last changed ${day}.`] : []),
  ];
  if (details.length > 0) page.paragraph(details.join(' '), { indent: 4, tone: 'dim' });
}

/** Any number may stand in the file. */
const isDay = (milliseconds: number): boolean => !Number.isNaN(new Date(milliseconds).getTime());

function addStep(
  page: Page,
  { logins, profile, store }: PasswordsListDocument,
  context: ReportContext,
): void {
  if (store.state === 'wrong-key' || store.state === 'damaged' || store.state === 'missing') {
    if (logins.length > 0)
      addNext(page, 'Do not delete anything. See what can be done:', context.command('check', profile.path));
  } else if (logins.some(({ state }) => old.includes(state))) {
    addNext(page, 'To see what would be taken out:', context.command('passwords', 'remove', profile.path));
  } else if (logins.length > 0) {
    addNext(
      page,
      'To keep a copy of them, encrypted with a pass phrase:',
      context.command('passwords', 'backup', profile.path, '--to', '<file>'),
    );
  }
}
