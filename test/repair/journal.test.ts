/** The journal: what is written is there after a cut, what was torn is passed over. */

import { describe, expect, test } from 'vitest';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
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
import { profile, root, tree } from './support/scenarios.ts';

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
    fs.rename(profile, `${root}/renamed`);
    fs.rename(`${root}/.mailmend/abcd.default`, `${root}/.mailmend/renamed`);
    expect(readRuns(fs, `${root}/renamed`, null)).toHaveLength(1);
    fs.makeFolder(`${root}/other`, 0o700);
    fs.rename(`${root}/.mailmend/renamed`, `${root}/.mailmend/other`);
    expect(readRuns(fs, `${root}/other`, null)).toEqual([]);
    expect(readRuns(fs, `${root}/none`, null)).toEqual([]);
  });
});
