/**
 * `check`: the verdict, the findings, and what was not looked at.
 */

import { allChecks } from '../checks/all-checks.ts';
import { causes } from '../checks/finding.ts';
import { needsUnlock } from '../checks/passwords/opened-rows.ts';
import { isNamed, type Selection } from '../checks/plan-repairs.ts';
import { countBySeverity, type Found, isFindingId, runChecks } from '../checks/run-checks.ts';
import { judge } from '../checks/verdict.ts';
import { programName } from '../checks/wording.ts';
import type { Profile } from '../profile/profile.ts';
import { MailmendError } from '../repair/error.ts';
import { nextCommand } from './command-line.ts';
import type { CheckDocument } from './documents/check.ts';
import { gatherFacts } from './gather-facts.ts';
import { leftOutOf } from './left-out.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface CheckOptions {
  /** Causes, check ids or finding ids; empty: all. */
  only: string[];
  account: string | null;
}

export function checkProfile(world: World, selected: SelectedProfile, options: CheckOptions): CheckDocument {
  refuseUnknownNames(options.only);
  const facts = gatherFacts(world, selected);
  const { profile, root, machine } = facts;
  const run = runChecks(allChecks, facts);
  const leftOut = leftOutOf(profile, root);
  const accounts = accountKeys(profile, options.account);
  const found = run.found.filter((one) => concerns(one, accounts) && isAskedFor(one, options.only));
  const findings = found.map(({ finding }) => finding);
  const lock = machine?.lock ?? { state: 'unknown' as const, pid: null, how: '' };
  return {
    schema: 'mailmend/check@1',
    // What was not asked for is listed, and does not make an answer incomplete.
    complete: run.skipped.every(({ reason }) => reason === needsUnlock) && leftOut.length === 0,
    profile: profileHeader(world, profile, lock),
    verdict: judge(found, {
      programName: programName(profile.program),
      inUse: lock.state === 'held',
      complete: leftOut.length === 0,
      commands: {
        repair: nextCommand(world, 'repair', profile.path),
        checkVerbose: nextCommand(world, 'check', profile.path, '--verbose'),
      },
    }),
    findings,
    counts: countBySeverity(findings),
    skipped: run.skipped,
    leftOut,
  };
}

/**
 * A misspelt check must not look like a healthy profile. Ids of findings are taken as they are: a finding may be gone.
 * @throws MailmendError NO_SUCH_CHECK.
 */
export function refuseUnknownNames(only: readonly string[]): void {
  const known = allChecks.map(({ meta }) => meta.id);
  const isKnown = (name: string): boolean =>
    isFindingId(name) ||
    causes.some((cause) => cause === name) ||
    known.some((id) => id === name || id.endsWith(`/${name}`));
  const unknown = only.find((name) => !isKnown(name));
  if (unknown === undefined) return;
  throw new MailmendError('NO_SUCH_CHECK', 2, `There is no cause, check or finding called "${unknown}".`, [
    {
      say: `The causes are ${causes.join(', ')}. The names of checks stand beside each finding.`,
      command: null,
    },
  ]);
}

/** @throws MailmendError when no account has the address. */
export function accountKeys(profile: Profile, address: string | null): Selection['accounts'] {
  if (address === null) return null;
  const wanted = address.toLowerCase();
  const { accounts } = profile.accountList;
  const keys = accounts
    .filter(
      (account) =>
        account.server.username.toLowerCase() === wanted ||
        account.identities.some((identity) => identity.email.toLowerCase() === wanted),
    )
    .map((account) => account.key);
  const unshown = profile.servers
    .filter((server) => server.username.toLowerCase() === wanted)
    .flatMap((server) =>
      profile.accountList.dropped.filter((dropped) => dropped.serverKey === server.key).map(({ key }) => key),
    );
  if (keys.length + unshown.length > 0) return [...new Set([...keys, ...unshown])];
  const known = [
    ...new Set(accounts.flatMap((account) => account.identities.map((identity) => identity.email))),
  ];
  throw new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `No account in this profile has the address ${address}. It has: ${known.filter((email) => email !== '').join(', ') || 'none'}.`,
  );
}

const concerns = ({ problem }: Found, accounts: readonly string[] | null): boolean =>
  accounts === null ||
  (problem.accounts ?? []).length === 0 ||
  (problem.accounts ?? []).some((key) => accounts.includes(key));

const isAskedFor = ({ finding }: Found, only: readonly string[]): boolean =>
  only.length === 0 || only.some((name) => isNamed(finding, name));
