/**
 * Fixtures as folders on disk. Git keeps neither modes nor times nor empty folders, so every fixture has a tree.json
 * that says them (fixtures/profiles/README.md); it is written by scripts/make-fixture.mjs and applied here.
 */

import {
  chmodSync,
  copyFileSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadNative } from '../../src/system/native.ts';

/** fixtures/profiles/. */
export const fixturesFolder = fileURLToPath(new URL('../../fixtures/profiles/', import.meta.url));

interface Tree {
  /** Of the profile, relative to the laid-out folder. */
  profile: string;
  /** Name of the fixture that files come from which this one does not hold. */
  base?: string;
  /** Folders stand before what is in them; the laid-out folder itself is ".". */
  entries: Entry[];
}

/** `mode` is octal, `mtimeNs` decimal. */
type Entry =
  | { path: string; kind: 'folder' | 'file'; mode: string; mtimeNs: string }
  | { path: string; kind: 'link'; to: string; mtimeNs: string };

export interface LaidOut {
  profile: string;
  /** All that was laid out: the profile itself, or a folder with profiles.ini and profiles. */
  root: string;
}

/** @param into an existing folder; the fixture lands in a folder of its name in it. */
export function layOutFixture(name: string, into: string, fixtures: string = fixturesFolder): LaidOut {
  const root = join(into, name);
  const { profile, base, entries } = readDocument(fixtures, name, 'tree.json') as Tree;
  const sources = [name, ...(base === undefined ? [] : [base])].map((source) =>
    join(fixtures, source, 'files'),
  );
  for (const entry of entries) create(entry, join(root, entry.path), sources);
  // Backwards: a folder's time changes with what is made in it, and its mode may forbid to make anything.
  for (const entry of entries.toReversed()) {
    const path = join(root, entry.path);
    if (entry.kind !== 'link') chmodSync(path, Number.parseInt(entry.mode, 8));
    setModified(path, BigInt(entry.mtimeNs));
  }
  return { profile: join(root, profile), root };
}

/** A JSON document beside the fixture's files, such as dump.json or expected.json. */
export function readFixtureDocument(name: string, document: string): unknown {
  return readDocument(fixturesFolder, name, document);
}

function readDocument(fixtures: string, name: string, document: string): unknown {
  return JSON.parse(readFileSync(join(fixtures, name, document), 'utf8'));
}

function create(entry: Entry, path: string, sources: string[]): void {
  if (entry.kind === 'folder') mkdirSync(path, { mode: 0o700 });
  else if (entry.kind === 'link') symlinkSync(entry.to, path);
  else {
    const source = sources.map((folder) => join(folder, entry.path)).find((file) => existsSync(file));
    if (source === undefined) throw new Error(`the fixture has no file ${entry.path}`);
    copyFileSync(source, path);
  }
}

function setModified(path: string, mtimeNs: bigint): void {
  const native = loadNative();
  if (native !== null) native.setTimes(path, { atimeNs: mtimeNs, mtimeNs });
  else lutimesSync(path, Number(mtimeNs) / 1e9, Number(mtimeNs) / 1e9);
}
