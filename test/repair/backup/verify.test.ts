/**
 * Reading a backup again finds whatever is not as it was copied, and is never led out of its folder, whatever stands in
 * the manifest.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { parseManifest, printManifest } from '../../../src/formats/backup/manifest.ts';
import { verifyBackup } from '../../../src/repair/backup/verify.ts';
import type { WritableFileSystem } from '../../../src/repair/file-system.ts';
import { systemError } from '../../../src/repair/system-error.ts';
import { appendTo, type Memory, writeFile } from '../support/memory.ts';
import { backup, folder, profile, stage, verify } from './stage.ts';

let memory: Memory;
beforeEach(async () => {
  memory = stage();
  await backup(memory);
});

const at = (inBackup: string): string => `${folder}/${inBackup}`;

async function problems(fs: WritableFileSystem = memory.fs): Promise<string[]> {
  const found = await verify({ fs });
  return found.problems.map(({ path, problem, say }) => `${problem} ${path}: ${say}`);
}

/** Another manifest, sound in itself. */
function forge(change: (lines: string[]) => string[]): void {
  const { head, entries } = parseManifest(memory.fs.readFile(at('manifest.jsonl')));
  if (head === null) throw new Error('no head');
  const lines = entries.map((entry) => JSON.stringify(entry));
  const forged = change(lines).map((line) => JSON.parse(line));
  writeFile(memory.fs, at('manifest.jsonl'), [...printManifest({ head, entries: forged })].join(''));
}

describe('a backup that is read again', () => {
  it('is whole when nothing was touched', async () => {
    expect(await verify(memory)).toMatchObject({ state: 'finished', files: 6, problems: [] });
  });

  it('is damaged by one changed byte, one byte more, one file less', async () => {
    const inbox = Buffer.from(memory.fs.readFile(at('profile/Mail/Inbox')));
    inbox[0] = 0;
    writeFile(memory.fs, at('profile/Mail/Inbox'), inbox);
    appendTo(memory.fs, at('profile/prefs.js'), 'x');
    memory.fs.unlink(at('outside/1/Archive'));
    expect(await problems()).toEqual([
      'changed profile/Mail/Inbox: its content is not what was copied',
      'changed profile/prefs.js: it has 20 bytes, and was copied with 19',
      'missing outside/1/Archive: it is not there',
    ]);
    expect(await verify(memory)).toMatchObject({ files: 3 });
  });

  it('is told what does not belong to it, but not of what file managers leave', async () => {
    writeFile(memory.fs, at('profile/Mail/extra'), 'x');
    writeFile(memory.fs, at('notes.txt'), 'x');
    for (const name of ['.DS_Store', 'profile/Thumbs.db', 'profile/Mail/._Inbox', 'desktop.ini'])
      writeFile(memory.fs, at(name), 'x');
    memory.fs.makeFolder(at('profile/new'), 0o700);
    writeFile(memory.fs, at('profile/new/x'), 'x');
    expect(await problems()).toEqual([
      'extra notes.txt: it is not part of the backup',
      'extra profile/Mail/extra: it is not part of the backup',
      'extra profile/new: it is not part of the backup',
    ]);
  });

  it('is damaged when something became something else, or a link leads elsewhere', async () => {
    memory.fs.unlink(at('profile/prefs.js'));
    memory.module.symlinkSync('/etc/passwd', at('profile/prefs.js'));
    memory.fs.unlink(at('profile/link'));
    memory.module.symlinkSync('else', at('profile/link'));
    expect(await problems()).toEqual([
      'changed profile/link: the link leads elsewhere',
      'changed profile/prefs.js: it was a file, and is none now',
    ]);
  });

  it('says which files can no longer be read', async () => {
    const fs: WritableFileSystem = {
      ...memory.fs,
      readFile(path, options) {
        if (path === at('profile/prefs.js')) throw systemError('EIO', path);
        return memory.fs.readFile(path, options);
      },
    };
    expect(await problems(fs)).toEqual([
      'unreadable profile/prefs.js: the disk reported an error while reading it',
    ]);
  });

  it('takes a name that the disk gives back in another of Unicode’s forms for the same', async () => {
    memory = stage({ [`${profile}/Entwürfe`]: 'x' });
    await backup(memory);
    const split = (name: string) => name.normalize('NFD');
    const joined = (path: string) => path.normalize('NFC');
    const { fs } = memory;
    const mac: WritableFileSystem = {
      ...fs,
      readFolder: (path) =>
        fs.readFolder(joined(path)).map(({ name, kind }) => ({ name: split(name), kind })),
      lstat: (path) => fs.lstat(joined(path)),
      readFile: (path, options) => fs.readFile(joined(path), options),
    };
    expect(await problems(mac)).toEqual([]);
  });

  it('can be stopped', async () => {
    const signal = AbortSignal.abort();
    await expect(verifyBackup(memory.fs, folder, { signal, forgetCached: () => {} })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });

  it('tells how far it has come', async () => {
    const shown: number[] = [];
    let total = 0;
    await verifyBackup(memory.fs, folder, {
      forgetCached: () => {},
      onProgress: (progress) => {
        shown.push(progress.done);
        total = progress.total;
      },
    });
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(shown.at(-1)).toBe(total);
  });
});

describe('what the backup says about itself', () => {
  it('is found to be changed: README.txt, SHA256SUMS, the manifest', async () => {
    appendTo(memory.fs, at('README.txt'), 'a note of mine\n');
    const fits = ['changed SHA256SUMS: it does not fit the files, or README.txt was changed'];
    expect(await problems()).toEqual(fits);
    memory.fs.unlink(at('README.txt'));
    expect(await problems()).toEqual([
      'unreadable SHA256SUMS: it, or README.txt, cannot be read: it was not there any more',
    ]);
  });

  it('may be gone in part: then the rest is still read', async () => {
    memory.fs.unlink(at('manifest.jsonl'));
    expect(await problems()).toEqual([
      'manifest manifest.jsonl: it is missing',
      'extra outside/1: it is not part of the backup',
      'extra profile/Mail: it is not part of the backup',
      'extra profile/link: it is not part of the backup',
      'extra profile/prefs.js: it is not part of the backup',
      'extra registry/profiles.ini: it is not part of the backup',
    ]);
    expect(await verify(memory)).toMatchObject({ state: 'finished', head: null });
  });

  it('is read line by line when it is damaged', async () => {
    const lines = Buffer.from(memory.fs.readFile(at('manifest.jsonl')))
      .toString()
      .split('\n');
    const inbox = lines.findIndex((line) => line.includes('Mail/Inbox'));
    writeFile(memory.fs, at('manifest.jsonl'), lines.with(inbox, 'x').join('\n'));
    expect(await problems()).toEqual([
      'manifest manifest.jsonl: 1 of its lines cannot be read',
      'manifest manifest.jsonl: it was changed after the backup was made',
      'extra profile/Mail/Inbox: it is not part of the backup',
    ]);
  });

  it('may be no manifest at all, too large for one, or not to be read', async () => {
    memory.fs.unlink(at('manifest.jsonl'));
    memory.fs.makeFolder(at('manifest.jsonl'), 0o700);
    expect((await problems())[0]).toBe('manifest manifest.jsonl: it is no manifest of mailmend');
    memory.fs.removeFolder(at('manifest.jsonl'));
    writeFile(memory.fs, at('manifest.jsonl'), 'x');
    const { lstat } = memory.fs;
    const huge: WritableFileSystem = {
      ...memory.fs,
      lstat(path) {
        const stat = lstat(path);
        return stat && path === at('manifest.jsonl') ? { ...stat, size: 2 ** 40 } : stat;
      },
    };
    expect((await problems(huge))[0]).toBe('manifest manifest.jsonl: it is no manifest of mailmend');
    const locked: WritableFileSystem = {
      ...memory.fs,
      readFile() {
        throw systemError('EACCES', '/x');
      },
    };
    expect((await problems(locked))[0]).toBe(
      'manifest manifest.jsonl: mailmend has no permission to read it',
    );
  });

  it('leads nowhere else, whoever wrote it', async () => {
    const opened: string[] = [];
    const watched: WritableFileSystem = {
      ...memory.fs,
      readFile: (path, options) => {
        opened.push(path);
        return memory.fs.readFile(path, options);
      },
      readFolder: (path) => {
        opened.push(path);
        return memory.fs.readFolder(path);
      },
    };
    forge((lines) => [
      ...lines,
      ...['/etc/passwd', 'profile/../../../home/alice/profiles.ini', 'profile/link/x'].map((path) =>
        String(lines.find((line) => line.includes('"profile/prefs.js"'))).replace('profile/prefs.js', path),
      ),
    ]);
    memory.fs.rename(at('outside'), at('moved'));
    memory.module.symlinkSync('/home', at('outside'));
    const found = await problems(watched);
    expect(found).toContain('manifest manifest.jsonl: 2 of its lines cannot be read');
    expect(found).toContain('missing profile/link/x: it is not there');
    expect(found).toContain('extra outside: it is not part of the backup');
    expect(opened.every((path) => path === folder || path.startsWith(`${folder}/`))).toBe(true);
    expect(opened.some((path) => path.startsWith(at('outside')))).toBe(false);
  });

  it('lets a fault of the program through', async () => {
    for (const broken of ['profile/prefs.js', 'README.txt']) {
      const fs: WritableFileSystem = {
        ...memory.fs,
        readFile(path, options) {
          if (path === at(broken)) throw new TypeError('a bug');
          return memory.fs.readFile(path, options);
        },
      };
      await expect(verify({ fs })).rejects.toBeInstanceOf(TypeError);
    }
  });
});

describe('a folder that is no finished backup', () => {
  it('is told apart', async () => {
    memory = stage({ [folder]: null, [`${folder}/letters`]: 'x' });
    expect(await verify(memory)).toMatchObject({ state: 'no-backup', files: 0 });
  });
});
