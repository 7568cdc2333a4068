/**
 * `passwords restore`: the plan that brings the logins of a backup into this profile, or a fresh one, encrypted with the
 * profile's own key. That is also how the passwords of a Postbox profile come over.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { type EncryptedLogin, withChangedLogins } from '../formats/changed-logins.ts';
import { Secret } from '../formats/secret.ts';
import { readFileBytes } from '../profile/file-bytes.ts';
import { majorOf } from '../profile/install.ts';
import type { Profile } from '../profile/profile.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import type { Operation, Plan } from '../repair/operation.ts';
import { makePlan } from '../repair/plan.ts';
import { causeInWords } from '../repair/system-error.ts';
import type { UnlockedProfile } from '../unlock/opened.ts';
import { describeOperation } from './describe-operations.ts';
import type { PasswordsRestoreDocument } from './documents/passwords.ts';
import { gatherFacts } from './gather-facts.ts';
import { type BackedUpLogin, type BackupContent, parseContent } from './password-backup-content.ts';
import { profileHeader } from './profile-header.ts';
import { chooseRestored, type RestoreChoice } from './restore-rows.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { requireUnlocked } from './unlock-passwords.ts';
import type { World } from './world.ts';

export interface RestoreOptions {
  from: string;
  passPhrase: Secret;
  primaryPassword: Secret | null;
}

const passPhraseFile = 'encrypted-openpgp-passphrase.txt';
const maxBackup = 64 * 1024 * 1024;
/** The first that writes and reads AES (nss.md 11). */
const firstWithAes = 144;

/**
 * @throws MailmendError NO_SUCH_PATH, NOT_A_BACKUP, WRONG_PASSWORD, PASSWORD_NEEDED, KEY_STORE_UNUSABLE (2). All of them
 * before anything is written.
 */
export async function planRestorePasswords(
  world: World,
  selected: SelectedProfile,
  { from, passPhrase, primaryPassword }: RestoreOptions,
): Promise<{ document: PasswordsRestoreDocument; plan: Plan }> {
  const content = await readBackup(world, from, passPhrase);
  const unlocked = await requireUnlocked(world, selected, primaryPassword);
  const facts = gatherFacts(world, selected);
  const { profile, machine } = facts;
  if (profile.program === 'postbox' || (profile.keys.live === 'key3.db' && profile.program !== 'thunderbird'))
    throw noOldStore();
  const choice = chooseRestored(content.logins, unlocked.logins);
  const openPgp = content.openPgpPassPhrase !== null && unlocked.openPgp.state !== 'read';
  const work = choice.added.length + choice.replaced.length > 0 || openPgp;
  const made = work
    ? await operationsFor(world, profile, unlocked, choice, {
        openPgp: openPgp ? content.openPgpPassPhrase : null,
        primaryPassword,
      })
    : { operations: [], needs: [] };
  const plan = makePlan(world.fs, {
    profile: selected.path,
    folders: [selected.path],
    operations: made.operations,
    now: world.now(),
  });
  return {
    plan,
    document: {
      schema: 'mailmend/passwords-restore@1',
      complete: true,
      profile: profileHeader(world, profile, machine?.lock ?? { state: 'unknown', pid: null, how: '' }),
      from: path.resolve(from),
      added: choice.added.map((login) => shown(login, 'It is not in the profile.')),
      replaced: choice.replaced.map(({ login }) => shown(login, 'The one in the profile is older.')),
      kept: choice.kept.map(({ login, why }) => shown(login, why)),
      openPgp,
      plan: { id: plan.id, operations: plan.operations.map(describeOperation) },
      applied: false,
      run: null,
      needs: made.needs,
    },
  };
}

const shown = ({ origin, username }: BackedUpLogin, why: string) => ({ origin, username, why });

async function readBackup(world: World, from: string, passPhrase: Secret): Promise<BackupContent> {
  const at = path.resolve(from);
  const { openPasswordBackup } = await import('../formats/nss/password-backup.ts');
  const opened = await openPasswordBackup(bytesOf(world, at), passPhrase);
  switch (opened.state) {
    case 'opened': {
      const content = parseContent(opened.content);
      opened.content.fill(0);
      if (content === null) throw notABackup(`${at} opens, and what is in it is not what mailmend writes`);
      return content;
    }
    case 'wrong-pass-phrase':
      throw new MailmendError(
        'WRONG_PASSWORD',
        exitCode.cannotAnswer,
        `This is not the pass phrase of ${at}. Nothing was changed.`,
      );
    case 'damaged':
      throw notABackup(`${at} is damaged: ${opened.why}`);
    case 'too-new':
      throw notABackup(`${at} was made by a later mailmend (version ${opened.version} of its form)`);
    case 'not-a-backup':
      throw notABackup(`${at} is no backup of passwords that mailmend made`);
  }
}

function bytesOf({ fs }: World, at: string): Uint8Array {
  try {
    const read = readFileBytes(fs, at, maxBackup);
    if (read.state === 'read') return read.bytes;
    if (read.state === 'missing')
      throw new MailmendError('NO_SUCH_PATH', exitCode.cannotAnswer, `There is no file ${at}.`);
    throw notABackup(`${at} cannot be read`);
  } catch (error) {
    if (error instanceof MailmendError) throw error;
    throw notABackup(`${at} cannot be read: ${causeInWords(error)}`);
  }
}

const notABackup = (why: string): MailmendError =>
  new MailmendError('NOT_A_BACKUP', exitCode.cannotAnswer, `${why}. Nothing was changed.`);

const noOldStore = (): MailmendError =>
  new MailmendError(
    'KEY_STORE_UNUSABLE',
    exitCode.cannotAnswer,
    'Postbox keeps its passwords in a form that mailmend reads and does not write. Nothing was changed.',
    [{ say: 'Restore into a Thunderbird profile: name its folder.', command: null }],
  );

interface Extra {
  openPgp: Secret | null;
  primaryPassword: Secret | null;
}

async function operationsFor(
  world: World,
  profile: Profile,
  { keyStore }: UnlockedProfile,
  choice: RestoreChoice,
  { openPgp, primaryPassword }: Extra,
): Promise<{ operations: Operation[]; needs: string[] }> {
  const [{ keyForWriting }, { encryptSdr }] = await Promise.all([
    import('../unlock/key-for-writing.ts'),
    import('../formats/nss/sdr-encrypt.ts'),
  ]);
  const major = profile.version === null ? null : majorOf(profile.version);
  const stored = readFileBytes(world.fs, path.join(profile.path, 'key4.db'), maxBackup);
  const ready = await keyForWriting(keyStore, {
    wanted: major !== null && major < firstWithAes ? '3des' : 'aes256',
    bytes: stored.state === 'read' ? stored.bytes : null,
    password: primaryPassword ?? new Secret(new Uint8Array()),
  });
  if (ready.state === 'refused') throw unusable(ready.why);
  const encrypt = (text: Secret): string => encryptSdr(text, ready.key, randomBytes);
  const now = world.now().getTime();
  const taken = new Set(profile.logins.logins.logins.map(({ guid }) => guid));
  const rowOf = (login: BackedUpLogin): EncryptedLogin => ({
    hostname: login.origin,
    httpRealm: login.realm,
    formSubmitURL: login.formSubmitUrl,
    usernameField: login.usernameField,
    passwordField: login.passwordField,
    encryptedUsername: encrypt(Secret.fromText(login.username)),
    encryptedPassword: encrypt(login.password),
    guid: login.guid !== null && !taken.has(login.guid) ? login.guid : `{${randomUUID()}}`,
    encType: 1,
    timeCreated: login.timeCreated ?? now,
    timeLastUsed: login.timeLastUsed ?? now,
    timePasswordChanged: login.timePasswordChanged ?? now,
    timesUsed: login.timesUsed ?? 1,
  });
  const changed = choice.replaced.map(({ login, row }) => ({
    offset: row.saved.offset,
    encryptedPassword: encrypt(login.password),
    timePasswordChanged: login.timePasswordChanged ?? now,
  }));
  const added = choice.added.map(rowOf);
  const operations: Operation[] = [];
  if (ready.file !== null) operations.push(keyOperation(profile, ready.file, ready.kind));
  if (added.length + changed.length > 0) operations.push(listOperation(profile, { added, changed }));
  if (openPgp !== null) operations.push(passPhraseOperation(profile, encrypt(openPgp)));
  return { operations, needs: needsOf(ready.kind, primaryPassword) };
}

function keyOperation(profile: Profile, bytes: Uint8Array, kind: 'own' | 'added' | 'new'): Operation {
  const why =
    kind === 'added'
      ? 'the key store gets one more key, of the kind that this program saves passwords with'
      : 'there is no key store that opens, so the passwords get a new one';
  return {
    op: 'write',
    path: path.join(profile.path, 'key4.db'),
    content: Buffer.from(bytes).toString('base64'),
    mode: 0o600,
    why,
  };
}

function listOperation(profile: Profile, change: Parameters<typeof withChangedLogins>[1]): Operation {
  const { logins, backup, live } = profile.logins;
  // What the program would put in the place of a missing list itself.
  const source = live === backup.file ? backup.bytes : logins.bytes;
  const bytes = withChangedLogins(source, change);
  if (bytes === null) throw unusable('its list of logins is damaged: repair it first (mailmend repair)');
  return {
    op: 'write',
    path: path.join(profile.path, logins.file),
    content: Buffer.from(bytes).toString('base64'),
    mode: 0o600,
    why: 'the passwords of the backup, encrypted with the key of this profile',
  };
}

const passPhraseOperation = (profile: Profile, blob: string): Operation => ({
  op: 'write',
  path: path.join(profile.path, passPhraseFile),
  content: Buffer.from(blob).toString('base64'),
  mode: 0o600,
  why: 'the pass phrase of the OpenPGP keys, encrypted with the key of this profile',
});

function needsOf(kind: 'own' | 'added' | 'new', password: Secret | null): string[] {
  if (kind !== 'new') return [];
  return [
    password === null || password.length === 0
      ? 'Nothing. The new key store has no primary password; set one in the program if you had one.'
      : 'The primary password that you gave: the new key store has it.',
  ];
}

const unusable = (why: string): MailmendError =>
  new MailmendError(
    'KEY_STORE_UNUSABLE',
    exitCode.cannotAnswer,
    `The passwords cannot be written into this profile: ${why}. Nothing was changed.`,
  );
