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
 * a new section to the end of what the program sees. To remove what is not there changes nothing; to remove a key or
 * section that was added gives the bytes of before.
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
    return removal(file, linesOfSection(file, section));
  }
  const own = file.lines.filter(
    (line) => line.kind === 'key' && line.section === section && line.key === key,
  );
  if (to === null) return removal(file, own);
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

/**
 * Section lines and keys of a section, each followed by the blank lines behind it that set it off from the next. Where
 * nothing stands behind it, the blank line before it goes, which set it off from the one before.
 */
function linesOfSection(file: IniFile, section: string): IniLine[] {
  const chosen: IniLine[] = [];
  for (const line of file.lines) {
    const own = (line.kind === 'section' || line.kind === 'key') && line.section === section;
    const behind = line.kind === 'blank' && chosen.at(-1)?.number === line.number - 1;
    if (own || behind) chosen.push(line);
  }
  const last = file.lines.at(-1);
  if (last === undefined || last.kind === 'blank' || chosen.at(-1) !== last) return chosen;
  const before = lineBefore(file, firstOfTail(chosen));
  return before?.kind === 'blank' ? [...chosen, before].sort((a, b) => a.number - b.number) : chosen;
}

/** The first of the lines that stand at the end without another one between them. */
const firstOfTail = (chosen: readonly IniLine[]): IniLine | undefined =>
  chosen.findLast((line, i) => chosen[i - 1]?.number !== line.number - 1);

const lineBefore = (file: IniFile, line: IniLine | undefined): IniLine | undefined =>
  line === undefined ? undefined : file.lines[line.number - 2];

/** A file that does not end with a line end keeps that habit. */
function removal(file: IniFile, lines: readonly IniLine[]): Splice[] {
  const splices = lines.map((line) => ({ start: line.start, end: line.next, text: '' }));
  const last = file.lines.at(-1);
  if (last === undefined || last.next > last.end || lines.at(-1) !== last) return splices;
  const first = firstOfTail(lines);
  const kept = lineBefore(file, first);
  if (first === undefined || kept === undefined) return splices;
  return splices.map((splice) => (splice.start === first.start ? { ...splice, start: kept.end } : splice));
}

/** Set off by a blank line as the file does it: in front of each section, or behind it as the programs write it. */
function newSection(file: IniFile, header: string, key: string): Splice {
  const eol = lineEnd(file);
  const last = file.lines.at(-1);
  const open = last !== undefined && last.end === last.next;
  const behind = last?.kind === 'blank' && !open;
  const before = `${open ? eol : ''}${last === undefined || behind ? '' : eol}`;
  const after = `${open ? '' : eol}${behind ? eol : ''}`;
  return { start: file.end, end: file.end, text: `${before}${header}${eol}${key}${after}` };
}

/** That of the last line that has one, which a further one cannot run into; LF, as the programs write it, in a file without any. */
function lineEnd(file: IniFile): string {
  const ended = file.lines.findLast((line) => line.next > line.end);
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
