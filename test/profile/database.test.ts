import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { assert, describe, expect, it } from 'vitest';
import { type OpenedDatabase, type OpenOptions, openDatabase } from '../../src/profile/database.ts';
import type { ReadableFileSystem } from '../../src/repair/file-system.ts';
import { addressBookSql, endlessSchema, sqliteBytes } from '../formats/support/make-sqlite.ts';
import {
  changesNothing,
  put,
  putWithHotJournal,
  putWithWal,
  realFiles,
  temporaryFolder,
} from './support/stores.ts';

interface Look {
  opened: OpenedDatabase;
  cards: number | null;
  /** What lay in the folder for copies while the database was open. */
  copies: { name: string; mode: string; files: string[] }[];
}

/** Opens, counts and closes; the folder of the file stays as it is, and no copy is left. */
function look(file: string, options: OpenOptions = {}): Look {
  const temporary = temporaryFolder();
  const seen = changesNothing(path.dirname(file), (): Look => {
    const opened = openDatabase(realFiles, file, { temporary, ...options });
    const copies = fs.readdirSync(temporary).map((name) => ({
      name,
      mode: (fs.statSync(path.join(temporary, name)).mode & 0o777).toString(8),
      files: fs.readdirSync(path.join(temporary, name)),
    }));
    if (opened.state !== 'open') return { opened, cards: null, copies };
    const cards = opened.database.number('SELECT count(DISTINCT card) FROM properties');
    opened.database.close();
    return { opened, cards, copies };
  });
  expect(fs.readdirSync(temporary)).toEqual([]);
  return seen;
}

const book = (cards: number): Buffer => sqliteBytes(addressBookSql(cards));
const insertCards = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, n) => `INSERT INTO properties VALUES ('card${from + n}', 'DisplayName', 'x');`,
  ).join('');

describe('a database without anything beside it', () => {
  it('is read from memory', () => {
    const { opened, cards, copies } = look(put(temporaryFolder(), 'abook.sqlite', book(3)));
    expect(opened).toMatchObject({ state: 'open', from: 'memory', pending: false });
    expect(cards).toBe(3);
    expect(copies).toEqual([]);
  });

  it('is so, too, after a clean exit: Thunderbird leaves a -wal of 0 bytes', () => {
    const folder = temporaryFolder();
    const bytes = book(2);
    bytes[18] = 2;
    bytes[19] = 2;
    put(folder, 'abook.sqlite-wal', '');
    const { opened, cards, copies } = look(put(folder, 'abook.sqlite', bytes));
    expect(opened).toMatchObject({ state: 'open', from: 'memory' });
    expect(cards).toBe(2);
    expect(copies).toEqual([]);
  });

  it('may stand behind a link', () => {
    const folder = temporaryFolder();
    put(folder, 'real/abook.sqlite', book(1));
    fs.symlinkSync('real/abook.sqlite', path.join(folder, 'abook.sqlite'));
    expect(look(path.join(folder, 'abook.sqlite')).cards).toBe(1);
  });
});

describe('a database with something beside it', () => {
  it('has the rows that stand in the -wal alone', () => {
    const file = putWithWal(temporaryFolder(), 'abook.sqlite', 'CREATE TABLE other (x);', addressBookSql(7));
    expect(fs.statSync(`${file}-wal`).size).toBeGreaterThan(fs.statSync(file).size);
    const { opened, cards, copies } = look(file);
    expect(opened).toMatchObject({
      state: 'open',
      from: 'memory',
      pending: true,
      database: { userVersion: 4 },
    });
    expect(cards).toBe(7);
    // The copy in which the -wal was merged is gone already.
    expect(copies).toEqual([]);
  });

  it('has the rows of the file and of the -wal', () => {
    expect(
      look(putWithWal(temporaryFolder(), 'abook.sqlite', addressBookSql(2), insertCards(2, 5))).cards,
    ).toBe(5);
  });

  it('has the rows of the file when the -wal is garbage, as SQLite takes it', () => {
    const folder = temporaryFolder();
    put(folder, 'abook.sqlite-wal', Buffer.alloc(5000, 7));
    expect(look(put(folder, 'abook.sqlite', book(4))).cards).toBe(4);
  });

  it('has a change taken back that was cut off', () => {
    const file = putWithHotJournal(temporaryFolder(), 'abook.sqlite', addressBookSql(2), insertCards(2, 300));
    const { opened, cards } = look(file);
    expect(opened).toMatchObject({ state: 'open', pending: true });
    expect(cards).toBe(2);
  });

  it('is not opened when its journal names another one: SQLite could delete that', () => {
    const folder = temporaryFolder();
    const victim = put(folder, 'precious.txt', 'not a journal\0');
    const file = putWithHotJournal(folder, 'abook.sqlite', addressBookSql(2), insertCards(2, 300));
    const name = Buffer.from(victim);
    const end = Buffer.alloc(8);
    end.writeUInt32BE(name.length, 0);
    end.writeUInt32BE(
      name.reduce((sum, byte) => sum + byte, 0),
      4,
    );
    fs.appendFileSync(
      `${file}-journal`,
      Buffer.concat([Buffer.alloc(4), name, end, Buffer.from('d9d505f920a163d7', 'hex')]),
    );
    expect(look(file).opened).toMatchObject({ state: 'damaged', why: 'its journal names another journal' });
    expect(fs.existsSync(victim)).toBe(true);
  });

  it('is not handed to SQLite when its list of tables has no end', () => {
    const folder = temporaryFolder();
    put(folder, 'abook.sqlite-wal', Buffer.alloc(100, 1));
    expect(look(put(folder, 'abook.sqlite', endlessSchema(4))).opened.state).toBe('damaged');
  });
});

describe('a key store', () => {
  it('is never copied, whatever stands beside it', () => {
    const file = putWithHotJournal(temporaryFolder(), 'key4.db', addressBookSql(2), insertCards(2, 300));
    const { opened, copies } = look(file, { memoryOnly: true });
    expect(copies).toEqual([]);
    expect(opened.pending).toBe(true);
  });
});

describe('a database that cannot be read', () => {
  const stateOf = (name: string, content: string | Uint8Array, options: OpenOptions = {}): string =>
    look(put(temporaryFolder(), name, content), options).opened.state;

  it('says why', () => {
    expect(look(path.join(temporaryFolder(), 'none.sqlite')).opened.state).toBe('missing');
    expect(stateOf('abook.sqlite', '')).toBe('empty');
    expect(stateOf('abook.sqlite', '// <!-- <mdb:mork:z v="1.4"/> -->')).toBe('not-sqlite');
    expect(stateOf('abook.sqlite', book(3).subarray(0, 5000))).toBe('truncated');
    const damaged = book(3);
    damaged.fill(0xaa, 110, 300);
    expect(stateOf('abook.sqlite', damaged)).toBe('damaged');
    expect(stateOf('abook.sqlite', book(3), { maxBytes: 5000 })).toBe('too-large');
    expect(stateOf('abook.sqlite', book(3), { engine: null })).toBe('no-engine');
  });

  it('may be a folder, a pipe of a program, or a link to nothing', () => {
    const folder = temporaryFolder();
    fs.mkdirSync(path.join(folder, 'folder.sqlite'));
    fs.symlinkSync('gone', path.join(folder, 'link.sqlite'));
    fs.symlinkSync('/dev/zero', path.join(folder, 'device.sqlite'));
    expect(look(path.join(folder, 'folder.sqlite')).opened.state).toBe('unreadable');
    expect(look(path.join(folder, 'link.sqlite')).opened.state).toBe('missing');
    expect(look(path.join(folder, 'device.sqlite')).opened).toMatchObject({
      state: 'unreadable',
      why: 'it is no ordinary file',
    });
  });

  it('may be refused by the system', () => {
    const file = put(temporaryFolder(), 'abook.sqlite', book(1));
    const locked: ReadableFileSystem = {
      ...realFiles,
      readFile() {
        throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      },
    };
    expect(openDatabase(locked, file)).toMatchObject({
      state: 'unreadable',
      why: 'it cannot be read (EACCES)',
    });
  });

  it('may change all the time', () => {
    const file = put(temporaryFolder(), 'abook.sqlite', book(1));
    let ticks = 0n;
    const busy: ReadableFileSystem = {
      ...realFiles,
      lstat(at) {
        const stat = realFiles.lstat(at);
        return stat === null ? null : { ...stat, mtimeNs: ++ticks };
      },
    };
    expect(openDatabase(busy, file)).toMatchObject({ state: 'changing' });
  });

  it('leaves no copy behind when copying fails', () => {
    const file = putWithWal(temporaryFolder(), 'abook.sqlite', addressBookSql(2), insertCards(2, 5));
    const temporary = temporaryFolder();
    const failing: ReadableFileSystem = {
      ...realFiles,
      readFile(at, options) {
        if (at.endsWith('-wal')) throw Object.assign(new Error('EIO'), { code: 'EIO' });
        return realFiles.readFile(at, options);
      },
    };
    expect(openDatabase(failing, file, { temporary }).state).toBe('unreadable');
    expect(fs.readdirSync(temporary)).toEqual([]);
  });
});

describe('a large database', () => {
  /** Above 64 MB, the most that is taken into memory. */
  function putLarge(folder: string): string {
    const file = path.join(folder, 'abook.sqlite');
    const database = new Database(file);
    database.exec(addressBookSql(3));
    database.exec('CREATE TABLE ballast (x); INSERT INTO ballast VALUES (zeroblob(70000000))');
    database.close();
    return file;
  }

  it('is read from a private copy, which is gone after closing', () => {
    const { opened, cards, copies } = look(putLarge(temporaryFolder()));
    expect(opened).toMatchObject({ state: 'open', from: 'copy' });
    expect(cards).toBe(3);
    expect(copies).toMatchObject([{ mode: '700', files: ['copy.sqlite'] }]);
  });

  it('leaves no copy when the process ends before it is closed', () => {
    const temporary = temporaryFolder();
    const before = process.listeners('exit');
    const opened = openDatabase(realFiles, putLarge(temporaryFolder()), { temporary });
    assert(opened.state === 'open');
    const [sweep, ...others] = process.listeners('exit').filter((listener) => !before.includes(listener));
    expect(fs.readdirSync(temporary)).toHaveLength(1);
    expect(others).toEqual([]);
    sweep?.(0);
    expect(fs.readdirSync(temporary)).toEqual([]);
    opened.database.close();
    expect(process.listeners('exit')).toEqual(before);
  });

  it('that is damaged leaves no copy either', () => {
    const file = putLarge(temporaryFolder());
    const handle = fs.openSync(file, 'r+');
    fs.writeSync(handle, Buffer.alloc(200, 0xaa), 0, 200, 100);
    fs.closeSync(handle);
    expect(look(file).opened.state).toBe('damaged');
  });
});
