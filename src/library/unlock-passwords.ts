/**
 * Opens the saved logins of a profile for the `passwords` commands. What decrypts is loaded here and nowhere else, so
 * that no other command has it in memory.
 */

import type { Secret } from '../formats/secret.ts';
import { readLoginStore } from '../profile/login-store.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import type { UnlockedProfile } from '../unlock/opened.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

/**
 * @param password the primary password; null: none was given. What needs one is `locked` then.
 * @throws MailmendError WRONG_PASSWORD (2).
 */
export async function unlockPasswords(
  world: World,
  selected: SelectedProfile,
  password: Secret | null,
): Promise<UnlockedProfile> {
  const { unlockProfile } = await import('../unlock/unlock-profile.ts');
  const file = readLoginStore(world.fs, selected.path).live;
  const unlocked = await unlockProfile(world.fs, selected.path, { password, file });
  if (unlocked.keyStore.state === 'wrong-primary-password') {
    throw new MailmendError(
      'WRONG_PASSWORD',
      exitCode.cannotAnswer,
      'This is not the primary password of this profile, or its key store is that of another one. Nothing was changed.',
      [{ say: 'Type it as in the program; capitals count. Then run the same command again.', command: null }],
    );
  }
  return unlocked;
}

/**
 * The world in which checks may look into the saved logins: `--unlock`.
 * @throws MailmendError WRONG_PASSWORD (2).
 */
export async function unlockWorld(
  world: World,
  selected: SelectedProfile,
  password: Secret | null,
): Promise<World> {
  await unlockPasswords(world, selected, password);
  const { makeUnlocker } = await import('../unlock/unlocker.ts');
  return { ...world, unlock: await makeUnlocker(world.fs, selected.path, password) };
}

/** Whether a primary password stands before the logins. */
export async function needsPrimaryPassword(world: World, selected: SelectedProfile): Promise<boolean> {
  const { keyStore } = await unlockPasswords(world, selected, null);
  return keyStore.state === 'needs-primary-password';
}

/**
 * The same, for what cannot be done with locked logins.
 * @throws MailmendError PASSWORD_NEEDED, WRONG_PASSWORD (2).
 */
export async function requireUnlocked(
  world: World,
  selected: SelectedProfile,
  password: Secret | null,
): Promise<UnlockedProfile> {
  const unlocked = await unlockPasswords(world, selected, password);
  if (unlocked.keyStore.state !== 'needs-primary-password') return unlocked;
  throw new MailmendError(
    'PASSWORD_NEEDED',
    exitCode.cannotAnswer,
    'The saved passwords of this profile are locked with a primary password. Nothing was changed.',
    [
      {
        say: 'Run the command on a terminal, which asks for it, or put it into a file and name that with --primary-password-file.',
        command: null,
      },
    ],
  );
}
