/**
 * What every check is made of. One check, one file: what it looks for, why it matters, how it is found, how it is
 * repaired. Checks are pure: facts in, problems out.
 */

import type { Profile } from '../profile/profile.ts';
import type { RootFacts } from '../profile/root-facts.ts';
import type { Operation } from '../repair/operation.ts';
import type { Machine } from '../system/machine.ts';
import type { UnlockedFacts } from '../unlock/opened.ts';
import type { Cause, CheckId, Evidence, Risk, Severity, Subject } from './finding.ts';

/** Everything that checks may look at. What is null could not be looked at: the check says so under `skipped`. */
export interface Facts {
  profile: Profile;
  /** The registry (profiles.ini, installs.ini) that the profile belongs to, with its neighbours. */
  root: RootFacts | null;
  machine: Machine | null;
  /** What opening the saved logins tells; null without `--unlock`. */
  unlocked?: UnlockedFacts | null;
}

/** What the next start of the program does to this profile because of the problem. */
export type StartEffect = 'safe' | 'loses' | 'fails';

export interface Problem<State = unknown> {
  subject: Subject;
  evidence: Evidence[];
  /** What the check needs again to word and repair it. Never holds a secret. */
  state: State;
  /** Where it differs from the check's own. */
  severity?: Severity;
  start?: StartEffect;
  mailAtRisk?: boolean;
  /** Keys of the accounts that it concerns, for `--account`. Empty: all of the profile. */
  accounts?: string[];
}

export interface Words {
  /** One line: what is wrong, with the names that the owner knows. */
  title: string;
  /** What it means for the owner, and what to do where mailmend does nothing. */
  detail: string;
}

export interface Repair {
  /** One line: what will be done. */
  title: string;
  risk: Risk;
  /** Without `finding`: the planner adds it. Empty is not allowed: then there is no repair. */
  operations: Operation[];
  /** What the owner will be asked for afterwards. */
  needs?: string[];
}

export interface CheckMeta {
  id: CheckId;
  severity: Severity;
  /** For `explain`. Full sentences, for the owner of the mail. */
  title: string;
  looksFor: string;
  why: string;
  repair: string;
  /** A profile that shows it, in one or two sentences, like the README of its fixture. */
  example?: string;
  /** Rows of the fault catalogue that it answers: `formats.md R1`, `postbox.md A16` … in our own words in docs/faults.md. */
  faults: string[];
  /** Its repair takes back what may well be wanted so: planned only when it is asked for by name. */
  repairByName?: true;
  /** While it finds something, nothing of `leftovers`, `passwords` and `settings` is looked at or planned. */
  blocksOthers?: boolean;
  /** Needs these facts, and is `skipped` without them. */
  needs?: ('root' | 'machine')[];
}

export interface Check<State = never> {
  meta: CheckMeta;
  /** A reason why it cannot be known here whether there is such a problem; null when it was looked at. */
  skip?(facts: Facts): string | null;
  find(facts: Facts): Problem<State>[];
  words(problem: Problem<State>, facts: Facts): Words;
  /** Null: there is nothing that can be done safely; `detail` says what the owner can do. */
  repair?(problem: Problem<State>, facts: Facts): Repair | null;
}

/** The reason of a check that looks only once another finding is put right. */
export const waitsFor = (blocker: CheckId): string => `waits for ${blocker}`;

export const isWaiting = (reason: string): boolean => reason.startsWith('waits for ');

export const causeOf = (id: CheckId): Cause => id.slice(0, id.indexOf('/')) as Cause;

/** Lets the compiler hold a check's parts together while the list of checks forgets its state's type. */
export function defineCheck<State>(check: Check<State>): AnyCheck {
  return check as unknown as AnyCheck;
}

/** A check in the list of all checks: its state is its own business. */
export type AnyCheck = Check<unknown>;
