/**
 * prefs.js and user.js as data. The file is kept byte for byte: entries and problems are positions in it.
 * Grammar: formats.md 2.1 (Gecko >= 60) and 2.2 (Gecko <= 59). Parsing is parse.ts, changing is edit.ts.
 */

export type PrefValue = string | number | boolean;

/** Gecko >= 60 recovers at the next `;`; Gecko <= 59 stops at the first error. */
export type PrefGrammar = 'modern' | 'legacy';

export interface PrefEntry {
  name: string;
  value: PrefValue;
  /** `pref` in a user file is seen during the session and dropped at the next save. */
  keyword: 'user_pref' | 'pref' | 'sticky_pref';
  /** 1-based line of the keyword. */
  line: number;
  /** Byte offsets of the statement: [start, end), the `;` included. */
  start: number;
  end: number;
}

export type PrefProblemCode =
  | 'unexpected-character'
  | 'unterminated-string'
  | 'unterminated-comment'
  | 'bad-escape'
  | 'bad-number'
  | 'number-too-large'
  | 'missing-comma'
  | 'missing-parenthesis'
  | 'missing-semicolon'
  | 'unknown-keyword'
  | 'unknown-value'
  | 'attribute-not-allowed'
  | 'nul-byte';

/** A place where the program's parser gives up, and what it loses there. */
export interface PrefProblem {
  code: PrefProblemCode;
  line: number;
  offset: number;
  /** Byte range that the program does not see because of it: [start, end). */
  start: number;
  end: number;
}

export interface PrefsFile {
  grammar: PrefGrammar;
  source: Uint8Array;
  /** What the program sees, in file order; of several with one name the last one counts. */
  entries: PrefEntry[];
  problems: PrefProblem[];
  /** Where the program's parser stops: the length of the file, or the first NUL (modern). */
  end: number;
}
