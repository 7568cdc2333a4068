/**
 * A profile out of the text of its prefs.js, in memory, for the tests of the checks; and the same profile after a
 * repair, as the planner would see it.
 */

import path from 'node:path';
import { memfs } from 'memfs';
import type { Facts } from '../../src/checks/check.ts';
import type { Profile, Program } from '../../src/profile/profile.ts';
import { readProfile } from '../../src/profile/read-profile.ts';
import type { ReadableFileSystem } from '../../src/repair/file-system.ts';
import { createFileSystem, type FsModule } from '../../src/repair/node-file-system.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { overlay } from '../../src/repair/overlay.ts';

export interface ProfileOptions {
  /** Content by path within the profile; a path that ends with `/` is an empty folder. */
  files?: Record<string, string | Uint8Array>;
  userJs?: string;
  /** Default: Thunderbird. */
  program?: Program;
  /** As in compatibility.ini; default 153.7.0. */
  version?: string;
}

/** Where the profile lies in memory. */
export const profilePath = '/home/alice/.thunderbird/abcd.default-release';
export const home = '/home/alice';

const trees = new WeakMap<Profile, ReadableFileSystem>();

export function profileFromPrefs(text: string, options: ProfileOptions = {}): Facts {
  const version = options.version ?? '153.7.0';
  const files: Record<string, string | Uint8Array> = {
    'prefs.js': text,
    'compatibility.ini': `[Compatibility]\nLastVersion=${version}_20261110162734/20261110162734\n`,
    ...(options.userJs === undefined ? {} : { 'user.js': options.userJs }),
    ...options.files,
  };
  const { fs } = memfs({}, '/');
  for (const [name, content] of Object.entries(files)) {
    const at = path.join(profilePath, name);
    fs.mkdirSync(name.endsWith('/') ? at : path.dirname(at), { recursive: true });
    if (!name.endsWith('/')) fs.writeFileSync(at, content);
  }
  return factsOf(createFileSystem(fs as unknown as FsModule), options.program ?? 'thunderbird');
}

/** The same profile as it would be after these operations. Nothing is written. */
export function factsAfter({ profile }: Facts, operations: readonly Operation[]): Facts {
  const tree = trees.get(profile);
  if (tree === undefined) throw new Error('not made by profileFromPrefs');
  return factsOf(overlay(tree, operations), profile.program);
}

/** The text of a file of the profile, as these facts see it. */
export function fileOf({ profile }: Facts, name: string): string {
  const bytes = trees.get(profile)?.readFile(path.join(profilePath, name));
  return Buffer.from(bytes ?? []).toString();
}

function factsOf(tree: ReadableFileSystem, program: Program): Facts {
  const profile = readProfile(tree, { path: profilePath, name: 'default-release', program, home });
  trees.set(profile, tree);
  return { profile, root: null, machine: null };
}
