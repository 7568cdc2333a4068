/**
 * Operations as documents show them: what changes, line by line, for people (design.md 5).
 * Belongs here: the lines. Nothing secret may stand in them (design.md 6.10), so the content of a file that is written
 * is shown for settings files only, and values of preferences that hold secrets are not.
 */

import path from 'node:path';
import type { PrefValue } from '../formats/prefs/prefs.ts';
import type { IniChange, Operation, PrefChange } from '../repair/operation.ts';
import type { PlannedOperation } from './documents/planned-change.ts';

export function describeOperation(operation: Operation): PlannedOperation {
  const { op, why, finding } = operation;
  return {
    op,
    path: operation.path,
    ...('from' in operation ? { from: operation.from } : {}),
    why,
    ...(finding === undefined ? {} : { finding }),
    changes: 'changes' in operation ? operation.changes.length : null,
    lines: linesOf(operation),
  };
}

function linesOf(operation: Operation): string[] {
  switch (operation.op) {
    case 'edit-prefs':
      return operation.changes.flatMap(prefLines);
    case 'edit-ini':
      return operation.changes.flatMap(iniLines);
    case 'edit-rows':
      return operation.changes.map(({ what }) => `- ${what}`);
    case 'write':
      return contentLines(operation.path, operation.content);
    case 'set-mode':
    case 'make-folder':
      return [`permissions ${operation.mode.toString(8).padStart(4, '0')}`];
    case 'copy':
    case 'move':
    case 'move-aside':
      return [];
  }
}

function prefLines({ name, from, to }: PrefChange): string[] {
  return removedAndAdded(
    from === null ? null : prefLine(name, from),
    to === null ? null : prefLine(name, to),
  );
}

const prefLine = (name: string, value: PrefValue): string =>
  `user_pref(${JSON.stringify(name)}, ${holdsSecret(name) ? '[redacted]' : JSON.stringify(value)});`;

const holdsSecret = (name: string): boolean => /passw|token|secret/i.test(name);

function iniLines({ section, key, from, to }: IniChange): string[] {
  if (key === null)
    return removedAndAdded(from === null ? null : `[${section}]`, to === null ? null : `[${section}]`);
  const line = (value: string): string => `[${section}] ${key}=${value}`;
  return removedAndAdded(from === null ? null : line(from), to === null ? null : line(to));
}

const removedAndAdded = (from: string | null, to: string | null): string[] => [
  ...(from === null ? [] : [`- ${from}`]),
  ...(to === null ? [] : [`+ ${to}`]),
];

/** More lines than this are not read by anybody. */
const shownLines = 60;

function contentLines(file: string, base64: string): string[] {
  const content = Buffer.from(base64, 'base64');
  if (!/^(prefs|user)\.js$|\.ini$|^times\.json$/.test(path.basename(file)))
    return [`${content.length} bytes`];
  const lines = content
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => `+ ${withoutSecret(line)}`);
  const more = lines.length - shownLines;
  return more > 0 ? [...lines.slice(0, shownLines), `and ${more} more lines`] : lines;
}

function withoutSecret(line: string): string {
  const name = /^user_pref\("([^"]*)",/.exec(line)?.[1];
  return name !== undefined && holdsSecret(name) ? `user_pref("${name}", [redacted]);` : line;
}
