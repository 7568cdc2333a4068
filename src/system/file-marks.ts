/**
 * The marks by which a system keeps a file from being changed by anybody, whatever its permissions: chattr(1) of Linux,
 * chflags(1) of macOS ("Locked" in Finder). Pure: where they stand in what the C library answers (statx(2), stat(2)); it
 * is asked by native.ts. Nothing is opened for it.
 */

import type { WrittenFile } from '../profile/written-files.ts';

export interface FileMark {
  /** `append-only`: it may grow, not be replaced. */
  kind: 'immutable' | 'append-only';
  /** Who can take it off. */
  setBy: 'owner' | 'administrator';
}

export interface FileMarks {
  /** The strongest; null for none, and when the system does not tell. Follows links. Never throws. */
  markOf(path: string): FileMark | null;
}

export interface MarkLayout {
  /** Of the number that holds the marks, 32 bits, in the answer. */
  at: number;
  /** The strongest first. */
  bits: readonly (FileMark & { bit: number })[];
}

/** stx_attributes of `struct statx`: STATX_ATTR_IMMUTABLE, STATX_ATTR_APPEND. */
export const linuxMarks: MarkLayout = {
  at: 8,
  bits: [
    { bit: 0x10, kind: 'immutable', setBy: 'administrator' },
    { bit: 0x20, kind: 'append-only', setBy: 'administrator' },
  ],
};

/** st_flags of `struct stat`: SF_IMMUTABLE, UF_IMMUTABLE, SF_APPEND, UF_APPEND. */
export const macosMarks: MarkLayout = {
  at: 116,
  bits: [
    { bit: 0x20000, kind: 'immutable', setBy: 'administrator' },
    { bit: 0x2, kind: 'immutable', setBy: 'owner' },
    { bit: 0x40000, kind: 'append-only', setBy: 'administrator' },
    { bit: 0x4, kind: 'append-only', setBy: 'owner' },
  ],
};

/** Enough for the answer of each system. */
export const markBytes = 256;

export function unpackMark({ at, bits }: MarkLayout, answer: Uint8Array): FileMark | null {
  const flags = new DataView(answer.buffer, answer.byteOffset).getUint32(at, true);
  const found = bits.find(({ bit }) => (flags & bit) !== 0);
  return found === undefined ? null : { kind: found.kind, setBy: found.setBy };
}

export type FixedFile = FileMark & { path: string };

/** Those of the files that are marked. */
export const fixedFiles = (files: readonly WrittenFile[], markOf: FileMarks['markOf']): FixedFile[] =>
  files.flatMap(({ path }) => {
    const mark = markOf(path);
    return mark === null ? [] : [{ path, ...mark }];
  });
