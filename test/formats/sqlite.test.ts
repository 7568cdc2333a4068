import Database from 'better-sqlite3';
import fc from 'fast-check';
import { assert, describe, expect, it, onTestFinished } from 'vitest';
import { loadEngine, openSqliteBytes, type SqliteDatabase, sqliteEngine } from '../../src/formats/sqlite.ts';
import { addressBookSql, endlessSchema, sqliteBytes } from './support/make-sqlite.ts';

function open(bytes: Uint8Array): SqliteDatabase {
  const engine = sqliteEngine();
  assert(engine !== null);
  const opened = openSqliteBytes(engine, bytes);
  assert(opened.state === 'open', `it is ${opened.state}`);
  onTestFinished(() => opened.database.close());
  return opened.database;
}

function stateOf(bytes: Uint8Array): string {
  const opened = openSqliteBytes(Database, bytes);
  if (opened.state === 'open') opened.database.close();
  return opened.state;
}

describe('a database in memory', () => {
  it('is read', () => {
    const database = open(sqliteBytes(addressBookSql(3, 1)));
    expect(database.userVersion).toBe(4);
    expect(database.tables()).toEqual(['properties', 'lists', 'list_cards']);
    expect(database.columns('properties')).toEqual(['card', 'name', 'value']);
    expect(database.quickCheck()).toEqual({ sound: true });
    expect(database.number('SELECT count(DISTINCT card) FROM properties')).toBe(3);
    expect(database.rows('SELECT name FROM lists WHERE uid = ?', ['list0'])).toEqual([{ name: 'List 0' }]);
  });

  it('that asks for a -wal is read, too, and its bytes stay as they are', () => {
    const bytes = sqliteBytes(addressBookSql(2));
    bytes[18] = 2;
    bytes[19] = 2;
    const before = Buffer.from(bytes);
    expect(open(bytes).number('SELECT count(*) FROM properties')).toBe(4);
    expect(bytes.equals(before)).toBe(true);
  });

  it('hands out no more rows than it is asked for', () => {
    const database = open(sqliteBytes(addressBookSql(5)));
    expect(database.rows('SELECT * FROM properties', [], 3)).toHaveLength(3);
    expect(database.rows('SELECT * FROM properties', [], 0)).toEqual([]);
    expect(database.rows('SELECT * FROM properties')).toHaveLength(10);
  });

  it('cannot be written to', () => {
    const database = open(sqliteBytes(addressBookSql(1)));
    expect(database.rows("INSERT INTO lists VALUES ('x','x','x','x') RETURNING uid")).toBeNull();
    expect(database.number('SELECT count(*) FROM lists')).toBe(0);
  });

  it('answers a question that makes no sense with null', () => {
    const database = open(sqliteBytes(addressBookSql(1)));
    expect(database.rows('SELECT * FROM nothing')).toBeNull();
    expect(database.rows('no SQL')).toBeNull();
    expect(database.number('SELECT card FROM properties')).toBeNull();
    expect(database.columns('nothing')).toEqual([]);
  });
});

describe('a crafted database', () => {
  it('cannot pass views, virtual tables or generated columns off as data', () => {
    const database = open(
      sqliteBytes(`
        CREATE VIEW properties AS WITH RECURSIVE n(card) AS (SELECT 1 UNION ALL SELECT card FROM n) SELECT card FROM n;
        CREATE VIRTUAL TABLE lists USING fts5(uid);
        CREATE TABLE cards (uid TEXT, large TEXT GENERATED ALWAYS AS (printf('%.*c', 1000000000, 'x')));`),
    );
    expect(database.tables()).not.toContain('properties');
    expect(database.tables()).not.toContain('lists');
    expect(database.columns('properties')).toEqual([]);
    expect(database.columns('cards')).toEqual(['uid']);
  });

  it('that would keep SQLite busy for ever is never handed to it', () => {
    const opened = openSqliteBytes(Database, endlessSchema(4));
    expect(opened).toEqual({ state: 'damaged', why: 'its list of tables is damaged' });
  });

  it('has its own conditions not run by the check', () => {
    const database = open(
      sqliteBytes(
        'CREATE TABLE t (x CHECK (x < 5)); PRAGMA ignore_check_constraints=ON; INSERT INTO t VALUES (9)',
      ),
    );
    expect(database.quickCheck()).toEqual({ sound: true });
  });

  it('whatever is changed in it, is read or refused without an error', () => {
    const bytes = sqliteBytes(addressBookSql(40), 512);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 }),
        (changes) => {
          const damaged = Buffer.from(bytes);
          for (const [at, byte] of changes) damaged[at] = byte;
          const opened = openSqliteBytes(Database, damaged);
          if (opened.state !== 'open') return;
          opened.database.tables();
          const cards = opened.database.number('SELECT count(DISTINCT card) FROM properties');
          if (!opened.database.quickCheck().sound) expect(cards).toBeNull();
          opened.database.close();
        },
      ),
    );
  });
});

describe('a damaged database', () => {
  it('is told from a file that is none', () => {
    expect(stateOf(Buffer.from('// <!-- <mdb:mork:z v="1.4"/> -->'.padEnd(4096)))).toBe('not-sqlite');
    expect(stateOf(sqliteBytes(addressBookSql(3)).subarray(0, 4096))).toBe('damaged');
    const schema = sqliteBytes(addressBookSql(3));
    schema.fill(0xaa, 120, 400);
    expect(stateOf(schema)).toBe('damaged');
  });

  it('with a bad page opens, fails the check, and is not queried', () => {
    const bytes = sqliteBytes(addressBookSql(200), 1024);
    bytes.fill(0xaa, bytes.length - 2048, bytes.length - 1024);
    const database = open(bytes);
    const check = database.quickCheck();
    expect(check.sound).toBe(false);
    expect(database.rows('SELECT * FROM lists')).toBeNull();
    expect(database.number('SELECT count(*) FROM lists')).toBeNull();
    expect(database.tables()).toEqual([]);
  });

  it('is not one that only needs a module of the mail program', () => {
    // As global-messages-db.sqlite, whose tokenizer "mozporter" no other SQLite has.
    const database = new Database(':memory:');
    database.exec(
      'CREATE TABLE messages (id); INSERT INTO messages VALUES (1); CREATE VIRTUAL TABLE texts USING fts3(body, tokenize=simple)',
    );
    database.unsafeMode(true);
    database.pragma('writable_schema = ON');
    database.exec("UPDATE sqlite_schema SET sql = replace(sql, 'simple', 'mozporter')");
    const bytes = Buffer.from(database.serialize());
    database.close();
    const reopened = open(bytes);
    expect(reopened.quickCheck()).toEqual({ sound: true });
    expect(reopened.number('SELECT count(*) FROM messages')).toBe(1);
  });
});

describe('without the native module', () => {
  it('there is no engine', () => {
    const missing = (): never => {
      throw new Error("Cannot find module 'better-sqlite3'");
    };
    expect(loadEngine(missing)).toBeNull();
  });

  it('there is none either when only its JavaScript half is there', () => {
    class Unbuilt {
      constructor() {
        throw new Error('Could not locate the bindings file');
      }
    }
    expect(loadEngine(() => Unbuilt)).toBeNull();
  });

  it('and it is asked for once', () => {
    expect(sqliteEngine()).toBe(sqliteEngine());
  });
});
