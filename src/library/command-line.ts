/**
 * Writes a command line that can be pasted into the shell in use: names of profiles hold blanks, quotes and worse.
 */

import type { World } from './world.ts';

/** Commands that take `--runs`. */
const takesRuns = new Set(['repair', 'apply', 'undo', 'diagnostic-profile']);
const passwordsWriting = new Set(['remove', 'restore']);

/** Commands that take `--unlock`. */
const takesUnlock = new Set(['check', 'repair']);

/** `profiles` alone only looks; `profiles use` and the like write. */
const writes = (words: readonly string[]): boolean =>
  takesRuns.has(words[0] ?? '') ||
  (words[0] === 'profiles' && words.length > 1) ||
  (words[0] === 'passwords' && passwordsWriting.has(words[1] ?? ''));

/** A command of mailmend with what was given to this one: where the profiles are, where the runs are. */
export const nextCommand = (world: Pick<World, 'platform' | 'given'>, ...words: string[]): string =>
  commandLine(['mailmend', ...words, ...passedOn(world, words)], world.platform);

/** @param words of the next command. */
export function passedOn({ given }: Pick<World, 'given'>, words: readonly string[]): string[] {
  const [name = ''] = words;
  if (given === undefined || name === 'explain') return [];
  const runs = given.runs !== null && writes(words) && !words.includes('--runs');
  const unlock = takesUnlock.has(name) && !words.includes('--unlock') ? (given.unlock ?? []) : [];
  return [
    ...unlock,
    ...(words.includes('--root') ? [] : given.roots.flatMap((root) => ['--root', root])),
    ...(runs ? ['--runs', String(given.runs)] : []),
  ];
}

/** @param words the program first, nothing quoted yet. */
export function commandLine(words: readonly string[], platform: string): string {
  return words.map((word) => (platform === 'win32' ? quoteForWindows(word) : quoteForUnix(word))).join(' ');
}

function quoteForUnix(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (!/[\u0000-\u001f\u007f]/.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  // $'…' of bash, zsh and ksh: the only form that shows control characters and survives being copied.
  const escaped = word
    .replace(/[\\']/g, (found) => `\\${found}`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    .replace(/[\u0000-\u001f\u007f]/g, (found) => `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `$'${escaped}'`;
}

/** Double quotes are understood by cmd and PowerShell alike; a file name cannot hold one. */
function quoteForWindows(word: string): string {
  return /^[\w@+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '')}"`;
}
