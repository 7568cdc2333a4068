import { memfs } from 'memfs';
import { describe, expect, it } from 'vitest';
import { writtenFiles } from '../../src/profile/written-files.ts';
import { createFileSystem, type FsModule } from '../../src/repair/node-file-system.ts';
import { downloadMarks } from '../../src/system/download-marks.ts';

const profile = '/p';

/** A profile with these files, and these attributes on them; a stream of Windows is a file whose name has a colon. */
function marks(
  platform: NodeJS.Platform,
  files: Record<string, string>,
  attributes: Record<string, string> = {},
) {
  const { fs } = memfs(
    { [profile]: { 'prefs.js': '', 'key4.db': '', Mail: { x: { Inbox: '' } }, ...files } },
    '/',
  );
  const tree = createFileSystem(fs as unknown as FsModule);
  const written = writtenFiles(tree, profile, [`${profile}/Mail/x`]);
  const marked = {
    ...tree,
    extendedAttributes(path: string) {
      const value = attributes[path];
      if (value === 'EPERM') throw new Error(value);
      return new Map(value === undefined ? [] : [['com.apple.quarantine', Buffer.from(value)]]);
    },
  };
  return downloadMarks(marked, written, platform);
}

const zone = (number: number) => `[ZoneTransfer]\r\nZoneId=${number}\r\nReferrerUrl=C:\\profile.zip\r\n`;

describe('the mark of a download on Windows', () => {
  it('is a stream of the file that names the internet', () => {
    expect(
      marks('win32', { 'prefs.js:Zone.Identifier': zone(3), 'key4.db:Zone.Identifier': zone(1) }),
    ).toEqual([{ path: '/p/prefs.js', by: null }]);
  });

  it('is not looked for where a file of that name is only a file', () => {
    expect(marks('linux', { 'prefs.js:Zone.Identifier': zone(3) })).toEqual([]);
  });
});

describe('the mark of a download on macOS', () => {
  it('is an attribute of the folder or of files right in it, and names who set it', () => {
    const safari = '0083;65a1b2c3;Safari;613DF902-6BE1-4C37-A4C2-349AA050923C';
    expect(
      marks('darwin', {}, { '/p': '0081;;;', '/p/prefs.js': safari, '/p/Mail/x/Inbox': safari }),
    ).toEqual([
      { path: '/p', by: null },
      { path: '/p/prefs.js', by: 'Safari' },
    ]);
  });

  it('says nothing when the mail program set it on its own files', () => {
    expect(marks('darwin', {}, { '/p/prefs.js': '0086;65a1b2c3;Thunderbird;' })).toEqual([]);
  });

  it('says nothing where it cannot be read', () => {
    expect(marks('darwin', {}, { '/p/prefs.js': 'EPERM' })).toEqual([]);
  });
});
