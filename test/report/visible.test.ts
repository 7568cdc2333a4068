/**
 * What a profile holds is hostile (design.md 6.11): nothing of it may reach the terminal as an order.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible, visibleJson } from '../../src/report/visible.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const orders = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe('text out of a profile', () => {
  it.each([
    ['a terminal escape', '\u001b[2Jgone', '\\u{1b}[2Jgone'],
    ['the one-byte escape of C1', '\u009b2J', '\\u{9b}2J'],
    ['a title change with its bell', '\u001b]0;root\u0007', '\\u{1b}]0;root\\u{7}'],
    ['a carriage return that overwrites the line', 'evil\rgood', 'evil\\u{d}good'],
    ['a line break', 'one\ntwo', 'one\\u{a}two'],
    ['a right-to-left override', 'exe.\u202egpj', 'exe.\\u{202e}gpj'],
    ['an isolate', '\u2067abc\u2069', '\\u{2067}abc\\u{2069}'],
    ['a blank without width', 'imap\u200b.example.org', 'imap\\u{200b}.example.org'],
    ['invisible tags', 'a\u{e0041}', 'a\\u{e0041}'],
    ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
  ])('%s is written out', (_what, hostile, shown) => {
    expect(visible(hostile)).toBe(shown);
  });

  it('that is only foreign stays as it is', () => {
    for (const text of ['Grüße', '日本語', 'नमस्ते', 'می‌خواهم', '👩‍👩‍👧', 'C:\\Users\\a', ''])
      expect(visible(text)).toBe(text);
  });

  it('never holds anything that a terminal obeys, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(orders);
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });
});

describe('JSON', () => {
  it('holds nothing that a terminal obeys, and still means the same', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (value) => {
        const json = visibleJson(JSON.stringify(value, null, 2));
        expect(json.replaceAll('\n', '')).not.toMatch(orders);
        expect(JSON.parse(json)).toEqual(value);
      }),
    );
  });
});
