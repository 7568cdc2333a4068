/**
 * The page on which every report is written.
 */

import { describe, expect, it } from 'vitest';
import { withColour } from '../../../src/report/terminal/context.ts';
import { displayWidth, padTo } from '../../../src/report/terminal/display-width.ts';
import { createPage } from '../../../src/report/terminal/page.ts';
import { wrap } from '../../../src/report/terminal/wrap.ts';
import { plain } from '../support/context.ts';

const narrow = { ...plain, width: 20 };

describe('wrapping', () => {
  it('breaks at blanks', () => {
    expect(wrap('one two three four five', 10)).toEqual(['one two', 'three four', 'five']);
  });

  it('never cuts a word: a path stays whole', () => {
    expect(wrap('see /home/alice/.thunderbird/x now', 10)).toEqual([
      'see',
      '/home/alice/.thunderbird/x',
      'now',
    ]);
  });

  it('keeps blanks inside a line, since one too many can be the fault', () => {
    expect(wrap('imap.example.org  is', 40)).toEqual(['imap.example.org  is']);
    expect(wrap(' leading', 40)).toEqual([' leading']);
  });

  it('makes one empty line of nothing', () => {
    expect(wrap('', 10)).toEqual(['']);
    expect(wrap('   ', 10)).toEqual(['']);
  });
});

describe('columns', () => {
  it('counts wide characters as two', () => {
    expect(displayWidth('abc')).toBe(3);
    expect(displayWidth('日本')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('👩‍👩‍👧')).toBe(2);
    expect(displayWidth('…')).toBe(1);
    expect(padTo('日本', 6)).toBe('日本  ');
    expect(padTo('already longer', 3)).toBe('already longer');
  });
});

describe('a page', () => {
  it('puts a text below a label that leaves it no room', () => {
    const page = createPage(narrow);
    page.labelled('/home/alice/mail', 'is not there any more', { indent: 1, column: 4 });
    page.labelled('/home/alice/mail', 'ok', { column: 4 });
    expect(page.text()).toBe(' /home/alice/mail\n   is not there any\n   more\n/home/alice/mail ok\n');
  });

  it('puts the texts of fields in one column and wraps them there', () => {
    const page = createPage(narrow);
    page.fields([
      ['A', 'one two three four'],
      ['Long', 'five'],
    ]);
    expect(page.text()).toBe('A     one two three\n      four\nLong  five\n');
  });

  it('never wraps a field that is to stay whole', () => {
    const page = createPage(narrow);
    page.fields([['Folder', '/home/alice/Local Folders/here', 'whole']]);
    expect(page.text()).toBe('Folder  /home/alice/Local Folders/here\n');
  });

  it('never has two empty lines in a row, none at its start, and no blanks at the end of a line', () => {
    const page = createPage(narrow);
    page.blank();
    page.labelled('Label', '');
    page.blank();
    page.blank();
    page.paragraph('text');
    page.blank();
    expect(page.text()).toBe('Label\n\ntext\n');
  });

  it('takes no orders, wherever they stand', () => {
    const page = createPage(plain);
    const hostile = '\u001b[31mred\r\u202e';
    page.paragraph(`text ${hostile}`);
    page.labelled(hostile, hostile);
    page.fields([[hostile, hostile]]);
    page.command(hostile);
    page.verbatim(hostile);
    expect(page.text()).not.toContain('\u001b');
    expect(page.text()).not.toContain('\r');
    expect(page.text()).not.toContain('\u202e');
  });

  it('lets no line break forge a line', () => {
    const page = createPage(plain);
    page.paragraph('one\nNext: forged');
    expect(page.text()).toBe('one\\u{a}Next: forged\n');
  });

  it('colours what it prints after wrapping, so that the text alone is the same', () => {
    const coloured = createPage({ ...narrow, paint: withColour });
    const without = createPage(narrow);
    for (const page of [coloured, without]) {
      page.labelled('✗ Error:', 'one two three four', { labelTone: 'bad', tone: 'heading' });
      page.command('mailmend check');
    }
    expect(coloured.text()).toContain('\u001b[31m✗ Error:\u001b[39m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that a colour begins with
    expect(coloured.text().replace(/\u001b\[\d+m/g, '')).toBe(without.text());
  });
});
