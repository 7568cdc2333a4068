import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editPrefs } from '../../../src/formats/prefs/edit.ts';
import { parsePrefs } from '../../../src/formats/prefs/parse.ts';
import type { PrefGrammar, PrefsFile, PrefValue } from '../../../src/formats/prefs/prefs.ts';
import { anyChanges, anyFile, anyGrammar, textOf, utf8, valuesOf } from './prefs-texts.ts';

type Wanted = Record<string, PrefValue | null>;

const changesOf = (wanted: Wanted) => Object.entries(wanted).map(([name, to]) => ({ name, to }));

const edited = (text: string, wanted: Wanted, grammar: PrefGrammar = 'modern'): string =>
  textOf(editPrefs(parsePrefs(utf8(text), grammar), changesOf(wanted)));

const sorted = '// mine\n\nuser_pref("b", 1);\nuser_pref("d", "x");\nuser_pref("f", true);\n';

describe('a new value for a name that is there', () => {
  it.each<[string, string, Wanted, string]>([
    ['stands where the old one stood', sorted, { d: 'y' }, sorted.replace('"x"', '"y"')],
    ['may be of another type', sorted, { d: 5, f: 'on' }, sorted.replace('"x"', '5').replace('true', '"on"')],
    [
      'leaves the rest of the statement',
      "user_pref ( 'a',/* , */ - 5 /* was 4 */ ) ; // so\n",
      { a: 7 },
      "user_pref ( 'a',/* , */ 7 /* was 4 */ ) ; // so\n",
    ],
    [
      'goes into the last of several',
      'user_pref("a", 1);\nuser_pref("a", 2);\n',
      { a: 3 },
      'user_pref("a", 1);\nuser_pref("a", 3);\n',
    ],
    [
      "goes into the user's, not the default",
      'user_pref("a", 1);\npref("a", 2);\n',
      { a: 3 },
      'user_pref("a", 3);\npref("a", 2);\n',
    ],
    [
      'makes a default a value of the user',
      'pref("a", 2);sticky_pref ("b", 2);\n',
      { a: 2, b: 3 },
      'user_pref("a", 2);user_pref ("b", 3);\n',
    ],
    ['changes nothing if it is the same', "user_pref('a', +02);", { a: 2 }, "user_pref('a', +02);"],
    ['is escaped', 'user_pref("a", "x");', { a: 'C:\\n"ü"' }, 'user_pref("a", "C:\\\\n\\"ü\\"");'],
  ])('%s', (_rule, text, wanted, expected) => {
    expect(edited(text, wanted)).toBe(expected);
  });

  it('finds the value by the rules of old files, too', () => {
    expect(edited('lockPref("x\\", ,", //\x1a"C:\\x" );', { 'x", ,': 1 }, 'legacy')).toBe(
      'user_pref("x\\", ,", //\x1a1 );',
    );
    expect(edited("user_pref('a', -5/**/);", { a: false }, 'legacy')).toBe("user_pref('a', false/**/);");
  });
});

describe('taking a name out', () => {
  it.each<[string, string, Wanted, string]>([
    ['takes its line', sorted, { d: null }, '// mine\n\nuser_pref("b", 1);\nuser_pref("f", true);\n'],
    [
      'takes every line of that name',
      'user_pref("a", 1);\nuser_pref("b", 1);\npref("a", 2);\n',
      { a: null },
      'user_pref("b", 1);\n',
    ],
    [
      'takes the blanks around it',
      '\ufeff\t user_pref("a", 1); \r\nuser_pref("b", 1);',
      { a: null },
      '\ufeffuser_pref("b", 1);',
    ],
    [
      'takes all lines of a long one',
      'user_pref(\n"a",\n1);\nuser_pref("b", 1);\n',
      { a: null },
      'user_pref("b", 1);\n',
    ],
    [
      'takes a last line without an end',
      'user_pref("b", 1);\nuser_pref("a", 1);',
      { a: null },
      'user_pref("b", 1);\n',
    ],
    ['leaves a comment on the line', '/* x */ user_pref("a", 1); // y\n', { a: null }, '/* x */  // y\n'],
    [
      'leaves another statement on the line',
      'user_pref("a", 1); user_pref("b", 1);\n',
      { a: null },
      ' user_pref("b", 1);\n',
    ],
    [
      'takes a line on which all go',
      'user_pref("a", 1); user_pref("b", 1);\nuser_pref("c", 1);\n',
      { a: null, b: null },
      'user_pref("c", 1);\n',
    ],
    ['leaves damage', 'user_pref("a", 1);\nuser_pref("a" 2);\n', { a: null }, 'user_pref("a" 2);\n'],
    ['does nothing for a name that is not there', sorted, { x: null }, sorted],
    [
      'does not let junk become a byte order mark',
      'user_pref("a", 1);\n\ufeff;user_pref("b", 1);',
      { a: null },
      '\n\ufeff;user_pref("b", 1);',
    ],
  ])('%s', (_rule, text, wanted, expected) => {
    expect(edited(text, wanted)).toBe(expected);
  });
});

describe('a new name', () => {
  it.each<[string, string, Wanted, string]>([
    [
      'goes where it sorts',
      sorted,
      { c: 1, a: 2, g: 3 },
      '// mine\n\nuser_pref("a", 2);\nuser_pref("b", 1);\nuser_pref("c", 1);\nuser_pref("d", "x");\nuser_pref("f", true);\nuser_pref("g", 3);\n',
    ],
    [
      'stays in order with others at one place',
      sorted,
      { cc: 1, cb: 2, ca: 3 },
      sorted.replace(
        'user_pref("d"',
        'user_pref("ca", 3);\nuser_pref("cb", 2);\nuser_pref("cc", 1);\nuser_pref("d"',
      ),
    ],
    [
      'has the line end of the file',
      'user_pref("b", 1);\r\n',
      { a: 1, c: 1 },
      'user_pref("a", 1);\r\nuser_pref("b", 1);\r\nuser_pref("c", 1);\r\n',
    ],
    [
      'has the line end of an old Mac',
      '// x\ruser_pref("b", 1);\r',
      { c: 1 },
      '// x\ruser_pref("b", 1);\ruser_pref("c", 1);\r',
    ],
    [
      'gives a last line its end',
      'user_pref("b", 1);',
      { c: 1, d: 2 },
      'user_pref("b", 1);\nuser_pref("c", 1);\nuser_pref("d", 2);\n',
    ],
    [
      'leaves a comment with its line',
      'user_pref("b", 1); # b\n',
      { c: 1 },
      'user_pref("b", 1); # b\nuser_pref("c", 1);\n',
    ],
    [
      'stays out of a comment that goes on',
      'user_pref("b", 1); /* x\n*/\n',
      { c: 1 },
      'user_pref("b", 1);\nuser_pref("c", 1); /* x\n*/\n',
    ],
    [
      'goes between two statements on a line',
      'user_pref("a", 1); user_pref("c", 1);\n',
      { b: 1 },
      'user_pref("a", 1); user_pref("b", 1);\nuser_pref("c", 1);\n',
    ],
    ['is not sorted among defaults', 'pref("z", 1);\n', { a: 1 }, 'pref("z", 1);\nuser_pref("a", 1);\n'],
    [
      'goes before damage',
      'user_pref("b", 1);\nuser_pref("c", 1)\n',
      { d: 1 },
      'user_pref("b", 1);\nuser_pref("d", 1);\nuser_pref("c", 1)\n',
    ],
    [
      'goes behind damage',
      'x\n; user_pref("b", 1);\n',
      { a: 1 },
      'x\n; user_pref("a", 1);\nuser_pref("b", 1);\n',
    ],
    [
      'goes before a NUL',
      'user_pref("b", 1);\0\0user_pref("c", 1);\n',
      { d: 1 },
      'user_pref("b", 1);\nuser_pref("d", 1);\0\0user_pref("c", 1);\n',
    ],
    [
      'comes first where nothing is seen',
      '\ufeffuser_pref("a, 1);\n',
      { d: 1 },
      '\ufeffuser_pref("d", 1);\nuser_pref("a, 1);\n',
    ],
    ['comes first before NULs', '\0\0\0', { d: 1 }, 'user_pref("d", 1);\n\0\0\0'],
    ['ends a file of comments', '// x', { d: 1 }, '// x\nuser_pref("d", 1);\n'],
    ['begins an empty file', '', { d: 1 }, 'user_pref("d", 1);\n'],
    [
      'takes the place of those that go',
      '// x\nuser_pref("b", 1);\n// y\n',
      { b: null, a: 1 },
      '// x\nuser_pref("a", 1);\n// y\n',
    ],
  ])('%s', (_rule, text, wanted, expected) => {
    expect(edited(text, wanted)).toBe(expected);
  });

  it('goes before the point where an old program stops', () => {
    expect(edited('user_pref("b", 1);\nuseful\nuser_pref("c", 1);\n', { d: 1 }, 'legacy')).toBe(
      'user_pref("b", 1);\nuser_pref("d", 1);\nuseful\nuser_pref("c", 1);\n',
    );
    expect(edited('useful\n', { d: 1 }, 'legacy')).toBe('user_pref("d", 1);\nuseful\n');
  });

  it('is meant as the last change of that name says', () => {
    const file = parsePrefs(utf8(sorted), 'modern');
    const changes = [
      { name: 'b', to: null },
      { name: 'b', to: 2 },
      { name: 'd', to: 3 },
      { name: 'd', to: null },
    ];
    expect(textOf(editPrefs(file, changes))).toBe('// mine\n\nuser_pref("b", 2);\nuser_pref("f", true);\n');
  });
});

/** The bytes that no change may touch: all but the statements of the names. */
function untouched(file: PrefsFile, names: ReadonlySet<string>): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { name, start, end } of file.entries) {
    if (!names.has(name)) continue;
    parts.push(Buffer.from(file.source.subarray(at, start)));
    at = end;
  }
  return [...parts, Buffer.from(file.source.subarray(at))];
}

/** Are all bytes of `part` in `whole`, in their order? */
function runsThrough(whole: Uint8Array, part: Uint8Array): boolean {
  let found = 0;
  for (const byte of whole) if (found < part.length && byte === part[found]) found++;
  return found === part.length;
}

describe('the law of editing', () => {
  it('the program then sees the old values with the changes, whatever the file', () => {
    fc.assert(
      fc.property(anyFile, anyGrammar, anyChanges, (bytes, grammar, changes) => {
        const file = parsePrefs(bytes, grammar);
        const expected = valuesOf(file);
        for (const { name, to } of changes) {
          if (to === null) expected.delete(name);
          else expected.set(name, to);
        }
        expect(valuesOf(parsePrefs(editPrefs(file, changes), grammar))).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('without changes every byte stays', () => {
    fc.assert(
      fc.property(anyFile, anyGrammar, (bytes, grammar) => {
        expect(editPrefs(parsePrefs(bytes, grammar), [])).toEqual(bytes);
      }),
    );
  });

  it('what lies outside of the changed statements is all still there, in order', () => {
    fc.assert(
      fc.property(anyFile, anyGrammar, anyChanges, (bytes, grammar, changes) => {
        const file = parsePrefs(bytes, grammar);
        const wanted = changes.filter(({ to }) => to !== null);
        const names = new Set(wanted.map(({ name }) => name));
        expect(runsThrough(editPrefs(file, wanted), Buffer.concat(untouched(file, names)))).toBe(true);
      }),
    );
  });

  it('adding names and taking them out again gives the file of before', () => {
    const bytes = readFileSync(new URL('data/thunderbird-153.prefs', import.meta.url));
    const names = ['', 'aa', 'mail.server.server2.zz', 'zz', 'zz.é'];
    const more = editPrefs(
      parsePrefs(bytes, 'modern'),
      names.map((name) => ({ name, to: 'x' })),
    );
    const again = editPrefs(
      parsePrefs(more, 'modern'),
      names.map((name) => ({ name, to: null })),
    );
    expect(textOf(again)).toBe(textOf(bytes));
  });
});
