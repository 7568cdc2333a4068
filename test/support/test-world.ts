/**
 * The world for tests on real folders: the real file system, locks and times, but no program and no profile of this
 * computer. The folders in which programs are installed are looked for in a folder of the test's own.
 */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { systemWorld, type World } from '../../src/library/world.ts';
import type { ReadableFileSystem } from '../../src/repair/file-system.ts';
import { fixturesFolder, readFixtureDocument } from './lay-out-fixture.ts';

export interface InstalledProgram {
  /** Absolute, as on the computer that is played: `/usr/lib/thunderbird`. */
  folder: string;
  name: string;
  version: string;
  /** Content by path within the folder, or by an absolute path: policies and settings of an administrator. */
  files?: Record<string, string>;
}

/** Where programs are installed, on Linux. */
const programFolders = ['/usr', '/opt', '/snap', '/app', '/var/lib', '/etc/thunderbird'];

/** @param sandbox an existing folder for home and programs, beside what is tested. */
export function testWorld(sandbox: string, installed: readonly InstalledProgram[] = []): World {
  const world = systemWorld();
  const home = join(sandbox, 'home');
  const computer = join(sandbox, 'computer');
  mkdirSync(home, { recursive: true });
  for (const { folder, name, version, files = {} } of installed) {
    mkdirSync(join(computer, folder), { recursive: true });
    const ini = `[App]\nName=${name}\nVersion=${version}\nBuildID=20261110162734\n`;
    writeFileSync(join(computer, folder, 'application.ini'), ini);
    for (const [file, content] of Object.entries(files)) {
      const at = join(computer, resolve(folder, file));
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, content);
    }
  }
  return {
    ...world,
    fs: { ...world.fs, ...elsewhere(world.fs, computer) },
    platform: 'linux',
    env: {},
    home,
    disk: () => ({ freeBytes: 2 ** 40, freeFiles: null, isReadOnly: false }),
    openFiles: () => [],
    now: () => new Date('2026-11-23T12:00:00Z'),
  };
}

/** The programs that the fixture's computer.json names; none without that file. */
export function installedOn(fixture: string): InstalledProgram[] {
  if (!existsSync(join(fixturesFolder, fixture, 'computer.json'))) return [];
  return (readFixtureDocument(fixture, 'computer.json') as { installed: InstalledProgram[] }).installed;
}

/** Reading below the folders of programs goes to `computer`; what is written is never there. */
function elsewhere(fs: ReadableFileSystem, computer: string): ReadableFileSystem {
  const isMoved = (path: string): boolean =>
    programFolders.some((folder) => path === folder || path.startsWith(`${folder}/`));
  const at = (path: string): string => (isMoved(path) ? join(computer, path) : path);
  return {
    lstat: (path) => fs.lstat(at(path)),
    stat: (path) => fs.stat(at(path)),
    readFile: (path, options) => fs.readFile(at(path), options),
    readFolder: (path) => fs.readFolder(at(path)),
    readLink: (path) => fs.readLink(at(path)),
    realPath: (path) => (isMoved(path) ? (fs.stat(at(path)) === null ? null : path) : fs.realPath(path)),
  };
}
