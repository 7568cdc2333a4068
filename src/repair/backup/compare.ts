/**
 * Reading originals and copies: piece by piece, so that a mail store larger than memory is no matter.
 * Belongs here: what is read and compared. Nothing is written.
 */

import { createHash } from 'node:crypto';
import { breathe } from '../breathe.ts';
import type { FileStat, ReadableFileSystem } from '../file-system.ts';
import { pieceSize } from '../hash.ts';
import { present } from '../metadata.ts';
import { codeOf } from '../system-error.ts';
import { whyUnread } from './source.ts';

/** One file, folder or link that could not be copied; the others can. The message is the reason, half a sentence. */
export class CannotCopy extends Error {
  /** It went away as it was opened: a security program may be taking files, one after the other. */
  readonly vanished: boolean;

  constructor(reason: string, vanished = false, cause?: unknown) {
    super(reason, { cause });
    this.vanished = vanished;
  }
}

/** What scanners of Windows answer for is not among Node's names. */
const taken = new Set(['ENOENT', 'UNKNOWN']);

/** @throws CannotCopy for what the system says of an original. */
export function ofOriginal<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    throw new CannotCopy(whyUnread(error), taken.has(code), error);
  }
}

/** @throws CannotCopy when it is gone, or cannot be looked at. */
export function statOfOriginal(fs: ReadableFileSystem, from: string): FileStat {
  const stat = ofOriginal(() => fs.lstat(from));
  if (stat === null) throw new CannotCopy('it was not there any more', true);
  return stat;
}

export interface Reading {
  fs: ReadableFileSystem;
  signal: AbortSignal | undefined;
  /** Bytes of work done. */
  advance(bytes: number): void;
}

/** At most `size` bytes: what is added meanwhile is found by its time, not by reading on and on. @throws CannotCopy. */
export async function* piecesOfOriginal(
  { fs, signal, advance }: Reading,
  from: string,
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < size; ) {
    await breathe(signal);
    const limit = Math.min(pieceSize, size - offset);
    const piece = ofOriginal(() => fs.readFile(from, { offset, limit }));
    if (piece.length === 0) return;
    yield piece;
    offset += piece.length;
    advance(piece.length);
  }
}

/**
 * Every byte of both. @returns sha256 of the copy in hex; null when they differ.
 * @throws CannotCopy for the original; the system's error for the copy.
 */
export async function compare(
  { fs, signal, advance }: Reading,
  from: string,
  copy: string,
  size: number,
): Promise<string | null> {
  const hash = createHash('sha256');
  for (let offset = 0; offset < size; ) {
    await breathe(signal);
    const limit = Math.min(pieceSize, size - offset);
    const original = ofOriginal(() => fs.readFile(from, { offset, limit }));
    const copied = fs.readFile(copy, { offset, limit });
    // One read may give less than the other.
    const length = Math.min(original.length, copied.length);
    const same = Buffer.compare(original.subarray(0, length), copied.subarray(0, length)) === 0;
    if (length === 0 || !same) return null;
    hash.update(copied.subarray(0, length));
    offset += length;
    advance(length);
  }
  return present(fs, copy).size === size ? hash.digest('hex') : null;
}
