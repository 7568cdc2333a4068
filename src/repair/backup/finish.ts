/**
 * The end of a backup: times of folders, then README.txt, SHA256SUMS, and last the manifest, which makes it a finished one.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import {
  copyRoots,
  type Manifest,
  type ManifestEntry,
  type ManifestHead,
  printManifest,
} from '../../formats/backup/manifest.ts';
import { printSums, type Sum } from '../../formats/backup/sha256sums.ts';
import type { WritableFileSystem } from '../file-system.ts';
import { pieceSize, sha256OfFile } from '../hash.ts';
import { giveToOwnerOf } from '../metadata.ts';
import { writeAll } from '../new-file.ts';
import { systemError } from '../system-error.ts';
import type { Brought, Work } from './bring.ts';
import { clearPart, giveMetadata, partOf, setAside } from './copy.ts';
import { readmeText } from './guide.ts';
import { names, onDisk } from './layout.ts';

/** @param head without what the disk does not keep. @throws the system's error. */
export function finish(work: Work, head: ManifestHead): Manifest {
  for (const left of work.earlier.values()) {
    const at = onDisk(work.folder, left);
    // What lay in a folder went with it.
    if (work.fs.lstat(at) !== null) setAside(work, at);
  }
  const brought = [...work.brought.values()];
  for (const item of brought.toReversed()) if (item.kind === 'folder') finishFolder(work, item);
  for (const root of copyRoots) {
    const at = path.join(work.folder, root);
    if (work.fs.lstat(at)?.kind === 'folder') work.fs.syncFolder(at);
  }
  const entries = brought.map((item) => entryOf(work.fs, item));
  const manifest = { head: { ...head, notKept: [...work.notKept].sort() }, entries };
  writeDocuments(work, manifest);
  return manifest;
}

function finishFolder(work: Work, { from, path: inBackup, stat }: Brought): void {
  const at = onDisk(work.folder, inBackup);
  giveMetadata(work, at, from, stat);
  work.fs.syncFolder(at);
}

function entryOf(fs: WritableFileSystem, item: Brought): ManifestEntry {
  const { stat } = item;
  const base = {
    path: item.path,
    mode: stat.mode.toString(8).padStart(4, '0'),
    uid: stat.uid,
    gid: stat.gid,
    mtimeNs: String(stat.mtimeNs),
    attributes: attributesOf(fs, item),
  };
  switch (item.kind) {
    case 'file':
      return { ...base, kind: 'file', size: stat.size, sha256: item.sha256 };
    case 'folder':
      return { ...base, kind: 'folder' };
    case 'link':
      return { ...base, kind: 'link', target: item.target, onlyNoted: item.onlyNoted };
  }
}

/** Also where the disk of the backup cannot hold them. */
function attributesOf(fs: WritableFileSystem, { from }: Brought): Record<string, string> {
  try {
    const all = [...fs.extendedAttributes(from)];
    return Object.fromEntries(all.map(([name, value]) => [name, Buffer.from(value).toString('base64')]));
  } catch {
    // Gone since it was copied, or not to be asked for.
    return {};
  }
}

function writeDocuments({ fs, folder }: Work, { head, entries }: Manifest): void {
  const manifestPart = path.join(folder, names.manifestPart);
  if (fs.lstat(manifestPart) !== null) fs.unlink(manifestPart);
  const sums: Sum[] = entries.filter((entry) => entry.kind === 'file');
  const readme = writeDocument(fs, folder, names.readme, [readmeText(head)]);
  const manifest = writeFile(fs, folder, manifestPart, printManifest({ head, entries }));
  const about: Sum[] = [
    { path: names.readme, sha256: readme },
    { path: names.manifest, sha256: manifest },
  ];
  writeDocument(fs, folder, names.sums, printSums([...sums, ...about]));
  fs.syncFolder(folder);
  fs.rename(manifestPart, path.join(folder, names.manifest));
  fs.syncFolder(folder);
  fs.unlink(path.join(folder, names.unfinished));
  fs.syncFolder(folder);
}

/** Whole or not at all. @returns sha256 in hex. @throws the system's error. */
export function writeDocument(
  fs: WritableFileSystem,
  folder: string,
  name: string,
  texts: Iterable<string>,
): string {
  const sha256 = writeFile(fs, folder, clearPart({ fs, folder }), texts);
  fs.rename(partOf({ folder }), path.join(folder, name));
  return sha256;
}

function writeFile(fs: WritableFileSystem, folder: string, at: string, texts: Iterable<string>): string {
  const hash = createHash('sha256');
  const handle = fs.createFile(at, 0o600);
  try {
    for (const bytes of inPieces(texts)) {
      hash.update(bytes);
      writeAll(fs, handle, bytes, at);
    }
    giveToOwnerOf(fs, at, folder);
    fs.sync(handle);
  } finally {
    fs.close(handle);
  }
  const sha256 = hash.digest('hex');
  if (sha256OfFile(fs, at) !== sha256) throw systemError('EIO', at);
  return sha256;
}

function* inPieces(texts: Iterable<string>): Generator<Uint8Array> {
  let gathered = '';
  for (const text of texts) {
    gathered += text;
    if (gathered.length < pieceSize) continue;
    yield Buffer.from(gathered);
    gathered = '';
  }
  yield Buffer.from(gathered);
}
