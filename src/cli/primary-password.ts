/**
 * The primary password and the pass phrase of a backup, as the `passwords` commands get them (design.md 3).
 */

import { Secret } from '../formats/secret.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import { askSecret, secretFromFile } from './ask-secret.ts';
import type { SelectedProfile } from './library.ts';
import { type Args, flag, optionalText } from './options.ts';
import type { Session } from './session.ts';

const fileOption = 'primary-password-file';
const attempts = 3;

/**
 * Null: none is needed, or nobody can be asked. One that is not needed is left alone, with a note.
 * @param answer tries it: rejects with WRONG_PASSWORD.
 */
export async function withPrimaryPassword<Result>(
  session: Session,
  args: Args,
  selected: SelectedProfile,
  answer: (password: Secret | null) => Promise<Result>,
): Promise<Result> {
  const { io, library, world, interactive, output, json } = session;
  const file = optionalText(args, fileOption);
  const given = file === null ? null : secretFromFile(file);
  const needed = await library.needsPrimaryPassword(world, selected);
  if (given !== null && !needed && !json)
    await output.note('No primary password is set; the one that was given is not needed.\n');
  if (given !== null || !needed || !interactive) return answer(given);
  for (let times = 1; ; times++) {
    const typed = await askSecret(io, 'Primary password (Enter alone: go on without it): ');
    if (typed === null || typed.length === 0) return answer(null);
    try {
      return await answer(typed);
    } catch (error) {
      if (!isWrongPassword(error) || times === attempts) throw error;
      await output.note('That is not it. Capitals count.\n');
    } finally {
      typed.wipe();
    }
  }
}

const isWrongPassword = (error: unknown): boolean =>
  error instanceof MailmendError && error.code === 'WRONG_PASSWORD';

/** `--unlock`: from here on the checks of this call know which saved logins can be read. */
export async function unlockIfAsked(session: Session, args: Args, selected: SelectedProfile): Promise<void> {
  if (!flag(args, 'unlock')) return;
  session.world = await withPrimaryPassword(session, args, selected, (password) =>
    session.library.unlockWorld(session.world, selected, password),
  );
  const { given = { roots: session.roots, runs: session.runs } } = session.world;
  session.world = { ...session.world, given: { ...given, unlock: unlockWords(args) } };
}

/** The words of `--unlock` for the same call once more. */
function unlockWords(args: Args): string[] {
  const file = optionalText(args, fileOption);
  return flag(args, 'unlock') ? ['--unlock', ...(file === null ? [] : [`--${fileOption}`, file])] : [];
}

/**
 * @param twice typed again, for a new one.
 * @throws MailmendError PASSWORD_NEEDED (2) when nobody can be asked.
 */
export async function passPhrase(session: Session, args: Args, twice: boolean): Promise<Secret> {
  const { io, interactive, output } = session;
  const file = optionalText(args, 'passphrase-file');
  if (file !== null) return normalised(secretFromFile(file));
  if (!interactive) throw noPassPhrase();
  for (let times = 0; times < attempts; times++) {
    const first = await askSecret(
      io,
      twice ? 'A pass phrase for the backup: ' : 'Pass phrase of the backup: ',
    );
    if (first === null) break;
    if (first.length === 0) continue;
    if (!twice) return normalised(first);
    const second = await askSecret(io, 'The same once more: ');
    if (second !== null && Buffer.compare(first.bytes, second.bytes) === 0) return normalised(first);
    await output.note('The two are not the same.\n');
  }
  throw noPassPhrase();
}

/** Systems type letters with accents as one sign or as two; for a backup that must not matter. */
function normalised(phrase: Secret): Secret {
  const text = phrase.reveal();
  return text === null ? phrase : Secret.fromText(text.normalize('NFC'));
}

const noPassPhrase = (): MailmendError =>
  new MailmendError(
    'PASSWORD_NEEDED',
    exitCode.cannotAnswer,
    'A backup of passwords has a pass phrase of its own. Nothing was written.',
    [
      {
        say: 'Run the command on a terminal, which asks for it, or put it into a file and name that with --passphrase-file.',
        command: null,
      },
    ],
  );
