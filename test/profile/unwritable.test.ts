import { memfs } from 'memfs';
import { describe, expect, it } from 'vitest';
import { readWriteAccess } from '../../src/profile/unwritable.ts';
import { createFileSystem, type FsModule } from '../../src/repair/node-file-system.ts';

const profile = '/home/alice/p';
const inbox = `${profile}/Mail/Local Folders/Inbox`;

/** All of user 1000, group 100. */
function tree() {
  const { fs, vol } = memfs(
    {
      [`${profile}/prefs.js`]: '',
      [`${profile}/user.js`]: '',
      [`${profile}/calendar-data/local.sqlite`]: '',
      [inbox]: '',
      [`${profile}/Mail/Local Folders/old/cur/1`]: '',
    },
    '/',
  );
  for (const at of [profile, ...Object.keys(vol.toJSON())]) {
    fs.chownSync(at, 1000, 100);
    for (let up = at; up.length > profile.length; up = up.slice(0, up.lastIndexOf('/'))) {
      fs.chownSync(up, 1000, 100);
    }
  }
  const found = () =>
    readWriteAccess(createFileSystem(fs as unknown as FsModule), profile, [`${profile}/Mail/Local Folders`]);
  const names = () => found()?.unwritable.map(({ path, why }) => `${why} ${path.slice(profile.length)}`);
  return { fs, found, names };
}

describe('what the program may not write', () => {
  it('is nothing in an ordinary profile', () => {
    expect(tree().found()).toMatchObject({ owner: { uid: 1000, gid: 100 }, unwritable: [] });
  });

  it('is what has lost its owner’s permission: settings, mail, the folders that hold them', () => {
    const { fs, names } = tree();
    fs.chmodSync(`${profile}/prefs.js`, 0o444);
    fs.chmodSync(`${profile}/calendar-data/local.sqlite`, 0o400);
    fs.chmodSync(inbox, 0o444);
    fs.chmodSync(`${profile}/Mail/Local Folders/old/cur`, 0o555);
    expect(names()).toEqual([
      'read-only /prefs.js',
      'read-only /calendar-data/local.sqlite',
      'read-only /Mail/Local Folders/Inbox',
      'read-only /Mail/Local Folders/old/cur',
    ]);
  });

  it('is not what the owner may protect, nor single mails of a maildir', () => {
    const { fs, names } = tree();
    fs.chmodSync(`${profile}/user.js`, 0o444);
    fs.chmodSync(`${profile}/Mail/Local Folders/old/cur/1`, 0o444);
    expect(names()).toEqual([]);
  });

  it('is what another user owns, unless group or all may write', () => {
    const { fs, names } = tree();
    fs.chmodSync(inbox, 0o644);
    fs.chownSync(inbox, 0, 0);
    fs.chmodSync(`${profile}/prefs.js`, 0o664);
    fs.chownSync(`${profile}/prefs.js`, 0, 100);
    expect(names()).toEqual(['other-owner /Mail/Local Folders/Inbox']);
    fs.chmodSync(inbox, 0o666);
    expect(names()).toEqual([]);
  });

  it('is mailmend’s to change in the profile only, not behind links, and not its folder itself', () => {
    const { fs, found } = tree();
    fs.mkdirSync('/mnt');
    fs.writeFileSync('/mnt/Sent', '');
    for (const at of ['/mnt', '/mnt/Sent']) fs.chownSync(at, 1000, 100);
    fs.symlinkSync('/mnt', `${profile}/Mail/Local Folders/linked`);
    fs.symlinkSync('/mnt/Sent', `${profile}/Mail/Local Folders/Sent`);
    for (const at of [inbox, '/mnt/Sent', profile]) fs.chmodSync(at, 0o555);
    expect(found()?.unwritable.map(({ path, isOwn }) => [path.slice(profile.length), isOwn])).toEqual([
      ['', false],
      ['/Mail/Local Folders/Inbox', true],
      ['/Mail/Local Folders/Sent', false],
    ]);
  });

  it('is not known where there is no folder', () => {
    expect(
      readWriteAccess(createFileSystem(memfs({}, '/').fs as unknown as FsModule), profile, []),
    ).toBeNull();
  });
});
