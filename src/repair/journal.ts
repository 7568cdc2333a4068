/**
 * The write-ahead journal of a run: what will be done is on the disk before anything is done (design.md 6.3).
 * One JSON document a line, each with a checksum of itself, appended and synced. A line that was torn by a power cut is
 * passed over; the next one starts on a line of its own.
 * Belongs here: the records, writing and reading them. What they mean together is run.ts.
 */

import path from 'node:path';
import type { ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import { sha256 } from './hash.ts';
import { isRecord } from './journal-shape.ts';
import { giveToOwnerOf } from './metadata.ts';
import { writeAll } from './new-file.ts';
import type { Plan } from './operation.ts';
import type { FolderAfter, FolderTimes, Step } from './step.ts';
import { codeOf } from './system-error.ts';
import type { Kept } from './undo-plan.ts';

export interface OpenRecord {
  type: 'open';
  schema: 'mailmend/journal@1';
  run: string;
  /** The folder of the run when it was made: steps name files in it. */
  folder: string;
  /** ISO 8601. */
  when: string;
  plan: Plan;
  steps: Step[];
  /** Folders whose entries change, as they were before. */
  folders: FolderTimes[];
}

export type JournalRecord =
  | OpenRecord
  /** Step number `step` is about to happen. `inode`: of what is renamed. */
  | { type: 'begin'; step: number; inode: string | null }
  /** Every step happened and was verified. `folders`: their times now. */
  | { type: 'applied'; folders: FolderAfter[] }
  /** The run is being taken back. `restoreTimes`: folders that nobody else has changed since. */
  | { type: 'undo'; restoreTimes: string[]; kept: Kept[] }
  /** Step number `step` is about to be taken back; all after it have been. */
  | { type: 'take-back'; step: number }
  | { type: 'rolled-back' }
  | { type: 'undone' }
  /** What is kept in the run's folder is about to be deleted. */
  | { type: 'purged' };

export const journalName = 'journal.jsonl';

const privateMode = 0o600;
const sumLength = 16;

/** Durable when it returns, and so is the name of the file. @throws the system's error. */
export function openJournal(fs: WritableFileSystem, folder: string, record: OpenRecord): void {
  const journal = path.join(folder, journalName);
  writeRecord(fs, journal, fs.createFile(journal, privateMode), record);
  giveToOwnerOf(fs, journal, folder);
  fs.syncFolder(folder);
}

/** A journal that could not be made durable must not be taken for a run that was cut off. @throws the system's error. */
export function discardJournal(fs: WritableFileSystem, folder: string): void {
  const journal = path.join(folder, journalName);
  if (fs.lstat(journal) === null) return;
  fs.unlink(journal);
  fs.syncFolder(folder);
}

/** Durable when it returns. @throws the system's error. */
export function appendRecord(fs: WritableFileSystem, folder: string, record: JournalRecord): void {
  const journal = path.join(folder, journalName);
  writeRecord(fs, journal, fs.openToAppend(journal), record);
}

/**
 * Empty where there is no journal, or none that was ever complete; null where a line is whole and yet no record.
 * @throws the system's error.
 */
export function readRecords(fs: ReadableFileSystem, folder: string): JournalRecord[] | null {
  let bytes: Uint8Array;
  try {
    bytes = fs.readFile(path.join(folder, journalName));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
  const records: unknown[] = new TextDecoder().decode(bytes).split('\n').flatMap(decodeLine);
  return records.every(isRecord) ? records : null;
}

function writeRecord(fs: WritableFileSystem, journal: string, handle: number, record: JournalRecord): void {
  try {
    writeAll(fs, handle, new TextEncoder().encode(encodeLine(record)), journal);
    fs.sync(handle);
  } finally {
    fs.close(handle);
  }
}

/** Starts with a line end, so that it never continues a torn line. */
function encodeLine(record: JournalRecord): string {
  const json = JSON.stringify(record);
  return `\n{"sum":"${sumOf(json)}","record":${json}}\n`;
}

/** Nothing for a torn line; null for a whole one that is not JSON. */
function decodeLine(line: string): unknown[] {
  const [, sum, json = ''] = /^\{"sum":"([0-9a-f]+)","record":(.*)\}$/.exec(line) ?? [];
  if (sum !== sumOf(json)) return [];
  try {
    return [JSON.parse(json)];
  } catch {
    return [null];
  }
}

function sumOf(json: string): string {
  return sha256(json).slice(0, sumLength);
}
