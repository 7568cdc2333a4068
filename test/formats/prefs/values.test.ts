import { describe, expect, it } from 'vitest';
import { modern, valuesOf } from './prefs-texts.ts';

describe('the value that counts', () => {
  it.each([
    ['the last one', 'user_pref("a", 1);user_pref("b", 2);user_pref("a", "x");', { a: 'x', b: 2 }],
    ["the user's, even before a default", 'user_pref("a", 1);pref("a", 2);sticky_pref("a", 3);', { a: 1 }],
    ["the user's, after a default", 'pref("a", 2);user_pref("a", 1);', { a: 1 }],
    ['the last default, if there is nothing else', 'pref("a", 1);sticky_pref("a", 2);', { a: 2 }],
    ['none of a name that is only in damage', 'user_pref("a", 1, locked);', {}],
  ])('is %s', (_rule, text, values) => {
    expect(Object.fromEntries(valuesOf(modern(text)))).toEqual(values);
  });
});
