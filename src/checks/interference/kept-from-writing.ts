/**
 * How files that the program cannot write are told to the owner: by name or number, what will be seen because of them,
 * and how they stand in a command.
 */

import path from 'node:path';

/** @param paths absolute; at least one. */
export function namedInTitle(profile: string, paths: readonly string[]): string {
  const [first] = paths;
  if (first !== undefined && paths.length === 1) {
    return first === profile ? 'the folder of the profile' : placeOf(profile, first);
  }
  return `${paths.length} files and folders of the profile`;
}

/** Within the profile as seen from there, elsewhere the whole path. */
export function placeOf(profile: string, at: string): string {
  const way = path.relative(profile, at);
  return isOutside(way) ? at : way || '.';
}

const isOutside = (way: string): boolean => way.startsWith('..') || path.isAbsolute(way);

const effects: readonly [RegExp, string][] = [
  [/^prefs\.js$/, 'Settings that you change are gone at the next start'],
  [/^(?:logins\.json|key[34]\.db|signons)/, 'Passwords are not remembered'],
  [/\.(?:mab)$|^(?:abook|history)/, 'Contacts cannot be added or changed'],
];

/** What the owner will see, in clauses without a full stop at the end. */
export function effectsOn(profile: string, paths: readonly string[]): string {
  if (paths.includes(profile)) return 'Nothing new can be saved in it, and settings that you change are lost';
  const names = paths.map((at) => path.basename(at));
  const known = effects.filter(([name]) => names.some((one) => name.test(one))).map(([, effect]) => effect);
  // What lies outside of the profile, and is looked at, is mail.
  const inMail = paths
    .map((at) => path.relative(profile, at))
    .some((way) => isOutside(way) || /^(?:Imap)?Mail(?:[/\\]|$)/.test(way));
  const all = inMail
    ? [...known, 'New mail cannot be stored, and what you read, move or delete comes back']
    : known;
  return all.length === 0 ? 'What is changed there is not kept' : all.join('; ');
}

/** As words of a POSIX shell. */
export const inShell = (paths: readonly string[]): string => paths.map(shellQuoted).join(' ');

const shellQuoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
