/**
 * installs.ini: the copy of the `[Install…]` sections that the programs keep beside profiles.ini and do not read unless
 * profiles.ini is of the old form (formats.md 1.2). When profiles.ini is lost, it still says who opened what.
 */

import { parseIni } from '../formats/ini/parse.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { rulesOf } from './path-rules.ts';
import type { Root } from './places.ts';
import { readSmallFile } from './small-file.ts';

export interface LeftInstall {
  hash: string;
  /** As the program wrote it. */
  descriptor: string;
  locked: boolean;
}

const maxBytes = 1024 * 1024;

/** Null: there is no such file, or it cannot be read. */
export function readLeftInstalls(fs: ReadableFileSystem, root: Root): LeftInstall[] | null {
  const text = readSmallFile(fs, rulesOf(root.path).join(root.path, 'installs.ini'), maxBytes);
  if (text.state !== 'present') return null;
  const ini = parseIni(text.bytes);
  return ini.sections().flatMap((hash) => {
    const descriptor = ini.get(hash, 'Default')?.value ?? '';
    return descriptor === '' ? [] : [{ hash, descriptor, locked: ini.get(hash, 'Locked')?.value === '1' }];
  });
}
