/**
 * sha256 of bytes and of files, in pieces: a mail store can be larger than memory.
 * Belongs here: hashing only.
 */

import { createHash } from 'node:crypto';
import type { ReadableFileSystem } from './file-system.ts';

/** Bytes read at once. */
export const pieceSize = 4 * 1024 * 1024;

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The pieces of a file, in order. @throws the system's error. */
export function* piecesOf(fs: ReadableFileSystem, path: string): Generator<Uint8Array> {
  for (let offset = 0; ; ) {
    const piece = fs.readFile(path, { offset, limit: pieceSize });
    if (piece.length === 0) return;
    yield piece;
    offset += piece.length;
  }
}

/** @throws the system's error. */
export function sha256OfFile(fs: ReadableFileSystem, path: string): string {
  const hash = createHash('sha256');
  for (const piece of piecesOf(fs, path)) hash.update(piece);
  return hash.digest('hex');
}
