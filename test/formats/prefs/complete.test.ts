import { describe, expect, it } from 'vitest';
import { isBlank, isComplete } from '../../../src/formats/prefs/complete.ts';
import { utf8 } from './prefs-texts.ts';

describe('a file that was written to its end', () => {
  it.each([
    ['user_pref("a", 1);\n', true],
    ['user_pref("a", 1);\r\n', true],
    ['user_pref("a", 1);\r', true],
    ['user_pref("a", 1);', false],
    ['user_pref("a", 1)\n', false],
    ['user_pref("a", ";\n', false],
    ['user_pref("a", \0);\n', false],
    ['user_pref("a", 1);\n\0\0', false],
    ['user_pref("a", 1);\nuser_pr', false],
    ['// nothing yet\n', false],
    ['\n', false],
    ['', false],
  ])('%j: %s', (text, complete) => {
    expect(isComplete(utf8(text))).toBe(complete);
  });
});

describe('a file with nothing in it', () => {
  it.each([
    ['', true],
    ['\0\0\0', true],
    [' \t\r\n\0', true],
    ['\0x', false],
    ['// nothing yet\n', false],
  ])('%j: %s', (text, blank) => {
    expect(isBlank(utf8(text))).toBe(blank);
  });
});
