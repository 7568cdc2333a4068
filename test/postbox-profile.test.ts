/**
 * The script that builds Postbox profiles still builds the ones that the fixtures were made from.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fixturesFolder } from './support/lay-out-fixture.ts';

const script = fileURLToPath(new URL('../scripts/make-postbox-profile.mjs', import.meta.url));
let sandbox = '';

beforeEach(() => {
  sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-postbox-')));
});

afterEach(() => {
  rmSync(sandbox, { recursive: true });
});

const build = (...options: string[]): string =>
  execFileSync(process.execPath, [script, sandbox, ...options], { encoding: 'utf8', stdio: 'pipe' });

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

it.each([
  ['postbox-healthy', 'PostboxApp', []],
  ['postbox-5', 'Postbox', ['--version', '5']],
] as const)('%s', (fixture, root, options) => {
  const files = join(fixturesFolder, fixture, 'files');
  build(...options, '--keys', join(files, root, 'Profiles/mfxvr37h.default'));
  expect(filesIn(sandbox)).toEqual(filesIn(files));
});

it('can keep the address books elsewhere, as Postbox offers it', () => {
  const store = join(sandbox, 'Dropbox/Postbox');
  build('--store', store);
  expect(readdirSync(store).sort()).toEqual(['abook.mab', 'history.mab']);
  const profile = join(sandbox, 'PostboxApp/Profiles/mfxvr37h.default');
  expect(readdirSync(profile)).not.toContain('abook.mab');
  expect(readFileSync(join(profile, 'prefs.js'), 'utf8')).toContain(store);
});

it('overwrites nothing', () => {
  build();
  const before = filesIn(sandbox);
  expect(() => build()).toThrow('EEXIST');
  expect(filesIn(sandbox)).toEqual(before);
});
