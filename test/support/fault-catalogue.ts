/**
 * The catalogue of faults: rows in our own words (scripts/faults), joined with the checks that name them and the
 * fixtures that show those checks. `npm run faults` prints it to docs/faults.md; test/faults.test.ts holds it to the code.
 */

import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { allChecks } from '../../src/checks/all-checks.ts';
import type { Risk } from '../../src/checks/finding.ts';
import { expectedOf, fixtureNames } from './expected.ts';
import { stageFixture } from './fixture-stage.ts';

/** Why a row has no check. */
export const reasons = {
  normal: 'no fault',
  harmless: 'harmless',
  command: 'a command',
  owner: 'a step for a person',
  decrypts: 'needs decryption',
  reads: 'needs the content of mail or databases',
  asks: 'needs the server',
  system: 'known to the system only',
  later: 'not told by files',
} as const;
type Reason = keyof typeof reasons;

const row = z.strictObject({
  id: z.string(),
  says: z.string(),
  /** Besides those that name the row themselves. */
  checks: z.array(z.string()).default([]),
  /** Where not every fixture of its checks shows this row. */
  fixtures: z.array(z.string()).optional(),
  none: z.enum(Object.keys(reasons) as [Reason, ...Reason[]]).optional(),
  why: z.string().optional(),
});
const part = z.strictObject({ title: z.string(), prefix: z.string(), rows: z.array(row) });

export interface Fault extends z.infer<typeof row> {
  part: string;
}

const folder = fileURLToPath(new URL('../../scripts/faults/', import.meta.url));

/** All rows, `id` with the name of their source, `checks` with those that name the row. */
export function readFaults(): Fault[] {
  const files = readdirSync(folder).sort();
  const parts = files.map((file) => part.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
  return parts.flatMap(({ title, prefix, rows }) =>
    rows.map((one) => {
      const id = prefix + one.id;
      const naming = allChecks.filter(({ meta }) => meta.faults.includes(id)).map(({ meta }) => meta.id);
      return { ...one, part: title, id, checks: [...new Set([...naming, ...one.checks])] };
    }),
  );
}

/** The fixtures in which a check finds something; those first in which its repair makes the finding go. */
export function fixturesOf(check: string): { name: string; repaired: boolean }[] {
  const shown = fixtureNames.flatMap((name) => {
    const { findings, uncovers = [], unlocked } = expectedOf(name);
    const own = [...findings, ...uncovers, ...(unlocked?.findings ?? [])].filter(
      (finding) => finding.check === check,
    );
    return own.length === 0 ? [] : [{ name, repaired: own.some(({ repaired }) => repaired) }];
  });
  return shown.sort((a, b) => Number(b.repaired) - Number(a.repaired));
}

export type RepairClass = 'A' | 'B' | 'C';

/** What its repair risks, as a fixture shows it; null where none does. */
async function riskOf(check: string): Promise<{ risk: Risk; byName: boolean } | null> {
  const fixture = fixturesOf(check).find(({ repaired }) => repaired);
  if (fixture === undefined) return null;
  const sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-faults-')));
  try {
    const stage = stageFixture(fixture.name, sandbox);
    const locked = stage.check().findings;
    const { findings } = locked.some((one) => one.check === check && one.repair !== undefined)
      ? { findings: locked }
      : (await stage.unlocked()).check();
    const found = findings.find((one) => one.check === check && one.repair !== undefined);
    if (found?.repair === undefined) return null;
    const { risk, byName = false } = found.repair;
    return { risk, byName: byName || found.severity === 'info' || risk === 'passwords' || risk === 'mail' };
  } finally {
    rmSync(sandbox, { recursive: true });
  }
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The text of docs/faults.md, and the numbers in it. */
export async function printFaults(): Promise<{ text: string; numbers: string }> {
  const faults = readFaults();
  const classes = new Map<string, string>();
  const checks: string[] = [];
  for (const { meta } of allChecks) {
    const repair = await riskOf(meta.id);
    const cls: RepairClass = repair === null ? 'C' : repair.byName ? 'B' : 'A';
    classes.set(meta.id, cls);
    const shown = fixturesOf(meta.id).map(({ name }) => name);
    const risk = repair === null ? 'told' : `${cls}, ${repair.risk}`;
    checks.push(
      `| \`${meta.id}\` | ${meta.severity} | ${shown.join(', ') || 'see the list below'} | ${risk} | ${cell(meta.repair)} |`,
    );
  }
  const found = faults.filter((fault) => fault.checks.length > 0);
  const repaired = found.filter((fault) => fault.checks.some((check) => classes.get(check) !== 'C'));
  const numbers = `${faults.length} rows in the catalogue of faults: ${found.length} found by ${allChecks.length} checks, ${repaired.length} of them with a repair; ${faults.length - found.length} with the reason why there is no check.`;
  const parts = [...new Set(faults.map(({ part }) => part))].flatMap((title) => [
    '',
    `## ${title}`,
    '',
    '| row | fault | found by (class) | shown by |',
    '|---|---|---|---|',
    ...faults.filter((fault) => fault.part === title).map((fault) => printFault(fault, classes)),
  ]);
  const text = [
    '# Faults',
    '',
    'Printed by `npm run faults` from `scripts/faults/`, the checks and their fixtures: change those, not this file.',
    '',
    numbers,
    '',
    'Class of a repair: **A** `mailmend repair` plans it by itself; **B** planned only when asked for by name (`--only`), since it',
    'concerns passwords or mail, or takes back what may be wanted; **C** told, with what the owner can do. Names of rows are those',
    'of the studies that mailmend was built on. A check is shown by its fixtures in `fixtures/profiles/`.',
    ...parts,
    '',
    '## The checks',
    '',
    '| check | mostly | shown by | class, risk | its repair |',
    '|---|---|---|---|---|',
    ...checks,
    '',
    '## Checks without a fixture',
    '',
    ...Object.entries(withoutFixture).map(([check, why]) => `- \`${check}\`: ${why}`),
    '',
  ].join('\n');
  return { text, numbers };
}

function printFault(fault: Fault, classes: ReadonlyMap<string, string>): string {
  const found = fault.checks.map((check) => `\`${check}\` (${classes.get(check) ?? '?'})`).join(', ');
  const answer =
    fault.none === undefined ? found : `none: ${reasons[fault.none]}. ${cell(fault.why ?? '')}`.trim();
  const shown = fault.fixtures ?? fault.checks.flatMap((check) => fixturesOf(check)[0]?.name ?? []);
  return `| ${fault.id} | ${cell(fault.says)} | ${answer} | ${[...new Set(shown)].join(', ')} |`;
}

/** Checks that no fixture can show: what they look at is not kept in files that git carries. */
export const withoutFixture: Readonly<Record<string, string>> = {
  'profile/open-elsewhere': 'a lock that another computer holds is in no file; test/checks tells its story.',
  'interference/disk-full': 'how full a disk is stands in no file; test/checks/interference tells its story.',
  'interference/immutable': 'git keeps no such marks; test/checks/interference tells its story.',
  'interference/held-open':
    'what programs hold open is in no file; test/checks/interference tells its story.',
  'interference/synced-folder':
    'where a profile lies is not in it; test/checks/interference tells its story.',
  'interference/downloaded-mark': 'git keeps no such marks; test/checks/interference tells its story.',
};
