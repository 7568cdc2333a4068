/**
 * Whether a folder is kept in step with somewhere else: on a server, or by a sync program. What mailmend keeps (old
 * settings, mail, saved passwords) must not go there, and must not be changed from there (design.md 6.2).
 * Told by the path, by marks that sync programs leave in their folders, and on Linux by the mounts. Network drives with
 * a letter (Windows) or below /Volumes (macOS), and desktops that iCloud keeps, cannot be told by files.
 */

import { posix, win32 } from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { isLocalMount, mountOf } from './mounts.ts';
import { type Proc, systemProc } from './proc.ts';
import { type SyncService, syncServices } from './sync-services.ts';

export interface StoragePlace {
  kind: 'network' | 'synced';
  /** "Dropbox", "a network disk (nfs4)". */
  name: string;
  /** The folder that is kept in step. */
  folder: string;
}

export interface PlaceEnvironment {
  platform: NodeJS.Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Asked on Linux only. */
  proc?: Proc;
}

/** Null: as far as can be told, only on this computer. @param folder absolute; it need not be there yet. */
export function storagePlace(
  fs: ReadableFileSystem,
  folder: string,
  { platform, home, env, proc = systemProc }: PlaceEnvironment,
): StoragePlace | null {
  const rules = platform === 'win32' ? win32 : posix;
  const ways = [...new Set([folder, realFolder(fs, folder, rules)])];
  for (const way of ways) {
    const above = foldersAbove(way, rules);
    const synced = syncedAt(fs, above, { platform, home, env });
    if (synced !== null) return synced;
  }
  const real = ways.at(-1) ?? folder;
  return platform === 'linux' ? onNetworkMount(real, proc) : uncPath(real, platform);
}

type Rules = typeof posix;

/** Of the nearest folder above that is there. */
function realFolder(fs: ReadableFileSystem, folder: string, rules: Rules): string {
  const parent = rules.dirname(folder);
  const real = fs.realPath(folder);
  if (real !== null || parent === folder) return real ?? folder;
  return rules.join(realFolder(fs, parent, rules), rules.basename(folder));
}

/** The folder itself first. */
function foldersAbove(folder: string, rules: Rules): string[] {
  const parent = rules.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent, rules)];
}

function syncedAt(
  fs: ReadableFileSystem,
  above: readonly string[],
  { platform, home, env }: PlaceEnvironment,
): StoragePlace | null {
  for (const at of above) {
    const names = namesIn(fs, at);
    const service = syncServices.find((candidate) => keeps(candidate, at, names, { platform, home, env }));
    if (service !== undefined) return { kind: 'synced', name: service.name, folder: at };
  }
  return null;
}

function keeps(
  { folders = [], variables = [], marks = [] }: SyncService,
  at: string,
  names: ReadonlyMap<string, string>,
  { platform, home, env }: PlaceEnvironment,
): boolean {
  const { join, relative } = platform === 'win32' ? win32 : posix;
  const fromHome = relative(home, at).split(/[/\\]/).join('/');
  const same = (a: string, b: string): boolean =>
    platform === 'win32' ? a.toLowerCase() === b.toLowerCase() : a === b;
  return (
    folders.some((pattern) => pattern.test(fromHome)) ||
    variables.some((name) => same(join(env[name] || ' '), at)) ||
    marks.some(({ name, kind }) =>
      [...names].some(([found, foundKind]) => name.test(found) && (kind === undefined || kind === foundKind)),
    )
  );
}

/** Kinds by name; nothing where the folder cannot be read. */
function namesIn(fs: ReadableFileSystem, folder: string): Map<string, string> {
  try {
    return new Map(fs.readFolder(folder).map(({ name, kind }) => [name, kind]));
  } catch {
    return new Map();
  }
}

function onNetworkMount(folder: string, proc: Proc): StoragePlace | null {
  const mount = mountOf(folder, proc.text('self/mounts') ?? '');
  if (mount === null || isLocalMount(mount.type)) return null;
  return { kind: 'network', name: `a network disk (${mount.type})`, folder: mount.at };
}

/** `\\server\share`; `\\?\C:\` and `\\.\` are this computer's own. */
function uncPath(folder: string, platform: NodeJS.Platform): StoragePlace | null {
  const share = platform === 'win32' ? /^\\\\(?![?.]\\)[^\\]+\\[^\\]+/.exec(folder)?.[0] : undefined;
  return share === undefined ? null : { kind: 'network', name: 'a network disk', folder: share };
}
