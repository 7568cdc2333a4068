import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SqliteHeader, sqliteHeader } from '../../src/formats/sqlite-header.ts';
import { isSchemaTreeSound, pagesOf } from '../../src/formats/sqlite-schema-tree.ts';
import { addressBookSql, endlessSchema, sqliteBytes } from './support/make-sqlite.ts';

function judge(bytes: Uint8Array): boolean {
  const header = sqliteHeader(bytes) as SqliteHeader;
  return isSchemaTreeSound(header, pagesOf(bytes, header));
}

const manyTables = Array.from({ length: 500 }, (_, n) => `CREATE TABLE t${n} (a, b, c);`).join('');

describe('the list of tables of a database', () => {
  it('is a tree of pages, each named once', () => {
    expect(judge(sqliteBytes(addressBookSql(3)))).toBe(true);
    expect(judge(sqliteBytes(manyTables, 512))).toBe(true);
  });

  it('that names a page twice is not handed to SQLite', () => {
    expect(judge(endlessSchema(1))).toBe(false);
    expect(judge(endlessSchema(8))).toBe(false);
  });

  it('is refused when a page is missing, of another kind, or reaches out of itself', () => {
    const bytes = sqliteBytes(manyTables, 512);
    expect(judge(bytes.subarray(0, 512 * 3))).toBe(false);
    const kind = Buffer.from(bytes);
    kind[100] = 0x02;
    expect(judge(kind)).toBe(false);
    const count = Buffer.from(bytes);
    count.writeUInt16BE(60_000, 103);
    expect(judge(count)).toBe(false);
    const cell = Buffer.from(bytes);
    // The first page is too small for all of them: its right child has the cells.
    const child = (cell.readUInt32BE(108) - 1) * 512;
    expect(cell[child]).toBe(0x05);
    cell.writeUInt16BE(511, child + 12);
    expect(judge(cell)).toBe(false);
  });

  it('is looked at without an error whatever is changed in it', () => {
    const bytes = sqliteBytes(manyTables, 512);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 100, max: 3000 }), fc.nat(255)), { maxLength: 20 }),
        (changes) => {
          const damaged = Buffer.from(bytes);
          for (const [at, byte] of changes) damaged[at] = byte;
          expect(() => judge(damaged)).not.toThrow();
        },
      ),
    );
  });
});
