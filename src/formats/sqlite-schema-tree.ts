/**
 * Whether SQLite can be let near the schema of a database. It reads the tree of the table sqlite_schema before it can be
 * asked to check anything, and follows a page as often as it is named: ten pages that name the next one fifty times each
 * keep it busy for years. Other tables are safe behind quick_check, which sees a page named twice.
 * Source: sqlite.org/fileformat2.html, section 1.6.
 */

import type { SqliteHeader } from './sqlite-header.ts';

const interiorTable = 0x05;
const leafTable = 0x0d;

/** @param page hands out one page by its number (from 1), or null when there is none. */
export function isSchemaTreeSound(
  header: SqliteHeader,
  page: (number: number) => Uint8Array | null,
): boolean {
  const seen = new Set<number>();
  const waiting = [1];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (seen.has(number)) return false;
    seen.add(number);
    const bytes = page(number);
    if (bytes?.length !== header.pageSize) return false;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const start = number === 1 ? 100 : 0;
    const type = view.getUint8(start);
    if (type === leafTable) continue;
    if (type !== interiorTable) return false;
    const children = childrenOf(view, start);
    if (children === null) return false;
    waiting.push(...children);
  }
  return true;
}

/** Null when a cell lies outside of its page. */
function childrenOf(view: DataView, start: number): number[] | null {
  const cells = view.getUint16(start + 3);
  if (start + 12 + cells * 2 > view.byteLength) return null;
  const children = [view.getUint32(start + 8)];
  for (let i = 0; i < cells; i++) {
    const cell = view.getUint16(start + 12 + i * 2);
    if (cell + 4 > view.byteLength) return null;
    children.push(view.getUint32(cell));
  }
  return children;
}

/** The pages of a database held in memory. */
export function pagesOf(bytes: Uint8Array, header: SqliteHeader): (number: number) => Uint8Array | null {
  return (number) => {
    const end = number * header.pageSize;
    return number < 1 || end > bytes.length ? null : bytes.subarray(end - header.pageSize, end);
  };
}
