/** What `undo --purge` shows before it deletes anything: every file, and mail in plain words. */

import { describe, expect, it } from 'vitest';
import { purgeDone, purgeNotDone, purgePlanReport } from '../../../src/report/terminal/purge.ts';
import { plain } from '../support/context.ts';
import { profilePath, runs } from '../support/documents.ts';

const id = '20261101-080000-cd34';
const file = {
  run: id,
  path: '/kept/before/0',
  bytes: 1200,
  what: `${profilePath}/prefs.js as it was before`,
  messages: 0,
};
const mail = {
  run: id,
  path: '/kept/aside/1/Trash',
  bytes: 5_000_000,
  what: 'moved aside from Mail/Trash',
  messages: 12,
};

describe('what would be deleted', () => {
  it('is every file, with its size and what it is, and the sum', () => {
    const text = purgePlanReport({ ...runs, toDelete: [id], goes: [file] }, plain);
    expect(text).toContain(`   1 KB  ${profilePath}/prefs.js as it was before\n`);
    expect(text).toContain('   1 KB  in 1 file\n');
    expect(text).toContain(id);
    expect(text).not.toContain('20261123-183000-ab12');
    expect(text).not.toContain('mail among it');
  });

  it('says in plain words that there is mail among it', () => {
    const text = purgePlanReport({ ...runs, toDelete: [id], goes: [file, mail] }, plain);
    expect(text).toContain(
      'There is mail among it. It will be gone from this computer for good:\n  12 messages: moved',
    );
    const unread = purgePlanReport({ ...runs, toDelete: [id], goes: [{ ...mail, messages: null }] }, plain);
    expect(unread).toContain('perhaps mail (it cannot be read)');
  });

  it('can be a record alone, and leaves out what is needed', () => {
    const needed = [{ run: 'r2', why: 'what it put right is there again: x' }];
    const text = purgePlanReport({ ...runs, toDelete: [id], needed }, plain);
    expect(text).toContain('only the record of the run goes');
    expect(text).toContain('r2: what it put right is there again: x.');
    expect(purgePlanReport({ ...runs, needed }, plain)).not.toContain('would delete');
  });

  it('names the command that does it, and afterwards what went', () => {
    expect(purgeNotDone(id)(runs, plain)).toContain(
      `mailmend undo ${profilePath} --purge --run ${id} --apply`,
    );
    expect(purgeNotDone('--all')(runs, plain)).toContain(
      `mailmend undo ${profilePath} --purge --all --apply`,
    );
    expect(purgeNotDone(null)(runs, plain)).toContain('there is nothing to delete');
    const done = (deleted: string[]) =>
      purgeDone({ ...runs, deleted, goes: [file, mail] }, plain).replace(/\s+/g, ' ');
    expect(done([id])).toContain(`What was kept for run ${id} is deleted: 2 files, 5.0 MB.`);
    expect(done([id, 'r2'])).toContain('What was kept for 2 runs is deleted');
  });
});
