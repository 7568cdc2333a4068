/** The journal: what is written is there after a cut, what was torn is passed over. */

import { describe, expect, test } from 'vitest';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import { sha256 } from '../../src/repair/hash.ts';
import {
  appendRecord,
  journalName,
  type OpenRecord,
  openJournal,
  readRecords,
} from '../../src/repair/journal.ts';
import { readRuns } from '../../src/repair/run.ts';
import { planFor } from './support/carry.ts';
import { appendTo, createMemory, readText, writeFile } from './support/memory.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';

const folder = `${root}/.mailmend/abcd.default/run1`;

function opened(): { fs: WritableFileSystem; open: OpenRecord } {
  const { fs } = createMemory({
    ...tree,
    [`${root}/.mailmend`]: null,
    [`${root}/.mailmend/abcd.default`]: null,
    [folder]: null,
  });
  const plan = planFor(fs, []);
  const when = '2026-11-23T18:46:59.250Z';
  const open: OpenRecord = {
    type: 'open',
    schema: 'mailmend/journal@1',
    run: 'run1',
    folder,
    when,
    plan,
    steps: [],
    folders: [],
  };
  openJournal(fs, folder, open);
  return { fs, open };
}

describe('the journal', () => {
  test('is JSON lines, each with a checksum, readable by the owner only', () => {
    const { fs, open } = opened();
    appendRecord(fs, folder, { type: 'begin', step: 0, inode: null });
    const lines = readText(fs, `${folder}/${journalName}`).split('\n').filter(Boolean);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { sum: expect.stringMatching(/^[0-9a-f]{16}$/), record: open },
      { sum: expect.any(String), record: { type: 'begin', step: 0, inode: null } },
    ]);
    expect(fs.lstat(`${folder}/${journalName}`)?.mode).toBe(0o600);
  });

  test('is written whole however little a write takes', () => {
    const { fs, open } = opened();
    const slow = {
      ...fs,
      write: (handle: number, bytes: Uint8Array) => fs.write(handle, bytes.subarray(0, 7)),
    };
    appendRecord(slow, folder, { type: 'undone' });
    expect(readRecords(fs, folder)).toEqual([open, { type: 'undone' }]);
  });

  test('does not wait for ever on a disk that takes nothing', () => {
    const { fs } = opened();
    expect(() => appendRecord({ ...fs, write: () => 0 }, folder, { type: 'undone' })).toThrow(/EIO/);
  });

  test('a torn line is passed over, and the next record stands on its own', () => {
    const { fs, open } = opened();
    appendTo(fs, `${folder}/${journalName}`, '\n{"sum":"0123456789abcdef","record":{"type":"app');
    expect(readRecords(fs, folder)).toEqual([open]);
    appendRecord(fs, folder, { type: 'rolled-back' });
    expect(readRecords(fs, folder)).toEqual([open, { type: 'rolled-back' }]);
  });

  test('a line whose sum is wrong counts as torn', () => {
    const { fs, open } = opened();
    appendTo(fs, `${folder}/${journalName}`, '\n{"sum":"0123456789abcdef","record":{"type":"undone"}}\n');
    expect(readRecords(fs, folder)).toEqual([open]);
  });

  test('cannot be read: an error, not an empty journal', () => {
    const { fs } = opened();
    const broken = {
      ...fs,
      readFile() {
        throw Object.assign(new Error('EIO'), { code: 'EIO' });
      },
    };
    expect(() => readRecords(broken, folder)).toThrow('EIO');
  });
});

describe('a journal that somebody else made, with the right checksums', () => {
  const line = (json: string): string => `\n{"sum":"${sha256(json).slice(0, 16)}","record":${json}}\n`;
  const file = { size: 1, mode: 0o600, uid: 0, gid: 0, mtimeNs: '1', sha256: 'x' };
  const step = { operation: 0, path: '/x' };
  const good: Record<string, unknown>[] = [
    { type: 'begin', step: 0, inode: '7' },
    { type: 'begin', step: 0, inode: null },
    { type: 'applied', folders: [{ path: '/x', mtimeNs: 'undefined' }] },
    { type: 'undo', restoreTimes: ['/x'], kept: [{ path: '/x', why: 'y' }] },
    { type: 'take-back', step: 3 },
    { type: 'rolled-back' },
    { type: 'undone' },
    { type: 'purged' },
  ];
  const steps = [
    { ...step, step: 'place', before: null, after: file, staged: '/y', image: '/z' },
    { ...step, step: 'place', before: file, after: { ...file, mtimeNs: null }, staged: '/y', image: '/z' },
    { step: 'rename', operation: 0, from: '/x', to: '/y' },
    { ...step, step: 'make-folder', mode: 0o700, uid: 0, gid: 0 },
    { ...step, step: 'set-mode', from: 0o600, to: 0o644 },
  ];

  test('every kind of record is one', () => {
    const { fs, open } = opened();
    const operations = [...Object.values(scenarios).flat()];
    const plan = { ...open.plan, operations };
    for (const record of [{ ...open, plan, steps }, ...good])
      appendTo(fs, `${folder}/${journalName}`, line(JSON.stringify(record)));
    expect(readRecords(fs, folder)).toHaveLength(good.length + 2);
  });

  /** Each key of it, at any depth, taken away or of another kind. */
  function spoiled(value: unknown): unknown[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.keys(value).flatMap((key) => {
      const rest: Record<string, unknown> = Object.fromEntries(
        Object.entries(value).filter(([name]) => name !== key),
      );
      const inner = (value as Record<string, unknown>)[key];
      const put = (other: unknown): unknown =>
        Array.isArray(value)
          ? value.map((item, index) => (String(index) === key ? other : item))
          : { ...rest, [key]: other };
      return [...(Array.isArray(value) ? [] : [rest]), put({}), put([[]]), ...spoiled(inner).map(put)];
    });
  }

  test('whatever is missing in a record or of another kind, it is none', () => {
    const { fs, open } = opened();
    const { id, profile: owner, folders } = open.plan;
    const operations = Object.values(scenarios).flat();
    const needed = [...good, { ...open, plan: { id, profile: owner, folders, operations }, steps }];
    const wrong = needed.flatMap(spoiled);
    expect(wrong.length).toBeGreaterThan(300);
    for (const record of wrong) {
      const json = JSON.stringify(record);
      writeFile(fs, `${folder}/${journalName}`, line(json));
      expect(readRecords(fs, folder), json).toBeNull();
    }
  });

  test.each([
    'null',
    '7',
    '[]',
    '{bad',
    '{"type":"other"}',
    '{"type":"toString"}',
    '{"type":"begin","step":-1,"inode":null}',
    '{"type":"begin","step":1.5,"inode":null}',
  ])('%s is no record', (json) => {
    const { fs } = opened();
    appendTo(fs, `${folder}/${journalName}`, line(json));
    expect(readRecords(fs, folder)).toBeNull();
    expect(readRuns(fs, profile, null)).toEqual([]);
  });

  test('the name of the run, which becomes part of names of files, leads nowhere', () => {
    const { fs, open } = opened();
    for (const run of ['/../../x', 'a/b', 'a\\b', '']) {
      writeFile(fs, `${folder}/${journalName}`, line(JSON.stringify({ ...open, run })));
      expect(readRecords(fs, folder)).toBeNull();
    }
  });
});

describe('runs of a profile', () => {
  test('a folder without a journal, with a torn one, or with one of another kind is none', () => {
    const { fs, open } = opened();
    const home = `${root}/.mailmend/abcd.default`;
    for (const name of ['empty', 'torn', 'newer']) fs.makeFolder(`${home}/${name}`, 0o700);
    writeFile(fs, `${home}/torn/${journalName}`, '\n{"sum":"01');
    openJournal(fs, `${home}/newer`, { ...open, schema: 'mailmend/journal@2' as 'mailmend/journal@1' });
    writeFile(fs, `${home}/a file`, '');
    appendRecord(fs, `${home}/newer`, { type: 'applied', folders: [] });
    expect(readRuns(fs, profile, null).map(({ id, state }) => `${id} ${state}`)).toEqual(['run1 open']);
  });

  test('a second opening line changes nothing', () => {
    const { fs, open } = opened();
    appendRecord(fs, folder, { type: 'applied', folders: [] });
    appendRecord(fs, folder, open);
    expect(readRuns(fs, profile, null)[0]?.state).toBe('applied');
  });

  test('are told by its path, or by its inode when it has another name; those of others are not its own', () => {
    const { fs } = opened();
    appendRecord(fs, folder, { type: 'undone' });
    fs.rename(profile, `${root}/renamed`);
    fs.rename(`${root}/.mailmend/abcd.default`, `${root}/.mailmend/renamed`);
    expect(readRuns(fs, `${root}/renamed`, null)).toHaveLength(1);
    fs.makeFolder(`${root}/other`, 0o700);
    fs.rename(`${root}/.mailmend/renamed`, `${root}/.mailmend/other`);
    expect(readRuns(fs, `${root}/other`, null)).toEqual([]);
    expect(readRuns(fs, `${root}/none`, null)).toEqual([]);
  });
});
