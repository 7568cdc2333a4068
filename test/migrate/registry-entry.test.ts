/**
 * A diagnostic profile in profiles.ini and out of it again, byte for byte where nobody else has written in between.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiagnosticMark } from '../../src/migrate/diagnostic-mark.ts';
import {
  askAsBefore,
  askAtStart,
  registryBefore,
  requireList,
  unlistProfile,
} from '../../src/migrate/registry-entry.ts';
import type { Registry } from '../../src/profile/registry.ts';
import { listProfile } from '../../src/profile/registry-changes.ts';
import { roots, rootWith, withChanges } from './support/registry.ts';

const root = roots.linux;
const name = 'Diagnostic profile (mailmend)';

const read = (text: string): Registry => rootWith('linux', text).registry;

const add = (text: string, folder = 'fresh.diagnostic'): string =>
  withChanges(text, listProfile(read(text), name, `${root}/${folder}`), askAtStart(read(text)));

const markOf = (text: string, of = `${root}/old`): DiagnosticMark => ({
  made: '2026-11-23T12:00:00.000Z',
  of,
  before: registryBefore(read(text)),
});

/** @param folder of the profile that goes. */
function remove(text: string, mark: DiagnosticMark, folder = 'fresh.diagnostic'): string {
  const registry = read(text);
  const entry = registry.profiles.find(({ path }) => path === `${root}/${folder}`);
  if (entry === undefined) throw new Error(`${folder} is not listed`);
  return withChanges(text, unlistProfile(registry, entry, mark), askAsBefore(registry, mark));
}

const profile = (index: number, path: string, ...more: string[]): string =>
  `[Profile${index}]\nName=${path}\nIsRelative=1\nPath=${path}\n${more.map((line) => `${line}\n`).join('')}\n`;
const general = '[General]\nStartWithLastProfile=1\nVersion=2\n\n';
const install = (path: string): string => `[InstallFDC34C9F024745EB]\nDefault=${path}\nLocked=1\n\n`;
const ordinary = profile(0, 'old', 'Default=1') + general + install('old');

describe('entering', () => {
  it('gives the next number, and the question at the start', () => {
    expect(add(ordinary)).toBe(
      `${ordinary.replace('StartWithLastProfile=1', 'StartWithLastProfile=0')}[Profile1]\nName=${name}\nIsRelative=1\nPath=fresh.diagnostic\n\n`,
    );
    expect(read(add(ordinary)).profiles.map(({ path }) => path)).toEqual([
      `${root}/old`,
      `${root}/fresh.diagnostic`,
    ]);
  });

  it('leaves the default profile, and that of each installation, as they are', () => {
    const after = read(add(ordinary));
    expect(after.default?.path).toBe(`${root}/old`);
    expect(after.installs[0]?.profile?.path).toBe(`${root}/old`);
  });

  it('fills a gap, so that the program sees it', () => {
    const gap = profile(0, 'old') + profile(2, 'hidden') + general;
    expect(read(gap).profiles).toHaveLength(1);
    expect(read(add(gap)).profiles.map(({ section, name: called }) => [section, called])).toEqual([
      ['Profile0', 'old'],
      ['Profile1', name],
      ['Profile2', 'hidden'],
    ]);
  });

  it.each([
    ['there is no profiles.ini', null, 'There is no'],
    ['a section ends the count', '[Profile0]\nName=old\nPath=old\n', 'no IsRelative line'],
    ['it is too large for a list', `;${'x'.repeat(2 * 1024 * 1024)}`, 'larger than'],
  ])('is refused where %s', (_what, text, said) => {
    const { registry } = rootWith('linux', text);
    expect(() => requireList(registry)).toThrow(
      expect.objectContaining({ code: 'NO_ROOT', exit: 3, message: expect.stringContaining(said) }),
    );
  });
});

describe('taking out', () => {
  it('moves the last section into the place that gets free, so that no gap hides a profile', () => {
    const three = `${profile(0, 'old', 'Default=1')}${profile(1, 'fresh.diagnostic')}${profile(2, 'work')}${general}`;
    const after = remove(three, markOf(ordinary));
    expect(after).toBe(`${profile(0, 'old', 'Default=1')}${profile(1, 'work')}${general}`);
  });

  it('keeps the count of sections that the program passes over', () => {
    const nameless = `${profile(0, 'old')}${profile(1, 'fresh.diagnostic')}[Profile2]\nIsRelative=1\nPath=x\n\n${profile(3, 'work')}`;
    const after = read(remove(nameless, markOf(profile(0, 'old'))));
    expect(after.profiles.map(({ path }) => path)).toEqual([`${root}/old`, `${root}/work`]);
    expect(after.hidden.map(({ cause }) => cause)).toEqual(['no-name']);
  });

  it('gives an installation back the profile that it opened before it was chosen in the profile manager', () => {
    const chosen = add(ordinary).replace('Default=old\nLocked=1', 'Default=fresh.diagnostic\nLocked=1');
    expect(remove(chosen, markOf(ordinary))).toBe(ordinary);
  });

  it('does not leave an installation without a profile: it would make an empty one', () => {
    const gone = ordinary.replace('Default=old\nLocked=1', 'Default=gone\nLocked=1');
    const chosen = add(ordinary).replace('Default=old\nLocked=1', 'Default=fresh.diagnostic\nLocked=1');
    expect(read(remove(chosen, markOf(gone))).installs[0]?.profile?.path).toBe(`${root}/old`);
  });

  it('takes the section of an installation away that had none before', () => {
    const before = profile(0, 'old', 'Default=1') + general;
    const chosen = `${add(before)}${install('fresh.diagnostic')}`;
    expect(remove(chosen, markOf(before))).toBe(before);
  });

  it('gives the mark of the default back where programs without such sections have moved it', () => {
    const before = profile(0, 'old', 'Default=1') + profile(1, 'work') + general;
    const chosen = add(before)
      .replace('Path=old\nDefault=1\n', 'Path=old\n')
      .replace('Path=fresh.diagnostic\n', 'Path=fresh.diagnostic\nDefault=1\n');
    expect(read(chosen).default?.path).toBe(`${root}/fresh.diagnostic`);
    expect(remove(chosen, markOf(before))).toBe(before);
  });

  it('leaves a default that the owner has chosen since', () => {
    const chosen = add(profile(0, 'old', 'Default=1') + profile(1, 'work') + general + install('old'))
      .replace('Path=old\nDefault=1\n', 'Path=old\n')
      .replace('Path=work\n', 'Path=work\nDefault=1\n')
      .replace('Default=old\nLocked=1', 'Default=work\nLocked=1');
    const after = read(remove(chosen, markOf(ordinary)));
    expect(after.default?.path).toBe(`${root}/work`);
    expect(after.installs[0]?.profile?.path).toBe(`${root}/work`);
  });
});

describe('the law of both', () => {
  const eol = fc.constantFrom('\n', '\r\n');
  const start = fc.constantFrom('', 'StartWithLastProfile=1\n', 'StartWithLastProfile=0\n');
  const sections = fc.record({
    profiles: fc.integer({ min: 0, max: 3 }),
    start,
    version: fc.constantFrom('', 'Version=2\n'),
    order: fc.constantFrom('general first', 'general last'),
    end: fc.constantFrom('', '\n', '\n\n', '\n; mine'),
  });
  const text = fc.tuple(sections, eol).map(([given, lineEnd]) => {
    const all = Array.from({ length: given.profiles }, (_, index) =>
      profile(index, index === 0 ? 'old' : `p${index}`),
    );
    const keys = given.start + given.version;
    const head = keys === '' ? [] : [`[General]\n${keys}\n`];
    const parts = given.order === 'general first' ? [...head, ...all] : [...all, ...head];
    return `${parts.join('').trimEnd()}${given.end}`.replaceAll('\n', lineEnd);
  });

  it('what is entered and taken out leaves every byte as it was', () => {
    fc.assert(
      fc.property(text, (before) => {
        expect(remove(add(before), markOf(before))).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  it('of several, in whatever order they go, every one is seen as long as it is there', () => {
    const folders = ['a.diagnostic', 'b.diagnostic', 'c.diagnostic'];
    fc.assert(
      fc.property(text, fc.shuffledSubarray(folders, { minLength: 3 }), (before, order) => {
        const mark = markOf(before);
        let now = folders.reduce((so, folder) => add(so, folder), before);
        const left = new Set(folders);
        for (const folder of order) {
          now = remove(now, mark, folder);
          left.delete(folder);
          const listed = read(now).profiles.map(({ path }) => path);
          for (const other of left) expect(listed).toContain(`${root}/${other}`);
          expect(read(now).hidden).toEqual([]);
        }
        const seen = (ini: string): unknown =>
          read(ini).profiles.map(({ name: called, path }) => [called, path]);
        expect(seen(now)).toEqual(seen(before));
      }),
      { numRuns: 150 },
    );
  });
});
