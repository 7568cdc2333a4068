/**
 * Breaks a text into lines at blanks. Words are never cut: a path or a command that is longer than the line stays
 * whole, so that it can be copied. Runs of blanks inside a line are kept: a blank too many can be the fault.
 */

import { displayWidth } from './display-width.ts';

export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const [, blanks = '', word = ''] of text.matchAll(/( *)([^ ]+)/g)) {
    const wordWidth = displayWidth(word);
    if (line !== '' && width + blanks.length + wordWidth > columns) {
      lines.push(line);
      line = word;
      width = wordWidth;
    } else {
      line += blanks + word;
      width += blanks.length + wordWidth;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}
