import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFile, listFolder, readFileBytes } from '../../src/profile/file-bytes.ts';
import type { ReadableFileSystem } from '../../src/repair/file-system.ts';
import { put, realFiles, temporaryFolder } from './support/stores.ts';

const refusing: ReadableFileSystem = {
  ...realFiles,
  lstat() {
    throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
  },
  readFolder() {
    throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
  },
};

describe('a file of a profile', () => {
  it('is read whole, with its size and time', () => {
    const file = put(temporaryFolder(), 'x', 'hello');
    const read = readFileBytes(realFiles, file, 5);
    expect(read).toMatchObject({
      state: 'read',
      size: 5,
      mtimeNs: fs.statSync(file, { bigint: true }).mtimeNs,
    });
    expect(read.state === 'read' && Buffer.from(read.bytes).toString()).toBe('hello');
  });

  it('is not read when it is larger than it may be', () => {
    expect(readFileBytes(realFiles, put(temporaryFolder(), 'x', 'hello'), 4)).toMatchObject({
      state: 'too-large',
      size: 5,
    });
  });

  it('may stand behind a link', () => {
    const folder = temporaryFolder();
    put(folder, 'real', 'hello');
    fs.symlinkSync('real', path.join(folder, 'link'));
    expect(findFile(realFiles, path.join(folder, 'link'))).toMatchObject({
      state: 'found',
      path: path.join(folder, 'real'),
    });
  });

  it.each([
    ['is not there', 'none', 'missing'],
    ['is a link to nothing', 'dangling', 'missing'],
    ['is a link to itself', 'loop', 'missing'],
    ['is a folder', 'folder', 'unreadable'],
    ['is a device', 'device', 'unreadable'],
  ])('%s', (_what, name, state) => {
    const folder = temporaryFolder();
    fs.mkdirSync(path.join(folder, 'folder'));
    fs.symlinkSync('gone', path.join(folder, 'dangling'));
    fs.symlinkSync('loop', path.join(folder, 'loop'));
    fs.symlinkSync('/dev/null', path.join(folder, 'device'));
    expect(readFileBytes(realFiles, path.join(folder, name), 100).state).toBe(state);
  });

  it('may be locked away', () => {
    expect(readFileBytes(refusing, '/x', 100)).toMatchObject({
      state: 'unreadable',
      why: 'it cannot be read (EACCES)',
    });
    const unreadable: ReadableFileSystem = {
      ...realFiles,
      readFile() {
        throw new Error('odd');
      },
    };
    const file = put(temporaryFolder(), 'x', 'hello');
    expect(readFileBytes(unreadable, file, 100)).toMatchObject({
      state: 'unreadable',
      why: 'it cannot be read (unknown error)',
      size: 5,
    });
  });
});

describe('a folder of a profile', () => {
  it('is a list of names, empty when it cannot be listed', () => {
    const folder = temporaryFolder();
    put(folder, 'b', '');
    put(folder, 'a/x', '');
    expect(listFolder(realFiles, folder)).toEqual([
      { name: 'a', kind: 'folder' },
      { name: 'b', kind: 'file' },
    ]);
    expect(listFolder(refusing, folder)).toEqual([]);
  });
});
