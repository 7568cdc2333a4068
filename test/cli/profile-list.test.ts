/**
 * The words of `profiles use`, `register` and `relink` on a real list: asked on a terminal, `--apply` elsewhere, one
 * document with --json, exit codes.
 */

import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../src/cli/library.ts';
import * as library from '../../src/index.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { testWorld } from '../support/test-world.ts';
import { call } from './support/fake-io.ts';

let folder = '';
let root = '';
let own: Library;

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-cli-'));
  ({ root } = layOutRoot(join(folder, 'root'), 'small', 'plain'));
  inWorld('/usr/lib/thunderbird');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function inWorld(...installed: string[]): void {
  const programs = installed.map((at) => ({ folder: at, name: 'Thunderbird', version: '153.7.0' }));
  const world = testWorld(folder, programs);
  own = { ...library, systemWorld: () => world };
}

const list = (): string => readFileSync(join(root, 'profiles.ini'), 'utf8');
const typed = (...words: string[]) => call([...words, '--root', root], { library: own });

describe('profiles use', () => {
  it('shows what would open, and changes nothing without a yes', async () => {
    const before = list();
    const { code, stdout } = await typed('profiles', 'use', 'plain');
    expect(code).toBe(0);
    expect(stdout).toContain('+ [InstallFDC34C9F024745EB] Default=plain');
    expect(stdout).toContain('opens "plain"');
    expect(stdout).toContain(`mailmend profiles use ${join(root, 'plain')} --apply --root ${root}`);
    expect(list()).toBe(before);
  });

  it('does it after a yes on a terminal, and with --apply', async () => {
    const words = ['profiles', 'use', 'plain', '--root', root];
    const yes = await call(words, { library: own, terminal: true, answers: ['yes'] });
    expect(yes.stderr).toContain('Shall mailmend change the list now? (yes or no)');
    expect(yes.stdout).toContain(`mailmend undo ${join(root, 'plain')} --root ${root}`);
    expect(list()).toContain('Default=plain');
    const { code, stdout } = await typed('profiles', 'use', 'small', '--apply', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'mailmend/profiles-use@1',
      applied: true,
      run: expect.any(String),
      installs: [{ opens: 'profile', profile: join(root, 'small') }],
    });
    expect((await typed('profiles', 'use', 'small')).stdout).toContain('There is nothing to change.');
  });

  it('asks which program is meant, or lists the calls where nobody can answer', async () => {
    inWorld('/usr/lib/thunderbird', '/opt/thunderbird');
    const alone = await typed('profiles', 'use', 'plain');
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain('--install /opt/thunderbird');
    const words = ['profiles', 'use', 'plain', '--root', root];
    const asked = await call(words, { library: own, terminal: true, answers: ['3', 'yes'] });
    expect(asked.code).toBe(0);
    expect(list().match(/Default=plain/g)).toHaveLength(2);
  });
});

describe('profiles register and relink', () => {
  it('enter a folder, and point its entry elsewhere', async () => {
    const first = layOutFixture('maildir', join(folder, 'home')).profile;
    const second = layOutFixture('several-accounts', join(folder, 'home')).profile;
    const registered = await typed('profiles', 'register', first, '--name', 'Büro; 1', '--apply');
    expect(registered.code).toBe(0);
    expect(registered.stdout).toContain(`mailmend profiles use ${first}`);
    expect(list()).toContain(`Name=Büro; 1\nIsRelative=0\nPath=${first}\n`);
    const relinked = await typed('profiles', 'relink', 'Büro; 1', second, '--apply', '--json');
    expect(JSON.parse(relinked.stdout)).toMatchObject({
      schema: 'mailmend/profiles-relink@1',
      former: first,
    });
    expect(list()).toContain(`Path=${second}\n`);
  });

  it.each([
    [['profiles', 'register', '/nowhere'], 'There is no folder at /nowhere'],
    [['profiles', 'relink', 'nobody', '.'], 'is not a mail profile'],
    [['profiles', 'relink', 'small'], 'Something is missing behind the command.'],
    [['profiles', 'regster', 'x'], 'mailmend profiles register'],
    [['profile', 'use', 'x'], 'mailmend profiles use'],
  ])('%j cannot be answered', async (words, said) => {
    const { code, stderr } = await typed(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  it('are refused where there is no list', async () => {
    const { profile } = layOutFixture('maildir', join(folder, 'home'));
    const { code, stderr } = await call(['profiles', 'register', profile], { library: own });
    expect(code).toBe(3);
    expect(stderr).toContain('--root');
  });
});
