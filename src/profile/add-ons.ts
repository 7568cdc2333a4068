/**
 * Add-ons of a profile: what extensions.json of today's programs lists (formats.md 8.1), else what lies in the folder
 * `extensions` of older ones. Only extensions and themes; dictionaries, languages and web-search entries are none here.
 * A fresh Thunderbird 153 lists the built-in ones there too, as its own add-on manager does.
 */

import path from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { readFileBytes } from './file-bytes.ts';
import { readOldAddOns } from './old-add-ons.ts';

export interface AddOn {
  id: string;
  /** In the program's language; null where it is not known. */
  name: string | null;
  version: string | null;
  /** Null where it is not known. */
  enabled: boolean | null;
  type: 'extension' | 'theme';
  /** Came with the program. */
  builtIn: boolean;
}

const maxBytes = 32 * 1024 * 1024;
const maxAddOns = 10_000;

/** In the order of the file; of an older profile by name of folder. Never throws. */
export function readAddOns(fs: ReadableFileSystem, profile: string): AddOn[] {
  return readExtensionsJson(fs, profile) ?? readOldAddOns(fs, profile);
}

/** Null when there is no such file, or the program would make it anew. */
function readExtensionsJson(fs: ReadableFileSystem, profile: string): AddOn[] | null {
  const file = readFileBytes(fs, path.join(profile, 'extensions.json'), maxBytes);
  if (file.state !== 'read') return null;
  const content = parseJson(file.bytes);
  if (!isRecord(content) || !Array.isArray(content.addons)) return null;
  return content.addons.slice(0, maxAddOns).flatMap((item: unknown): AddOn[] => {
    const addOn = isRecord(item) ? readAddOn(item) : null;
    return addOn === null ? [] : [addOn];
  });
}

/** Null for what the program does not show: other types, and all but one of several with the same id. */
function readAddOn(item: Record<string, unknown>): AddOn | null {
  const { id, type, visible, active, version, location, defaultLocale } = item;
  if (typeof id !== 'string' || visible === false) return null;
  if (type !== 'extension' && type !== 'theme') return null;
  const name = isRecord(defaultLocale) ? defaultLocale.name : null;
  return {
    id,
    name: typeof name === 'string' ? name : null,
    version: typeof version === 'string' ? version : null,
    enabled: typeof active === 'boolean' ? active : null,
    type,
    builtIn: typeof location === 'string' && /^app-(builtin|builtin-addons|system-.*|global)$/.test(location),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an enabled one is named after this type of server, and so brings it along. */
export function bringsType(addOns: readonly AddOn[], type: string): boolean {
  const name = type.toLowerCase();
  return name !== '' && addOns.some(({ id, enabled }) => enabled === true && id.toLowerCase().includes(name));
}
