import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqliteHeader, sqliteHeaderLength, withoutWalMark } from '../../src/formats/sqlite-header.ts';
import { addressBookSql, sqliteBytes } from './support/make-sqlite.ts';

describe('the header of a database', () => {
  it('tells what SQLite wrote', () => {
    expect(sqliteHeader(sqliteBytes(addressBookSql(3), 8192))).toMatchObject({
      pageSize: 8192,
      journal: 'rollback',
      encoding: 'utf-8',
      userVersion: 4,
      truncated: false,
    });
    expect(sqliteHeader(sqliteBytes("PRAGMA encoding='UTF-16le'; CREATE TABLE t(x)"))?.encoding).toBe(
      'utf-16le',
    );
    expect(sqliteHeader(sqliteBytes('CREATE TABLE t(x)', 65536))?.pageSize).toBe(65536);
  });

  it('knows how long the file must be', () => {
    const bytes = sqliteBytes(addressBookSql(3));
    expect(sqliteHeader(bytes)?.pages).toBe(bytes.length / 4096);
    expect(sqliteHeader(bytes.subarray(0, bytes.length - 1))?.truncated).toBe(true);
    expect(sqliteHeader(bytes.subarray(0, sqliteHeaderLength), bytes.length)?.truncated).toBe(false);
    expect(sqliteHeader(bytes.subarray(0, sqliteHeaderLength))?.truncated).toBe(true);
  });

  it('does not trust a page count of an SQLite that did not keep it', () => {
    const bytes = sqliteBytes(addressBookSql(3));
    bytes.writeUInt32BE(99, 92);
    expect(sqliteHeader(bytes.subarray(0, 4096))).toMatchObject({ pages: null, truncated: false });
  });

  it('is none in other files', () => {
    const bytes = sqliteBytes('CREATE TABLE t(x)');
    expect(sqliteHeader(new Uint8Array(0))).toBeNull();
    expect(sqliteHeader(bytes.subarray(0, 99))).toBeNull();
    expect(sqliteHeader(Buffer.from('// <!-- <mdb:mork:z v="1.4"/> -->'.padEnd(200)))).toBeNull();
    for (const pageSize of [0, 2, 500, 256, 3000]) {
      const odd = Buffer.from(bytes);
      odd.writeUInt16BE(pageSize, 16);
      expect(sqliteHeader(odd)).toBeNull();
    }
  });

  it('is looked for in any bytes without an error', () => {
    const start = Buffer.from('SQLite format 3\0');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (bytes, marked) => {
        expect(() => sqliteHeader(marked ? Buffer.concat([start, bytes]) : bytes)).not.toThrow();
      }),
    );
  });
});

describe('the mark of a -wal', () => {
  it('is taken out of a copy, never out of the bytes themselves', () => {
    const bytes = sqliteBytes('CREATE TABLE t(x)');
    bytes[18] = 2;
    bytes[19] = 2;
    expect(sqliteHeader(bytes)?.journal).toBe('wal');
    expect(sqliteHeader(withoutWalMark(bytes))?.journal).toBe('rollback');
    expect(bytes[18]).toBe(2);
    expect(withoutWalMark(Buffer.from('short'))).toEqual(Buffer.from('short'));
  });
});
