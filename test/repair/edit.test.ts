/** Single keys of settings files: changed, and taken back after the program has written the file since. */

import { describe, expect, test } from 'vitest';
import { parsePrefs } from '../../src/formats/prefs/parse.ts';
import { effectiveValues } from '../../src/formats/prefs/values.ts';
import { conflictInWords, type KeyConflict, type TakenBack, undecided } from '../../src/repair/conflict.ts';
import {
  type EditOperation,
  edited,
  isEdit,
  isSameFile,
  takenBack as takenBackIfReadable,
} from '../../src/repair/edit.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (found: Uint8Array | null): string | null =>
  found === null ? null : new TextDecoder().decode(found);

/** Keys need no file of before. */
function takenBack(...[operation, now, decide]: [EditOperation, Uint8Array, typeof undecided]): TakenBack {
  return takenBackIfReadable(operation, now, new Uint8Array(), decide) ?? expect.unreachable();
}

const effectiveOf = (found: Uint8Array | null): Record<string, unknown> =>
  Object.fromEntries(
    [...effectiveValues(parsePrefs(found ?? new Uint8Array(), 'modern'))].map(([name, { value }]) => [
      name,
      value,
    ]),
  );
const base = { path: '/p/prefs.js', why: 'why' };

const prefs: EditOperation = {
  ...base,
  op: 'edit-prefs',
  changes: [
    { name: 'a', from: 1, to: 2 },
    { name: 'b', from: null, to: 'new' },
    { name: 'c', from: true, to: null },
  ],
};

const ini: EditOperation = {
  ...base,
  path: '/p/profiles.ini',
  op: 'edit-ini',
  changes: [
    { section: 'General', key: 'Start', from: '1', to: '0' },
    { section: 'Install1', key: 'Default', from: null, to: 'fresh' },
    { section: 'Old', key: 'Name', from: 'gone', to: null },
  ],
};

const prefsBefore = 'user_pref("a", 1);\nuser_pref("c", true);\n';
const prefsAfter = 'user_pref("a", 2);\nuser_pref("b", "new");\n';
const iniBefore = '[General]\nStart=1\n\n[Old]\nName=gone\n\n[Other]\nk=v\n';

describe('editing', () => {
  test('prefs change line by line', () => {
    expect(text(edited(prefs, bytes(prefsBefore)))).toBe(prefsAfter);
  });

  test('ini files change key by key, and a section goes with its last key', () => {
    expect(text(edited(ini, bytes(iniBefore)))).toBe(
      '[General]\nStart=0\n\n[Other]\nk=v\n\n[Install1]\nDefault=fresh\n',
    );
  });

  test('what is not as the plan expects it is named, with control characters escaped', () => {
    const bell = 'user_pref("a", "\u0007");\nuser_pref("b", 3);\n';
    expect(() => edited(prefs, bytes(bell))).toThrow(
      /a: expected 1, found "\\u0007"; b: expected not set, found 3; c: expected true, found not set/,
    );
  });

  test('the old grammar reads on where the new one stops', () => {
    const path = 'C:\\mail';
    const source = bytes('user_pref("p", "C:\\mail");\n');
    const changes = [{ name: 'p', from: path, to: 'x' }];
    expect(text(edited({ ...base, op: 'edit-prefs', grammar: 'legacy', changes }, source))).toBe(
      'user_pref("p", "x");\n',
    );
    expect(() => edited({ ...base, op: 'edit-prefs', changes }, source)).toThrow(
      /p: expected .*, found not set/,
    );
  });

  test('a value that the file cannot hold is refused', () => {
    const tooLarge: EditOperation = {
      ...base,
      op: 'edit-prefs',
      changes: [{ name: 'a', from: null, to: 2 ** 40 }],
    };
    const twoLines: EditOperation = {
      ...base,
      op: 'edit-ini',
      changes: [{ section: 'S', key: 'k', from: null, to: 'a\nb' }],
    };
    for (const operation of [tooLarge, twoLines])
      expect(() => edited(operation, null)).toThrow(
        expect.objectContaining({ code: 'PLAN_INVALID', exit: 3 }),
      );
  });

  test('two values for one key cannot both be read back', () => {
    const changes = [
      { section: 'S', key: 'k', from: null, to: 'a' },
      { section: 'S', key: 'k', from: null, to: 'b' },
    ];
    expect(() => edited({ ...base, op: 'edit-ini', changes }, null)).toThrow(
      /\[S\] k would not be read back/,
    );
  });
});

describe('taking back', () => {
  test('our keys go back, the program’s own stay', () => {
    const since = 'user_pref("a", 2);\nuser_pref("aa", "theirs");\nuser_pref("b", "new");\n';
    const { bytes: back, conflicts } = takenBack(prefs, bytes(since), undecided);
    expect(conflicts).toEqual([]);
    expect(text(back)).toBe('user_pref("a", 1);\nuser_pref("aa", "theirs");\nuser_pref("c", true);\n');
  });

  test('a key that is back already is left', () => {
    expect(takenBack(prefs, bytes(prefsBefore), undecided)).toEqual({
      bytes: null,
      conflicts: [],
      stays: [],
    });
  });

  test('a key that both have changed is a conflict, and the person decides', () => {
    const since = bytes('user_pref("a", 7);\nuser_pref("b", "new");\nuser_pref("c", true);\n');
    const conflict: KeyConflict = { path: '/p/prefs.js', key: 'a', before: 1, ours: 2, theirs: 7 };
    expect(takenBack(prefs, since, undecided).conflicts).toEqual([conflict]);
    expect(conflictInWords(conflict)).toBe('/p/prefs.js: a was 1, mailmend made it 2, now it is 7');
    expect(text(takenBack(prefs, since, () => 'keep').bytes)).toBe(
      'user_pref("a", 7);\nuser_pref("c", true);\n',
    );
    expect(text(takenBack(prefs, since, () => 'take-back').bytes)).toBe(
      'user_pref("a", 1);\nuser_pref("c", true);\n',
    );
  });

  test('a file that the program has saved in its own way: sorted, other comments, what has its default left out', () => {
    const since = [
      '// Mozilla User Preferences',
      '',
      '// DO NOT EDIT THIS FILE.',
      '',
      'user_pref("b", "new");',
      'user_pref("a", 2);',
      'user_pref("z", "theirs");',
      '',
    ].join('\n');
    const { bytes: back, conflicts } = takenBack(prefs, bytes(since), undecided);
    expect(conflicts).toEqual([]);
    expect(effectiveOf(back)).toEqual({ a: 1, c: true, z: 'theirs' });
    expect(text(back)).toMatch(/^\/\/ Mozilla User Preferences\n\n\/\/ DO NOT EDIT THIS FILE\.\n/);
  });

  test('what the program has dropped, or made of another type, is shown as it is', () => {
    const since = bytes('user_pref("b", 5);\n');
    const { conflicts } = takenBack(prefs, since, undecided);
    expect(conflicts.map(conflictInWords)).toEqual([
      '/p/prefs.js: a was 1, mailmend made it 2, now it is not set',
      '/p/prefs.js: b was not set, mailmend made it "new", now it is 5',
    ]);
    expect(effectiveOf(takenBack(prefs, since, () => 'keep').bytes)).toEqual({ b: 5, c: true });
    expect(effectiveOf(takenBack(prefs, since, () => 'take-back').bytes)).toEqual({ a: 1, c: true });
    const asText = takenBack(prefs, bytes('user_pref("a", "2");\n'), undecided).conflicts;
    expect(asText.map(conflictInWords)).toEqual(['/p/prefs.js: a was 1, mailmend made it 2, now it is "2"']);
  });

  test('ini files too, with the section that was removed', () => {
    const since = '[General]\nStart=0\nVersion=2\n\n[Other]\nk=v\n\n[Install1]\nDefault=fresh\n';
    const { bytes: back, conflicts } = takenBack(ini, bytes(since), undecided);
    expect(conflicts).toEqual([]);
    expect(text(back)).toContain('[General]\nStart=1\nVersion=2\n');
    expect(text(back)).toContain('[Old]\nName=gone\n');
    expect(text(back)).not.toContain('Install1');
    const partly = takenBack(ini, bytes('[General]\nStart=1\n\n[Install1]\nDefault=fresh\n'), undecided);
    expect(text(partly.bytes)).toBe('[General]\nStart=1\n\n[Old]\nName=gone\n');
  });
});

describe('whose file it is', () => {
  test('all of our keys say that it is the same file, some do not', () => {
    expect(isSameFile(prefs, bytes(prefsAfter), null)).toBe(true);
    expect(isSameFile(prefs, bytes('user_pref("a", 7);\nuser_pref("b", "new");\n'), null)).toBe(false);
    expect(isSameFile(prefs, bytes(prefsBefore), null)).toBe(false);
  });

  test('only edits are about single pieces', () => {
    expect([prefs, ini].every(isEdit)).toBe(true);
    expect(isEdit({ op: 'move-aside', path: '/p/prefs.js', why: 'why' })).toBe(false);
    expect(isEdit(undefined)).toBe(false);
  });
});
