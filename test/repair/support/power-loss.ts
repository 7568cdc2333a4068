/**
 * What a disk may hold after the power is lost: everything that was synced, and of the rest any part, in any order that
 * the rest depends on. A run is recorded as a list of operations; a state is that list cut off somewhere, with some of
 * the operations left out that no sync had made sure of by then, or with a write torn in half.
 *
 * What makes sure of what: a sync of a file of its content, mode, owner and times; a sync of a folder of the names in
 * it. Nothing else does, although most file systems promise more.
 */

import path from 'node:path';
import type { WritableFileSystem } from '../../../src/repair/file-system.ts';

interface Recorded {
  name: string;
  given: unknown[];
  /** Handle that createFile and openToAppend returned. */
  handle: number | null;
  /** What it changes: inodes, as text. All must be synced later. */
  changes: string[];
  /** What it makes sure of. */
  syncs: string | null;
}

export interface Recording {
  fs: WritableFileSystem;
  operations: Recorded[];
}

const onPath = new Set(['setMode', 'setOwner', 'setTimes', 'setExtendedAttribute']);
const onNames = new Set(['createFile', 'rename', 'link', 'unlink', 'makeFolder', 'removeFolder']);
const others = ['openToAppend', 'write', 'sync', 'close', 'syncFolder'];

/** Does everything on `fs`, and notes it. */
export function recordOperations(fs: WritableFileSystem): Recording {
  const operations: Recorded[] = [];
  const opened = new Map<unknown, string>();
  const inode = (item: unknown): string => String(fs.lstat(String(item))?.inode);
  const recording: Record<string, unknown> = { ...fs };
  for (const name of [...onPath, ...onNames, ...others]) {
    const real = (fs as unknown as Record<string, (...given: unknown[]) => unknown>)[name];
    recording[name] = (...given: unknown[]) => {
      const paths = given.filter((value): value is string => typeof value === 'string');
      const entry: Recorded = { name, given, handle: null, changes: [], syncs: null };
      const named = name === 'link' ? paths.slice(1) : paths;
      if (onNames.has(name)) entry.changes = named.map((item) => inode(path.dirname(item)));
      if (onPath.has(name)) entry.changes = [inode(paths[0])];
      if (name === 'syncFolder') entry.syncs = inode(paths[0]);
      if (name === 'sync') entry.syncs = opened.get(given[0]) ?? null;
      if (name === 'write') entry.changes = [opened.get(given[0]) ?? ''];
      const result = real?.(...given);
      if (name === 'createFile' || name === 'openToAppend') {
        entry.handle = Number(result);
        opened.set(result, inode(paths[0]));
      }
      if (name === 'write' && given[1] instanceof Uint8Array) entry.given = [given[0], given[1].slice()];
      operations.push(entry);
      return result;
    };
  }
  return { fs: recording as unknown as WritableFileSystem, operations };
}

/** Positions of operations before `cut` that may be lost when the power goes there. */
export function unsureAt(operations: readonly Recorded[], cut: number): number[] {
  const unsure: number[] = [];
  const synced = new Set<string>();
  for (let at = cut - 1; at >= 0; at--) {
    const operation = operations[at];
    if (operation === undefined) continue;
    if (operation.syncs !== null) synced.add(operation.syncs);
    if (operation.changes.some((inode) => !synced.has(inode))) unsure.push(at);
  }
  return unsure.reverse();
}

/** Lays the state down on a fresh tree. What can no longer happen, since what it needs was lost, does not. */
export function replay(
  fs: WritableFileSystem,
  operations: readonly Recorded[],
  cut: number,
  lost: ReadonlySet<number>,
  torn: number | null,
): void {
  const handles = new Map<unknown, unknown>();
  for (const [at, { name, given, handle }] of operations.slice(0, cut).entries()) {
    if (lost.has(at) || name === 'sync' || name === 'syncFolder') continue;
    const now =
      handle === null
        ? given.map((value) => (typeof value === 'number' && handles.has(value) ? handles.get(value) : value))
        : given;
    if (at === torn && now[1] instanceof Uint8Array) now[1] = now[1].subarray(0, now[1].length / 2);
    try {
      const result = (fs as unknown as Record<string, (...given: unknown[]) => unknown>)[name]?.(...now);
      if (handle !== null) handles.set(handle, result);
    } catch {
      if (handle !== null) handles.set(handle, -1);
    }
  }
}

/** Ways to lose: nothing, everything unsure, all but one, one alone, the later or earlier part, and torn writes. */
export function* statesAt(
  operations: readonly Recorded[],
  cut: number,
): Generator<{ lost: Set<number>; torn: number | null }> {
  const unsure = unsureAt(operations, cut);
  const seen = new Set<string>();
  const candidates: number[][] = [[], unsure];
  for (const [index, at] of unsure.entries()) {
    candidates.push(
      [at],
      unsure.filter((other) => other !== at),
      unsure.slice(index),
      unsure.slice(0, index),
    );
  }
  for (const lost of candidates) {
    if (!seen.has(String(lost))) yield { lost: new Set(lost), torn: null };
    seen.add(String(lost));
  }
  for (const torn of unsure) if (operations[torn]?.name === 'write') yield { lost: new Set(), torn };
}
