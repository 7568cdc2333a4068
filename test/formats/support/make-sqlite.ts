/**
 * SQLite databases for tests: made by SQLite itself, and one that no SQLite would make.
 */

import Database from 'better-sqlite3';

/** The bytes of a database with what `sql` makes in it. */
export function sqliteBytes(sql: string, pageSize = 4096): Buffer {
  const database = new Database(':memory:');
  try {
    database.pragma(`page_size = ${pageSize}`);
    database.exec(sql);
    return Buffer.from(database.serialize());
  } finally {
    database.close();
  }
}

/** As an address book of Thunderbird: `cards` cards of two properties each, `lists` lists. */
export function addressBookSql(cards: number, lists = 0, version = 4): string {
  const card = (n: number): string =>
    `INSERT INTO properties VALUES ('card${n}', 'DisplayName', 'Person ${n}'), ('card${n}', 'PrimaryEmail', 'p${n}@example.org');`;
  const list = (n: number): string => `INSERT INTO lists VALUES ('list${n}', 'List ${n}', '', '');`;
  return `
    CREATE TABLE properties (card TEXT, name TEXT, value TEXT);
    CREATE TABLE lists (uid TEXT PRIMARY KEY, name TEXT, nickName TEXT, description TEXT);
    CREATE TABLE list_cards (list TEXT, card TEXT, PRIMARY KEY(list, card));
    CREATE INDEX properties_card ON properties(card);
    CREATE INDEX properties_name ON properties(name);
    ${Array.from({ length: cards }, (_, n) => card(n)).join('\n')}
    ${Array.from({ length: lists }, (_, n) => list(n)).join('\n')}
    PRAGMA user_version = ${version};`;
}

/**
 * A database whose list of tables names every page of a chain fifty times: SQLite reads the row at its end 50^levels
 * times before it can be asked anything. Four levels take it seconds, eight take it years.
 */
export function endlessSchema(levels: number): Buffer {
  const pageSize = 512;
  const leaf = 3 + levels;
  const [tableRoot, indexRoot] = [leaf + 1, leaf + 2];
  const file = Buffer.alloc(pageSize * indexRoot);
  file.write('SQLite format 3\0');
  file.writeUInt16BE(pageSize, 16);
  file.set([1, 1, 0, 64, 32, 32], 18);
  for (const [offset, value] of [
    [24, 1],
    [28, indexRoot],
    [40, 1],
    [44, 4],
    [56, 1],
    [92, 1],
  ] as const) {
    file.writeUInt32BE(value, offset);
  }
  const page = (number: number): Buffer => file.subarray((number - 1) * pageSize, number * pageSize);
  writeInterior(page(1), 100, [2, 3]);
  writeLeaf(page(2), 1, ['table', 't', 't', tableRoot, 'CREATE TABLE t(x UNIQUE)']);
  for (let level = 0; level < levels; level++) writeInterior(page(3 + level), 0, Array(50).fill(4 + level));
  writeLeaf(page(leaf), 2, ['index', 'sqlite_autoindex_t_1', 't', indexRoot, null]);
  page(tableRoot).writeUInt8(0x0d, 0);
  page(tableRoot).writeUInt16BE(pageSize, 5);
  page(indexRoot).writeUInt8(0x0a, 0);
  page(indexRoot).writeUInt16BE(pageSize, 5);
  return file;
}

function writeInterior(page: Buffer, start: number, children: readonly number[]): void {
  const cells = children.slice(0, -1);
  const content = page.length - cells.length * 5;
  page.writeUInt8(0x05, start);
  page.writeUInt16BE(cells.length, start + 3);
  page.writeUInt16BE(content, start + 5);
  page.writeUInt32BE(children.at(-1) ?? 0, start + 8);
  for (const [i, child] of cells.entries()) {
    const at = content + i * 5;
    page.writeUInt16BE(at, start + 12 + i * 2);
    page.writeUInt32BE(child, at);
    page.writeUInt8(i + 1, at + 4);
  }
}

/** One row of short texts, small numbers and NULLs. */
function writeLeaf(page: Buffer, rowId: number, values: readonly (string | number | null)[]): void {
  const types = values.map((value) =>
    value === null ? 0 : typeof value === 'number' ? 1 : 13 + 2 * value.length,
  );
  const body = values.flatMap((value): number[] =>
    value === null ? [] : typeof value === 'number' ? [value] : [...Buffer.from(value)],
  );
  const record = [types.length + 1, ...types, ...body];
  const cell = Buffer.from([record.length, rowId, ...record]);
  const at = page.length - cell.length;
  page.writeUInt8(0x0d, 0);
  page.writeUInt16BE(1, 3);
  page.writeUInt16BE(at, 5);
  page.writeUInt16BE(at, 8);
  cell.copy(page, at);
}
