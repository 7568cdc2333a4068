/**
 * How many messages the index of a folder (.msf, Mork) says there are: the last `numMsgs` of its folder info
 * (formats.md 6, 6.1). Only this one number; rows are not read.
 * Belongs here: as much of Mork as one cell needs. Numbers are hex; a group of changes that is not closed does not count.
 */

import { latin1Text } from './latin1.ts';

/**
 * A comment, a mark of a group, the start of a dictionary, or one alias or cell `(…)`, in which `\` hides a bracket. What
 * is not closed reaches to the end, so that no byte is read twice.
 */
const token =
  /\/\/[^\r\n]*|@\$\$\{[0-9A-F]+\{@|@\$\$\}(?:[0-9A-F]+|~~)\}@|<\s*\(a=c\)|<|\((?:[^)\\]|\\.)*\)?/gis;
const alias = /^\(\s*([0-9A-F]+)\s*=(.*)\)$/is;
const cell = /^\(\s*\^\s*([0-9A-F]+)\s*([=^])\s*([0-9A-F]+)\s*\)$/i;

/** Null where the index does not say, or where it is no index. Never throws; time grows with the length. */
export function readMessageCount(bytes: Uint8Array): number | null {
  const text = latin1Text(bytes);
  if (!text.startsWith('// <!-- <mdb:mork:z')) return null;
  const values = new Map<string, string>();
  let column: string | null = null;
  let isOfColumns = false;
  let count: number | null = null;
  // Null outside a group.
  let group: { count: number | null } | null = null;
  for (const [found] of text.matchAll(token)) {
    if (found.startsWith('@$${')) group = { count };
    else if (found.startsWith('@$$}')) {
      if (!found.includes('~')) count = group?.count ?? count;
      group = null;
    } else if (found.startsWith('<')) isOfColumns = found.length > 1;
    else if (found.startsWith('(')) {
      const [, id = '', value = ''] = alias.exec(found) ?? [];
      if (id !== '' && !isOfColumns) values.set(id.toUpperCase(), value);
      if (id !== '' && isOfColumns && value === 'numMsgs') column = id.toUpperCase();
      const written = column === null ? null : numberIn(found, column, values);
      if (written !== null && group !== null) group.count = written;
      else if (written !== null) count = written;
    }
  }
  return count;
}

/** Of a cell of that column, written in place (`=`) or as the name of a value (`^`). */
function numberIn(text: string, column: string, values: ReadonlyMap<string, string>): number | null {
  const [, id = '', sign = '', rest = ''] = cell.exec(text) ?? [];
  if (id.toUpperCase() !== column) return null;
  const hex = sign === '=' ? rest : (values.get(rest.toUpperCase()) ?? '');
  return /^[0-9A-F]{1,8}$/i.test(hex) ? Number.parseInt(hex, 16) : null;
}
