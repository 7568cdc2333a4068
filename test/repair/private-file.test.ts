/**
 * A file that only its owner may read: never over another one, never inside the profile, never half of it unsaid.
 */

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailmendError } from '../../src/repair/error.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import { writePrivateFile } from '../../src/repair/private-file.ts';

let folder = '';
const real = createFileSystem();

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-private-')));
  mkdirSync(join(folder, 'profile'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, bytes: string, fs = real): string =>
  writePrivateFile(fs, join(folder, name), Buffer.from(bytes), {
    outside: join(folder, 'profile'),
    what: 'The backup',
  });

function refusal(act: () => unknown): { code: string; exit: number; message: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof MailmendError) return { code: error.code, exit: error.exit, message: error.message };
    throw error;
  }
  throw new Error('it was written');
}

describe('a private file', () => {
  it('holds every byte, for its owner alone', () => {
    expect(write('new', 'all of it')).toBe(join(folder, 'new'));
    expect(readFileSync(join(folder, 'new'), 'utf8')).toBe('all of it');
    if (process.platform !== 'win32') expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o600);
  });

  it('is written in as many parts as the system takes', () => {
    const oneByte = {
      ...real,
      write: (handle: number, bytes: Uint8Array) => real.write(handle, bytes.subarray(0, 1)),
    };
    write('parts', 'all of it', oneByte);
    expect(readFileSync(join(folder, 'parts'), 'utf8')).toBe('all of it');
  });

  it('never replaces one', () => {
    writeFileSync(join(folder, 'there'), 'mine');
    expect(refusal(() => write('there', 'other'))).toMatchObject({ code: 'TARGET_NOT_EMPTY', exit: 3 });
    expect(readFileSync(join(folder, 'there'), 'utf8')).toBe('mine');
  });

  it('never lies in the profile', () => {
    expect(refusal(() => write('profile/new', 'x'))).toMatchObject({ code: 'BAD_ARGUMENTS', exit: 2 });
  });

  it('needs a folder', () => {
    expect(refusal(() => write('nowhere/new', 'x'))).toMatchObject({ code: 'NO_SUCH_PATH', exit: 2 });
    writeFileSync(join(folder, 'file'), '');
    expect(refusal(() => write('file/new', 'x'))).toMatchObject({ exit: 2 });
  });

  it('is outside of a profile that is not there, too', () => {
    const at = join(folder, 'other');
    const options = { outside: join(folder, 'gone'), what: 'The plan' };
    expect(writePrivateFile(real, at, Buffer.from('x'), options)).toBe(at);
  });

  it('says what is left of it when the disk is full', () => {
    const full = {
      ...real,
      write: (): number => {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      },
    };
    const { code, message } = refusal(() => write('half', 'x', full));
    expect(code).toBe('WRITE_FAILED');
    expect(message).toContain('is not whole');
    const closed = {
      ...real,
      createFile: (): number => {
        throw Object.assign(new Error('not allowed'), { code: 'EACCES' });
      },
    };
    expect(refusal(() => write('none', 'x', closed)).message).not.toContain('is not whole');
  });
});
