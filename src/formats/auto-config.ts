/**
 * Settings that an installation brings along: AutoConfig files (`*.cfg`, JavaScript with lockPref, pref, defaultPref …) and
 * the default settings beside them (`defaults/pref/*.js`, with `locked`). Read as data, never run: plain calls with
 * constants are understood, and whether there is anything else is told.
 * One pass over the text; never throws.
 */

import type { PrefValue } from './prefs/prefs.ts';

export interface ConfigCall {
  call: 'lockPref' | 'pref' | 'defaultPref' | 'unlockPref' | 'clearPref';
  name: string;
  /** Null where the call has none. */
  value: PrefValue | null;
  /** `pref("…", …, locked)` of the default settings. */
  locked: boolean;
  /** 1-based. */
  line: number;
}

export interface ConfigFile {
  calls: ConfigCall[];
  /** There is more in it than such calls: conditions, functions, values that are worked out. */
  code: boolean;
}

const text = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const call = new RegExp(
  String.raw`(lockPref|defaultPref|pref|unlockPref|clearPref)\s*\(\s*(${text})\s*(?:,\s*(${text}|[+-]?\d+|true|false)\s*)?((?:,\s*(?:locked|sticky)\s*)*)\)\s*;?`,
  'y',
);
/** White space, comments of one line, and what ends a statement. */
const passedOver = /(?:\s+|\/\/[^\n]*|;)/y;
/** Whole strings, so that nothing in them counts; then anything else. */
const other = new RegExp(String.raw`(?:${text}|[\w$]+|.)`, 'sy');

/** @param firstLineCounts false for AutoConfig, whose first line is never read. */
export function parseConfig(content: string, firstLineCounts: boolean): ConfigFile {
  const file: ConfigFile = { calls: [], code: false };
  const firstEnd = content.indexOf('\n');
  let at = firstLineCounts ? 0 : firstEnd < 0 ? content.length : firstEnd;
  let line = 1;
  let counted = 0;
  while (at < content.length) {
    const next = afterBlanks(content, at);
    if (next > at) {
      at = next;
      continue;
    }
    const found = matchAt(call, content, at);
    if (found === null) {
      file.code = true;
      at += matchAt(other, content, at)?.[0].length ?? 1;
      continue;
    }
    for (; counted < at; counted++) if (content[counted] === '\n') line++;
    const [whole, verb, name = '', value, attributes = ''] = found;
    file.calls.push({
      call: verb as ConfigCall['call'],
      name: unquoted(name),
      value: value === undefined ? null : constantOf(value),
      locked: attributes.includes('locked'),
      line,
    });
    at += whole.length;
  }
  return file;
}

/** A comment without an end takes the rest. */
function afterBlanks(content: string, at: number): number {
  if (content.startsWith('/*', at)) {
    const end = content.indexOf('*/', at + 2);
    return end < 0 ? content.length : end + 2;
  }
  return at + (matchAt(passedOver, content, at)?.[0].length ?? 0);
}

/** The bytes of an AutoConfig file as text; each byte is shifted by `general.config.obscure_value`. */
export function decodeConfig(bytes: Uint8Array, shift: number): string {
  const plain = shift === 0 ? bytes : bytes.map((byte) => (byte - shift) & 0xff);
  return new TextDecoder('utf-8').decode(plain);
}

function matchAt(pattern: RegExp, content: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(content);
}

function constantOf(token: string): PrefValue {
  if (token === 'true' || token === 'false') return token === 'true';
  return /^["']/.test(token) ? unquoted(token) : Number(token);
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

function unquoted(token: string): string {
  return token
    .slice(1, -1)
    .replaceAll(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/g, (_all, byte, unit, letter) =>
      letter === undefined
        ? String.fromCharCode(Number.parseInt(byte ?? unit, 16))
        : (escapes[letter] ?? letter),
    );
}
