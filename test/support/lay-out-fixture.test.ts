import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixturesFolder, layOutFixture } from './lay-out-fixture.ts';
import { treeHash, treeListing } from './tree-hash.ts';

const script = fileURLToPath(new URL('../../scripts/make-fixture.mjs', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailmend-fixture-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function makeFixture(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

const names = readdirSync(fixturesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('a fixture', () => {
  it.each(names)('%s is laid out as it was recorded', (name) => {
    const { root, profile } = layOutFixture(name, folder);
    expect(profile.startsWith(root)).toBe(true);
    const { base, profile: relative } = JSON.parse(
      readFileSync(join(fixturesFolder, name, 'tree.json'), 'utf8'),
    );
    const again = join(folder, 'recorded');
    makeFixture(root, name, '--into', again, '--profile', relative);
    const recorded = JSON.parse(readFileSync(join(again, name, 'tree.json'), 'utf8'));
    const stored = JSON.parse(readFileSync(join(fixturesFolder, name, 'tree.json'), 'utf8'));
    expect({ ...recorded, ...(base === undefined ? {} : { base }) }).toEqual(stored);
  });

  it.each(names)('%s says in words what it is and what mailmend finds', (name) => {
    expect(readFileSync(join(fixturesFolder, name, 'README.md'), 'utf8')).toMatch(/\w/);
    const expected = JSON.parse(readFileSync(join(fixturesFolder, name, 'expected.json'), 'utf8'));
    expect(expected).toMatchObject({ healthy: expect.any(Boolean), findings: expect.any(Array) });
  });

  it('keeps modes, times, links and empty folders', () => {
    const made = join(folder, 'made');
    mkdirSync(join(made, 'empty'), { recursive: true, mode: 0o750 });
    writeFileSync(join(made, 'prefs.js'), 'user_pref("a", 1);\n', { mode: 0o600 });
    writeFileSync(join(made, 'locked'), 'x');
    chmodSync(join(made, 'locked'), 0o400);
    symlinkSync('127.0.1.1:+42', join(made, 'lock'));
    makeFixture(made, 'kept', '--into', join(folder, 'fixtures'));
    const { root } = layOutFixture('kept', folder, join(folder, 'fixtures'));
    expect(treeListing(root)).toEqual(treeListing(made));
  });

  it('that was made from another keeps only what differs', () => {
    const fixtures = join(folder, 'fixtures');
    const made = join(folder, 'made');
    mkdirSync(made);
    for (const name of ['prefs.js', 'times.json', 'gone']) writeFileSync(join(made, name), name);
    makeFixture(made, 'whole', '--into', fixtures);
    writeFileSync(join(made, 'prefs.js'), 'broken');
    rmSync(join(made, 'gone'));
    makeFixture(made, 'broken', '--into', fixtures, '--base', 'whole');
    expect(readdirSync(join(fixtures, 'broken', 'files'))).toEqual(['prefs.js']);
    const { root } = layOutFixture('broken', folder, fixtures);
    expect(treeHash(root)).toBe(treeHash(made));
  });
});

describe('the hash of a folder', () => {
  const changes: [string, (file: string) => void][] = [
    ['a byte', (file) => writeFileSync(file, 'B')],
    ['a mode', (file) => chmodSync(file, 0o640)],
    ['a name', (file) => writeFileSync(`${file}.new`, '')],
    ['a removed file', (file) => rmSync(file)],
    ['a link', (file) => symlinkSync('there', `${file}.link`)],
    ['a folder', (file) => mkdirSync(`${file}.folder`)],
  ];

  it.each(changes)('changes with %s', (_what, change) => {
    const file = join(folder, 'file');
    writeFileSync(file, 'A', { mode: 0o600 });
    const before = treeHash(folder);
    expect(treeHash(folder)).toBe(before);
    change(file);
    expect(treeHash(folder)).not.toBe(before);
  });

  it('holds change times when asked, which a restored file does not bring back', () => {
    const { root } = layOutFixture('first-start', folder);
    const [plain, withTimes] = [treeHash(root), treeHash(root, { ctime: true })];
    chmodSync(join(root, 'profiles.ini'), 0o600);
    chmodSync(join(root, 'profiles.ini'), 0o644);
    expect(treeHash(root)).toBe(plain);
    expect(treeHash(root, { ctime: true })).not.toBe(withTimes);
  });
});
