/**
 * A backup is a whole copy, or says what it lacks. Whatever happens while it is made, the originals are only read, and
 * what was copied before is never lost.
 */

import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/formats/backup/manifest.ts';
import { bytesOf, listSources } from '../../../src/repair/backup/source.ts';
import type { WritableFileSystem } from '../../../src/repair/file-system.ts';
import { systemError } from '../../../src/repair/system-error.ts';
import { appendTo, type Memory, type Tree, writeFile } from '../support/memory.ts';
import { cutPowerAfter, failOnceAt, PowerCut } from '../support/power-cut.ts';
import { type Snapshot, snapshot } from '../support/snapshot.ts';
import { backup, folder, profile, sources, stage, textAt, toolsOf, verify } from './stage.ts';

const originals = ({ fs }: Memory): Snapshot[] => ['/home', '/data'].map((at) => snapshot(fs, at));

const names = ({ fs }: Memory, at = folder): string[] => fs.readFolder(at).map(({ name }) => name);

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

/** The port, with one call changed for one path. */
function where<Name extends 'readFile' | 'readFolder' | 'lstat' | 'rename' | 'makeFolder' | 'readLink'>(
  fs: WritableFileSystem,
  name: Name,
  path: string,
  change: (real: () => ReturnType<WritableFileSystem[Name]>) => ReturnType<WritableFileSystem[Name]>,
): WritableFileSystem {
  const real = fs[name] as (...given: unknown[]) => ReturnType<WritableFileSystem[Name]>;
  const last = name === 'rename' ? 1 : 0;
  return {
    ...fs,
    [name]: (...given: unknown[]) => (given[last] === path ? change(() => real(...given)) : real(...given)),
  };
}

const fails = (code: string) => () => {
  throw systemError(code, '/somewhere');
};

describe('a backup', () => {
  it('holds every file, folder and link, what lies outside, and the registry; the originals are only read', async () => {
    const memory = stage();
    const before = originals(memory);
    const made = await backup(memory);
    expect(made).toMatchObject({ files: 6, folders: 3, links: 1, keptBytes: 0, setAside: null });
    expect(made.head).toMatchObject({ leftOut: [], made: '2026-11-23T12:00:00.000Z' });
    expect(names(memory)).toEqual([
      'README.txt',
      'SHA256SUMS',
      'manifest.jsonl',
      'outside',
      'profile',
      'registry',
    ]);
    expect(textAt(memory, 'profile/Mail/Inbox')).toContain('Subject: x');
    expect(textAt(memory, 'outside/1/Archive')).toBe('From - Wed\n');
    expect(textAt(memory, 'registry/profiles.ini')).toBe('[Profile0]\n');
    expect(memory.fs.readLink(`${folder}/profile/link`)).toBe('prefs.js');
    expect(originals(memory)).toEqual(before);
    expect(await verify(memory)).toMatchObject({ state: 'finished', files: 6, problems: [] });
  });

  it('may be of a profile alone, which belongs to no registry', async () => {
    const memory = stage();
    await backup(memory, memory.fs, { of: sources.slice(0, 1) });
    expect(names(memory)).toEqual(['README.txt', 'SHA256SUMS', 'manifest.jsonl', 'profile']);
    expect(await verify(memory)).toMatchObject({ files: 4, problems: [] });
  });

  it('is for its owner alone, and keeps the permissions and times of what is in it', async () => {
    const memory = stage();
    await backup(memory);
    const stat = (at: string) => memory.fs.lstat(at);
    expect(stat(folder)?.mode).toBe(0o700);
    for (const name of ['README.txt', 'SHA256SUMS', 'manifest.jsonl'])
      expect(stat(`${folder}/${name}`)?.mode).toBe(0o600);
    for (const item of ['', '/Mail', '/Mail/Inbox', '/Mail/Sent\n', '/prefs.js']) {
      const [copy, original] = [stat(`${folder}/profile${item}`), stat(profile + item)];
      expect(copy?.mode).toBe(original?.mode);
      expect(Number(copy?.mtimeNs) / 1e6).toBeCloseTo(Number(original?.mtimeNs) / 1e6, -1);
    }
  });

  it('leaves out locks and what mailmend keeps, and says so', async () => {
    const memory = stage();
    const { head } = await backup(memory);
    expect(head.notCopied.map(({ what }) => what)).toEqual([
      `${profile}/.mailmend`,
      `${profile}/.parentlock`,
    ]);
    expect(names(memory, `${folder}/profile`)).toEqual(['Mail', 'link', 'prefs.js']);
  });

  it('uses an empty folder, also one in which a very first call was cut off', async () => {
    const memory = stage({ [folder]: { mode: 0o755 }, [`${folder}/part`]: 'x' });
    await backup(memory);
    expect(memory.fs.lstat(folder)?.mode).toBe(0o700);
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });

  it('tells how far it has come, and ends with everything done', async () => {
    const shown: string[] = [];
    const memory = stage();
    const { bytes } = await backup(memory, memory.fs, {
      onProgress: ({ done, total }) => shown.push(`${done}/${total}`),
    });
    expect(shown.at(-1)).toBe(`${2 * bytes}/${2 * bytes}`);
    expect(new Set(shown).size).toBeGreaterThan(4);
  });

  it('says in README.txt where everything came from and what it lacks, also in odd words', async () => {
    const memory = stage();
    const fs = where(memory.fs, 'readFile', `${profile}/Mail/Sent\n`, fails('EIO'));
    await backup(memory, fs);
    const readme = textAt(memory, 'README.txt');
    expect(readme).toContain(`    ${profile}\n`);
    expect(readme).toContain('outside/1        /data (mail)');
    expect(readme).toContain(`${profile}/Mail/Sent\\u000a: the disk reported an error while reading it`);
  });

  it('lets nothing be finished that it is told not to finish', async () => {
    const memory = stage();
    const beforeFinish = () => {
      throw new Error('in use');
    };
    expect(await failure(backup(memory, memory.fs, { beforeFinish }))).toMatchObject({ message: 'in use' });
    expect(await verify(memory)).toMatchObject({ state: 'unfinished' });
  });

  it('writes a manifest of any length in pieces', async () => {
    const many: Tree = {};
    for (let n = 0; n < 40; n++) many[`${profile}/${String(n).padStart(3, '0')}${'x'.repeat(200)}`] = 'x';
    const memory = stage(many);
    const long = { ...memory.fs, readLink: () => 'y'.repeat(5_000_000) };
    await backup(memory, long, { tools: { symlink: fails('EPERM'), forgetCached: () => {} } });
    expect(parseManifest(memory.fs.readFile(`${folder}/manifest.jsonl`))).toMatchObject({ damage: [] });
  });
});

describe('what is listed', () => {
  it('is counted by the size of its files, without opening one', async () => {
    const { fs } = stage();
    const listing = await listSources({ ...fs, readFile: fails('EIO') }, [
      { from: `${profile}/Mail`, into: 'profile', why: 'the profile' },
    ]);
    expect(bytesOf(listing)).toBe(25 + 11);
  });

  it('is never a pipe, a socket or a device: opening one could hang', async () => {
    const memory = stage({ [`${profile}/pipe`]: '' });
    const fs = where(memory.fs, 'lstat', `${profile}/pipe`, (real) => {
      const stat = real();
      return stat && { ...stat, kind: 'other' };
    });
    const { head } = await backup(memory, fs);
    expect(head.leftOut).toEqual([]);
    expect(head.notCopied).toContainEqual({
      what: `${profile}/pipe`,
      reason: 'a pipe, a socket or a device: it holds nothing',
    });
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });
});

describe('what cannot be copied', () => {
  const lacks = async (memory: Memory, fs: WritableFileSystem): Promise<[string, string][]> => {
    const before = originals(memory);
    const { head } = await backup(memory, fs);
    expect(originals(memory)).toEqual(before);
    expect(await verify(memory)).toMatchObject({ problems: [] });
    return head.leftOut.map(({ what, reason }) => [what.replace(`${profile}/`, ''), reason]);
  };

  it.each([
    ['EIO', 'the disk reported an error while reading it'],
    ['EACCES', 'mailmend has no permission to read it'],
    ['EPERM', 'the system does not permit to read it'],
    ['EBUSY', 'another program holds the file (/somewhere)'],
  ])('is told (%s), and the rest is copied', async (code, reason) => {
    const memory = stage();
    const fs = where(memory.fs, 'readFile', `${profile}/Mail/Inbox`, fails(code));
    expect(await lacks(memory, fs)).toEqual([['Mail/Inbox', reason]]);
    expect(textAt(memory, 'profile/prefs.js')).toContain('user_pref');
  });

  it('a folder that may not be listed, a file that may not be looked at', async () => {
    const memory = stage();
    expect(await lacks(memory, where(memory.fs, 'readFolder', `${profile}/Mail`, fails('EACCES')))).toEqual([
      ['Mail', 'mailmend has no permission to read it; nothing in it was copied'],
    ]);
    const other = stage();
    expect(await lacks(other, where(other.fs, 'lstat', `${profile}/prefs.js`, fails('EACCES')))).toEqual([
      ['prefs.js', 'mailmend has no permission to read it'],
    ]);
  });

  it('names that are not UTF-8, and stubs of iCloud', async () => {
    const memory = stage({ [`${profile}/.Inbox.icloud`]: 'stub' });
    const fs = where(memory.fs, 'readFolder', profile, (real) => [
      ...real(),
      { name: 'Entw\ufffdrfe', kind: 'file' },
      { name: 'gone', kind: 'file' },
    ]);
    expect(await lacks(memory, fs)).toEqual([
      ['.Inbox.icloud', 'it is not on this computer, only in iCloud; fetch it first'],
      [
        'Entw\ufffdrfe',
        'its name is not in UTF-8, so mailmend cannot open it; rename it, then make the backup again',
      ],
      ['gone', 'it was not there any more'],
    ]);
  });

  it('a link to a name that is not UTF-8, one that cannot be read, and one whose copy is there', async () => {
    const memory = stage();
    const fs = where(memory.fs, 'readLink', `${profile}/link`, () => 'Entw\ufffdrfe');
    expect(await lacks(memory, fs)).toEqual([['link', 'it leads to a name that is not in UTF-8']]);
    const other = stage();
    expect(await lacks(other, where(other.fs, 'readLink', `${profile}/link`, fails('EIO')))).toEqual([
      ['link', 'the disk reported an error while reading it'],
    ]);
  });

  it('a file that vanishes as it is opened: nothing more is opened in its folder', async () => {
    const memory = stage();
    let opened = 0;
    const fs = where(memory.fs, 'readFile', `${profile}/Mail/Inbox`, () => {
      opened++;
      throw systemError('ENOENT', '/somewhere');
    });
    expect(await lacks(memory, fs)).toEqual([
      ['Mail/Inbox', 'it was not there any more'],
      [
        'Mail/Sent\n',
        'it was not opened, because "Inbox" beside it vanished when it was opened: a security program may be taking files away',
      ],
    ]);
    expect(opened).toBe(1);
  });

  it('a file that is gone between listing and copying', async () => {
    const memory = stage();
    let looks = 0;
    const fs = where(memory.fs, 'lstat', `${profile}/prefs.js`, (real) => (++looks === 2 ? null : real()));
    expect(await lacks(memory, fs)).toEqual([['prefs.js', 'it was not there any more']]);
  });

  it('a file that is too large for the disk; any other error of the disk ends it', async () => {
    const memory = stage();
    const small = {
      ...memory.fs,
      write: (handle: number, bytes: Uint8Array) => {
        if (Buffer.from(bytes).includes('Subject')) throw systemError('EFBIG', '/somewhere');
        return memory.fs.write(handle, bytes);
      },
    };
    expect(await lacks(memory, small)).toEqual([
      ['Mail/Inbox', 'it is too large for the disk of the backup; FAT disks hold files of up to 4 GB'],
    ]);
  });

  it('a name that the disk of the backup cannot have, and all that lies in such a folder', async () => {
    const memory = stage();
    const fs = where(memory.fs, 'rename', `${folder}/profile/Mail/Inbox`, fails('EINVAL'));
    const reason = 'its name is too long, or not allowed, on the disk of the backup';
    expect(await lacks(memory, fs)).toEqual([['Mail/Inbox', reason]]);
    const other = stage();
    const noFolder = where(other.fs, 'makeFolder', `${folder}/profile/Mail`, fails('ENAMETOOLONG'));
    expect(await lacks(other, noFolder)).toEqual([['Mail', reason]]);
  });

  it('a disk that does not tell Inbox from inbox keeps the first, and says which is missing', async () => {
    const memory = stage({ [`${profile}/Mail/inbox`]: 'other' });
    const caseless: WritableFileSystem = {
      ...memory.fs,
      lstat: (at) =>
        memory.fs.lstat(at === `${folder}/profile/Mail/inbox` ? `${folder}/profile/Mail/Inbox` : at),
    };
    expect(await lacks(memory, caseless)).toEqual([
      ['Mail/inbox', 'the disk of the backup does not tell its name from that of another file'],
    ]);
    expect(textAt(memory, 'profile/Mail/Inbox')).toContain('Subject');
  });

  it('a disk that gives back other bytes than it was given is found out', async () => {
    const memory = stage();
    const lying: WritableFileSystem = {
      ...memory.fs,
      readFile(path, options) {
        const bytes = memory.fs.readFile(path, options);
        if (path === `${folder}/part` && bytes.length > 0 && Buffer.from(bytes).includes('Subject'))
          bytes[0] = 0;
        return bytes;
      },
    };
    expect(await lacks(memory, lying)).toEqual([
      [
        'Mail/Inbox',
        'its copy was not the same when it was read again: the disk of the backup, or this one, is failing',
      ],
    ]);
  });

  it('a disk that makes a copy longer than what was written is found out', async () => {
    const memory = stage();
    const longer = where(memory.fs, 'lstat', `${folder}/part`, (real) => {
      const stat = real();
      return stat && stat.size === 19 ? { ...stat, size: 20 } : stat;
    });
    expect(await lacks(memory, longer)).toEqual([['prefs.js', expect.stringContaining('is failing')]]);
  });

  it('a disk that keeps no links, permissions or times holds the rest, and says so', async () => {
    const memory = stage();
    const fat: WritableFileSystem = {
      ...memory.fs,
      setMode: fails('EPERM'),
      setTimes: (path) => memory.fs.setTimes(path, { atimeNs: 0n, mtimeNs: 2_000_000_000n }),
      setOwner: fails('EPERM'),
      extendedAttributes: attributesOf,
      setExtendedAttribute: fails('ENOTSUP'),
    };
    const ofAnother = where(memory.fs, 'lstat', `${profile}/prefs.js`, (real) => {
      const stat = real();
      return stat && { ...stat, uid: 12 };
    });
    fat.lstat = ofAnother.lstat;
    const { head, links } = await backup(memory, fat, {
      tools: { symlink: fails('EPERM'), forgetCached: () => {} },
    });
    expect(head.notKept).toEqual([
      'extended attributes',
      'links',
      'owner and group',
      'permissions',
      'times to the nanosecond',
    ]);
    expect(links).toBe(1);
    expect(head.leftOut).toEqual([]);
    expect(await verify(memory)).toMatchObject({ problems: [] });
    const { entries } = parseManifest(memory.fs.readFile(`${folder}/manifest.jsonl`));
    expect(entries.find(({ path }) => path === 'profile/prefs.js')?.attributes).toEqual({
      'user.note': 'AQ==',
    });
    expect(entries.find(({ kind }) => kind === 'link')).toMatchObject({
      target: 'prefs.js',
      onlyNoted: true,
    });
    expect(textAt(memory, 'README.txt')).toContain('did not keep: extended attributes, links');

    function attributesOf(at: string): Map<string, Uint8Array> {
      if (at.endsWith('Inbox')) throw systemError('EIO', at);
      return at.startsWith(profile) ? new Map([['user.note', new Uint8Array([1])]]) : new Map();
    }
  });

  it('another failure of links ends the backup, as a full disk does', async () => {
    const memory = stage();
    const tools = { ...toolsOf(memory), symlink: fails('ENOSPC') };
    expect(await failure(backup(memory, memory.fs, { tools }))).toMatchObject({ code: 'ENOSPC' });
    expect(await verify(memory)).toMatchObject({ state: 'unfinished' });
  });

  it('a fault of the program is no file that cannot be copied', async () => {
    const memory = stage();
    const broken = where(memory.fs, 'readFile', `${profile}/prefs.js`, () => {
      throw new TypeError('a bug');
    });
    expect(await failure(backup(memory, broken))).toBeInstanceOf(TypeError);
  });
});

describe('an original that changes', () => {
  /** Calls `change` before the n-th reading of a file. */
  const changing = (memory: Memory, path: string, change: (reads: number) => void): WritableFileSystem => {
    let reads = 0;
    return where(memory.fs, 'readFile', path, (real) => {
      change(++reads);
      return real();
    });
  };

  it('while it is copied is copied again', async () => {
    const memory = stage();
    const inbox = `${profile}/Mail/Inbox`;
    const fs = changing(memory, inbox, (reads) => {
      if (reads === 2) appendTo(memory.fs, inbox, 'From - new\n');
    });
    const { head } = await backup(memory, fs);
    expect(head.leftOut).toEqual([]);
    expect(textAt(memory, 'profile/Mail/Inbox')).toContain('From - new');
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });

  it('each time it is read is told, and never half copied', async () => {
    const memory = stage();
    const inbox = `${profile}/Mail/Inbox`;
    const fs = changing(memory, inbox, () => appendTo(memory.fs, inbox, 'x'));
    const { head } = await backup(memory, fs);
    expect(head.leftOut).toEqual([{ what: inbox, reason: 'it changed each time it was copied' }]);
    expect(names(memory, `${folder}/profile/Mail`)).not.toContain('Inbox');
  });

  it('by getting shorter is no end of the world', async () => {
    const memory = stage();
    const inbox = `${profile}/Mail/Inbox`;
    const fs = changing(memory, inbox, (reads) => {
      if (reads === 1) writeFile(memory.fs, inbox, '');
    });
    const { head } = await backup(memory, fs);
    expect(head.leftOut).toEqual([]);
    expect(textAt(memory, 'profile/Mail/Inbox')).toBe('');
  });

  it('after it was copied is copied again, with what was added beside it; the older copy is set aside', async () => {
    const memory = stage();
    let done = false;
    const fs = changing(memory, `${profile}/prefs.js`, () => {
      if (done) return;
      done = true;
      appendTo(memory.fs, `${profile}/Mail/Inbox`, 'From - new\n');
      writeFile(memory.fs, `${profile}/Mail/New`, 'new');
    });
    const { head, setAside } = await backup(memory, fs);
    expect(head.leftOut).toEqual([]);
    expect(textAt(memory, 'profile/Mail/Inbox')).toContain('From - new');
    expect(textAt(memory, 'profile/Mail/New')).toBe('new');
    expect(setAside).toBe(`${folder}/set-aside`);
    expect(textAt(memory, 'set-aside/1/profile/Mail/Inbox')).not.toContain('From - new');
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });

  it('after it was copied, and then cannot be read: the copy of the moment before stays', async () => {
    const memory = stage();
    const inbox = `${profile}/Mail/Inbox`;
    let broken = false;
    const fs = changing(memory, `${profile}/prefs.js`, () => {
      if (!broken) appendTo(memory.fs, inbox, 'x');
      broken = true;
    });
    const thenBroken = where(fs, 'readFile', inbox, (real) => (broken ? fails('EIO')() : real()));
    const { head } = await backup(memory, thenBroken);
    expect(head.leftOut.map(({ reason }) => reason)).toEqual([
      'the disk reported an error while reading it',
      'it changed again after it was copied; the copy is that of the moment before',
    ]);
    expect(textAt(memory, 'profile/Mail/Inbox')).toContain('Subject');
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });

  it('by going away after it was copied stays in the backup', async () => {
    const memory = stage();
    const fs = changing(memory, `${profile}/prefs.js`, () => {
      if (memory.fs.lstat(`${profile}/Mail/Inbox`) !== null) memory.fs.unlink(`${profile}/Mail/Inbox`);
    });
    const { head } = await backup(memory, fs);
    expect(head.leftOut).toEqual([
      {
        what: `${profile}/Mail/Inbox`,
        reason: 'it went away while the backup was made; its copy is in the backup',
      },
    ]);
    expect(textAt(memory, 'profile/Mail/Inbox')).toContain('Subject');
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });
});

describe('a backup that was interrupted', () => {
  /** Cut when this many operations have been done. */
  const cutAt = async (memory: Memory, operations: number): Promise<void> => {
    expect(await failure(backup(memory, cutPowerAfter(memory.fs, operations, true)))).toBeInstanceOf(
      PowerCut,
    );
  };
  const operationsOf = async (): Promise<number> => {
    const memory = stage();
    const counting = cutPowerAfter(memory.fs, Number.POSITIVE_INFINITY);
    await backup(memory, counting);
    return counting.operations.length;
  };

  it('at any operation is never taken for a finished one, and the next call finishes it', async () => {
    const all = await operationsOf();
    expect(all).toBeGreaterThan(80);
    const plain = stage();
    await backup(plain);
    for (let at = 0; at < all; at++) {
      const memory = stage();
      const before = originals(memory);
      await cutAt(memory, at);
      expect(originals(memory)).toEqual(before);
      if (memory.fs.lstat(folder) !== null) {
        const { state, problems } = await verify(memory);
        // The mark is taken away after the manifest is there.
        if (state === 'finished') {
          expect(problems, String(at)).toEqual([]);
          continue;
        }
      }
      const { head, files } = await backup(memory);
      expect([head.leftOut, files]).toEqual([[], 6]);
      expect(await verify(memory), String(at)).toMatchObject({ state: 'finished', files: 6, problems: [] });
      expect(originals(memory)).toEqual(before);
    }
  });

  it('keeps what is still the same, without writing it again', async () => {
    const memory = stage();
    await cutAt(memory, (await operationsOf()) - 5);
    const counting = cutPowerAfter(memory.fs, Number.POSITIVE_INFINITY);
    const { keptBytes, bytes, setAside } = await backup(memory, counting);
    expect(keptBytes).toBe(bytes);
    expect(setAside).toBeNull();
    const written = counting.operations.filter((operation) => operation.startsWith('createFile'));
    expect(written.map((operation) => operation.split(' ')[1])).toEqual([
      `${folder}/part`,
      `${folder}/manifest.part`,
      `${folder}/part`,
    ]);
  });

  it('sets aside what has changed, what is gone and what has become something else; nothing is lost', async () => {
    const memory = stage();
    const { fs, module } = memory;
    await cutAt(memory, (await operationsOf()) - 5);
    writeFile(fs, `${profile}/Mail/Inbox`, '');
    writeFile(fs, `${profile}/prefs.js`, 'user_pref("b", 1);\n');
    fs.unlink(`${profile}/Mail/Sent\n`);
    fs.unlink(`${profile}/link`);
    module.symlinkSync('Mail', `${profile}/link`);
    fs.unlink('/data/Archive');
    fs.makeFolder('/data/Archive', 0o700);
    const { setAside, head } = await backup(memory);
    expect(head.leftOut).toEqual([]);
    expect(setAside).toBe(`${folder}/set-aside`);
    expect(textAt(memory, 'set-aside/1/profile/Mail/Inbox')).toContain('Subject');
    expect(textAt(memory, 'set-aside/1/profile/prefs.js')).toContain('"a"');
    expect(textAt(memory, 'set-aside/1/profile/Mail/Sent\n')).toContain('Tue');
    expect(textAt(memory, 'set-aside/1/outside/1/Archive')).toContain('Wed');
    expect(fs.readLink(`${folder}/profile/link`)).toBe('Mail');
    expect(await verify(memory)).toMatchObject({ state: 'finished', problems: [] });
  });

  it('a folder that is gone is set aside as a whole; one that is a file now makes room', async () => {
    const memory = stage({ [`${profile}/old`]: null, [`${profile}/old/x`]: 'x', [`${profile}/chg`]: null });
    const { fs } = memory;
    const counting = cutPowerAfter(fs, Number.POSITIVE_INFINITY);
    await failure(backup(memory, counting, { beforeFinish: fails('EIO') }));
    fs.unlink(`${profile}/old/x`);
    fs.removeFolder(`${profile}/old`);
    fs.removeFolder(`${profile}/chg`);
    writeFile(fs, `${profile}/chg`, 'now a file');
    await backup(memory);
    expect(textAt(memory, 'set-aside/1/profile/old/x')).toBe('x');
    expect(textAt(memory, 'profile/chg')).toBe('now a file');
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });

  it('has the only whole copy when the original can no longer be read: it is set aside, not lost', async () => {
    const memory = stage();
    await cutAt(memory, (await operationsOf()) - 5);
    const fs = where(memory.fs, 'readFile', `${profile}/Mail/Inbox`, fails('EIO'));
    const { head } = await backup(memory, fs);
    expect(head.leftOut).toMatchObject([{ what: `${profile}/Mail/Inbox` }]);
    expect(textAt(memory, 'set-aside/1/profile/Mail/Inbox')).toContain('Subject');
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });

  it('twice: what is set aside the second time does not cover what was set aside the first time', async () => {
    const memory = stage();
    const stop = { beforeFinish: fails('EIO') };
    for (const text of ['one', 'two', 'three']) {
      writeFile(memory.fs, `${profile}/prefs.js`, text);
      await failure(backup(memory, memory.fs, stop));
    }
    await backup(memory);
    expect(textAt(memory, 'set-aside/1/profile/prefs.js')).toBe('one');
    expect(textAt(memory, 'set-aside/2/profile/prefs.js')).toBe('two');
    expect(textAt(memory, 'profile/prefs.js')).toBe('three');
  });

  it('a link that the disk can no longer hold is noted, and its place is free', async () => {
    const memory = stage();
    await failure(backup(memory, memory.fs, { beforeFinish: fails('EIO') }));
    memory.fs.unlink(`${profile}/link`);
    memory.module.symlinkSync('else', `${profile}/link`);
    await backup(memory, memory.fs, { tools: { symlink: fails('EPERM'), forgetCached: () => {} } });
    expect(memory.fs.lstat(`${folder}/profile/link`)).toBeNull();
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });

  it('by a signal stops, and can go on', async () => {
    const memory = stage();
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    expect(await failure(backup(memory, memory.fs, { signal: controller.signal, onProgress }))).toMatchObject(
      { code: 'INTERRUPTED' },
    );
    expect(await verify(memory)).toMatchObject({ state: 'unfinished' });
    await backup(memory);
    expect(await verify(memory)).toMatchObject({ state: 'finished', problems: [] });
  });
});

describe('a disk that fails', () => {
  it.each(['ENOSPC', 'EIO', 'EROFS'])(
    'with %s at any operation: told, and the next call finishes',
    async (code) => {
      for (let at = 0, last = false; !last; at++) {
        const memory = stage();
        const before = originals(memory);
        const failing = failOnceAt(memory.fs, at, code);
        const error = await failure(backup(memory, failing));
        last = failing.operations.length <= at;
        if (error === null) {
          const { head } = { head: parseManifest(memory.fs.readFile(`${folder}/manifest.jsonl`)).head };
          // What a disk does not keep is told; all the rest must not fail unnoticed.
          if (!last) expect(head?.notKept, failing.operations[at]).not.toEqual([]);
        } else expect(error, failing.operations[at]).toMatchObject({ code });
        const state = memory.fs.lstat(folder) === null ? 'absent' : (await verify(memory)).state;
        if (state !== 'finished') await backup(memory);
        expect(await verify(memory), failing.operations[at]).toMatchObject({
          state: 'finished',
          problems: [],
        });
        expect(originals(memory)).toEqual(before);
      }
    },
  );

  it('short reads and short writes are no failure', async () => {
    const memory = stage();
    const short: WritableFileSystem = {
      ...memory.fs,
      readFile: (path, options = {}) =>
        memory.fs.readFile(path, {
          ...options,
          limit: Math.min(options.limit ?? 3, path.startsWith(folder) ? 5 : 3),
        }),
      write: (handle, bytes) => memory.fs.write(handle, bytes.subarray(0, 2)),
    };
    const { head } = await backup(memory, short);
    expect(head.leftOut).toEqual([]);
    expect(textAt(memory, 'profile/Mail/Inbox')).toBe(
      Buffer.from(memory.fs.readFile(`${profile}/Mail/Inbox`)).toString(),
    );
    expect(await verify(memory)).toMatchObject({ problems: [] });
  });

  it('gives documents back otherwise than they were written', async () => {
    const memory = stage();
    const lying = where(memory.fs, 'readFile', `${folder}/manifest.part`, (real) => {
      const bytes = real();
      if (bytes.length > 0) bytes[0] = 0;
      return bytes;
    });
    expect(await failure(backup(memory, lying))).toMatchObject({ code: 'EIO' });
    expect(await verify(memory)).toMatchObject({ state: 'unfinished' });
  });
});
