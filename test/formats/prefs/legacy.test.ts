import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefs } from '../../../src/formats/prefs/parse.ts';
import type { PrefProblemCode, PrefValue } from '../../../src/formats/prefs/prefs.ts';
import { anyFile, latin1, legacy, pairs } from './prefs-texts.ts';

describe('what Gecko <= 59 sees in a preferences file', () => {
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
    ['# one\n// two\r/* three\n ** four */user_pref(/**/"a",//\n1/**/)/***/;', [['a', 1]]],
    ['// DOS\x1auser_pref("a", 1);', [['a', 1]]],
    ['user_pref("a", "one\ntwo");', [['a', 'one\ntwo']]],
    [
      'user_pref("a", +5);user_pref("b", -5);user_pref("c", 007);user_pref("d", -0);',
      [
        ['a', 5],
        ['b', -5],
        ['c', 7],
        ['d', 0],
      ],
    ],
    ['user_pref("a", "\\"\\\'\\\\\\n\\r");', [['a', '"\'\\\n\r']]],
    ['user_pref("a", "\\x41\\xe9\\u20ac\\ud83d\\ude00");', [['a', 'Aé€😀']]],
  ])('%j', (text, expected) => {
    const file = legacy(text);
    expect(pairs(file.entries)).toEqual(expected);
    expect(file.problems).toEqual([]);
    expect(file.end).toBe(file.source.length);
  });

  it.each<[string, string, string]>([
    ['an unknown letter', '\\q\\t', '\\q\\t'],
    ['a Windows path', 'C:\\Users\\Ann', 'C:\\Users\\Ann'],
    ['too few digits', '\\x4 \\u12g', '\\x4 \\u12g'],
    ['half a surrogate pair, which is dropped', 'x\\ud83dy\\ud83d\\n', 'xy\n'],
    ['two units that are no pair', '\\ud83d\\u0041', '\ufffdA'],
    ['a low surrogate alone', '\\ude00', '\ufffd'],
  ])('keeps what is no escape as it stands: %s', (_what, written, value) => {
    expect(pairs(legacy(`user_pref("a", "${written}");`).entries)).toEqual([['a', value]]);
  });

  it.each(['x\0y', 'x\\x00y', 'x\\u0000y'])('ends a string at its first NUL, as C does: %j', (written) => {
    expect(pairs(legacy(`user_pref("a", "${written}");user_pref("b", 1);`).entries)).toEqual([
      ['a', 'x'],
      ['b', 1],
    ]);
  });

  it.each([
    ['2147483648', -2147483648],
    ['4294967297', 1],
    ['-4294967297', -1],
    ['+0000000000000000000000000000007', 7],
    ['9223372036854775808', -1],
    ['-9223372036854775809', 0],
    ['99999999999999999999999', -1],
  ])('lets a number run over: %s', (digits, value) => {
    expect(pairs(legacy(`user_pref("a", ${digits});`).entries)).toEqual([['a', value]]);
  });

  it.each(['\ufeff; @ 12 "\'() \0\0 ;; ', 'ЖЖЖ', 'nothing of these\n'.replace(/[upsl]/g, '')])(
    'skips anything between statements but the letters u, p, s, l: %j',
    (junk) => {
      expect(pairs(legacy(`${junk}user_pref("a", 1);${junk}user_pref("b", 2);`).entries)).toEqual([
        ['a', 1],
        ['b', 2],
      ]);
    },
  );

  it('finds a keyword behind other letters', () => {
    expect(pairs(legacy('xuser_pref("a", 1);').entries)).toEqual([['a', 1]]);
  });

  it('takes defaults, the locked ones too', () => {
    const file = legacy('pref("a", 1);\nsticky_pref("b", 2);\nlockPref("c", 3);\n');
    expect(file.entries.map(({ keyword }) => keyword)).toEqual(['pref', 'sticky_pref', 'pref']);
  });

  it('shows bytes that are no UTF-8 as replacement characters', () => {
    const file = parsePrefs(latin1('user_pref("a", "J\xfcrgen");'), 'legacy');
    expect(pairs(file.entries)).toEqual([['a', 'J\ufffdrgen']]);
  });
});

describe('the first error, after which Gecko <= 59 sees nothing', () => {
  it.each<[string, PrefProblemCode, string]>([
    ['user_pref("a", 1)\n', 'missing-semicolon', '\n'],
    ['user_pref("a" 1);', 'missing-comma', ' 1);'],
    ['user_pref "a", 1);', 'missing-parenthesis', ' "a", 1);'],
    ['user_pref("a", 1;', 'bad-number', ';'],
    ['user_pref("a", true;', 'missing-parenthesis', ';'],
    ['user_pref("a", 1 , sticky);', 'attribute-not-allowed', ', sticky);'],
    ['user_pref(a, 1);', 'unexpected-character', 'a, 1);'],
    ['user_pref(# x\n"a", 1);', 'unexpected-character', '# x\n"a", 1);'],
    ['user_pref("a", TRUE);', 'unknown-value', 'TRUE);'],
    ['user_pref("a", -);', 'bad-number', '-);'],
    ['user_pref("a", - 5);', 'missing-parenthesis', '5);'],
    ['user_pref("a", 12a);', 'bad-number', 'a);'],
    ['user_pref("a", \0);', 'unknown-value', '\0);'],
    ['user_pref("a"\0, 1);', 'nul-byte', '\0, 1);'],
    ['user_pref("a", / 1);', 'unexpected-character', '/ 1);'],
    ['user_pref("a", \'x);', 'unterminated-string', "'x);"],
    ['useful', 'unknown-keyword', 'useful'],
    ['/* x', 'unterminated-comment', '/* x'],
    ['/ x', 'unexpected-character', '/ x'],
  ])('%j: %s', (wrong, code, from) => {
    const head = 'user_pref("ok", 1);\n';
    const text = `${head}${wrong}user_pref("lost", 1);\n`;
    const file = legacy(text);
    const offset = text.indexOf(from, head.length);
    expect(pairs(file.entries)).toEqual([['ok', 1]]);
    expect(file.problems).toMatchObject([{ code, line: 2, start: head.length, end: text.length }]);
    expect([file.problems[0]?.offset, file.end]).toEqual([offset, offset]);
  });
});

describe('a file that ends within a statement', () => {
  it.each<[string, PrefProblemCode]>([
    ['user_pr', 'unknown-keyword'],
    ['user_pref', 'missing-parenthesis'],
    ['user_pref("a', 'unterminated-string'],
    ['user_pref("a", "x\\n', 'unterminated-string'],
    ['user_pref("a", "x\\', 'unterminated-string'],
    ['user_pref("a", "x\\u00', 'unterminated-string'],
    ['user_pref("a", ', 'unknown-value'],
    ['user_pref("a", 1', 'missing-parenthesis'],
    ['user_pref("a", 1)', 'missing-semicolon'],
  ])('%j: %s, though the program does not mind', (cut, code) => {
    const file = legacy(`user_pref("ok", 1);\n${cut}`);
    expect(pairs(file.entries)).toEqual([['ok', 1]]);
    expect(file.problems).toMatchObject([{ code, line: 2, start: 20, end: 20 + cut.length }]);
  });
});

describe('any bytes', () => {
  it('are read without throwing; entries and problems keep to the file and to their order', () => {
    fc.assert(
      fc.property(anyFile, (bytes) => {
        const { entries, problems, end } = parsePrefs(bytes, 'legacy');
        const ranges = [...entries, ...problems];
        const bounds = [0, ...ranges.flatMap((range) => [range.start, range.end]), bytes.length];
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
        expect(end === bytes.length || problems.length === 1).toBe(true);
      }),
    );
  });
});
