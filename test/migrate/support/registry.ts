/**
 * profiles.ini of each system, read as the program reads it, and with changes made as a run makes them.
 */

import type { Platform } from '../../../src/profile/places.ts';
import { rootAt } from '../../../src/profile/places.ts';
import { type Registry, readRegistry } from '../../../src/profile/registry.ts';
import { edited } from '../../../src/repair/edit.ts';
import type { ReadableFileSystem } from '../../../src/repair/file-system.ts';
import type { IniChange } from '../../../src/repair/operation.ts';
import { recordedTree } from '../../profile/support/recorded-tree.ts';

export const roots = {
  linux: '/home/alice/.thunderbird',
  darwin: '/Users/alice/Library/Thunderbird',
  win32: 'C:\\Users\\alice\\AppData\\Roaming\\Thunderbird',
} as const;

export function rootWith(
  platform: Platform,
  profilesIni: string | null,
): { fs: ReadableFileSystem; registry: Registry } {
  const root = roots[platform];
  const file = `${root}${platform === 'win32' ? '\\' : '/'}profiles.ini`;
  const fs = recordedTree(platform, {
    [root]: null,
    ...(profilesIni === null ? {} : { [file]: profilesIni }),
  });
  return { fs, registry: readRegistry(fs, rootAt(root, platform)) };
}

/** @throws MailmendError when the file is not as the changes expect it. */
export function withChanges(profilesIni: string, ...steps: readonly (readonly IniChange[])[]): string {
  let bytes: Uint8Array = Buffer.from(profilesIni);
  for (const changes of steps) {
    bytes = edited({ op: 'edit-ini', path: '/profiles.ini', changes: [...changes], why: '' }, bytes);
  }
  return Buffer.from(bytes).toString();
}
