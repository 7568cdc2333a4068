/**
 * Commands that write: the plan first, then a yes, then what became of it. Without a yes nothing is written and the exit
 * is 0 (design.md 3).
 */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailmendError } from '../../src/repair/error.ts';
import { header, nothingToRepair, profilePath, repairPlan, runs } from '../report/support/documents.ts';
import { call } from './support/fake-io.ts';
import { type FakeLibrary, fakeLibrary, plan } from './support/fake-library.ts';

const wasApplied = ({ calls }: FakeLibrary): boolean => calls.some(([name]) => name === 'applyPlan');

describe('repair', () => {
  it('shows the plan and changes nothing when nobody can say yes', async () => {
    const fake = fakeLibrary();
    const { code, stdout, stderr } = await call(['repair'], fake);
    expect(code).toBe(0);
    expect(wasApplied(fake)).toBe(false);
    expect(stdout).toContain('Nothing has been changed yet.');
    expect(stdout).toContain(
      `Next: Nothing was changed. To carry this plan out:\n  mailmend repair ${profilePath} --apply\n`,
    );
    expect(stderr).toBe('');
  });

  it('asks on a terminal, on standard error, and takes a yes', async () => {
    const fake = fakeLibrary();
    const { code, stdout, stderr } = await call(['repair'], { ...fake, terminal: true, answers: ['yes'] });
    expect(code).toBe(0);
    expect(fake.calls).toContainEqual(['applyPlan', plan.id, null, false]);
    expect(stderr).toContain('Shall mailmend change this now? (yes or no)');
    expect(stdout).toContain('Done: 2 lines changed');
    expect(stdout).toContain(`mailmend undo ${profilePath}`);
  });

  it.each([['no'], [''], ['maybe', 'what', 'ok'], []])('takes %j for a no', async (...answers) => {
    const fake = fakeLibrary();
    const { code, stdout } = await call(['repair'], { ...fake, terminal: true, answers });
    expect(code).toBe(0);
    expect(wasApplied(fake)).toBe(false);
    expect(stdout).toContain('Nothing was changed.');
  });

  it('takes Ctrl-C at the question for an end: 130, and nothing was changed', async () => {
    const fake = fakeLibrary();
    const { code, stderr } = await call(['repair'], { ...fake, terminal: true, answers: ['\u0003'] });
    expect(code).toBe(130);
    expect(wasApplied(fake)).toBe(false);
    expect(stderr).toContain('Interrupted. Nothing was changed.');
  });

  it('does not ask with --apply, and not with --no-input or --json', async () => {
    const applied = fakeLibrary();
    const yes = await call(['repair', '--apply'], applied);
    expect([yes.code, wasApplied(applied)]).toEqual([0, true]);
    for (const option of ['--no-input', '--json']) {
      const fake = fakeLibrary();
      const { stderr, code } = await call(['repair', option], { ...fake, terminal: true, answers: ['yes'] });
      expect([code, wasApplied(fake), stderr.includes('yes or no')]).toEqual([0, false, false]);
    }
  });

  it('answers with one JSON document: the plan, what became of it, what is asked for', async () => {
    const { stdout } = await call(['repair', '--apply', '--json'], fakeLibrary());
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'mailmend/repair@1',
      applied: true,
      run: 'r1',
      verified: { remaining: [], new: [] },
      needs: repairPlan.needs,
      plan: { id: repairPlan.plan.id },
    });
  });

  it('names the same choice again in the command that would do it', async () => {
    const { stdout } = await call(
      [
        'repair',
        'work',
        '--only',
        'a,b',
        '--account',
        'alice@example.org',
        '--root',
        '/r o',
        '--runs',
        '/runs',
      ],
      fakeLibrary(),
    );
    expect(stdout).toContain(
      `  mailmend repair ${profilePath} --only a,b --account alice@example.org --apply --root '/r o' --runs /runs\n`,
    );
  });

  it('has nothing to ask where there is nothing to do', async () => {
    const fake = fakeLibrary({ planRepair: () => ({ document: nothingToRepair, plan }) });
    const { code, stdout, stderr } = await call(['repair', '--apply'], { ...fake, terminal: true });
    expect([code, wasApplied(fake), stderr]).toEqual([0, false, '']);
    expect(stdout).toContain('There is nothing to repair. Nothing was changed.');
  });

  it('does not even ask while the program is open, as nothing could be written', async () => {
    const open = { ...repairPlan, profile: { ...header, inUse: true } };
    const fake = fakeLibrary({ planRepair: () => ({ document: open, plan }) });
    const { stdout, stderr } = await call(['repair'], { ...fake, terminal: true, answers: ['yes'] });
    expect(wasApplied(fake)).toBe(false);
    expect(stderr).not.toContain('yes or no');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'mailmend does not write while Thunderbird has the profile open.',
    );
  });

  it.each([
    ['PROFILE_IN_USE', 3],
    ['WRITE_FAILED', 4],
    ['EARLIER_RUN_CUT_OFF', 5],
  ] as const)('ends with the code of %s, %i', async (code, exit) => {
    const { library } = fakeLibrary({
      applyPlan: async () => {
        throw new MailmendError(code, exit, 'It did not work; everything is as before.');
      },
    });
    const outcome = await call(['repair', '--apply'], { library });
    expect(outcome.code).toBe(exit);
    expect(outcome.stderr).toBe('mailmend: It did not work; everything is as before.\n');
  });
});

describe('a signal while something is being written', () => {
  it('aborts it, lets it take itself back, and ends with 130', async () => {
    let aborted = false;
    const { library } = fakeLibrary({
      applyPlan: (_world, _plan, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new MailmendError('INTERRUPTED', 130, 'Interrupted; everything is as before.'));
          });
        }),
    });
    const outcome = await call(['repair', '--apply'], {
      library,
      onInterruptible: (interrupt) => setImmediate(interrupt),
    });
    expect(aborted).toBe(true);
    expect(outcome.code).toBe(130);
    expect(outcome.listeners).toBe(0);
  });

  it('is listened to only while something is being written', async () => {
    let heard = 0;
    const onInterruptible = (): void => {
      heard++;
    };
    await call(['check'], { ...fakeLibrary(), onInterruptible });
    await call(['repair'], { ...fakeLibrary(), onInterruptible });
    expect(heard).toBe(0);
    await call(['repair', '--apply'], { ...fakeLibrary(), onInterruptible });
    expect(heard).toBe(1);
  });
});

describe('repair --out', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mailmend-out-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('saves the plan for its owner alone, does not ask, and says how to apply it', async () => {
    const file = path.join(folder, 'plan.json');
    const fake = fakeLibrary();
    const { code, stdout } = await call(['repair', '--out', file], {
      ...fake,
      terminal: true,
      answers: ['yes'],
    });
    expect(code).toBe(0);
    expect(wasApplied(fake)).toBe(false);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(plan);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stdout).toContain(`mailmend apply ${file}`);
  });

  it('never overwrites a file', async () => {
    const file = path.join(folder, 'plan.json');
    writeFileSync(file, 'mine');
    const { code, stderr } = await call(['repair', '--out', file], fakeLibrary());
    expect(code).toBe(3);
    expect(stderr.replace(/\s+/g, ' ')).toContain('exists already; it was not overwritten.');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('never writes into the profile, nor into a folder that is not there', async () => {
    const inside = { ...plan, profile: { ...plan.profile, path: folder } };
    const { library } = fakeLibrary({ planRepair: () => ({ document: repairPlan, plan: inside }) });
    const refused = await call(['repair', '--out', path.join(folder, 'plan.json')], { library });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('The plan cannot be saved inside the profile.');
    const missing = await call(['repair', '--out', path.join(folder, 'no', 'plan.json')], fakeLibrary());
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('The plan could not be saved');
  });
});

describe('apply', () => {
  it('shows the saved plan, and carries it out on a yes', async () => {
    const shown = fakeLibrary();
    const first = await call(['apply', 'plan.json'], shown);
    expect([first.code, wasApplied(shown)]).toEqual([0, false]);
    expect(first.stdout).toContain('The saved plan 0123456789ab would change this.');
    expect(first.stdout).toContain('  mailmend apply plan.json --apply\n');
    const done = fakeLibrary();
    const second = await call(['apply', 'plan.json', '--apply'], done);
    expect(done.calls).toContainEqual(['readPlanFile', 'plan.json']);
    expect(wasApplied(done)).toBe(true);
    expect(second.stdout).toContain('Done: 2 lines changed');
  });
});

describe('undo', () => {
  it('shows the last run that can be taken back, and takes it back on a yes', async () => {
    const shown = await call(['undo'], fakeLibrary());
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain(`  mailmend undo ${profilePath} --run 20261123-183000-ab12 --apply\n`);
    const fake = fakeLibrary();
    const done = await call(['undo'], { ...fake, terminal: true, answers: ['y'] });
    expect(fake.calls).toContainEqual(['undoRun', '20261123-183000-ab12']);
    expect(done.stdout).toContain('Run 20261123-183000-ab12 was taken back.');
  });

  it('only lists with --list', async () => {
    const fake = fakeLibrary();
    const { stdout, code } = await call(['undo', '--list', '--runs', '/elsewhere'], {
      ...fake,
      terminal: true,
    });
    expect(code).toBe(0);
    expect(fake.calls).toContainEqual(['listRuns', { runs: '/elsewhere' }]);
    expect(stdout).toContain('2 runs of mailmend');
  });

  it('has nothing to do where nothing was changed', async () => {
    const { library, calls } = fakeLibrary({ listRuns: () => ({ ...runs, runs: [] }) });
    const { stdout, code } = await call(['undo', '--apply'], { library });
    expect(code).toBe(0);
    expect(stdout).toContain('there is nothing to take back');
    const settled = () => calls.filter(([name]) => name === 'settleRuns').length;
    expect(settled()).toBe(1);
    await call(['undo'], { library });
    expect(settled()).toBe(1);
  });

  it('says of a damaged run where the kept files are, and offers the one before it', async () => {
    const [first, ...others] = runs.runs;
    if (first === undefined) throw new Error('the fake library has runs');
    const damaged = { ...first, id: 'zz', state: 'damaged' as const, why: 'the files are in /kept' };
    const fake = fakeLibrary({ listRuns: () => ({ ...runs, runs: [damaged, first, ...others] }) });
    for (const words of [['--apply'], ['--run', 'zz', '--apply']]) {
      const { code, stderr } = await call(['undo', ...words], fake);
      expect([words, code]).toEqual([words, 3]);
      expect(stderr).toContain('/kept');
      expect(stderr).toContain(`mailmend undo ${profilePath} --run ${first.id}`);
    }
    const alone = fakeLibrary({ listRuns: () => ({ ...runs, runs: [damaged] }) });
    expect((await call(['undo'], alone)).stderr).toContain(`mailmend undo ${profilePath} --list`);
    const listed = await call(['undo', '--list'], alone);
    expect(listed.stdout).toMatch(/Changed +not known/);
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining('cannot take it back')]);
    const names = new Set(fake.calls.concat(alone.calls).map(([name]) => name));
    expect(names).toEqual(new Set(['selectProfile']));
  });

  it('purges one named run, after a yes', async () => {
    const fake = fakeLibrary();
    const words = ['undo', '--purge', '--run', '20261101-080000-cd34'];
    const shown = await call(words, fake);
    expect(fake.calls.some(([name]) => name === 'purgeRun')).toBe(false);
    expect(shown.stdout).toContain(
      `  mailmend undo ${profilePath} --purge --run 20261101-080000-cd34 --apply\n`,
    );
    const done = await call([...words, '--apply'], fake);
    expect(fake.calls).toContainEqual(['purgeRun', '20261101-080000-cd34']);
    expect(done.stdout).toContain('is deleted');
  });
});

describe('diagnostic-profile', () => {
  it('is made after a yes, and explained', async () => {
    const fake = fakeLibrary();
    const words = ['diagnostic-profile', 'work', '--account', 'alice@example.org', '--as', 'imap'];
    const { stdout } = await call(words, { ...fake, terminal: true, answers: ['yes'] });
    expect(fake.calls).toContainEqual([
      'planDiagnosticProfile',
      { account: 'alice@example.org', as: 'imap', remove: false },
    ]);
    expect(stdout).toContain('How to start it');
    expect(stdout).toContain('What it means');
  });

  it('is only planned without one', async () => {
    const fake = fakeLibrary();
    const { stdout, code } = await call(['diagnostic-profile'], fake);
    expect([code, wasApplied(fake)]).toEqual([0, false]);
    expect(stdout).toContain('Nothing was changed. To do it:');
  });
});

describe('progress', () => {
  it('is one line on the terminal that is wiped, and nowhere else', async () => {
    const seen = await call(['repair', '--apply'], { ...fakeLibrary(), terminal: true });
    expect(seen.stderr).toBe('\r\u001b[K1 of 2 steps\r\u001b[K');
    expect(seen.stdout).not.toContain('of 2 steps');
    expect((await call(['repair', '--apply'], fakeLibrary())).stderr).toBe('');
    expect((await call(['repair', '--apply', '--quiet'], { ...fakeLibrary(), terminal: true })).stderr).toBe(
      '',
    );
  });
});
