/**
 * What a disk may hold after the power is lost: everything that was synced, and of the rest any part, in any order, and
 * of what was being written any piece, or as many zeros. A run is noted as a list of operations; a state is that list
 * cut off somewhere, with some of the operations left out that no sync had made sure of by then.
 *
 * What makes sure of what: a sync of a file of its content, mode, owner, times and attributes; a sync of a folder of its
 * own and of the names in it. A new name that leads to a file makes sure of nothing in it. Nothing else is promised,
 * although most file systems promise more; only a rename happens whole or not at all.
 */

import { createHash } from 'node:crypto';
import { type Change, Disk, type Inode } from './disk.ts';
import type { Noted } from './disk-file-system.ts';
import { factsOf } from './disk-tree.ts';

export interface CrashState {
  disk: Disk;
  /** Operations that were begun before the power went. */
  cut: number;
  /** A write was torn. */
  torn: boolean;
  story: string;
}

/** Every subset of so many operations is tried; of more, some. */
const allSubsetsOf = 4;
const sampledSubsets = 12;

/**
 * The states after each operation of the log, each only once. The disks are the caller's.
 * @param start the disk before the first operation.
 */
export function* crashStates(start: Disk, log: readonly Noted[]): Generator<CrashState> {
  const sure = new Disk(start);
  // Without a name that leads to it nobody sees a new inode.
  for (const change of log.flatMap(({ changes }) => changes))
    if (change.change === 'inode') sure.apply(change);
  const touched = new Set(log.flatMap(({ changes }) => changes.map(({ inode }) => inode)));
  const seen = new Set<string>();
  const random = randomNumbers(log.length);
  let settled = 0;
  for (let cut = 0; cut <= log.length; cut++) {
    const unsure = unsureAt(log, cut);
    // Nothing before the first operation in doubt is ever in doubt again.
    for (; settled < (unsure[0] ?? cut); settled++)
      for (const change of changesAt(log, settled)) sure.apply(change);
    for (const { lost, torn } of lossesOf(log, unsure, random)) {
      const disk = new Disk(sure);
      disk.clock = start.clock + 86_400_000_000_000n;
      for (let at = settled; at < cut; at++) {
        if (lost.has(at)) continue;
        for (const change of changesAt(log, at)) disk.apply(at === torn?.at ? tear(change, torn) : change);
      }
      const key = keyOf(disk, touched);
      if (seen.has(key)) continue;
      seen.add(key);
      yield { disk, cut, torn: torn !== null, story: tell(log, cut, lost, torn) };
    }
  }
}

/** Positions before `cut` of operations that may be lost when the power goes there. */
function unsureAt(log: readonly Noted[], cut: number): number[] {
  const unsure: number[] = [];
  const synced = new Set<number>();
  for (let at = cut - 1; at >= 0; at--) {
    const operation = log[at];
    if (operation === undefined) continue;
    if (operation.syncs !== null) synced.add(operation.syncs);
    if (operation.changes.some(({ change, inode }) => change !== 'inode' && !synced.has(inode)))
      unsure.push(at);
  }
  return unsure.reverse();
}

interface Torn {
  at: number;
  /** Bytes that arrived. */
  length: number;
  /** The file is as long as it should be, and zeros follow. */
  zeros: boolean;
}

interface Loss {
  lost: Set<number>;
  torn: Torn | null;
}

function* lossesOf(log: readonly Noted[], unsure: readonly number[], random: () => number): Generator<Loss> {
  const writes = unsure.filter((at) => log[at]?.name === 'write');
  for (const lost of subsetsOf(unsure, random)) yield { lost, torn: null };
  for (const at of writes) {
    const others = unsure.filter((other) => other !== at);
    for (const torn of tearsOf(log, at))
      for (const lost of [[], others, others.filter(() => random() < 0.5)])
        yield { lost: new Set(lost), torn };
  }
}

function* subsetsOf(all: readonly number[], random: () => number): Generator<Set<number>> {
  if (all.length <= allSubsetsOf) {
    for (let bits = 0; bits < 2 ** all.length; bits++)
      yield new Set(all.filter((_at, index) => (bits & (1 << index)) !== 0));
    return;
  }
  yield new Set();
  yield new Set(all);
  for (const [index, at] of all.entries()) {
    yield new Set([at]);
    yield new Set(all.filter((other) => other !== at));
    yield new Set(all.slice(index));
    yield new Set(all.slice(0, index));
  }
  for (let more = 0; more < sampledSubsets; more++) yield new Set(all.filter(() => random() < 0.5));
}

function tearsOf(log: readonly Noted[], at: number): Torn[] {
  const [change] = changesAt(log, at);
  const full = change?.change === 'content' ? change.bytes.length : 0;
  const lengths = new Set([0, 1, full >> 1, full - 1]);
  return [...lengths]
    .filter((length) => length >= 0 && length < full)
    .flatMap((length) => [
      { at, length, zeros: false },
      { at, length, zeros: true },
    ]);
}

function tear(change: Change, { length, zeros }: Torn): Change {
  if (change.change !== 'content') return change;
  const bytes = new Uint8Array(zeros ? change.bytes.length : length);
  bytes.set(change.bytes.subarray(0, length));
  return { ...change, bytes };
}

const changesAt = (log: readonly Noted[], at: number): readonly Change[] =>
  log[at]?.changes.filter(({ change }) => change !== 'inode') ?? [];

/** What the disk holds where the log changes it. */
function keyOf(disk: Disk, touched: ReadonlySet<number>): string {
  let key = '';
  for (const number of touched) {
    const inode = disk.inodes.get(number);
    if (inode !== undefined && (disk.references.get(number) ?? 0) > 0) key += `${number}=${printOf(inode)} `;
  }
  return key;
}

const prints = new WeakMap<Inode, string>();

/** An inode never changes, so that it is looked at once. */
function printOf(inode: Inode): string {
  const known = prints.get(inode);
  if (known !== undefined) return known;
  const names = [...inode.names].map(([name, leadsTo]) => `${name}/${leadsTo}`).sort();
  const print = createHash('sha1')
    .update(`${names.join('/')}\n${factsOf(inode)}`)
    .digest('base64');
  prints.set(inode, print);
  return print;
}

function tell(log: readonly Noted[], cut: number, lost: ReadonlySet<number>, torn: Torn | null): string {
  const said = (at: number): string => `${at} ${log[at]?.said}`;
  const tearing =
    torn === null ? '' : `, torn ${said(torn.at)} after ${torn.length}${torn.zeros ? ', zeros' : ''}`;
  return `the power goes before ${said(cut)}; lost: ${[...lost].map(said).join(', ') || 'nothing'}${tearing}`;
}

/** The same ones in every run of the tests (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
