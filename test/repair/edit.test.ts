/** Single keys of settings files: changed, and taken back after the program has written the file since. */

import { describe, expect, test } from 'vitest';
import { type EditOperation, edited, type KeyConflict, takenBack } from '../../src/repair/edit.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (found: Uint8Array | null): string | null =>
  found === null ? null : new TextDecoder().decode(found);
const undecided = (): null => null;
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
    { section: 'Profile1', key: 'Name', from: null, to: 'fresh' },
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
      '[General]\nStart=0\n\n[Other]\nk=v\n\n[Profile1]\nName=fresh\n',
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
    expect(takenBack(prefs, bytes(prefsBefore), undecided)).toEqual({ bytes: null, conflicts: [] });
  });

  test('a key that both have changed is a conflict, and the person decides', () => {
    const since = bytes('user_pref("a", 7);\nuser_pref("b", "new");\nuser_pref("c", true);\n');
    const conflict: KeyConflict = { path: '/p/prefs.js', key: 'a', before: 1, ours: 2, theirs: 7 };
    expect(takenBack(prefs, since, undecided).conflicts).toEqual([conflict]);
    expect(text(takenBack(prefs, since, () => 'keep').bytes)).toBe(
      'user_pref("a", 7);\nuser_pref("c", true);\n',
    );
    expect(text(takenBack(prefs, since, () => 'take-back').bytes)).toBe(
      'user_pref("a", 1);\nuser_pref("c", true);\n',
    );
  });

  test('ini files too, with the section that was removed', () => {
    const since = '[General]\nStart=0\nVersion=2\n\n[Other]\nk=v\n\n[Profile1]\nName=fresh\n';
    const { bytes: back, conflicts } = takenBack(ini, bytes(since), undecided);
    expect(conflicts).toEqual([]);
    expect(text(back)).toContain('[General]\nStart=1\nVersion=2\n');
    expect(text(back)).toContain('[Old]\nName=gone\n');
    expect(text(back)).not.toContain('Profile1');
    const partly = takenBack(ini, bytes('[General]\nStart=1\n\n[Profile1]\nName=fresh\n'), undecided);
    expect(text(partly.bytes)).toBe('[General]\nStart=1\n\n[Old]\nName=gone\n');
  });
});
