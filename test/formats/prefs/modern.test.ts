import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefs } from '../../../src/formats/prefs/parse.ts';
import type { PrefProblemCode, PrefValue } from '../../../src/formats/prefs/prefs.ts';
import { anyFile, latin1, modern, pairs, utf8 } from './prefs-texts.ts';

describe('what Gecko >= 60 sees in a preferences file', () => {
  it.each<[string, [string, PrefValue][]]>([
    [
      'user_pref("a", "x");\nuser_pref("b", 1);\nuser_pref("c", false);\n',
      [
        ['a', 'x'],
        ['b', 1],
        ['c', false],
      ],
    ],
    ["user_pref('a', 'it \"is\"');", [['a', 'it "is"']]],
    ['  user_pref ( "a"\n,\t1 )\v;\f', [['a', 1]]],
    [
      'user_pref("a",1);user_pref("b",2);',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    ['# one\n// two\r/* three\n ** four */user_pref(/**/"a",//\n1#\n)/***/;', [['a', 1]]],
    ['\ufeffuser_pref("a", 1);', [['a', 1]]],
    ['user_pref("a", "one\ntwo\r\nthree");', [['a', 'one\ntwo\r\nthree']]],
    [
      'user_pref("a", +5);user_pref("b", -5);user_pref("c", - 5);user_pref("d", 007);user_pref("e", -0);',
      [
        ['a', 5],
        ['b', -5],
        ['c', -5],
        ['d', 7],
        ['e', 0],
      ],
    ],
    [
      'user_pref("a", 2147483647);user_pref("b", -2147483648);',
      [
        ['a', 2147483647],
        ['b', -2147483648],
      ],
    ],
    ['user_pref("\\"\\\'\\\\\\n\\r", "\\x41\\u00e9\\ud83d\\ude00");', [['"\'\\\n\r', 'Aé😀']]],
    ['user_pref("", 1);', [['', 1]]],
    ['user_pref("grün", "Jürgen 😀");', [['grün', 'Jürgen 😀']]],
    ['', []],
    [' \n\t', []],
  ])('%j', (text, expected) => {
    const file = modern(text);
    expect(pairs(file.entries)).toEqual(expected);
    expect(file.problems).toEqual([]);
    expect(file.end).toBe(utf8(text).length);
  });

  it('reads `\\xHH` as one raw byte of UTF-8', () => {
    expect(pairs(modern('user_pref("a", "\\xc3\\xa9 \\xe9");').entries)).toEqual([['a', 'é \ufffd']]);
  });

  it('shows bytes that are no UTF-8 as replacement characters', () => {
    const file = parsePrefs(latin1('user_pref("a", "J\xfcrgen");'), 'modern');
    expect(pairs(file.entries)).toEqual([['a', 'J\ufffdrgen']]);
  });

  it('takes defaults without complaint, the locked ones too', () => {
    const file = modern('pref("a", 1);\nsticky_pref("b", 2);\nlock_pref("c", 3);\n');
    expect(file.entries.map(({ keyword }) => keyword)).toEqual(['pref', 'sticky_pref', 'pref']);
    expect(file.problems).toEqual([]);
  });

  it('says where a statement stands: line, first byte, and end behind the semicolon', () => {
    const file = modern('\ufeff// é\r\n  user_pref("a",\r1);\nuser_pref("b", 2);');
    expect(file.entries).toEqual([
      { name: 'a', value: 1, keyword: 'user_pref', line: 2, start: 12, end: 30 },
      { name: 'b', value: 2, keyword: 'user_pref', line: 4, start: 31, end: 49 },
    ]);
  });
});

describe('what Gecko >= 60 loses, and where it goes on', () => {
  it.each<[string, PrefProblemCode, string, string[]]>([
    [
      'user_pref("a", 1)\nuser_pref("b", 2);\nuser_pref("c", 3);',
      'missing-semicolon',
      'user_pref("a", 1)\nuser_pref("b", 2);',
      ['c'],
    ],
    ['user_pref("a" 1);user_pref("c", 3);', 'missing-comma', 'user_pref("a" 1);', ['c']],
    ['user_pref"a", 1);user_pref("c", 3);', 'missing-parenthesis', 'user_pref"a", 1);', ['c']],
    ['user_pref("a", 1;user_pref("c", 3);', 'missing-parenthesis', 'user_pref("a", 1;', ['c']],
    [
      'user_pref("a", 1, sticky);user_pref("c", 3);',
      'attribute-not-allowed',
      'user_pref("a", 1, sticky);',
      ['c'],
    ],
    ['user_pref(a, 1);user_pref("c", 3);', 'unexpected-character', 'user_pref(a, 1);', ['c']],
    ['user_pref("a", TRUE);user_pref("c", 3);', 'unknown-value', 'user_pref("a", TRUE);', ['c']],
    ['user_pref("a", -x);user_pref("c", 3);', 'bad-number', 'user_pref("a", -x);', ['c']],
    ['user_pref("a", 12a);user_pref("c", 3);', 'bad-number', 'user_pref("a", 12a);', ['c']],
    ['user_pref("a", 1.5);user_pref("c", 3);', 'unexpected-character', 'user_pref("a", 1.5);', ['c']],
    [
      'user_pref("a", 2147483648);user_pref("c", 3);',
      'number-too-large',
      'user_pref("a", 2147483648);',
      ['c'],
    ],
    [
      'user_pref("a", -2147483649);user_pref("c", 3);',
      'number-too-large',
      'user_pref("a", -2147483649);',
      ['c'],
    ],
    [
      'user_pref("a", 99999999999);user_pref("c", 3);',
      'number-too-large',
      'user_pref("a", 99999999999);',
      ['c'],
    ],
    ['user_pref("a", "\\t");user_pref("c", 3);', 'bad-escape', 'user_pref("a", "\\t");', ['c']],
    [
      'user_pref("a", "C:\\Users; x");user_pref("c", 3);',
      'bad-escape',
      'user_pref("a", "C:\\Users; x");',
      ['c'],
    ],
    ['user_pref("a", "\\x4");user_pref("c", 3);', 'bad-escape', 'user_pref("a", "\\x4");', ['c']],
    ['user_pref("a", "\\x00");user_pref("c", 3);', 'bad-escape', 'user_pref("a", "\\x00");', ['c']],
    ['user_pref("a", "\\u0000");user_pref("c", 3);', 'bad-escape', 'user_pref("a", "\\u0000");', ['c']],
    ['user_pref("a", "\\u12");user_pref("c", 3);', 'bad-escape', 'user_pref("a", "\\u12");', ['c']],
    ['user_pref("a", "\\ude00");user_pref("c", 3);', 'bad-escape', 'user_pref("a", "\\ude00");', ['c']],
    [
      'user_pref("a", "\\ud83d\\u0041");user_pref("c", 3);',
      'bad-escape',
      'user_pref("a", "\\ud83d\\u0041");',
      ['c'],
    ],
    [
      'user_pref("a", "\\ud83d\\u00");user_pref("c", 3);',
      'bad-escape',
      'user_pref("a", "\\ud83d\\u00");',
      ['c'],
    ],
    ['user_pref("a", "\\ud83d");user_pref("c", 3);', 'bad-escape', 'user_pref("a", "\\ud83d");', ['c']],
    ['user_pref("a", "\\\n");user_pref("c", 3);', 'bad-escape', 'user_pref("a", "\\\n");', ['c']],
    ['user_pref("a", "x);\n', 'unterminated-string', 'user_pref("a", "x);\n', []],
    ['user_pref("a", "x\\', 'bad-escape', 'user_pref("a", "x\\', []],
    ['/* user_pref("a", 1);', 'unterminated-comment', '/* user_pref("a", 1);', []],
    ['userpref("a", 1);user_pref("c", 3);', 'unknown-keyword', 'userpref("a", 1);', ['c']],
    ['lockPref("a", 1);user_pref("c", 3);', 'unknown-keyword', 'lockPref("a", 1);', ['c']],
    [';user_pref("c", 3);', 'unexpected-character', ';', ['c']],
    ['/ x;user_pref("c", 3);', 'unexpected-character', '/ x;', ['c']],
    ['@;user_pref("c", 3);', 'unexpected-character', '@;', ['c']],
    ['user_pref("c", 3);user_pref("a", ', 'unknown-value', 'user_pref("a", ', ['c']],
  ])('%j: %s', (text, code, lost, seen) => {
    const file = modern(text);
    const [problem] = file.problems;
    expect(file.problems).toHaveLength(1);
    expect(problem).toMatchObject({ code });
    expect(text.slice(problem?.start, problem?.end)).toBe(lost);
    expect(file.entries.map(({ name }) => name)).toEqual(seen);
  });

  it('ends a string at the backslash and quote that follow half a surrogate pair', () => {
    const file = modern('user_pref("a", "\\ud83d\\");user_pref("c", 3);');
    expect(file.problems.map(({ code }) => code)).toEqual(['bad-escape']);
    expect(pairs(file.entries)).toEqual([['c', 3]]);
  });

  it('loses every line after an open string while the quotes stand the wrong way round', () => {
    const file = modern('user_pref("a", "Ann);\nuser_pref("b", 2);\nuser_pref("c", "x");\n');
    expect(pairs(file.entries)).toEqual([]);
    expect(file.problems).toMatchObject([{ start: 0, end: file.source.length }]);
  });

  it('goes on after an open string once an odd number of quotes has turned them back', () => {
    const file = modern(
      'user_pref("a", "Ann);\nuser_pref("b", 2);\nuser_pref("c", "\\"");\nuser_pref("d", 4);\n',
    );
    expect(pairs(file.entries)).toEqual([['d', 4]]);
  });

  it('names the line in which something is missing, not the next one', () => {
    const file = modern('user_pref("a", 1)\n\nuser_pref("b", 2);\n');
    expect(file.problems).toEqual([{ code: 'missing-semicolon', line: 1, offset: 17, start: 0, end: 37 }]);
  });
});

describe('NUL bytes in a file of Gecko >= 60', () => {
  it('are the end of the file', () => {
    const file = modern('user_pref("a", 1);\n\0user_pref("b", 2);\n');
    expect(pairs(file.entries)).toEqual([['a', 1]]);
    expect(file.end).toBe(19);
    expect(file.problems).toEqual([{ code: 'nul-byte', line: 2, offset: 19, start: 19, end: 39 }]);
  });

  it('cut the statement that they stand in', () => {
    const file = modern('user_pref("a", 1);\nuser_pref("b", \0\0\0');
    expect(file.problems.map(({ code, start, end }) => [code, start, end])).toEqual([
      ['unknown-value', 19, 34],
      ['nul-byte', 34, 37],
    ]);
  });

  it.each([
    ['a line comment', '// x\0user_pref("a", 1);', [['a', 1]]],
    ['a string', 'user_pref("b", "x\0;user_pref("a", 1);', [['a', 1]]],
    ['a block comment', '/* x\0;user_pref("a", 1);', [['a', 1]]],
    ['a lone slash', '/\0;user_pref("a", 1);', [['a', 1]]],
    ['an escape', 'user_pref("b", "\\\0");user_pref("a", 1);', [['a', 1]]],
  ])('are used up by %s, and reading goes on', (_where, text, expected) => {
    const file = modern(text);
    expect(pairs(file.entries)).toEqual(expected);
    expect(file.end).toBe(text.length);
  });
});

describe('beside Thunderbird 153', () => {
  interface Recorded {
    bytes: string;
    failed: boolean;
    user: Record<string, PrefValue>;
    defaults: Record<string, PrefValue>;
  }
  const recorded: Recorded[] = readFileSync(
    new URL('data/thunderbird-153-saw.jsonl', import.meta.url),
    'utf8',
  )
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

  it.each(recorded)('sees the same in $bytes', ({ bytes, failed, user, defaults }) => {
    const file = parsePrefs(new Uint8Array(Buffer.from(bytes, 'base64')), 'modern');
    const seen = (isUser: boolean) =>
      Object.fromEntries(pairs(file.entries.filter((entry) => (entry.keyword === 'user_pref') === isUser)));
    expect({ user: seen(true), defaults: seen(false) }).toEqual({ user, defaults });
    expect(file.problems.some(({ code }) => code !== 'nul-byte')).toBe(failed);
  });

  it('reads every line of a file that it wrote', () => {
    const bytes = readFileSync(new URL('data/thunderbird-153.prefs', import.meta.url));
    const file = parsePrefs(bytes, 'modern');
    expect(file.problems).toEqual([]);
    expect(file.entries).toHaveLength(bytes.toString().match(/^user_pref/gm)?.length ?? 0);
  });
});

describe('any bytes', () => {
  it('are read without throwing; entries and problems keep to the file and to their order', () => {
    fc.assert(
      fc.property(anyFile, (bytes) => {
        const { entries, problems, end } = parsePrefs(bytes, 'modern');
        const ranges = [...entries, ...problems].sort((a, b) => a.start - b.start);
        const bounds = [0, ...ranges.flatMap((range) => [range.start, range.end]), bytes.length];
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
        for (const { start, offset, end: last } of problems) {
          expect(start <= offset && offset <= last).toBe(true);
        }
        expect(end <= bytes.length).toBe(true);
      }),
    );
  });
});
