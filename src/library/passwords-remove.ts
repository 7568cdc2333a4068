/**
 * `passwords remove`: the plan that takes saved logins out of the list: those that are old or used by nobody, those of
 * one account, or all. Every row is kept for undo until `undo --purge`.
 */

import path from 'node:path';
import { loginRows } from '../checks/passwords/saved-rows.ts';
import type { Secret } from '../formats/secret.ts';
import type { Profile } from '../profile/profile.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import { sha256 } from '../repair/hash.ts';
import type { Operation, Plan } from '../repair/operation.ts';
import { makePlan } from '../repair/plan.ts';
import { accountKeys } from './check.ts';
import { describeOperation } from './describe-operations.ts';
import type { PasswordsRemoveDocument } from './documents/passwords.ts';
import { gatherFacts } from './gather-facts.ts';
import { type Judged, judge } from './passwords-list.ts';
import { needOf } from './passwords-needs.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { unlockPasswords } from './unlock-passwords.ts';
import type { World } from './world.ts';

export interface RemoveOptions {
  primaryPassword: Secret | null;
  /** An address: the logins of its servers. */
  account: string | null;
  all: boolean;
}

const old: readonly Judged['state'][] = ['stale', 'orphaned', 'duplicate'];

/** @throws MailmendError WRONG_PASSWORD, BAD_ARGUMENTS (2): no such account; KEY_STORE_UNUSABLE (2): a list of an older program. */
export async function planRemovePasswords(
  world: World,
  selected: SelectedProfile,
  options: RemoveOptions,
): Promise<{ document: PasswordsRemoveDocument; plan: Plan }> {
  const unlocked = await unlockPasswords(world, selected, options.primaryPassword);
  const facts = gatherFacts(world, selected);
  const { profile, machine } = facts;
  const judged = judge(facts, unlocked);
  const chosen = judged.filter(choice(profile, options));
  if (chosen.length > 0 && unlocked.file?.endsWith('.json') !== true) throw olderList(unlocked.file ?? '');
  const operations = chosen.length === 0 ? [] : operationsFor(profile, unlocked.file ?? '', chosen, options);
  const plan = makePlan(world.fs, {
    profile: selected.path,
    folders: [selected.path],
    operations,
    now: world.now(),
  });
  return {
    plan,
    document: {
      schema: 'mailmend/passwords-remove@1',
      complete: !judged.some(({ state }) => state === 'locked'),
      profile: profileHeader(world, profile, machine?.lock ?? { state: 'unknown', pid: null, how: '' }),
      removes: chosen.map(({ login, why, state }) => ({
        origin: login.saved.origin,
        username: login.username,
        why: why ?? reasons[state],
      })),
      plan: { id: plan.id, operations: plan.operations.map(describeOperation) },
      applied: false,
      run: null,
      needs: [
        ...new Set(
          chosen
            .filter(isAskedForAgain)
            .map(({ login }) => needOf(profile, login.saved.origin ?? '', login.username)),
        ),
      ],
    },
  };
}

const reasons: Record<Judged['state'], string> = {
  used: 'It was asked for.',
  locked: 'It was asked for.',
  orphaned: 'No account uses it.',
  duplicate: 'It is there twice.',
  stale: 'It is old.',
  unreadable: 'It cannot be read.',
};

/** Of a row that nothing looks up nobody will ask. */
const isAskedForAgain = ({ state, usedBy }: Judged): boolean =>
  usedBy.length > 0 && state !== 'duplicate' ? true : state === 'used' || state === 'locked';

function choice(profile: Profile, { account, all }: RemoveOptions): (judged: Judged) => boolean {
  if (all) return () => true;
  if (account === null) return ({ state }) => old.includes(state);
  const keys = new Set(accountKeys(profile, account) ?? []);
  const accounts = profile.accountList.accounts.filter(({ key }) => keys.has(key));
  const outgoing = accounts.flatMap(({ identities }) =>
    identities.map((identity) => identity.outgoing ?? profile.outgoing.defaultKey),
  );
  const servers = new Set([...accounts.map(({ server }) => server.key), ...outgoing]);
  const address = account.toLowerCase();
  return ({ login, usedBy }) =>
    usedBy.some((server) => servers.has(server)) || login.username?.toLowerCase() === address;
}

function operationsFor(
  profile: Profile,
  file: string,
  chosen: readonly Judged[],
  { all }: RemoveOptions,
): Operation[] {
  const { logins, backup } = profile.logins;
  const bytes = (file === logins.file ? logins : backup).bytes;
  if (bytes === null) return [];
  const changes = chosen.map(({ login: { saved } }) => ({
    row: saved.guid,
    what: `saved login for ${saved.origin}`,
    from: sha256(bytes.subarray(saved.offset, saved.offset + saved.length)),
    to: null,
  }));
  const rows: Operation = {
    ...loginRows,
    path: path.join(profile.path, file),
    changes,
    why: 'these saved logins were asked to be taken out; all others stay as they are',
  };
  // The program puts this file in the place of a list that is missing: the old passwords would come back.
  const withBackup = all && file === logins.file && backup.state !== 'missing';
  return [
    rows,
    ...(withBackup
      ? [
          {
            op: 'move-aside' as const,
            path: path.join(profile.path, backup.file),
            why: 'it holds the same passwords, and the program would take them from there',
          },
        ]
      : []),
  ];
}

const olderList = (file: string): MailmendError =>
  new MailmendError(
    'KEY_STORE_UNUSABLE',
    exitCode.cannotAnswer,
    `The passwords of this profile are in ${file}, the list of an older program, which mailmend reads and does not change. Nothing was changed.`,
    [
      {
        say: 'Take them out in that program, or move the passwords you need into Thunderbird with "passwords backup" and "passwords restore".',
        command: null,
      },
    ],
  );
