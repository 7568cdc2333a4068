/**
 * The laws that hold for every profile in fixtures/profiles, healthy or broken (design.md 4 and 6).
 */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allChecks } from '../src/checks/all-checks.ts';
import type { Finding } from '../src/checks/finding.ts';
import { applyPlan } from '../src/library/apply.ts';
import { documentSchemas } from '../src/library/documents/json-schemas.ts';
import { gatherFacts } from '../src/library/gather-facts.ts';
import { undoRun } from '../src/library/undo.ts';
import type { Operation } from '../src/repair/operation.ts';
import { asExpected, expectedOf, fixtureNames } from './support/expected.ts';
import { everything, type Stage, stageFixture } from './support/fixture-stage.ts';

let sandbox = '';

beforeEach(() => {
  sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-fixtures-')));
});

afterEach(() => {
  rmSync(sandbox, { recursive: true });
});

const signal = new AbortController().signal;
const idsOf = (findings: readonly { id: string }[]): string[] => findings.map(({ id }) => id);

describe('check finds what is wrong, and nothing else', () => {
  it.each(fixtureNames)('%s', (name) => {
    const { findings, verdict } = stageFixture(name, sandbox).check();
    const expected = expectedOf(name);
    expect(findings.map(asExpected)).toEqual(expected.findings);
    expect({ start: verdict.start, mail: verdict.mail }).toEqual({
      start: expected.start,
      mail: expected.mail,
    });
    if (expected.startsWith !== undefined)
      expect(verdict.sentence.startsWith(expected.startsWith)).toBe(true);
  });

  it.each(fixtureNames.filter((name) => expectedOf(name).healthy))(
    '%s is healthy: nothing for its owner to do',
    (name) => {
      const { findings, verdict } = stageFixture(name, sandbox).check();
      expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(verdict).toMatchObject({ start: 'safe', mail: 'safe', because: [], next: [] });
    },
  );
});

describe('with --unlock', () => {
  const withLogins = (name: string): boolean => expectedOf(name).unlocked !== undefined || holdsLogins(name);

  it.each(fixtureNames.filter(withLogins))(
    'check of %s tells what opening the logins tells, no more',
    async (name) => {
      const { findings, verdict } = (await stageFixture(name, sandbox).unlocked()).check();
      const expected = expectedOf(name).unlocked ?? expectedOf(name);
      expect(findings.map(asExpected)).toEqual(expected.findings);
      expect({ start: verdict.start, mail: verdict.mail }).toEqual({
        start: expected.start,
        mail: expected.mail,
      });
    },
  );

  it.each(
    fixtureNames.filter((name) => expectedOf(name).unlocked?.findings.some(({ repaired }) => repaired)),
  )('a repair of %s makes its findings go; undo gives everything back', async (name) => {
    const stage = await stageFixture(name, sandbox).unlocked();
    const before = stage.listing();
    const found = stage.check().findings;
    const wanted = idsOf(found.filter(({ repair }) => repair !== undefined));
    await applyPlan(stage.world, stage.plan(wanted).plan, { signal, runs: null });
    const after = stage.check().findings;
    expect(idsOf(after).filter((id) => wanted.includes(id))).toEqual([]);
    // A list that is parked takes what was said of its rows with it.
    const { uncovers = [] } = expectedOf(name);
    const appeared = after.filter(({ id }) => !idsOf(found).includes(id));
    expect(sorted(appeared.map(asExpected))).toEqual(sorted(uncovers));
    // A plan of a new look, too.
    const again = await stage.unlocked();
    expect(again.plan(wanted).plan.operations).toEqual([]);
    await undoRun(stage.world, stage.selected, { runs: null, run: null, signal });
    expect(stage.listing()).toEqual(before);
  });
});

/** What a fixture's commands say, and what they must not say; asked for once. */
const readings = new Map<string, { documents: ReturnType<Stage['read']>; secrets: string[] }>();

function readingOf(name: string, stage: Stage = stageFixture(name, sandbox)) {
  const reading = readings.get(name) ?? { documents: stage.read(), secrets: stage.secrets() };
  readings.set(name, reading);
  return reading;
}

describe('reading never writes', () => {
  it.each(fixtureNames)('%s stays as it is: bytes, modes, times of change, names', (name) => {
    const stage = stageFixture(name, sandbox);
    const before = stage.listing({ ctime: true });
    readingOf(name, stage);
    expect(stage.listing({ ctime: true })).toEqual(before);
  });
});

describe('documents keep to their schemas and hold no secret', () => {
  it.each(fixtureNames)('%s', (name) => {
    const { documents, secrets } = readingOf(name);
    for (const { document, value } of documents) {
      expect(documentSchemas[document].strict().parse(value)).toEqual(value);
      const text = JSON.stringify(value);
      expect([...secrets, 'Secret.'].filter((secret) => text.includes(secret))).toEqual([]);
    }
  });
});

const repaired = fixtureNames.filter((name) => expectedOf(name).findings.some((finding) => finding.repaired));

describe('a repair', () => {
  it.each(repaired)(
    'of %s makes its findings go and no new ones come; undo gives everything back',
    async (name) => {
      const stage = stageFixture(name, sandbox);
      const before = stage.listing();
      const found = stage.check().findings;
      const wanted = idsOf(found.filter(({ repair }) => repair !== undefined));

      const { plan } = stage.plan(wanted);
      const { applied } = await applyPlan(stage.world, plan, { signal, runs: null });
      expect(applied).toBe(true);
      const left = found.filter(({ id }) => !wanted.includes(id)).map(asExpected);
      const { uncovers = [] } = expectedOf(name);
      expect(sorted(stage.check().findings.map(asExpected))).toEqual(sorted([...left, ...uncovers]));
      expect(stage.plan(wanted).plan.operations).toEqual([]);

      await undoRun(stage.world, stage.selected, { runs: null, run: null, signal });
      expect(stage.listing()).toEqual(before);
      expect(stage.check().findings).toEqual(found);
    },
  );

  it.each(repaired)(
    'of %s, when not asked for by name, touches neither passwords nor what is only mentioned',
    (name) => {
      const { document } = stageFixture(name, sandbox).plan([]);
      const planned = document.findings.map(({ severity, repair }) => ({ severity, risk: repair?.risk }));
      expect(
        planned.filter(
          ({ severity, risk }) => severity === 'info' || risk === 'passwords' || risk === 'mail',
        ),
      ).toEqual([]);
    },
  );

  it.each(repaired)('of %s, applied plainly, leaves nothing to plan', async (name) => {
    const stage = stageFixture(name, sandbox);
    const { plan } = stage.plan([]);
    await applyPlan(stage.world, plan, { signal, runs: null });
    const next = stage.plan([]);
    const uncovered = (expectedOf(name).uncovers ?? []).map(({ check }) => check);
    expect(next.document.findings.filter(({ check }) => !uncovered.includes(check))).toEqual([]);
  });
});

const blocking = allChecks.filter(({ meta }) => meta.blocksOthers === true).map(({ meta }) => meta.id);
const isBlocked = (name: string): boolean =>
  expectedOf(name).findings.some(({ check }) => blocking.includes(check));

describe('while the settings or the list of accounts are lost', () => {
  it.each(fixtureNames.filter(isBlocked))(
    'no plan for %s takes an account, a server, a sender, a login or a folder away, before or after its repair',
    async (name) => {
      const stage = stageFixture(name, sandbox);
      const held = contentOf(stage, []);
      const expectNothingLost = (): void => {
        for (const only of [[], idsOf(stage.check().findings), everything]) {
          const { operations } = stage.plan(only).plan;
          expect(operations.filter(({ op }) => op === 'move-aside' || op === 'move')).toEqual([]);
          expect(contentOf(stage, operations)).toEqual(expect.arrayContaining(held));
        }
      };
      expectNothingLost();
      await applyPlan(stage.world, stage.plan([]).plan, { signal, runs: null });
      expectNothingLost();
    },
  );

  it.each(fixtureNames.filter(isBlocked))('%s is repaired before anything else is looked at', (name) => {
    const { findings, skipped } = stageFixture(name, sandbox).check();
    expect(findings.filter(({ cause }: Finding) => cause !== 'profile')).toEqual([]);
    expect(
      skipped.filter(({ check }) => /^(settings|passwords|leftovers)\//.test(check)).length,
    ).toBeGreaterThan(0);
  });
});

const branches = ['mail.account.', 'mail.server.', 'mail.identity.', 'mail.smtpserver.'];

/** What a profile would hold after these operations, one line for each thing. */
function contentOf({ world, selected }: Stage, operations: readonly Operation[]): string[] {
  const { profile } = gatherFacts(world, selected, operations);
  const directories = [...profile.unusedMail, ...[...profile.serverMail.values()].map(({ mail }) => mail)];
  return [
    ...profile.accountList.items.map((key) => `account ${key} in the list`),
    ...profile.outgoing.listed.map((key) => `outgoing server ${key} in the list`),
    ...branches.flatMap((branch) => profile.prefs.names(branch).map((name) => `line ${name}`)),
    ...profile.logins.logins.logins.map(({ guid }) => `login ${guid}`),
    ...directories.flatMap(({ folders }) =>
      folders.map(({ file, bytes }) => `${bytes} bytes of mail in ${file}`),
    ),
  ];
}

function holdsLogins(name: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mailmend-fixtures-'));
  try {
    return stageFixture(name, folder).secrets().length > 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sorted = (findings: readonly unknown[]): string[] =>
  findings.map((finding) => JSON.stringify(finding)).sort();
