/**
 * What the journals below a root say, read without the engine: how far the last run came, and whether it was opened and
 * not closed. A torn line is no record.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { WritingStage } from './writing-stage.ts';

export type RecordType = 'open' | 'begin' | 'applied' | 'undo' | 'take-back' | 'rolled-back' | 'undone';

/** Those of the last run, in order. */
export function journalOf({ root, profile }: Pick<WritingStage, 'root' | 'profile'>): RecordType[] {
  const runs = join(root, '.mailmend', basename(profile));
  if (!existsSync(runs)) return [];
  const journal = join(runs, readdirSync(runs).sort().at(-1) ?? '', 'journal.jsonl');
  if (!existsSync(journal)) return [];
  const lines = readFileSync(journal, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, type] = /^\{"sum":"\w+","record":\{"type":"([\w-]+)".*\}\}$/.exec(line) ?? [];
    return type === undefined ? [] : [type as RecordType];
  });
}

const closing: readonly (RecordType | undefined)[] = [undefined, 'applied', 'rolled-back', 'undone'];

/** Between the opening and the closing, be it of a repair or of its undo. */
export const isOpen = (journal: readonly RecordType[]): boolean => !closing.includes(journal.at(-1));
