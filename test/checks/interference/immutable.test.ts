import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { immutable } from '../../../src/checks/interference/immutable.ts';
import { notWritable } from '../../../src/checks/interference/not-writable.ts';
import type { Unwritable } from '../../../src/profile/unwritable.ts';
import type { FixedFile } from '../../../src/system/file-marks.ts';
import type { Machine } from '../../../src/system/machine.ts';
import { foundBy, gravity, lineChanges, onlyFinding } from '../../support/check-story.ts';
import { profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

const fixed = (name: string, file: Partial<FixedFile> = {}): FixedFile => ({
  path: `${profilePath}/${name}`,
  kind: 'immutable',
  setBy: 'administrator',
  ...file,
});

function facts(fixedFiles: FixedFile[] | undefined, platform: NodeJS.Platform = 'linux'): Facts {
  const machine = { platform, fixedFiles } as Machine;
  return { ...profileFromPrefs('user_pref("a", 1);'), machine };
}

const detail = (files: FixedFile[], platform?: NodeJS.Platform) =>
  onlyFinding(immutable, facts(files, platform)).finding.detail;

describe('files that the system lets nobody change', () => {
  it('are none where there is no mark, or the system does not tell', () => {
    expect(foundBy(immutable, facts([]))).toEqual([]);
    expect(foundBy(immutable, facts(undefined))).toEqual([]);
  });

  it('are told with what the owner sees, and the command of an administrator', () => {
    const { finding } = onlyFinding(immutable, facts([fixed('prefs.js')]));
    expect(finding.title).toBe('The system lets nobody change prefs.js');
    expect(finding.detail).toContain('Settings that you change are gone at the next start');
    expect(finding.detail).toContain(`sudo chattr -i -a ${profilePath}/prefs.js.`);
    expect(finding.evidence[0]?.note).toBe('marked immutable: nobody may change it');
    expect(gravity(immutable, facts([fixed('prefs.js')]))).toBe('error safe');
  });

  it('are told by the folder when they are many, and apart when they lie elsewhere', () => {
    const files = ['a', 'b', 'c', 'd', 'e'].map((name) => fixed(`Mail/x/${name}`, { kind: 'append-only' }));
    const away = { ...fixed(''), path: '/mnt/my mail/Inbox' };
    expect(detail([...files, away])).toContain(`sudo chattr -R -i -a ${profilePath} '/mnt/my mail/Inbox'.`);
  });

  it('are the owner’s to unlock on macOS, unless the system locked them', () => {
    const locked = fixed('prefs.js', { setBy: 'owner' });
    expect(detail([locked], 'darwin')).toContain(`: chflags nouchg,nouappnd ${profilePath}/prefs.js.`);
    expect(detail([fixed('prefs.js')], 'darwin')).toContain('sudo chflags nouchg,nouappnd,noschg,nosappnd ');
  });
});

describe('a file that is marked read-only, too', () => {
  it('is told of as that only, since the system would refuse to give it back', () => {
    const made = facts([fixed('prefs.js')]);
    const marked = (name: string): Unwritable => ({
      path: `${profilePath}/${name}`,
      kind: 'file',
      mode: 0o444,
      why: 'read-only',
      uid: 1000,
      isOwn: true,
    });
    const [entry, other] = [marked('prefs.js'), marked('abook.sqlite')];
    const withEntries = (...unwritable: Unwritable[]): Facts => ({
      ...made,
      profile: {
        ...made.profile,
        writeAccess: { owner: { uid: 1000, gid: 100 }, written: [], unwritable },
      },
    });
    expect(foundBy(notWritable, withEntries(entry))).toEqual([]);
    expect(lineChanges(notWritable, withEntries(entry, other))).toEqual([`set-mode ${other.path}`]);
  });
});
