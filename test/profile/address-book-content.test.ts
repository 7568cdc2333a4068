import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBookContent } from '../../src/profile/address-book-content.ts';
import type { OpenOptions } from '../../src/profile/database.ts';
import { addressBookSql, endlessSchema, sqliteBytes } from '../formats/support/make-sqlite.ts';
import { changesNothing, put, putWithWal, realFiles, temporaryFolder } from './support/stores.ts';

function read(content: string | Uint8Array, options: OpenOptions = {}) {
  const folder = temporaryFolder();
  const file = put(folder, 'abook.sqlite', content);
  return changesNothing(folder, () => readBookContent(realFiles, file, options));
}

describe('what stands in an address book', () => {
  it('are cards, each of several properties, and lists', () => {
    expect(read(sqliteBytes(addressBookSql(12, 3)))).toEqual({
      cards: 12,
      lists: 3,
      shown: true,
      problem: null,
    });
  });

  it('may stand in the -wal alone, after the program was killed', () => {
    const folder = temporaryFolder();
    const file = putWithWal(folder, 'abook.sqlite', 'CREATE TABLE other (x);', addressBookSql(9, 2));
    expect(changesNothing(folder, () => readBookContent(realFiles, file))).toMatchObject({
      cards: 9,
      lists: 2,
      shown: true,
    });
  });

  it('of an older version are the same tables', () => {
    const old = `${addressBookSql(4, 1, 2)} CREATE TABLE cards (uid TEXT, localId INTEGER);`;
    expect(read(sqliteBytes(old))).toMatchObject({ cards: 4, lists: 1, shown: true });
  });

  it('is nothing yet in a new book', () => {
    expect(read(sqliteBytes('PRAGMA user_version = 0'))).toMatchObject({ cards: 0, lists: 0, shown: true });
    expect(read('')).toMatchObject({ cards: 0, lists: 0, shown: true, problem: { code: 'empty' } });
    expect(readBookContent(realFiles, path.join(temporaryFolder(), 'abook.sqlite'))).toMatchObject({
      cards: 0,
      problem: { code: 'missing' },
    });
  });

  it('cannot be told of a book with damaged pages: the program lists it and fails to read it', () => {
    const bytes = sqliteBytes(addressBookSql(300));
    bytes.fill(0xaa, bytes.length - 12_288, bytes.length - 4096);
    expect(read(bytes)).toMatchObject({
      cards: null,
      lists: null,
      shown: true,
      problem: { code: 'damaged' },
    });
  });

  it('is there though the version is lost, which the tables and cards tell', () => {
    const vCards = "INSERT INTO properties SELECT DISTINCT card, '_vCard', 'BEGIN:VCARD' FROM properties;";
    const versionOf = (sql: string): number | undefined => {
      const { shown, problem, versioned } = read(sqliteBytes(sql));
      expect({ shown, code: problem?.code }).toEqual({ shown: false, code: 'no-version' });
      if (versioned !== undefined)
        expect(read(versioned.bytes)).toMatchObject({ shown: true, problem: null });
      return versioned?.version;
    };
    expect(versionOf(addressBookSql(3, 1, 0) + vCards)).toBe(4);
    expect(versionOf(addressBookSql(3, 1, 0))).toBe(3);
    expect(versionOf(addressBookSql(0, 0, 0))).toBe(4);
    // Some cards with and some without; tables of an older version; tables that are not those of a book.
    expect(versionOf(`${addressBookSql(3, 1, 0)} ${vCards.replace(';', ' LIMIT 2;')}`)).toBeUndefined();
    expect(versionOf(`${addressBookSql(3, 1, 0)} CREATE TABLE cards (uid TEXT);`)).toBeUndefined();
    expect(versionOf('CREATE TABLE properties (card, name)')).toBeUndefined();
  });

  it('gets no version while a -wal holds what was written last', () => {
    const folder = temporaryFolder();
    const file = putWithWal(folder, 'abook.sqlite', 'CREATE TABLE other (x);', addressBookSql(9, 2, 0));
    const content = changesNothing(folder, () => readBookContent(realFiles, file));
    expect(content.problem?.code).toBe('no-version');
    expect(content.versioned).toBeUndefined();
  });

  it('cannot be told of a database that is no address book', () => {
    expect(read(sqliteBytes('CREATE TABLE t (x); PRAGMA user_version = 4'))).toMatchObject({
      cards: null,
      lists: null,
      shown: true,
      problem: { code: 'no-tables' },
    });
  });

  it('cannot be told of a book that only pretends to have the tables', () => {
    const crafted = `CREATE VIEW properties AS WITH RECURSIVE n(card) AS (SELECT 1 UNION ALL SELECT card FROM n) SELECT card FROM n;
      CREATE TABLE lists (uid); PRAGMA user_version = 4`;
    expect(read(sqliteBytes(crafted))).toMatchObject({
      cards: null,
      lists: 0,
      problem: { code: 'no-tables' },
    });
    expect(read(endlessSchema(4))).toMatchObject({ cards: null, shown: false, problem: { code: 'damaged' } });
  });

  it('cannot be told without SQLite: then nothing is guessed', () => {
    expect(read(sqliteBytes(addressBookSql(1)), { engine: null })).toMatchObject({
      cards: null,
      lists: null,
      shown: null,
      problem: { code: 'no-engine' },
    });
  });

  it('cannot be told of a folder', () => {
    const folder = temporaryFolder();
    fs.mkdirSync(path.join(folder, 'abook.sqlite'));
    expect(readBookContent(realFiles, path.join(folder, 'abook.sqlite'))).toMatchObject({
      shown: null,
      problem: { code: 'unreadable' },
    });
  });
});
