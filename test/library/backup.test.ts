/**
 * Backups of real profiles on a real disk: the profile keeps every trace it had, the copy is told to the last byte, also
 * without mailmend, and nothing is overwritten.
 */

import {
  appendFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBackup, prepareBackup } from '../../src/library/backup.ts';
import type { Room } from '../../src/library/backup-target.ts';
import type { BackupDocument } from '../../src/library/documents/backup.ts';
import { backupDocument, backupVerifyDocument } from '../../src/library/documents/backup.ts';
import { selectProfile } from '../../src/library/select.ts';
import type { SelectedProfile } from '../../src/library/selected-profile.ts';
import { verifyBackup } from '../../src/library/verify-backup.ts';
import type { World } from '../../src/library/world.ts';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { fitsSums, hasSha256sum } from '../support/sha256sum.ts';
import { testWorld } from '../support/test-world.ts';
import { treeListing } from '../support/tree-hash.ts';
import { otherProcessHolding } from '../system/support/other-process.ts';

let sandbox = '';
let root = '';
let profile = '';
let world: World;

beforeEach(() => {
  sandbox = realpathSync(mkdtempSync(path.join(tmpdir(), 'mailmend-backup-')));
  root = path.join(sandbox, 'root');
  profile = layOutRoot(root, 'plain').profiles[0] ?? '';
  world = testWorld(sandbox);
});
afterEach(() => rmSync(sandbox, { recursive: true, force: true }));

const to = (): string => path.join(sandbox, 'usb');
const inProfile = (...names: string[]): string => path.join(profile, ...names);
const inBackup = (...names: string[]): string => path.join(to(), 'profile', ...names);

function selected(): SelectedProfile {
  const selection = selectProfile(world, { argument: profile, roots: [] });
  if (selection.kind !== 'one') throw new Error('not one profile');
  return selection.profile;
}

const commandFor = (folder: string): string => `mailmend backup --to ${folder}`;

const prepare = (folder = to(), room?: (folder: string) => Room) =>
  prepareBackup(world, selected(), { to: folder, commandFor, by: '0.1.0', ...(room ? { room } : {}) });

async function backup(folder = to()): Promise<BackupDocument> {
  const document = await makeBackup(world, await prepare(folder), { signal: new AbortController().signal });
  return backupDocument.parse(document);
}

const verify = async (folder = to()) =>
  backupVerifyDocument.parse(await verifyBackup(world, folder, { signal: new AbortController().signal }));

/** Without what no backup takes along. */
const listing = (folder: string): string[] =>
  treeListing(folder).filter((line) => !/^\.\/(lock|\.parentlock) /.test(line));

describe('a backup of a profile', () => {
  it('leaves no trace in it, and is the same to the nanosecond', async () => {
    writeFileSync(inProfile('.parentlock'), '');
    symlinkSync('127.0.1.1:+4242', inProfile('lock'));
    symlinkSync('prefs.js', inProfile('inner'));
    linkSync(inProfile('prefs.js'), inProfile('second name'));
    mkdirSync(inProfile('empty'), { mode: 0o711 });
    writeFileSync(inProfile('nothing'), '', { mode: 0o604 });
    utimesSync(inProfile('nothing'), 1, 1_600_000_000.123456);
    world.fs.setExtendedAttribute(inProfile('prefs.js'), 'user.note', Buffer.from('mine'));
    const before = treeListing(root, { ctime: true });
    const document = await backup();
    expect(treeListing(root, { ctime: true })).toEqual(before);
    expect(document).toMatchObject({ complete: true, leftOut: [], notKept: [], continued: false });
    expect(document.parts.map(({ into }) => into)).toEqual(['profile', 'registry/profiles.ini']);
    // The folder's own time tells of the lock files in it.
    expect(listing(inBackup())).toEqual(listing(profile));
    expect(world.fs.extendedAttributes(inBackup('prefs.js'))).toEqual(
      world.fs.extendedAttributes(inProfile('prefs.js')),
    );
    expect(lstatSync(to()).mode & 0o777).toBe(0o700);
    expect(await verify()).toMatchObject({ state: 'intact', complete: true, files: document.files });
  });

  it.runIf(hasSha256sum)('can be checked without mailmend, whatever its names are', async () => {
    writeFileSync(inProfile('Mail', 'new\nline \\ and "quotes"'), 'x');
    await backup();
    expect(fitsSums(to())).toBe(true);
    appendFileSync(inBackup('prefs.js'), 'x');
    expect(fitsSums(to())).toBe(false);
    expect(await verify()).toMatchObject({ state: 'damaged', problems: [{ path: 'profile/prefs.js' }] });
  });

  it('tells of names that are not UTF-8, and has everything else', async () => {
    const odd = Buffer.concat([Buffer.from(`${profile}/Entw`), Buffer.from([0xfc]), Buffer.from('rfe')]);
    writeFileSync(odd, 'x');
    const { complete, leftOut, files } = await backup();
    expect(complete).toBe(false);
    expect(leftOut).toEqual([
      { what: inProfile('Entw\ufffdrfe'), reason: expect.stringContaining('not in UTF-8') },
    ]);
    expect(files).toBeGreaterThan(10);
    expect(await verify()).toMatchObject({ state: 'intact', complete: false, leftOut });
  });

  it('takes paths that are nearly too long, and tells of those that become too long', async () => {
    const deep = (from: string, room: number): string => {
      let at = from;
      while (at.length + 201 < room) {
        at = path.join(at, 'x'.repeat(200));
        mkdirSync(at);
      }
      return at;
    };
    const fits = deep(inProfile('Mail'), 3000);
    writeFileSync(path.join(fits, 'Inbox'), 'x');
    expect(await backup()).toMatchObject({ complete: true });
    expect(
      readFileSync(path.join(inBackup('Mail'), path.relative(inProfile('Mail'), fits), 'Inbox'), 'utf8'),
    ).toBe('x');
    const long = path.join(sandbox, 'y'.repeat(250));
    mkdirSync(long);
    deep(fits, 4090);
    const { complete, leftOut } = await backup(path.join(long, 'b'));
    expect(complete).toBe(false);
    expect(leftOut[0]?.reason).toContain('too long');
  });

  it('copies a large file piece by piece', async () => {
    writeFileSync(inProfile('Mail', 'large'), '');
    truncateSync(inProfile('Mail', 'large'), 300 * 1024 * 1024);
    const document = await prepare();
    let most = 0;
    const before = process.memoryUsage().rss;
    await makeBackup(world, document, {
      signal: new AbortController().signal,
      onProgress: () => {
        most = Math.max(most, process.memoryUsage().rss);
      },
    });
    expect(lstatSync(inBackup('Mail', 'large')).size).toBe(300 * 1024 * 1024);
    expect(most - before).toBeLessThan(250 * 1024 * 1024);
  });
});

describe('what belongs to the profile and lies elsewhere', () => {
  it('is copied as well: mail that the settings name, what links lead to', async () => {
    const data = path.join(sandbox, 'data');
    mkdirSync(path.join(data, 'mail'), { recursive: true });
    writeFileSync(path.join(data, 'mail', 'Inbox'), 'From - x\n');
    writeFileSync(path.join(data, 'linked'), 'x');
    symlinkSync(path.join(data, 'linked'), inProfile('away'));
    symlinkSync(path.join(data, 'nowhere'), inProfile('dangling'));
    pref('mail.server.server2.directory-rel', '[ProfD]../../data/mail');
    const before = treeListing(data, { ctime: true });
    const { parts, complete } = await backup();
    expect(complete).toBe(true);
    expect(parts.filter(({ into }) => into.startsWith('outside/'))).toEqual([
      { into: 'outside/1', from: path.join(data, 'linked'), why: 'a link in the profile leads there, away' },
      { into: 'outside/2', from: path.join(data, 'mail'), why: 'the mail of server2' },
    ]);
    expect(readFileSync(path.join(to(), 'outside/2/Inbox'), 'utf8')).toBe('From - x\n');
    expect(readlinkSync(inBackup('away'))).toBe(path.join(data, 'linked'));
    expect(treeListing(data, { ctime: true })).toEqual(before);
    expect(readFileSync(path.join(to(), 'README.txt'), 'utf8')).toContain(path.join(data, 'mail'));
  });

  it('is told when it is not there, and never is the whole disk', async () => {
    pref('mail.server.server2.directory-rel', '[ProfD]../../unplugged/mail');
    symlinkSync('/', inProfile('everything'));
    const { leftOut, parts } = await backup();
    expect(leftOut.map(({ what }) => what)).toEqual(['/', path.join(sandbox, 'unplugged/mail')]);
    expect(leftOut[0]?.reason).toContain('far more than that');
    expect(leftOut[1]?.reason).toContain('not there now');
    expect(parts.some(({ into }) => into.startsWith('outside'))).toBe(false);
  });

  function pref(name: string, value: string): void {
    const text = readFileSync(inProfile('prefs.js'), 'utf8');
    const key = name.replaceAll('.', '\\.');
    const kept = text.replace(new RegExp(`user_pref\\("${key}".*\\n`), '');
    writeFileSync(inProfile('prefs.js'), `${kept}user_pref("${name}", ${JSON.stringify(value)});\n`);
  }
});

describe('a place for the backup', () => {
  const refusal = async (folder: string, room?: (folder: string) => Room): Promise<unknown> => {
    const before = treeListing(sandbox);
    const error: unknown = await prepare(folder, room).catch((thrown: unknown) => thrown);
    expect(treeListing(sandbox)).toEqual(before);
    return error;
  };

  it('is never in the profile, around it, or behind a link into it', async () => {
    const refused = { code: 'BAD_ARGUMENTS', exit: 2, message: expect.stringContaining('cannot lie in') };
    expect(await refusal(inProfile('backup'))).toMatchObject(refused);
    mkdirSync(inProfile('void'));
    expect(await refusal(inProfile('void'))).toMatchObject(refused);
    symlinkSync(inProfile('Mail'), path.join(sandbox, 'shortcut'));
    expect(await refusal(path.join(sandbox, 'shortcut', 'b'))).toMatchObject(refused);
    const { summary, request } = await prepare();
    await makeBackup(world, { summary, request, command: '' }, { signal: AbortSignal.abort() }).catch(
      () => {},
    );
    const copied = path.join(to(), 'profile');
    mkdirSync(path.join(copied, 'Mail'), { recursive: true });
    profile = copied;
    expect(await refusal(to())).toMatchObject({ code: 'TARGET_NOT_EMPTY' });
  });

  it('is empty or not there; else a free name is offered', async () => {
    const sent = path.join(sandbox, 'letters');
    mkdirSync(sent);
    writeFileSync(path.join(sent, 'x'), '');
    expect(await refusal(sent)).toMatchObject({
      code: 'TARGET_NOT_EMPTY',
      exit: 3,
      next: [{ command: `mailmend backup --to ${sent}/mail-backup-2026-11-23` }],
    });
    await backup();
    mkdirSync(`${to()}-2026-11-23`);
    expect(await refusal(to())).toMatchObject({
      message: expect.stringContaining('a finished backup'),
      next: [{ command: `mailmend backup --to ${to()}-2026-11-23-2` }],
    });
  });

  it('has a parent that is there, and is no file', async () => {
    expect(await refusal(path.join(sandbox, 'no/b'))).toMatchObject({ code: 'NO_SUCH_PATH', exit: 2 });
    expect(await refusal(path.join(root, 'profiles.ini'))).toMatchObject({ code: 'NOT_A_FOLDER', exit: 2 });
    const { fs } = world;
    const closed = (): never => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    };
    const given = selected();
    world = { ...world, fs: { ...fs, stat: (at) => (at === sandbox ? closed() : fs.stat(at)) } };
    const call = { to: to(), commandFor, by: '0' };
    await expect(prepareBackup(world, given, call)).rejects.toMatchObject({ code: 'NOT_READABLE', exit: 2 });
  });

  it('has room enough, and is no FAT disk when a file is too large for one', async () => {
    expect(await refusal(to(), () => ({ free: 1_000_000, largest: null }))).toMatchObject({
      code: 'NO_SPACE',
      exit: 3,
      message: expect.stringMatching(/needs .* MB, and 1.0 MB are free/),
    });
    expect(await refusal(to(), () => ({ free: null, largest: 1000 }))).toMatchObject({
      code: 'NO_SPACE',
      message: expect.stringContaining('(FAT) holds no file of more than 4 GB'),
    });
    const { summary } = await prepare(to(), () => ({ free: null, largest: null }));
    expect(summary.free).toBeNull();
  });

  it('is warned of when it is copied to other computers', async () => {
    const dropbox = path.join(sandbox, 'Dropbox');
    mkdirSync(dropbox);
    const { summary } = await prepare(path.join(dropbox, 'b'));
    expect(summary.notes).toEqual([expect.stringContaining('by Dropbox')]);
  });
});

describe('a program that has the profile open', () => {
  it('is not copied under: 3, and the same command again', async () => {
    writeFileSync(inProfile('.parentlock'), '');
    const other = await otherProcessHolding(inProfile('.parentlock'));
    try {
      await expect(backup()).rejects.toMatchObject({ code: 'PROFILE_IN_USE', exit: 3 });
      expect(existsSync(to())).toBe(false);
    } finally {
      await other.end();
    }
    expect(await backup()).toMatchObject({ complete: true });
  });

  it('that was started meanwhile: the backup is not finished', async () => {
    rmSync(inProfile('.parentlock'), { force: true });
    const prepared = await prepare();
    let started = false;
    const locks = { take: () => null, holder: () => (started ? { pid: 4242 } : null) };
    const work = makeBackup({ ...world, locks }, prepared, {
      signal: new AbortController().signal,
      onProgress() {
        started = true;
        writeFileSync(inProfile('.parentlock'), '');
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'PROFILE_IN_USE', exit: 3 });
    expect(await verify()).toMatchObject({ state: 'unfinished', complete: false });
  });
});

describe('a backup that did not come to its end', () => {
  it('by a full disk: 4, what is there stays, and the same call goes on', async () => {
    const full = {
      ...world.fs,
      write: (handle: number, bytes: Uint8Array): number => {
        if (existsSync(inBackup('Mail'))) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        return world.fs.write(handle, bytes);
      },
    };
    const before = treeListing(root, { ctime: true });
    const work = makeBackup({ ...world, fs: full }, await prepare(), {
      signal: new AbortController().signal,
    });
    await expect(work).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      exit: 4,
      message: expect.stringMatching(/disk is full.*is not finished; your profile was only read/),
      next: [{ command: `mailmend backup --to ${to()}` }],
    });
    expect(treeListing(root, { ctime: true })).toEqual(before);
    const { summary } = await prepare();
    expect(summary.continued).toBe(true);
    expect(await backup()).toMatchObject({ continued: true, complete: true });
    expect(await verify()).toMatchObject({ state: 'intact' });
  });

  it('by a signal: 130', async () => {
    const work = makeBackup(world, await prepare(), { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({
      code: 'INTERRUPTED',
      exit: 130,
      next: [{ command: `mailmend backup --to ${to()}` }],
    });
  });

  it('by a fault of mailmend: as it is', async () => {
    const broken = { ...world.fs, syncFolder: () => void (null as unknown as string).length };
    const work = makeBackup({ ...world, fs: broken }, await prepare(), {
      signal: new AbortController().signal,
    });
    await expect(work).rejects.toBeInstanceOf(TypeError);
  });

  it('belongs to its profile, also when that was renamed; not to another', async () => {
    await makeBackup(world, await prepare(), { signal: AbortSignal.abort() }).catch(() => {});
    const other = layOutRoot(path.join(sandbox, 'other'), 'plain').profiles[0] ?? '';
    const own = profile;
    profile = other;
    await expect(prepare()).rejects.toMatchObject({
      code: 'TARGET_NOT_EMPTY',
      message: expect.stringContaining(`an unfinished backup of ${own}`),
    });
    profile = `${own}-renamed`;
    renameSync(own, profile);
    expect(await backup()).toMatchObject({ continued: true, complete: true });
  });
});

describe('a backup that is read again', () => {
  it.each([
    ['is not there', 'nowhere', 'NO_SUCH_PATH'],
    ['is a file', 'root/profiles.ini', 'NOT_A_FOLDER'],
    ['is another folder', 'root', 'NOT_A_BACKUP'],
  ])('%s: 2', async (_what, name, code) => {
    await expect(verify(path.join(sandbox, name))).rejects.toMatchObject({ code, exit: 2 });
  });

  it('cannot be listed: 2; by a fault of mailmend: as it is', async () => {
    const closed = (error: Error) => ({
      ...world,
      fs: {
        ...world.fs,
        readFolder: () => {
          throw error;
        },
      },
    });
    const signal = new AbortController().signal;
    const denied = Object.assign(new Error('EACCES'), { code: 'EACCES' });
    await expect(verifyBackup(closed(denied), sandbox, { signal })).rejects.toMatchObject({
      code: 'NOT_READABLE',
    });
    await expect(verifyBackup(closed(new TypeError('x')), sandbox, { signal })).rejects.toBeInstanceOf(
      TypeError,
    );
  });

  it('says of one without a manifest what it can', async () => {
    await backup();
    rmSync(path.join(to(), 'manifest.jsonl'));
    expect(await verify()).toMatchObject({ state: 'damaged', complete: false, made: null, of: null });
  });
});
