/**
 * Changes single keys of an INI file. Every other byte stays: comments, order, line ends, byte order mark, and what the
 * program does not see. Only texts that read back as themselves are written.
 */

import type { IniEncoding, IniFile, IniLine } from './ini.ts';
import { parseIni } from './parse.ts';

/** `to` null removes the key; `key` and `to` null remove the section with all its keys. */
export interface IniEdit {
  section: string;
  key: string | null;
  to: string | null;
}

/** Bytes [start, end) give way to `text`. */
interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * The bytes of the file after the changes, made one after the other. A new key goes behind the last one of its section,
 * a new section to the end of what the program sees. To remove what is not there changes nothing.
 * @throws RangeError for a section, key or value that could not be read back as it is: empty, with line ends, NUL,
 * brackets or `=`, a key that starts like a comment, section or blank, or text that is not valid Unicode.
 */
export function editIni(file: IniFile, changes: readonly IniEdit[]): Uint8Array {
  let edited = file;
  for (const change of changes) {
    const splices = splicesFor(edited, change);
    if (splices.length > 0) edited = parseIni(splice(edited, splices));
  }
  return edited.source;
}

function splicesFor(file: IniFile, { section, key, to }: IniEdit): Splice[] {
  if (key === null) {
    if (to !== null) throw new RangeError('a section has no value');
    return removal(linesOfSection(file, section));
  }
  const own = file.lines.filter(
    (line) => line.kind === 'key' && line.section === section && line.key === key,
  );
  if (to === null) return own.map((line) => ({ start: line.start, end: line.next, text: '' }));
  demand(!/[\r\n\0]/.test(to) && isUnicode(to), 'value', to);
  const last = own.at(-1);
  if (last?.kind === 'key')
    return last.value === to && last.wellFormed ? [] : [{ start: last.valueStart, end: last.end, text: to }];
  demand(/^[^ \t#;[=\r\n\0][^=\r\n\0]*$/.test(key) && isUnicode(key), 'key', key);
  const home = file.lines.findLast(
    (line) => (line.kind === 'key' || line.kind === 'section') && line.section === section,
  );
  if (home !== undefined) return [{ start: home.end, end: home.end, text: `${lineEnd(file)}${key}=${to}` }];
  demand(/^[^[\]\r\n\0]+$/.test(section) && isUnicode(section), 'section', section);
  return [newSection(file, `[${section}]`, `${key}=${to}`)];
}

/** Section lines and keys of a section, each followed by the blank lines behind it that set it off from the next. */
function linesOfSection(file: IniFile, section: string): IniLine[] {
  const chosen: IniLine[] = [];
  for (const line of file.lines) {
    const own = (line.kind === 'section' || line.kind === 'key') && line.section === section;
    const behind = line.kind === 'blank' && chosen.at(-1)?.number === line.number - 1;
    if (own || behind) chosen.push(line);
  }
  return chosen;
}

const removal = (lines: readonly IniLine[]): Splice[] =>
  lines.map((line) => ({ start: line.start, end: line.next, text: '' }));

function newSection(file: IniFile, header: string, key: string): Splice {
  const eol = lineEnd(file);
  const last = file.lines.at(-1);
  const open = last !== undefined && last.end === last.next ? eol : '';
  const gap = last !== undefined && (last.kind !== 'blank' || open !== '') ? eol : '';
  return { start: file.end, end: file.end, text: `${open}${gap}${header}${eol}${key}${eol}` };
}

/** The line end of the first line that has one; LF, as the programs write it, in a file without any. */
function lineEnd(file: IniFile): string {
  const ended = file.lines.find((line) => line.next > line.end);
  if (ended === undefined) return '\n';
  const bytes = file.source.subarray(ended.end, ended.next).filter((byte) => byte !== 0);
  return String.fromCharCode(...bytes);
}

function splice(file: IniFile, splices: readonly Splice[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, text } of splices) {
    parts.push(file.source.subarray(at, start), encode(text, file.encoding));
    at = end;
  }
  parts.push(file.source.subarray(at));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function encode(text: string, encoding: IniEncoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), true);
  return bytes;
}

const isUnicode = (text: string): boolean => !/\p{Surrogate}/u.test(text);

function demand(fits: boolean, what: string, text: string): void {
  if (!fits) throw new RangeError(`not a ${what} that an INI file can hold: ${JSON.stringify(text)}`);
}
