import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { heldOpen } from '../../../src/checks/interference/held-open.ts';
import type { Machine } from '../../../src/system/machine.ts';
import type { OpenFile } from '../../../src/system/open-files.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

const book: OpenFile = {
  pid: 4711,
  name: 'sqlitebrowser',
  path: `${profilePath}/abook.sqlite`,
  how: 'locked',
};

function facts(openFiles: OpenFile[] | undefined, holder: number | null = null): Facts {
  const lock = { state: holder === null ? 'free' : 'held', pid: holder, how: '' } as const;
  const machine = { platform: 'linux', lock, openFiles } as unknown as Machine;
  return { ...profileFromPrefs('user_pref("a", 1);'), machine };
}

describe('files that another program has in use', () => {
  it('are none when the system tells of none, or tells nothing', () => {
    expect(foundBy(heldOpen, facts([]))).toEqual([]);
    expect(foundBy(heldOpen, facts(undefined))).toEqual([]);
  });

  it('are told with the program, so that its owner can close it', () => {
    const { finding } = onlyFinding(heldOpen, facts([book]));
    expect(finding.title).toBe('sqlitebrowser has abook.sqlite of the profile locked');
    expect(finding.detail).toContain('close it before you start Thunderbird');
    expect(finding.detail).toContain('process 4711');
    expect(finding.repair).toBeUndefined();
    expect(gravity(heldOpen, facts([book]))).toBe('warning safe');
  });

  it('are one matter for each program, however many processes and files it has', () => {
    const mutt: OpenFile = { pid: 7, name: 'mutt', path: `${profilePath}/Mail/x/Inbox`, how: 'writing' };
    const found = foundBy(
      heldOpen,
      facts([book, mutt, { ...mutt, pid: 8, path: `${profilePath}/Mail/x/Sent` }]),
    );
    expect(found.map(({ finding }) => finding.title).sort()).toEqual([
      'mutt has 2 files of the profile open for writing',
      'sqlitebrowser has abook.sqlite of the profile locked',
    ]);
    expect(found.map(({ finding }) => finding.detail).join()).toContain('processes 7, 8');
  });

  it('are not those of the program that has the profile open, whatever it is called', () => {
    expect(foundBy(heldOpen, facts([book], book.pid))).toEqual([]);
  });
});
