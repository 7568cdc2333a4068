/**
 * `passwords backup`: the saved logins in one file, encrypted with a pass phrase of the owner's choice.
 */

import { randomBytes } from 'node:crypto';
import type { Secret } from '../formats/secret.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import { requireNewPlace, writePrivateFile } from '../repair/private-file.ts';
import type { PasswordsBackupDocument } from './documents/passwords.ts';
import { readMachine, readSelected } from './gather-facts.ts';
import { contentOf, printContent } from './password-backup-content.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { requireUnlocked } from './unlock-passwords.ts';
import type { World } from './world.ts';

const backupPlace = (selected: SelectedProfile) => ({ outside: selected.path, what: 'The backup' });

/** Before anybody is asked for a pass phrase. @throws MailmendError TARGET_NOT_EMPTY (3), NO_SUCH_PATH (2). */
export function requirePlaceForPasswords(world: World, selected: SelectedProfile, to: string): void {
  requireNewPlace(world.fs, to, backupPlace(selected));
}

/** @throws MailmendError PASSWORD_NEEDED, WRONG_PASSWORD, BAD_ARGUMENTS (2), TARGET_NOT_EMPTY (3), WRITE_FAILED (2). */
export async function backupPasswords(
  world: World,
  selected: SelectedProfile,
  { primaryPassword, passPhrase, to }: { primaryPassword: Secret | null; passPhrase: Secret; to: string },
): Promise<PasswordsBackupDocument> {
  if (passPhrase.length === 0)
    throw new MailmendError(
      'BAD_ARGUMENTS',
      exitCode.cannotAnswer,
      'The pass phrase is empty. Nothing was written.',
    );
  requirePlaceForPasswords(world, selected, to);
  const unlocked = await requireUnlocked(world, selected, primaryPassword);
  const { sealPasswordBackup } = await import('../formats/nss/password-backup.ts');
  const content = contentOf(unlocked, world.now(), selected.path);
  const clear = printContent(content);
  const sealed = await sealPasswordBackup(clear, passPhrase, randomBytes);
  clear.fill(0);
  const file = writePrivateFile(world.fs, to, sealed, backupPlace(selected));
  const profile = readSelected(world, selected);
  return {
    schema: 'mailmend/passwords-backup@1',
    complete: content.logins.length === unlocked.logins.length,
    profile: profileHeader(world, profile, readMachine(world, profile).lock),
    file,
    logins: content.logins.length,
    unreadable: unlocked.logins.length - content.logins.length,
    openPgp: content.openPgpPassPhrase !== null,
  };
}
