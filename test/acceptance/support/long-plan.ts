/**
 * A saved plan that takes its time: many new files in a folder of its own, after changes of every other kind.
 * For tests that need to be in the middle of it.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileSystem } from '../../../src/repair/node-file-system.ts';
import type { Operation } from '../../../src/repair/operation.ts';
import { makePlan } from '../../../src/repair/plan.ts';
import type { WritingStage } from './writing-stage.ts';

/** @returns the file of the plan, beside the root. */
export function saveLongPlan({ home, profile, root }: WritingStage, steps = 100): string {
  const file = join(home, 'plan.json');
  const plan = makePlan(createFileSystem(), {
    profile,
    folders: [profile, root],
    operations: operationsIn(profile, steps),
    now: new Date(),
  });
  writeFileSync(file, JSON.stringify(plan));
  return file;
}

function operationsIn(profile: string, steps: number): Operation[] {
  const why = 'the test wants it';
  const folder = join(profile, 'Mail', 'Many');
  const prefs = { name: 'mail.test', from: null, to: 'yes' };
  return [
    { op: 'edit-prefs', path: join(profile, 'prefs.js'), why, changes: [prefs] },
    { op: 'write', path: join(profile, 'logins.json'), why, content: base64('{"logins":[]}'), mode: null },
    { op: 'move-aside', path: join(profile, 'ImapMail'), why },
    { op: 'make-folder', path: folder, why, mode: 0o700 },
    ...Array.from(
      { length: steps - 4 },
      (_, number): Operation => ({
        op: 'write',
        path: join(folder, String(number)),
        why,
        content: base64(`number ${number}`),
        mode: 0o600,
      }),
    ),
  ];
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
