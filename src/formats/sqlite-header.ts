/**
 * The first 100 bytes of an SQLite database: whether it is one, and whether it is all there. Needs no SQLite.
 * Source: sqlite.org/fileformat2.html, section 1.3.
 */

export interface SqliteHeader {
  /** Bytes. */
  pageSize: number;
  /** Null where the header does not know (written by a very old SQLite). */
  pages: number | null;
  journal: 'rollback' | 'wal';
  /** Null: a database in which nothing was ever created. */
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | null;
  /** As of the last checkpoint: a newer one may stand in the -wal. */
  userVersion: number;
  /** The file ends before its last page: SQLite refuses all of it. */
  truncated: boolean;
}

export const sqliteHeaderLength = 100;

const magic = 'SQLite format 3\0';
const encodings = [null, 'utf-8', 'utf-16le', 'utf-16be'] as const;

/**
 * @param bytes the file, or its beginning.
 * @param fileSize of the whole file, in bytes.
 * @returns null when it is no SQLite database at all.
 */
export function sqliteHeader(bytes: Uint8Array, fileSize: number = bytes.length): SqliteHeader | null {
  if (bytes.length < sqliteHeaderLength) return null;
  const header = new DataView(bytes.buffer, bytes.byteOffset, sqliteHeaderLength);
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, magic.length).equals(Buffer.from(magic))) return null;
  const stored = header.getUint16(16);
  const pageSize = stored === 1 ? 65536 : stored;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) return null;
  // The count is of use only when the SQLite that changed the file last knew of it.
  const counted = header.getUint32(24) === header.getUint32(92);
  const pages = counted && header.getUint32(28) > 0 ? header.getUint32(28) : null;
  return {
    pageSize,
    pages,
    journal: header.getUint8(18) === 2 || header.getUint8(19) === 2 ? 'wal' : 'rollback',
    encoding: encodings[header.getUint32(56)] ?? null,
    userVersion: header.getInt32(60),
    truncated: fileSize < Math.max(pages ?? 1, 1) * pageSize,
  };
}

/**
 * A copy that SQLite takes for one with a rollback journal. A database in memory cannot have a -wal, and SQLite refuses
 * to open one that asks for it.
 */
export function withoutWalMark(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length >= sqliteHeaderLength) {
    copy[18] = 1;
    copy[19] = 1;
  }
  return copy;
}
