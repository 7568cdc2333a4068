/**
 * `passwords list`: every saved login, who uses it, and what is wrong with it. Never a password.
 */

import { createHash } from 'node:crypto';
import { allChecks } from '../checks/all-checks.ts';
import type { Facts } from '../checks/check.ts';
import { type JudgedLogin, judgeLogins } from '../checks/passwords/judge-logins.ts';
import { runChecks } from '../checks/run-checks.ts';
import type { Secret } from '../formats/secret.ts';
import type { UnlockedLogin, UnlockedProfile } from '../unlock/opened.ts';
import type { PasswordsListDocument } from './documents/passwords.ts';
import { gatherFacts } from './gather-facts.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { unlockPasswords } from './unlock-passwords.ts';
import type { World } from './world.ts';

export type Judged = JudgedLogin<UnlockedLogin>;

/** @throws MailmendError WRONG_PASSWORD (2). */
export async function listPasswords(
  world: World,
  selected: SelectedProfile,
  { primaryPassword }: { primaryPassword: Secret | null },
): Promise<PasswordsListDocument> {
  const unlocked = await unlockPasswords(world, selected, primaryPassword);
  const facts = gatherFacts(world, selected);
  const judged = judge(facts, unlocked);
  const locked = judged.filter(({ login }) => login.unreadable === 'locked').length;
  const leftOut =
    locked === 0
      ? []
      : [{ what: `${locked} saved logins`, reason: 'they are locked with the primary password' }];
  const { profile, machine } = facts;
  return {
    schema: 'mailmend/passwords-list@1',
    complete: leftOut.length === 0,
    profile: profileHeader(world, profile, machine?.lock ?? { state: 'unknown', pid: null, how: '' }),
    store: storeOf(unlocked),
    file: unlocked.file,
    logins: judged.map(describe),
    openPgp: openPgpOf(unlocked),
    leftOut,
  };
}

export function judge(facts: Facts, { logins }: UnlockedProfile): Judged[] {
  return judgeLogins(facts, runChecks(allChecks, facts), logins);
}

function describe({ login, state, usedBy, why }: Judged): PasswordsListDocument['logins'][number] {
  const { file, saved, username } = login;
  return {
    id: loginId(login),
    file,
    origin: saved.origin,
    realm: saved.realm,
    username,
    state,
    usedBy,
    why,
    created: saved.timeCreated,
    changed: saved.timePasswordChanged,
    lastUsed: saved.timeLastUsed,
  };
}

function loginId({ file, saved }: UnlockedLogin): string {
  const row = JSON.stringify([
    file,
    saved.guid,
    saved.origin,
    saved.realm,
    saved.guid === null ? saved.id : null,
  ]);
  return createHash('sha256').update(row).digest('hex').slice(0, 8);
}

function storeOf({ keyStore, logins }: UnlockedProfile): PasswordsListDocument['store'] {
  const { file: format, state, why } = keyStore;
  if (state === 'missing') return { format, state, why };
  if (state === 'damaged' || state === 'not-set-up') return { format, state: 'damaged', why };
  if (state !== 'opened') return { format, state: 'needs-primary-password', why };
  const opened = logins.some(({ unreadable }) => unreadable === null);
  const refused = logins.some(({ unreadable }) => unreadable === 'wrong-key' || unreadable === 'no-key');
  if (!opened && refused)
    return { format, state: 'wrong-key', why: 'its key opens none of the saved logins' };
  return { format, state: 'readable', why };
}

function openPgpOf({ openPgp }: UnlockedProfile): PasswordsListDocument['openPgp'] {
  if (openPgp.state === 'missing') return 'none';
  if (openPgp.state === 'read') return 'readable';
  return openPgp.state === 'locked' ? 'locked' : 'unreadable';
}
