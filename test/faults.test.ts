/**
 * docs/faults.md, held to the code: what it says of a fault is what the checks and fixtures say.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allChecks } from '../src/checks/all-checks.ts';
import { fixturesOf, printFaults, readFaults, withoutFixture } from './support/fault-catalogue.ts';

const faults = readFaults();
const ids = faults.map(({ id }) => id);
const checkIds: string[] = allChecks.map(({ meta }) => meta.id);
const textOf = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8');

describe('the catalogue of faults', () => {
  it('has each row once', () => {
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('has every row of the groups that it accounts for', () => {
    const groups: [string, number][] = [
      ['formats.md R', 14],
      ['formats.md P', 10],
      ['formats.md A', 24],
      ['formats.md K', 14],
      ['formats.md D', 22],
      ['postbox.md 8.1 A', 27],
      ['postbox.md 8.2 P', 5],
      ['postbox.md 8.3 R', 12],
      ['providers.md D', 30],
    ];
    const wanted = groups.flatMap(([prefix, last]) =>
      Array.from({ length: last }, (_, at) => `${prefix}${at + 1}`),
    );
    const pains = Array.from({ length: 27 }, (_, at) => `pains.md P${String(at + 1).padStart(2, '0')}`);
    expect([...wanted, ...pains].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('answers each row by checks, or says why there is none', () => {
    const unanswered = faults.filter(({ checks, none }) => checks.length > 0 === (none !== undefined));
    expect(unanswered.map(({ id }) => id)).toEqual([]);
    expect(faults.filter(({ none, why }) => (none === undefined) !== (why === undefined))).toEqual([]);
  });

  it('names checks that there are', () => {
    expect(faults.flatMap(({ checks }) => checks).filter((check) => !checkIds.includes(check))).toEqual([]);
  });

  it('knows every row that a check names', () => {
    const named = allChecks.flatMap(({ meta }) => meta.faults.map((fault) => `${meta.id}: ${fault}`));
    expect(named.filter((one) => !ids.includes(one.slice(one.indexOf(': ') + 2)))).toEqual([]);
  });

  it('names for a row only fixtures in which one of its checks finds something', () => {
    const strangers = faults.flatMap(({ id, checks, fixtures = [] }) => {
      const shown = checks.flatMap((check) => fixturesOf(check).map(({ name }) => name));
      return fixtures.filter((name) => !shown.includes(name)).map((name) => `${id}: ${name}`);
    });
    expect(strangers).toEqual([]);
  });

  it('has a fixture for every check, but for those that none can show', () => {
    const without = checkIds.filter((id) => fixturesOf(id).length === 0);
    expect(without.sort()).toEqual(Object.keys(withoutFixture).sort());
  });

  it('is what `npm run faults` prints, in docs/faults.md and README.md', { timeout: 120_000 }, async () => {
    const { text, numbers } = await printFaults();
    expect(textOf('docs/faults.md')).toBe(text);
    expect(textOf('README.md')).toContain(`<!-- faults -->\n${numbers}\n<!-- /faults -->`);
  });
});
