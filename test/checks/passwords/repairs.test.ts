/** Repairs of saved logins: which operations they take, and that a plan holds no password, sealed or not. */

import { Buffer } from 'node:buffer';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyPlan } from '../../../src/library/apply.ts';
import type { Operation } from '../../../src/repair/operation.ts';
import { type Stage, stageFixture } from '../../support/fixture-stage.ts';

let sandbox = '';

beforeEach(() => {
  sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-passwords-')));
});

afterEach(() => {
  rmSync(sandbox, { recursive: true });
});

const operationsFor = (stage: Stage, only: string): Operation[] => stage.plan([only]).plan.operations;

/** Also what is written as base64. */
const plainText = (operations: readonly Operation[]): string =>
  operations
    .map(
      (operation) =>
        JSON.stringify(operation) + ('content' in operation ? Buffer.from(operation.content, 'base64') : ''),
    )
    .join('\n');

it.each([
  ['orphan-server-login', 'passwords', 'edit-rows'],
  ['login-unused', 'login-unused', 'edit-rows'],
  ['logins-one-row-hides-all', 'logins-damaged', 'edit-rows'],
  ['logins-damaged-empty-with-backup', 'logins-damaged', 'copy'],
  ['logins-damaged-truncated-with-backup', 'logins-damaged', 'write'],
  ['logins-damaged-truncated', 'logins-damaged', 'write'],
  ['logins-only-in-corrupt', 'logins-damaged', 'write'],
])('%s, %s: %s', (fixture, only, op) => {
  const stage = stageFixture(fixture, sandbox);
  const operations = operationsFor(stage, only);
  expect([...new Set(operations.map((operation) => operation.op))]).toEqual([op]);
  const held = stage.secrets().filter((secret) => plainText(operations).includes(secret));
  // Rows out of a damaged list stand together in no file of the disk.
  if (op === 'write') expect(held).not.toEqual([]);
  else expect(held).toEqual([]);
});

it('an incomplete row goes, and all other bytes stay', async () => {
  const stage = stageFixture('logins-one-row-hides-all', sandbox);
  const file = join(stage.profile, 'logins.json');
  const before = JSON.parse(readFileSync(file, 'utf8'));
  const { plan } = stage.plan(['logins-damaged']);
  await applyPlan(stage.world, plan, { signal: new AbortController().signal, runs: null });
  const logins = before.logins.filter(
    (row: { encryptedUsername: unknown; encryptedPassword: unknown } | null) =>
      typeof row?.encryptedUsername === 'string' && typeof row.encryptedPassword === 'string',
  );
  expect(logins.length).toBeLessThan(before.logins.length);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...before, logins });
});
