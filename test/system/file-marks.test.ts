import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writtenFiles } from '../../src/profile/written-files.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import { fixedFiles, linuxMarks, macosMarks, markBytes, unpackMark } from '../../src/system/file-marks.ts';
import { loadNative } from '../../src/system/native.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

function answer(at: number, flags: number): Uint8Array {
  const bytes = new Uint8Array(markBytes);
  new DataView(bytes.buffer).setUint32(at, flags, true);
  return bytes;
}

describe('the marks in the answer of the C library', () => {
  it.each([
    [0, null],
    // Compressed, encrypted: of no concern.
    [0x804, null],
    [0x10, { kind: 'immutable', setBy: 'administrator' }],
    [0x20, { kind: 'append-only', setBy: 'administrator' }],
    [0x30, { kind: 'immutable', setBy: 'administrator' }],
  ])('stand at byte 8 of struct statx on Linux: %i', (flags, mark) => {
    expect(unpackMark(linuxMarks, answer(8, flags))).toEqual(mark);
  });

  it.each([
    [0, null],
    // Hidden, compressed, content not on this disk: of no concern.
    [0x40008020, null],
    [0x2, { kind: 'immutable', setBy: 'owner' }],
    [0x4, { kind: 'append-only', setBy: 'owner' }],
    [0x20002, { kind: 'immutable', setBy: 'administrator' }],
    [0x40000, { kind: 'append-only', setBy: 'administrator' }],
  ])('stand at byte 116 of struct stat on macOS: %i', (flags, mark) => {
    expect(unpackMark(macosMarks, answer(116, flags))).toEqual(mark);
  });
});

const native = loadNative();
const markOf = (path: string) => native?.markOf(path) ?? null;

/** Whether this user may set marks here. */
function canMark(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mailmend-marks-'));
  try {
    for (const change of ['+i', '-i']) execFileSync('chattr', [change, folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mark(flag: 'i' | 'a', path: string): void {
  execFileSync('chattr', [`+${flag}`, path]);
  onTestFinished(() => void execFileSync('chattr', [`-${flag}`, path]));
}

describe.runIf(native !== null && process.platform === 'linux')('the marks of real files', () => {
  it('are none on an ordinary file, and on one that is not there', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'prefs.js'), '');
    expect([folder, join(folder, 'prefs.js'), join(folder, 'gone'), `${folder}\0x`].map(markOf)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it.runIf(canMark())('are told of files and folders of a profile, also behind a link', () => {
    const folder = temporaryFolder();
    const [inbox, sent] = [join(folder, 'Mail', 'Inbox'), join(folder, 'Mail', 'Sent')];
    mkdirSync(join(folder, 'Mail'));
    for (const file of [join(folder, 'prefs.js'), join(folder, 'real'), inbox]) writeFileSync(file, '');
    symlinkSync('../real', sent);
    mark('i', join(folder, 'prefs.js'));
    mark('i', join(folder, 'real'));
    mark('a', inbox);
    const written = writtenFiles(createFileSystem(), folder, [join(folder, 'Mail')]);
    expect(fixedFiles(written, markOf)).toEqual([
      { path: join(folder, 'prefs.js'), kind: 'immutable', setBy: 'administrator' },
      { path: inbox, kind: 'append-only', setBy: 'administrator' },
      { path: sent, kind: 'immutable', setBy: 'administrator' },
    ]);
  });
});
