/**
 * What a run of Thunderbird changed in a profile: files by name, prefs.js by line. A "repair" that Thunderbird
 * makes at start-up shows here.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChanges } from './dump-types.ts';
import { prefName, quietPrefs } from './quiet-prefs.ts';

/** Names at the top of a profile that Thunderbird makes anew whenever they are missing. */
export const cacheNames = [
  'startupCache',
  'cache2',
  'shader-cache',
  'safebrowsing',
  'crashes',
  'minidumps',
  'datareporting',
  'saved-telemetry-pings',
  'OfflineCache',
  'thumbnails',
  'security_state',
  'bookmarkbackups',
  'storage',
  'storage.sqlite',
];

const ofTheRun = new Set([...cacheNames, 'settings', 'MarionetteActivePort', '.parentlock', 'lock']);

export interface Snapshot {
  /** Path → what it holds, as a short text. */
  files: Map<string, string>;
  prefs: Set<string>;
}

export function takeSnapshot(profile: string): Snapshot {
  const files = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(profile, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (ofTheRun.has(path)) continue;
      if (entry.isDirectory()) {
        files.set(`${path}/`, 'folder');
        walk(path);
      } else if (entry.isFile()) files.set(path, hash(join(profile, path)));
      else if (entry.isSymbolicLink()) files.set(path, readlinkSync(join(profile, path)));
    }
  };
  walk('');
  return { files, prefs: ownPrefLines(join(profile, 'prefs.js')) };
}

export function compareSnapshots(before: Snapshot, after: Snapshot): FileChanges {
  const names = [...after.files.keys()];
  return {
    created: names.filter((name) => !before.files.has(name)),
    deleted: [...before.files.keys()].filter((name) => !after.files.has(name)),
    modified: names.filter(
      (name) => before.files.has(name) && before.files.get(name) !== after.files.get(name),
    ),
    prefsAdded: [...after.prefs].filter((line) => !before.prefs.has(line)),
    prefsRemoved: [...before.prefs].filter((line) => !after.prefs.has(line)),
  };
}

function ownPrefLines(prefsJs: string): Set<string> {
  if (!existsSync(prefsJs)) return new Set();
  const lines = readFileSync(prefsJs, 'utf8').split('\n');
  return new Set(
    lines.filter((line) => {
      const name = prefName(line);
      return name !== null && !(name in quietPrefs);
    }),
  );
}

function hash(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
