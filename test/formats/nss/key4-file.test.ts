import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { newKey4File, withKeyRows } from '../../../src/formats/nss/key4-file.ts';
import { furtherKey, type MetaDataRow, newKeyStore } from '../../../src/formats/nss/key4-write.ts';
import { Secret } from '../../../src/formats/secret.ts';
import { sqliteBytes } from '../support/make-sqlite.ts';
import { countedRandom } from './support/counted-random.ts';

const none = { metaData: [], nssPrivate: [] };

const store = () =>
  newKeyStore(
    { password: new Secret(Buffer.from('pw')), keys: [{ cipher: '3des' }], saltLength: 20 },
    countedRandom(),
  );

const oneMore = (takenIds = new Set<number>()) =>
  furtherKey(
    { cipher: 'aes256' },
    { passKey: new Secret(Buffer.alloc(20)), hasPassword: true, iterations: 10_000, takenIds },
    countedRandom('more'),
  );

/** SQLite hands out Buffers. */
const asRead = (rows: readonly MetaDataRow[]): object[] =>
  rows.map(({ id, item1, item2 }) => ({ id, item1: Buffer.from(item1), item2: item2 && Buffer.from(item2) }));

function ask<T>(file: Uint8Array, sql: string): T[] {
  const database = new Database(Buffer.from(file));
  try {
    return database.prepare<unknown[], T>(sql).all();
  } finally {
    database.close();
  }
}

describe('the file of a new key store', () => {
  it('has the tables and indexes of NSS, 192 attributes, and no WAL', async () => {
    const file = newKey4File(Database, (await store()).rows);
    expect(ask(file, "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")).toEqual([
      { type: 'table', name: 'nssPrivate' },
      { type: 'index', name: 'issuer' },
      { type: 'index', name: 'subject' },
      { type: 'index', name: 'label' },
      { type: 'index', name: 'ckaid' },
      { type: 'table', name: 'metaData' },
    ]);
    expect(ask(file, "SELECT count(*) AS n FROM pragma_table_info('nssPrivate')")).toEqual([{ n: 193 }]);
    expect([...file.subarray(18, 20)]).toEqual([1, 1]);
  });

  it('has numbers as ids and bytes as values', async () => {
    const { rows, keys } = await store();
    const file = newKey4File(Database, rows);
    expect(ask(file, 'SELECT id, typeof(id) AS t, typeof(a11) AS v, a161 FROM nssPrivate')).toEqual([
      { id: keys[0]?.id, t: 'integer', v: 'blob', a161: null },
    ]);
    expect(ask(file, 'SELECT id, item1, item2 FROM metaData')).toEqual(asRead(rows.metaData));
  });
});

describe('a key store that gets a further key', () => {
  it('keeps every row and every column it had', async () => {
    const file = newKey4File(Database, (await store()).rows);
    const { rows, key } = await oneMore();
    const written = withKeyRows(Database, file, rows);
    const bytes = written.state === 'written' ? written.bytes : file;
    const before = ask<{ id: number }>(file, 'SELECT * FROM nssPrivate');
    expect(ask(bytes, 'SELECT * FROM nssPrivate')).toEqual([
      ...before,
      expect.objectContaining({ id: key.id }),
    ]);
    expect(ask(bytes, 'SELECT * FROM metaData')).toEqual([
      ...ask<object>(file, 'SELECT * FROM metaData'),
      ...asRead(rows.metaData),
    ]);
  });

  it('gets the columns that an older NSS did not make', async () => {
    const file = sqliteBytes(
      'CREATE TABLE nssPrivate (id, a0, a11); CREATE TABLE metaData (id, item1, item2)',
    );
    const written = withKeyRows(Database, file, (await oneMore()).rows);
    const bytes = written.state === 'written' ? written.bytes : file;
    expect(ask(bytes, 'SELECT hex(a161) AS a161 FROM nssPrivate')).toEqual([{ a161: '00000020' }]);
  });

  it('is refused whole when an id is taken, by a key or by a MAC', async () => {
    const file = newKey4File(Database, (await store()).rows);
    const { rows } = await oneMore();
    const once = withKeyRows(Database, file, rows);
    const bytes = once.state === 'written' ? once.bytes : file;
    expect(withKeyRows(Database, bytes, { ...rows, metaData: [] }).state).toBe('refused');
    expect(withKeyRows(Database, bytes, { ...rows, nssPrivate: [] }).state).toBe('refused');
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['no database', Buffer.alloc(5000, 'x')],
    ['another database', sqliteBytes('CREATE TABLE t (x)')],
    [
      'a trigger',
      sqliteBytes(
        'CREATE TABLE nssPrivate (id); CREATE TABLE metaData (id, item1, item2); CREATE TRIGGER t AFTER INSERT ON metaData BEGIN DELETE FROM nssPrivate; END',
      ),
    ],
  ])('is refused when it is %s', (_what, file) => {
    expect(withKeyRows(Database, file, none).state).toBe('refused');
  });

  it('is refused when it is damaged or cut short anywhere, and never throws', async () => {
    const file = newKey4File(Database, (await store()).rows);
    for (let length = 0; length < file.length; length += 512) {
      expect(withKeyRows(Database, file.subarray(0, length), none).state).toBe('refused');
    }
    for (let at = 0; at < file.length; at += 97) {
      const other = Uint8Array.from(file);
      other.fill(0xff, at, at + 64);
      expect(['written', 'refused']).toContain(withKeyRows(Database, other, none).state);
    }
  });

  it('leaves the bytes it was given as they are', async () => {
    const file = newKey4File(Database, (await store()).rows);
    const before = Buffer.from(file).toString('hex');
    withKeyRows(Database, file, (await oneMore()).rows);
    expect(Buffer.from(file).toString('hex')).toBe(before);
  });
});
