/**
 * profiles.ini, installs.ini, compatibility.ini and application.ini as data. The file is kept byte for byte: lines are
 * positions in it, and the values are those that the program sees. Grammar: formats.md 1.2, corrected by what
 * Thunderbird 153.7 answered for some hundred crafted files (see parse.ts). Changing is edit.ts.
 */

export type IniEncoding = 'utf-8' | 'utf-16le';

export interface IniValue {
  value: string;
  /** 1-based. */
  line: number;
  /** False when the bytes are not valid UTF-8; `value` then has U+FFFD in their place. */
  wellFormed: boolean;
}

export type IniLine = IniOtherLine | IniSectionLine | IniKeyLine;

interface IniLineBase {
  /** 1-based; CR LF, LF and CR each end a line. */
  number: number;
  /** Byte offsets: the text is [start, end), the next line starts at `next`. */
  start: number;
  end: number;
  next: number;
}

/** `ignored`: neither section nor key to the program, among them every key below a malformed section line. */
export interface IniOtherLine extends IniLineBase {
  kind: 'blank' | 'comment' | 'ignored';
}

export interface IniSectionLine extends IniLineBase {
  kind: 'section';
  section: string;
}

export interface IniKeyLine extends IniLineBase {
  kind: 'key';
  section: string;
  key: string;
  value: string;
  wellFormed: boolean;
  /** Byte offset of the first byte after the `=`. */
  valueStart: number;
}

export interface IniFile {
  source: Uint8Array;
  encoding: IniEncoding;
  lines: readonly IniLine[];
  /** Where the program stops reading: the length of the file, or its first NUL. */
  end: number;
  /** Null where the program sees no such key. Of several of one name the last one counts. */
  get(section: string, key: string): IniValue | null;
  /** Sections that hold a key, in the order of their first line: an empty section is none to the program. */
  sections(): string[];
  /** Keys of all parts of the section, in the order of their first line. */
  keys(section: string): string[];
  /** The line of the first `[section]`; null where there is none. */
  sectionLine(section: string): number | null;
}
