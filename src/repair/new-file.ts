/**
 * A new file, whole and durable: written in full however little each write takes, with owner, permissions, attributes
 * and times, synced, and read back.
 * Belongs here: making one file. Renaming it to where it belongs is carry-out.ts.
 */

import { breathe } from './breathe.ts';
import type { WritableFileSystem } from './file-system.ts';
import { piecesOf, sha256OfFile } from './hash.ts';
import type { Content } from './layer.ts';
import { copyAttributes, giveTo, present } from './metadata.ts';
import { systemError } from './system-error.ts';

export interface NewFile {
  path: string;
  content: Content;
  sha256: string;
  /** Null: for the owner only, or what the disk makes of it. */
  mode: number | null;
  uid: number;
  gid: number;
  /** Owner and attributes must be these; otherwise as far as the disk, and who runs mailmend, can. */
  exact: boolean;
  /** Null: the time of writing. */
  mtimeNs: bigint | null;
  /** Whose extended attributes it gets. */
  like: string | null;
}

const onlyForOwner = 0o600;

/** @throws the system's error; the abort reason of `signal`. What was written so far is left for the caller to remove. */
export async function makeFile(
  fs: WritableFileSystem,
  file: NewFile,
  signal: AbortSignal | undefined,
): Promise<void> {
  const handle = fs.createFile(file.path, onlyForOwner);
  try {
    const pieces = 'bytes' in file.content ? [file.content.bytes] : piecesOf(fs, file.content.real);
    for (const piece of pieces) {
      await breathe(signal);
      writeAll(fs, handle, piece, file.path);
    }
    const made = present(fs, file.path);
    if (file.exact || made.uid === 0) giveTo(fs, file.path, file);
    if (file.mode !== null) fs.setMode(file.path, file.mode);
    if (file.like !== null) copyAttributes(fs, file.like, file.path, file.exact);
    if (file.mtimeNs !== null) fs.setTimes(file.path, { atimeNs: made.atimeNs, mtimeNs: file.mtimeNs });
    fs.sync(handle);
  } finally {
    fs.close(handle);
  }
  if (sha256OfFile(fs, file.path) !== file.sha256) throw systemError('EIO', file.path);
}

/** A write may take less than it is given; one that takes nothing would never end. @throws the system's error. */
export function writeAll(fs: WritableFileSystem, handle: number, bytes: Uint8Array, path: string): void {
  for (let written = 0; written < bytes.length; ) {
    const taken = fs.write(handle, bytes.subarray(written));
    if (taken <= 0) throw systemError('EIO', path);
    written += taken;
  }
}
