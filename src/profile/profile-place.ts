/**
 * The `Path` of a profile in profiles.ini and the folder it stands for, by the rules that the programs resolve and write
 * it by (formats.md 1.2). Seen with 153.7 on Linux; for Windows and macOS from the description of the same code.
 */

import { macAliasPath } from '../formats/mac-alias.ts';
import { rulesOf, withoutEnd } from './path-rules.ts';
import type { Root } from './places.ts';

/**
 * The absolute path that `text` stands for; null for one that the program cannot use, whose profile it then skips.
 * `.` and doubled separators are left as they are: the program compares texts.
 */
export function resolvePlace(root: Root, text: string, relative: boolean): string | null {
  return relative ? resolveRelative(root, text) : resolveAbsolute(root, text);
}

/** Below the root with `/` on every system. Each `../`, wherever it stands, goes up and drops what is before it. */
function resolveRelative(root: Root, text: string): string | null {
  const rules = rulesOf(root.path);
  const pieces = text.split('../');
  let folder = root.path;
  for (let up = 1; up < pieces.length; up++) {
    const parent = rules.dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
  const names = (pieces.at(-1) ?? '').split('/').filter((name) => name !== '' && name !== '..');
  // On Windows a name with a backslash is refused like `..`, and the rest of the path is used without it.
  const usable = rules.sep === '\\' ? names.filter((name) => !name.includes('\\')) : names;
  if (usable.length === 0) return folder;
  return folder + (folder.endsWith(rules.sep) ? '' : rules.sep) + usable.join(rules.sep);
}

function resolveAbsolute(root: Root, text: string): string | null {
  if (root.platform === 'win32') {
    const usable = !text.includes('/') && /^(?:[A-Za-z]:\\|\\\\)/.test(text);
    return usable ? withoutEnd(text) : null;
  }
  if (text.startsWith('/')) return withoutEnd(text);
  return root.platform === 'darwin' ? macAliasPath(text) : null;
}

export interface Descriptor {
  text: string;
  relative: boolean;
}

/** How the program writes the place of a folder; `Default` of an `[Install…]` section is compared with `text`. */
export function describePlace(root: Root, path: string): Descriptor {
  const { sep } = rulesOf(root.path);
  const inside = startsWith(path, root.path.endsWith(sep) ? root.path : root.path + sep, sep === '\\');
  return inside === null
    ? { text: path, relative: false }
    : { text: sep === '\\' ? inside.replaceAll('\\', '/') : inside, relative: true };
}

/** What follows the prefix; null where it does not. Windows compares without regard to case. */
function startsWith(path: string, prefix: string, caseless: boolean): string | null {
  const same = caseless ? path.toLowerCase().startsWith(prefix.toLowerCase()) : path.startsWith(prefix);
  return same ? path.slice(prefix.length) : null;
}
