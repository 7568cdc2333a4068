import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { notWritable } from '../../../src/checks/interference/not-writable.ts';
import type { Unwritable } from '../../../src/profile/unwritable.ts';
import type { Machine } from '../../../src/system/machine.ts';
import { foundBy, lineChanges, onlyFinding } from '../../support/check-story.ts';
import { profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

function facts(unwritable: Partial<Unwritable>[], platform: NodeJS.Platform = 'linux'): Facts {
  const made = profileFromPrefs('user_pref("a", 1);');
  const entries = unwritable.map(
    (entry): Unwritable => ({
      path: `${profilePath}/prefs.js`,
      kind: 'file',
      mode: 0o444,
      why: 'read-only',
      uid: 1000,
      isOwn: true,
      ...entry,
    }),
  );
  const machine = { platform } as Machine;
  const writeAccess = { owner: { uid: 1000, gid: 100 }, written: [], unwritable: entries };
  return { ...made, profile: { ...made.profile, writeAccess }, machine };
}

describe('files that the program may not write', () => {
  it('are none in a profile that can be written', () => {
    expect(foundBy(notWritable, facts([]))).toEqual([]);
  });

  it('become the owner’s to write again', () => {
    const found = onlyFinding(notWritable, facts([{}]));
    expect(found.finding.title).toBe('Thunderbird may not write to prefs.js');
    expect(found.finding.detail).toContain('Settings that you change are gone at the next start');
    expect(notWritable.repair?.(found.problem, facts([{}]))?.operations).toMatchObject([
      { op: 'set-mode', path: `${profilePath}/prefs.js`, mode: 0o644 },
    ]);
  });

  it('of another user are given back by an administrator', () => {
    const mail = { path: `${profilePath}/Mail/Local Folders/Inbox`, why: 'other-owner', uid: 0 } as const;
    const { finding } = onlyFinding(
      notWritable,
      facts([mail, { ...mail, path: '/mnt/my mail/Inbox', isOwn: false }]),
    );
    expect(finding.detail).toContain(`sudo chown -R 1000:100 ${profilePath} '/mnt/my mail/Inbox'`);
    expect(lineChanges(notWritable, facts([mail]))).toBeNull();
  });

  it('are the owner’s to free where mailmend may not write: elsewhere, or the folder of the profile', () => {
    const mail = { path: '/mnt/my mail/Inbox', isOwn: false };
    const { finding } = onlyFinding(notWritable, facts([mail]));
    expect(finding.title).toBe('Thunderbird may not write to /mnt/my mail/Inbox');
    expect(finding.detail).toContain('New mail cannot be stored');
    expect(finding.detail).toContain(": chmod u+rwX '/mnt/my mail/Inbox'");
    expect(finding.repair).toBeUndefined();
    expect(onlyFinding(notWritable, facts([mail], 'win32')).finding.detail).toContain(
      'attrib -R "/mnt/my mail/Inbox"',
    );
    const own = onlyFinding(notWritable, facts([{ path: profilePath, kind: 'folder', isOwn: false }]));
    expect(own.finding.title).toBe('Thunderbird may not write to the folder of the profile');
    expect(own.finding.detail).toContain('Nothing new can be saved in it');
  });

  it('of both kinds are two matters: one is put right, the other is told', () => {
    const found = foundBy(notWritable, facts([{}, { path: '/mnt/Inbox', isOwn: false }]));
    expect(found.map(({ finding }) => finding.repair !== undefined).sort()).toEqual([false, true]);
  });

  it('are not folders of Windows: there the mark says something else', () => {
    expect(foundBy(notWritable, facts([{ kind: 'folder' }], 'win32'))).toEqual([]);
    expect(foundBy(notWritable, facts([{}], 'win32'))).toHaveLength(1);
  });
});
