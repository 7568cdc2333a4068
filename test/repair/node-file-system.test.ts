/** The port over a real disk: it reads what is there, hangs on nothing, follows no link, and writes durably. */

import { execFileSync } from 'node:child_process';
import nodeFs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NativeFiles } from '../../src/repair/native-files.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import { systemError } from '../../src/repair/system-error.ts';
import { readText, writeFile } from './support/memory.ts';

let folder: string;
const fs = createFileSystem();
const at = (...names: string[]): string => path.join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mailmend-port-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('looking', () => {
  test('nothing there is null, also below a file; a dangling link and a loop lead nowhere', () => {
    writeFile(fs, at('file'), 'x');
    nodeFs.symlinkSync('nowhere', at('dangling'));
    nodeFs.symlinkSync('loop', at('loop'));
    expect(fs.lstat(at('missing'))).toBeNull();
    expect(fs.lstat(at('file', 'below'))).toBeNull();
    expect(fs.stat(at('dangling'))).toBeNull();
    expect(fs.stat(at('loop'))).toBeNull();
    expect(fs.lstat(at('loop'))?.kind).toBe('link');
    expect(fs.readLink(at('dangling'))).toBe('nowhere');
    expect(fs.realPath(at('loop'))).toBeNull();
    expect(fs.realPath(at('file'))).toBe(nodeFs.realpathSync(at('file')));
  });

  test('any other error is an error', () => {
    const lstatSync = (): never => {
      throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
    };
    const failing = createFileSystem(Object.assign(Object.create(nodeFs), { lstatSync }), null, 'linux');
    expect(() => failing.lstat(at('file'))).toThrow('EIO');
    expect(fs.lstat(at('x'.repeat(300)))).toBeNull();
  });

  test('kinds, permission bits and nanoseconds', () => {
    writeFile(fs, at('file'), 'four', 0o640);
    execFileSync('sh', ['-c', 'mkfifo "$0"', at('pipe')]);
    expect(fs.lstat(at('file'))).toMatchObject({ kind: 'file', size: 4, mode: 0o640, links: 1 });
    expect(fs.lstat(at('file'))?.mtimeNs).toBe(nodeFs.lstatSync(at('file'), { bigint: true }).mtimeNs);
    expect(fs.lstat(at('pipe'))?.kind).toBe('other');
    expect(fs.stat(folder)?.kind).toBe('folder');
  });

  test('a folder is listed by the bytes of its names', () => {
    for (const name of ['b', 'ä', 'B', '\u{1f600}', '\uff00']) writeFile(fs, at(name), '');
    expect(fs.readFolder(folder).map(({ name }) => name)).toEqual(['B', 'b', 'ä', '\uff00', '\u{1f600}']);
    expect(fs.readFolder(folder)[0]).toEqual({ name: 'B', kind: 'file' });
  });
});

describe('reading', () => {
  test('the whole, a part, and what is behind the end', () => {
    writeFile(fs, at('file'), '0123456789');
    const text = (options?: { offset?: number; limit?: number }) =>
      new TextDecoder().decode(fs.readFile(at('file'), options));
    expect(text()).toBe('0123456789');
    expect(text({ offset: 3, limit: 4 })).toBe('3456');
    expect(text({ offset: 8, limit: 10 })).toBe('89');
    expect(text({ offset: 20 })).toBe('');
  });

  test('a pipe, a folder and a link are refused at once', () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', at('pipe')]);
    writeFile(fs, at('file'), 'x');
    nodeFs.symlinkSync('file', at('link'));
    expect(() => fs.readFile(at('pipe'))).toThrow(/EINVAL/);
    expect(() => fs.readFile(folder)).toThrow(/EISDIR/);
    expect(() => fs.readFile(at('link'))).toThrow(/ELOOP/);
  });

  test('a file that gets shorter while it is read ends there', () => {
    writeFile(fs, at('file'), '0123456789');
    const shrinking = createFileSystem({
      ...nodeFs,
      readSync: ((...given: Parameters<typeof nodeFs.readSync>) => {
        const read = nodeFs.readSync(...given);
        nodeFs.truncateSync(at('file'), 4);
        return Math.min(read, 4);
      }) as typeof nodeFs.readSync,
    });
    expect(new TextDecoder().decode(shrinking.readFile(at('file')))).toBe('0123');
  });
});

describe('writing', () => {
  test('a file is created once, appended to, renamed, linked and removed', () => {
    const handle = fs.createFile(at('new'), 0o600);
    fs.write(handle, new TextEncoder().encode('one'));
    fs.sync(handle);
    fs.close(handle);
    expect(() => fs.createFile(at('new'), 0o600)).toThrow(/EEXIST/);
    const more = fs.openToAppend(at('new'));
    fs.write(more, new TextEncoder().encode(' two'));
    fs.close(more);
    fs.link(at('new'), at('second'));
    expect(fs.lstat(at('new'))?.links).toBe(2);
    fs.rename(at('second'), at('third'));
    fs.unlink(at('new'));
    expect(readText(fs, at('third'))).toBe('one two');
    expect(() => fs.openToAppend(at('new'))).toThrow(/ENOENT/);
  });

  test('folders, modes, owners', () => {
    fs.makeFolder(at('folder'), 0o700);
    fs.setMode(at('folder'), 0o750);
    const stat = fs.lstat(at('folder'));
    expect(stat?.mode).toBe(0o750);
    fs.setOwner(at('folder'), stat?.uid ?? 0, stat?.gid ?? 0);
    fs.syncFolder(at('folder'));
    fs.removeFolder(at('folder'));
    expect(fs.lstat(at('folder'))).toBeNull();
  });

  test('times, of a link itself too, to the microsecond without the system’s own call', () => {
    writeFile(fs, at('file'), '');
    nodeFs.symlinkSync('file', at('link'));
    const before = fs.lstat(at('file'))?.mtimeNs;
    fs.setTimes(at('link'), { atimeNs: 1_000_000_000n, mtimeNs: 1_500_000_000_123_456_789n });
    expect(fs.lstat(at('link'))?.mtimeNs).toBe(1_500_000_000_123_456_000n);
    expect(fs.lstat(at('file'))?.mtimeNs).toBe(before);
    expect(fs.keepsNanoseconds).toBe(false);
    expect(fs.extendedAttributes(at('file'))).toEqual(new Map());
    fs.setExtendedAttribute(at('file'), 'user.x', new Uint8Array());
  });

  test('with the system’s own calls they do the work', () => {
    const calls: string[] = [];
    const native: NativeFiles = {
      setTimes: (item) => calls.push(`times ${item}`),
      extendedAttributes: () => new Map([['user.x', new Uint8Array([1])]]),
      setExtendedAttribute: (item, name) => calls.push(`attribute ${item} ${name}`),
    };
    const exact = createFileSystem(nodeFs, native);
    expect(exact.keepsNanoseconds).toBe(true);
    exact.setTimes('/a', { atimeNs: 0n, mtimeNs: 0n });
    exact.setExtendedAttribute('/a', 'user.y', new Uint8Array());
    expect(exact.extendedAttributes('/a').size).toBe(1);
    expect(calls).toEqual(['times /a', 'attribute /a user.y']);
  });
});

describe('syncing a folder', () => {
  const failing = (code: string | null, platform: NodeJS.Platform) =>
    createFileSystem(
      {
        ...nodeFs,
        fsyncSync: () => {
          throw code === null ? new Error('no code') : systemError(code, 'x');
        },
      },
      null,
      platform,
    );

  test('where the file system has no such thing it is left', () => {
    expect(() => failing('EINVAL', 'linux').syncFolder(folder)).not.toThrow();
    expect(() => failing('EPERM', 'win32').syncFolder(folder)).not.toThrow();
  });

  test('anything else is an error', () => {
    expect(() => failing('EIO', 'linux').syncFolder(folder)).toThrow(/EIO/);
    expect(() => failing('EPERM', 'linux').syncFolder(folder)).toThrow(/EPERM/);
    expect(() => failing(null, 'linux').syncFolder(folder)).toThrow(/no code/);
    expect(() => fs.syncFolder(at('missing'))).toThrow(/ENOENT/);
  });
});

test('on a system without these flags files are read all the same', () => {
  const { O_NONBLOCK: _, O_NOFOLLOW: __, ...constants } = nodeFs.constants;
  writeFile(fs, at('file'), 'x');
  const windows = createFileSystem({ ...nodeFs, constants: constants as typeof nodeFs.constants });
  expect(readText(windows, at('file'))).toBe('x');
});
