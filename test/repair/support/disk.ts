/**
 * A disk in memory, made of inodes. An inode is never changed but replaced, so that a copy of the disk costs next to
 * nothing and thousands of its states can be tried. Every change is data, so that it can be lost, too (power-loss.ts).
 * Belongs here: what a disk holds. The port to it is disk-file-system.ts.
 */

import type { FileKind } from '../../../src/repair/file-system.ts';

export interface Inode {
  readonly kind: Exclude<FileKind, 'other'>;
  readonly device: bigint;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  /** Of a file. */
  readonly bytes: Uint8Array;
  /** Of a folder: name -> number of an inode. */
  readonly names: ReadonlyMap<string, number>;
  /** Of a link. */
  readonly target: string;
  readonly attributes: ReadonlyMap<string, Uint8Array>;
}

export type Facts = Partial<Omit<Inode, 'kind' | 'device' | 'bytes' | 'names' | 'target'>>;

export type Change =
  /** Room for a new file or folder; nothing leads to it yet. */
  | { change: 'inode'; inode: number; fresh: Inode }
  | { change: 'name'; inode: number; name: string; leadsTo: number | null; mtimeNs: bigint }
  | { change: 'content'; inode: number; offset: number; bytes: Uint8Array; mtimeNs: bigint }
  | { change: 'facts'; inode: number; facts: Facts };

const nothing: Inode = {
  kind: 'file',
  device: 1n,
  mode: 0o600,
  uid: 0,
  gid: 0,
  atimeNs: 0n,
  mtimeNs: 0n,
  bytes: new Uint8Array(),
  names: new Map(),
  target: '',
  attributes: new Map(),
};

export const rootInode = 2;

export class Disk {
  /** False: as FAT, exFAT and some network disks. */
  hardLinks = true;
  /** Nanoseconds; a moment goes by with every change. */
  clock = 1_795_459_619_250_000_000n;
  readonly #inodes: Map<number, Inode>;
  readonly #references: Map<number, number>;
  #next = 1_000_000_000;

  constructor(from?: Disk) {
    this.#inodes = new Map(from?.inodes ?? [[rootInode, newInode({ kind: 'folder', mode: 0o755 })]]);
    this.#references = new Map(from?.references);
    if (from === undefined) return;
    this.hardLinks = from.hardLinks;
    this.clock = from.clock;
    this.#next = from.#next;
  }

  get inodes(): ReadonlyMap<number, Inode> {
    return this.#inodes;
  }

  /** How many names lead to an inode. */
  get references(): ReadonlyMap<number, number> {
    return this.#references;
  }

  at(inode: number): Inode {
    const found = this.#inodes.get(inode);
    if (found === undefined) throw new Error(`no inode ${inode}`);
    return found;
  }

  newNumber(): number {
    return this.#next++;
  }

  apply(change: Change): void {
    switch (change.change) {
      case 'inode':
        this.#inodes.set(change.inode, change.fresh);
        this.#next = Math.max(this.#next, change.inode + 1);
        return;
      case 'facts':
        this.#inodes.set(change.inode, { ...this.at(change.inode), ...change.facts });
        return;
      case 'content': {
        const { bytes: old, ...rest } = this.at(change.inode);
        // What lies between the end and a later offset was lost, and reads as zeros.
        const bytes = new Uint8Array(Math.max(old.length, change.offset + change.bytes.length));
        bytes.set(old);
        bytes.set(change.bytes, change.offset);
        this.#inodes.set(change.inode, { ...rest, bytes, mtimeNs: change.mtimeNs });
        return;
      }
      case 'name':
        this.#name(change);
    }
  }

  #name({ inode, name, leadsTo, mtimeNs }: Change & { change: 'name' }): void {
    const folder = this.at(inode);
    const names = new Map(folder.names);
    const was = names.get(name);
    if (was !== undefined) this.#references.set(was, (this.#references.get(was) ?? 0) - 1);
    if (leadsTo === null) names.delete(name);
    else {
      names.set(name, leadsTo);
      this.#references.set(leadsTo, (this.#references.get(leadsTo) ?? 0) + 1);
    }
    this.#inodes.set(inode, { ...folder, names, mtimeNs });
  }
}

export function newInode(facts: Partial<Inode>): Inode {
  return { ...nothing, ...facts };
}
