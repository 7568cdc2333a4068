import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefs } from '../../../src/formats/prefs/parse.ts';
import type { PrefValue } from '../../../src/formats/prefs/prefs.ts';
import { writePrefs } from '../../../src/formats/prefs/print.ts';
import { lostTo, salvagePrefs } from '../../../src/formats/prefs/salvage.ts';
import { anyFile, anyGrammar, anyValue, legacy, modern, pairs, utf8 } from './prefs-texts.ts';

const salvaged = (text: string): [string, PrefValue][] => pairs(salvagePrefs(utf8(text)));

describe('what can still be read out of a damaged file', () => {
  it.each<[string, string, [string, PrefValue][]]>([
    [
      'a healthy file',
      'user_pref("a", 1);\npref("b", 2);\n',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    [
      'a missing semicolon',
      'user_pref("a", 1)\nuser_pref("b", 2);\n',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    [
      'a missing semicolon before a comment',
      'user_pref("a", 1) // x\nuser_pref("b", 2);\n',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    [
      'a missing semicolon within a line',
      'user_pref("a", 1) user_pref("b", 2);\n',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    [
      'a missing semicolon at the end',
      'user_pref("b", 2);\nuser_pref("a", 1)\n',
      [
        ['b', 2],
        ['a', 1],
      ],
    ],
    [
      'an open value',
      'user_pref("a", "Ann);\nuser_pref("b", "x");\nuser_pref("c", 3);\n',
      [
        ['b', 'x'],
        ['c', 3],
      ],
    ],
    ['an open name', 'user_pref("a, "x");\nuser_pref("b", "x");\n', [['b', 'x']]],
    ['a string without its first quote', 'user_pref("a", Ann");\nuser_pref("b", "x");\n', [['b', 'x']]],
    [
      'two open strings of two kinds',
      'user_pref("a", "x);\nuser_pref(\'b\', \'y);\nuser_pref("c", 3);\n',
      [['c', 3]],
    ],
    [
      'a run of NULs',
      'user_pref("a", 1);\nuser_pref("b", "x\0\0\0\0nn");\nuser_pref("c", 3);\n',
      [
        ['a', 1],
        ['c', 3],
      ],
    ],
    [
      'NULs between lines',
      'user_pref("a", 1);\n\0\0\0user_pref("c", 3);\n',
      [
        ['a', 1],
        ['c', 3],
      ],
    ],
    [
      'junk',
      'user_pref("a", 1);\n<<<< HEAD\nuser_pref("b", 2);\nuser_pref("c", 3);\n',
      [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ],
    ],
    ['a string in junk', 'x "user_pref(\'no\', 1);" user_pref("b", 2);\n', [['b', 2]]],
    [
      'an open comment',
      'user_pref("a", 1);\n/* note\nuser_pref("b", 2);\n',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    [
      'an attribute',
      'user_pref("a", 1, sticky, locked);user_pref("b", 2);',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    ['an escape of old programs', 'user_pref("a", "C:\\Users\\tom");', [['a', 'C:\\Users\\tom']]],
    ['a lost comma', 'user_pref("a" 1);user_pref("b", +2);', [['b', 2]]],
    ['a doubled keyword', 'user_pref(user_pref("b", - 2);', [['b', -2]]],
    ['a lost parenthesis', 'user_pref("a", true\nuser_pref("b", false);\n', [['b', false]]],
  ])('%s', (_damage, text, expected) => {
    expect(salvaged(text)).toEqual(expected);
  });

  it('reads on behind a healthy string over two lines that stands in damage', () => {
    const text = 'user_pref("x", 1)\nuser_pref("a", \'one\nuser_pref("no", 1);\n\');\nuser_pref("b", 2);\n';
    expect(salvaged(text)).toEqual([
      ['x', 1],
      ['a', 'one\nuser_pref("no", 1);\n'],
      ['b', 2],
    ]);
  });

  it('says line and range of what it found', () => {
    expect(salvagePrefs(utf8('user_pref("a", 1)\n\nuser_pref("b", 2);\n'))).toEqual([
      { name: 'a', value: 1, keyword: 'user_pref', line: 1, start: 0, end: 17 },
      { name: 'b', value: 2, keyword: 'user_pref', line: 3, start: 19, end: 37 },
    ]);
  });
});

describe('what is never made up', () => {
  it.each([
    ['a cut name', 'user_pref("mail.serv'],
    ['a cut string', 'user_pref("a", "imap.exam'],
    ['a cut number', 'user_pref("a", 14'],
    ['a cut number before the next line', 'user_pref("a", 14\n'],
    ['a line cut behind its parenthesis', 'user_pref("a", 1)'],
    ['a line cut by NULs behind its parenthesis', 'user_pref("a", 1)\0\0\n'],
    ['a string cut by NULs', 'user_pref("a", "x\0\0");\n'],
    ['text in a comment', '# user_pref("a", 1);\n// user_pref("b", 1);\n/* user_pref("c", 1);\n*/;'],
    ['text in a comment in damage', '; # user_pref("a", 1);\n; /*\nuser_pref("c", 1);\n*/ x'],
    ['text in a comment behind damage on the line before', 'user_pref("x",\n/*\nuser_pref("c", 1);\n*/ x'],
    ['text behind an open comment on its line', '/* user_pref("a", 1);\n'],
    ['text in an open string on its line', 'user_pref("x", "user_pref(\'a\', 1);\n'],
    ['a number that is too large', 'user_pref("a", 4294967296);'],
    ['a number that is none', 'user_pref("a", 1.5);user_pref("b", 12x);user_pref("c", +);'],
    ['a word that is no value', 'user_pref("a", trueish);user_pref("b", null);'],
    ['a string with half a surrogate pair', 'user_pref("a", "\\ud83d");'],
    ['a string with an escaped NUL', 'user_pref("a", "x\\x00y");'],
    ['a name of nothing', 'user_pref("", 1)\n'],
    ['an unknown attribute', 'user_pref("a", 1, forever);'],
    ['another function', 'lockPref("a", 1);my_user_pref("b", 1);'],
  ])('%s', (_what, text) => {
    expect(salvaged(text)).toEqual([]);
  });

  it('nothing is read twice from a healthy string', () => {
    const text = 'user_pref("a", \'\nuser_pref("no", 1);\n\');\n;\nuser_pref("b", 2);\n';
    expect(salvaged(text)).toEqual([
      ['a', '\nuser_pref("no", 1);\n'],
      ['b', 2],
    ]);
  });
});

describe('what is lost to the program', () => {
  it.each<[string, string, [string, PrefValue][]]>([
    ['nothing in a healthy file', 'user_pref("a", 1);\n', []],
    [
      'both lines around a missing semicolon',
      'user_pref("a", 1)\nuser_pref("b", 2);\nuser_pref("c", 3);\n',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    ['everything behind a NUL', 'user_pref("a", 1);\n\0\nuser_pref("b", 2);\n', [['b', 2]]],
    ['not what it sees elsewhere with the same value', 'user_pref("a", 1);\n;user_pref("a", 1)\n', []],
    ['a later value of a name that it sees', 'user_pref("a", 1);\nuser_pref("a", 2)\n', [['a', 2]]],
    ['not what a later line replaces', 'user_pref("a", 1, sticky);\nuser_pref("a", 2);\n', []],
  ])('%s', (_what, text, expected) => {
    expect(pairs(lostTo(modern(text)))).toEqual(expected);
  });

  it('is all behind the first error for Gecko <= 59, read by its own rules', () => {
    const file = legacy(
      'user_pref("a", 1);\nuser_pref("b" 2);\nuser_pref("c", "\\xe9\\q");\nuser_pref("a", 1);\n',
    );
    expect(pairs(lostTo(file))).toEqual([['c', 'é\\q']]);
  });

  it('is what a cut leaves behind it, whichever line it hits', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2 });
    fc.assert(
      fc.property(names, fc.array(anyValue, { minLength: 5, maxLength: 5 }), fc.nat(), (keys, values, at) => {
        const all = new Map<string, PrefValue>(keys.map((name, index) => [name, values[index] ?? 0]));
        const lines = Buffer.from(writePrefs(all))
          .toString('utf8')
          .split(/(?<=\n)/);
        const hit = 2 + (at % keys.length);
        const damaged = lines.with(hit, (lines[hit] ?? '').replace(/\);\n$/, '\n')).join('');
        const file = modern(damaged);
        const known = new Map([...pairs(file.entries), ...pairs(lostTo(file))]);
        all.delete([...all.keys()].toSorted()[hit - 2] ?? '');
        expect(known).toEqual(all);
      }),
    );
  });
});

describe('a real file with one byte too few or too many', () => {
  const source = readFileSync(new URL('data/thunderbird-153.prefs', import.meta.url));
  const whole = new Map(pairs(parsePrefs(source, 'modern').entries));

  it.each(['', '"', "'", '\\', '/*', '#', ';', '\n', '(', '\0'])(
    '%j: only the setting that was hit can be gone or other',
    (damage) => {
      fc.assert(
        fc.property(fc.nat(source.length - 1), (at) => {
          const tail = source.subarray(damage === '' ? at + 1 : at);
          const found = salvagePrefs(
            new Uint8Array(Buffer.concat([source.subarray(0, at), Buffer.from(damage), tail])),
          );
          const names = new Set(found.map(({ name }) => name));
          expect([...whole.keys()].filter((name) => !names.has(name)).length).toBeLessThanOrEqual(1);
          expect(found.filter(({ name, value }) => whole.get(name) !== value).length).toBeLessThanOrEqual(1);
        }),
      );
    },
  );
});

describe('any bytes', () => {
  it('give at least what the program sees, in order and without overlap', () => {
    fc.assert(
      fc.property(anyFile, (bytes) => {
        const found = salvagePrefs(bytes);
        for (const entry of parsePrefs(bytes, 'modern').entries) expect(found).toContainEqual(entry);
        const bounds = [0, ...found.flatMap(({ start, end }) => [start, end]), bytes.length];
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
      }),
    );
  });

  it('give as lost only what salvage finds and the program does not use', () => {
    fc.assert(
      fc.property(anyFile, anyGrammar, (bytes, grammar) => {
        const file = parsePrefs(bytes, grammar);
        for (const lost of lostTo(file)) {
          expect(file.entries.some(({ start, end }) => start < lost.end && lost.start < end)).toBe(false);
        }
      }),
    );
  });
});
