import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/library/apply.ts';
import { describePlan } from '../../src/library/plan-file.ts';
import { planRepair } from '../../src/library/repair.ts';
import { selectedAt } from '../../src/library/select.ts';
import { undoRun } from '../../src/library/undo.ts';
import { systemWorld } from '../../src/library/world.ts';
import { makePlan } from '../../src/repair/plan.ts';

let home: string;
const world = () => ({ ...systemWorld(), home, env: {} });

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'plan-scope-'));
  fs.mkdirSync(path.join(home, 'profile'));
  fs.mkdirSync(path.join(home, 'elsewhere'));
  fs.writeFileSync(
    path.join(home, 'profile/prefs.js'),
    'user_pref("mail.account.account1.server", "server1");\nuser_pref("mail.accountmanager.accounts", "account1");\nuser_pref("mail.server.server1.hostname", "imap.example.org:993");\nuser_pref("mail.server.server1.type", "imap");\nuser_pref("mail.server.server1.userName", "a");\n',
  );
});
afterEach(() => fs.rmSync(home, { recursive: true }));

describe('a plan or a journal that somebody else may have made', () => {
  it('cannot declare a folder that is neither the profile nor its root', () => {
    const foreign = makePlan(world().fs, {
      profile: path.join(home, 'profile'),
      folders: [path.join(home, 'elsewhere')],
      operations: [
        { op: 'make-folder', path: path.join(home, 'elsewhere/new'), mode: 0o700, why: 'no good' },
      ],
      now: new Date(0),
    });
    expect(() => describePlan(world(), foreign)).toThrow(/belongs neither to the profile/);
    expect(fs.readdirSync(path.join(home, 'elsewhere'))).toEqual([]);
  });

  it('is refused by undo when its steps lead elsewhere', async () => {
    const at = path.join(home, 'profile');
    const selected = selectedAt(world(), at, []);
    const { plan } = planRepair(world(), selected, { only: [], account: null });
    const { run } = await applyPlan(world(), plan, { signal: new AbortController().signal, runs: null });
    expect(run).not.toBeNull();
    // The same run beside another profile folder, which it was not made for.
    const moved = path.join(home, 'elsewhere/profile');
    fs.cpSync(at, moved, { recursive: true });
    fs.cpSync(path.join(home, '.mailmend'), path.join(home, 'elsewhere/.mailmend'), { recursive: true });
    const before = fs.readFileSync(path.join(at, 'prefs.js'));
    await expect(
      undoRun(world(), selectedAt(world(), moved, []), {
        runs: null,
        run: null,
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow();
    expect(fs.readFileSync(path.join(at, 'prefs.js'))).toEqual(before);
  });
});
