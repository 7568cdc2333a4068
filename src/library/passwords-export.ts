/**
 * `passwords export`: the saved logins in the clear, as the CSV file that Firefox writes and reads (design.md 5). The one
 * place where passwords leave mailmend; naming the sub-command is the asking.
 */

import type { Secret } from '../formats/secret.ts';
import { requireNewPlace, writePrivateFile } from '../repair/private-file.ts';
import type { UnlockedLogin } from '../unlock/opened.ts';
import type { PasswordsExportDocument } from './documents/passwords.ts';
import { readMachine, readSelected } from './gather-facts.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { requireUnlocked } from './unlock-passwords.ts';
import type { World } from './world.ts';

const columns = [
  'url',
  'username',
  'password',
  'httpRealm',
  'formActionOrigin',
  'guid',
  'timeCreated',
  'timeLastUsed',
  'timePasswordChanged',
];

/** @throws MailmendError PASSWORD_NEEDED, WRONG_PASSWORD (2), TARGET_NOT_EMPTY (3), WRITE_FAILED (2). */
export async function exportPasswords(
  world: World,
  selected: SelectedProfile,
  { primaryPassword, to }: { primaryPassword: Secret | null; to: string },
): Promise<PasswordsExportDocument> {
  const place = { outside: selected.path, what: 'The passwords' };
  requireNewPlace(world.fs, to, place);
  const { logins } = await requireUnlocked(world, selected, primaryPassword);
  const rows = logins.flatMap((login) => rowOf(login) ?? []);
  const bytes = Buffer.from([line(columns), ...rows].join('\r\n'));
  const file = writePrivateFile(world.fs, to, bytes, place);
  bytes.fill(0);
  const profile = readSelected(world, selected);
  return {
    schema: 'mailmend/passwords-export@1',
    complete: rows.length === logins.length,
    profile: profileHeader(world, profile, readMachine(world, profile).lock),
    file,
    logins: rows.length,
    unreadable: logins.length - rows.length,
  };
}

/** Null: it cannot be read. A field that is not there is empty, as Firefox has it. */
function rowOf({ saved, username, password, unreadable }: UnlockedLogin): string | null {
  const clear = password?.reveal() ?? null;
  if (unreadable !== null || username === null || clear === null) return null;
  const time = (milliseconds: number | null): string => (milliseconds === null ? '' : String(milliseconds));
  return line([
    saved.origin ?? '',
    username,
    clear,
    saved.realm,
    saved.formSubmitUrl,
    saved.guid ?? '',
    time(saved.timeCreated),
    time(saved.timeLastUsed),
    time(saved.timePasswordChanged),
  ]);
}

/** Firefox quotes every value and leaves one that is null without quotes. */
function line(values: readonly (string | null)[]): string {
  return values.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)).join(',');
}
