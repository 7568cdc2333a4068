/**
 * What a fixture's expected.json says: everything that mailmend finds in it, down to `info`, and its verdict.
 */

import { readdirSync } from 'node:fs';
import type { StartEffect } from '../../src/checks/check.ts';
import type { CheckId, Finding, Severity, Subject } from '../../src/checks/finding.ts';
import { fixturesFolder, readFixtureDocument } from './lay-out-fixture.ts';

export interface ExpectedFinding {
  check: CheckId;
  severity: Severity;
  subject: Subject;
  /** There is a repair, and it makes the finding go. */
  repaired: boolean;
}

export interface Expected {
  /** No error, and no warning but those below. */
  healthy: boolean;
  /** All of them, in the order in which `check` lists them. */
  findings: ExpectedFinding[];
  /** Found only once that is repaired: checks that had to wait. */
  uncovers?: ExpectedFinding[];
  /** With `--unlock`, where that tells more. */
  unlocked?: Pick<Expected, 'findings' | 'start' | 'mail'>;
  /** What the next start of the program does. */
  start: StartEffect;
  mail: 'safe' | 'at-risk';
  /** The first words of the verdict. */
  startsWith?: string;
}

export function expectedOf(fixture: string): Expected {
  return readFixtureDocument(fixture, 'expected.json') as Expected;
}

/** A finding as expected.json has it. */
export function asExpected({ check, severity, subject, repair }: Finding): ExpectedFinding {
  return { check, severity, subject, repaired: repair !== undefined };
}

export const fixtureNames: readonly string[] = readdirSync(fixturesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
