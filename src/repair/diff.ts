/**
 * An operation in lines for people: what is there now, and what will be.
 * Belongs here: words. Layout and colours are src/report; nothing from a profile is shown unescaped.
 */

import type { Operation } from './operation.ts';
import { shownValue, visible } from './visible.ts';

/** One line, or one for each key that changes. @param sizeOf bytes of a file that is copied; null when unknown. */
export function describeOperation(
  operation: Operation,
  sizeOf: (path: string) => number | null = () => null,
): string[] {
  const target = visible(operation.path);
  switch (operation.op) {
    case 'edit-prefs':
      return operation.changes.map(({ name, from, to }) => keyLine(name, from, to));
    case 'edit-ini':
      return operation.changes.map(({ section, key, from, to }) => keyLine(`[${section}] ${key}`, from, to));
    case 'write':
      return [`${target}: ${bytes(Buffer.byteLength(operation.content, 'base64'))}${modeAs(operation.mode)}`];
    case 'copy':
      return [`${target}: a copy of ${visible(operation.from)}${sized(sizeOf(operation.from))}`];
    case 'move':
      return [`${visible(operation.from)} -> ${target}`];
    case 'move-aside':
      return [`${target}: moved aside, kept in the folder of the run`];
    case 'make-folder':
      return [`${target}: new folder${modeAs(operation.mode)}`];
    case 'set-mode':
      return [`${target}: permissions become ${octal(operation.mode)}`];
  }
}

type Value = string | number | boolean | null;

function keyLine(key: string, from: Value, to: Value): string {
  if (to === null) return `${visible(key)}: ${shownValue(key, from)} (removed)`;
  if (from === null) return `${visible(key)}: ${shownValue(key, to)} (new)`;
  return `${visible(key)}: ${shownValue(key, from)} -> ${shownValue(key, to)}`;
}

function sized(size: number | null): string {
  return size === null ? '' : `, ${bytes(size)}`;
}

function bytes(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'byte' : 'bytes'}`;
}

function modeAs(mode: number | null): string {
  return mode === null ? '' : `, permissions ${octal(mode)}`;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
