/**
 * The names that programs which keep folders alike on several computers give to a second version of a file, when two
 * computers have changed it (providers.md D13).
 * Belongs here: names only. Which of them are looked for where is conflict-copies.ts.
 */

export interface ConflictName {
  /** What the name would be without the mark. */
  original: string;
  /** Which program makes such names, as far as the mark tells. */
  maker: string;
  /** No owner names a file so. The others may be anybody's: they count only beside a file of the program. */
  isCertain: boolean;
  /** Of the form that Windows gives to computers, not just anything in capitals. */
  isTyped: boolean;
}

interface Mark {
  maker: string;
  /** The mark stands between the name and its ending; what it matches is taken out. */
  mark: RegExp;
  isCertain: boolean;
  isTyped: boolean;
}

const marks: readonly Mark[] = [
  // Nextcloud and ownCloud add the time of day: `(conflicted copy 2026-11-23 101500)`.
  { maker: 'Nextcloud', mark: / \(conflicted copy \d{4}-\d\d-\d\d \d{6}\)/i, isCertain: true, isTyped: true },
  { maker: 'Nextcloud', mark: /_conflict-\d{8}-\d{6}/i, isCertain: true, isTyped: true },
  {
    maker: 'Dropbox',
    mark: / \((?:[^()]{1,100} )?conflicted copy(?: [^()]{1,40})?\)/i,
    isCertain: true,
    isTyped: true,
  },
  {
    maker: 'Syncthing',
    mark: /\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?/i,
    isCertain: true,
    isTyped: true,
  },
  { maker: 'Google Drive', mark: / ?\(\d{1,2}\)(?=\.|$)/, isCertain: false, isTyped: true },
  { maker: 'Time Machine', mark: / \(original\)(?=\.|$)/i, isCertain: false, isTyped: true },
  {
    maker: 'OneDrive',
    mark: /-(?:(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{5,12}|[A-Z0-9]{1,12}-?PC)(?=\.|$)/,
    isCertain: false,
    isTyped: true,
  },
  // Any other name of a computer; a number alone is the program's own (`prefs-1.js`, `abook-1.sqlite`).
  {
    maker: 'OneDrive',
    mark: /-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,14}(?=\.|$)/,
    isCertain: false,
    isTyped: false,
  },
];

/** Null for a name without such a mark. Names longer than any file system has are not looked at. */
export function conflictName(name: string): ConflictName | null {
  if (name.length > 255) return null;
  for (const { mark, ...own } of marks) {
    const original = name.replace(mark, '');
    if (original !== name && original !== '' && !original.startsWith('.')) return { original, ...own };
  }
  return null;
}
