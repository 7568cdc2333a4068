import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefs } from '../../../src/formats/prefs/parse.ts';
import type { PrefValue } from '../../../src/formats/prefs/prefs.ts';
import { printPrefLine, printPrefs, writePrefs } from '../../../src/formats/prefs/print.ts';
import { anyChanges, anyFile, anyGrammar, grammars, textOf, valuesOf } from './prefs-texts.ts';

describe('a line as Thunderbird writes it', () => {
  it.each<[string, PrefValue, string]>([
    ['mail.x', 'y', 'user_pref("mail.x", "y");'],
    ['mail.x', '', 'user_pref("mail.x", "");'],
    ['mail.x', 993, 'user_pref("mail.x", 993);'],
    ['mail.x', -2147483648, 'user_pref("mail.x", -2147483648);'],
    ['mail.x', -0, 'user_pref("mail.x", 0);'],
    ['mail.x', true, 'user_pref("mail.x", true);'],
    ['a"b', 'C:\\new', 'user_pref("a\\"b", "C:\\\\new");'],
    ['a', 'one\r\ntwo\tthree\'"', 'user_pref("a", "one\\r\\ntwo\tthree\'\\"");'],
    ['a', 'Jürgen 😀', 'user_pref("a", "Jürgen 😀");'],
    ['a', 'x\0y', 'user_pref("a", "x");'],
  ])('%j = %j', (name, value, line) => {
    expect(printPrefLine(name, value)).toBe(line);
  });

  it.each([1.5, 2147483648, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (number) => {
    expect(() => printPrefLine('a', number)).toThrow(RangeError);
  });
});

describe('a whole new file', () => {
  it('has a comment, sorted lines and a last line end', () => {
    const bytes = writePrefs(
      new Map<string, PrefValue>([
        ['b', 1],
        ['a.b', 2],
        ['a', 3],
        ['a.B', 4],
      ]),
    );
    const [comment, blank, ...lines] = textOf(bytes).split('\n');
    expect(comment).toMatch(/^\/\/ ./);
    expect(blank).toBe('');
    expect(lines).toEqual([
      'user_pref("a", 3);',
      'user_pref("a.B", 4);',
      'user_pref("a.b", 2);',
      'user_pref("b", 1);',
      '',
    ]);
  });

  it('sorts by the bytes of the names, not by their UTF-16 units', () => {
    const text = textOf(
      writePrefs(
        new Map([
          ['😀', 1],
          ['\uffee', 2],
          ['z', 3],
          ['é', 4],
        ]),
      ),
    );
    expect([...text.matchAll(/user_pref\("(.+?)"/g)].map((match) => match[1])).toEqual([
      'z',
      'é',
      '\uffee',
      '😀',
    ]);
  });

  it('has the lines of a file that Thunderbird wrote, in its order', () => {
    const bytes = readFileSync(new URL('data/thunderbird-153.prefs', import.meta.url));
    const lines = (text: string) => text.slice(text.indexOf('user_pref('));
    expect(lines(textOf(writePrefs(valuesOf(parsePrefs(bytes, 'modern')))))).toBe(lines(textOf(bytes)));
  });

  it.each(grammars)('says the same to a %s parser as the values it was made of', (grammar) => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const values = new Map(changes.flatMap(({ name, to }) => (to === null ? [] : [[name, to]])));
        const file = parsePrefs(writePrefs(values), grammar);
        expect(file.problems).toEqual([]);
        expect(valuesOf(file)).toEqual(values);
      }),
    );
  });
});

describe('a file that was read', () => {
  it('is printed byte for byte, whatever is in it', () => {
    fc.assert(
      fc.property(anyFile, anyGrammar, (bytes, grammar) => {
        const before = bytes.slice();
        expect(printPrefs(parsePrefs(bytes, grammar))).toEqual(before);
      }),
    );
  });
});
