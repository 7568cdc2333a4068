/**
 * A page of text for a terminal or a pipe: paragraphs, labelled values, commands, wrapped and coloured.
 * Every report is written with it, and everything it is given is made harmless here (visible.ts), so that no report can
 * forget to.
 */

import { visible } from '../visible.ts';
import type { ReportContext, Tone } from './context.ts';
import { displayWidth, padTo } from './display-width.ts';
import { wrap } from './wrap.ts';

export type PageContext = Pick<ReportContext, 'width' | 'paint'>;

export interface LabelledOptions {
  indent?: number;
  /** Columns from the indent to the text; at least one blank after the label. */
  column?: number;
  labelTone?: Tone;
  tone?: Tone;
  /** Never wrapped: a path with blanks in it. */
  whole?: boolean;
}

export type Field = readonly [label: string, text: string, whole?: 'whole'];

export interface Page {
  blank(): void;
  /** Wrapped. */
  paragraph(text: string, options?: { indent?: number; tone?: Tone }): void;
  /** A label and a text that is wrapped beside it; below it, where a long path as label leaves no room. */
  labelled(label: string, text: string, options?: LabelledOptions): void;
  /** One after the other, the texts in one column. */
  fields(fields: readonly Field[], options?: LabelledOptions): void;
  /** On a line of its own, never wrapped, to be pasted. */
  command(line: string, indent?: number): void;
  /** A line that keeps its form: never wrapped. */
  verbatim(line: string, options?: { indent?: number; tone?: Tone }): void;
  /** All of it, ending in a line break; never two empty lines in a row. */
  text(): string;
}

/** Columns. A text in fewer is one word to a line. */
const minRoom = 24;

export function createPage(context: PageContext): Page {
  const lines: string[] = [];
  const add = (line: string): void => {
    const empty = line === '';
    if (!(empty && (lines.length === 0 || lines.at(-1) === ''))) lines.push(line);
  };
  const verbatim: Page['verbatim'] = (line, { indent = 0, tone = 'plain' } = {}) => {
    add(' '.repeat(indent) + context.paint(visible(line), tone));
  };
  const paragraph: Page['paragraph'] = (text, { indent = 0, tone = 'plain' } = {}) => {
    for (const line of wrap(visible(text), context.width - indent)) verbatim(line, { indent, tone });
  };
  const labelled: Page['labelled'] = (label, text, options = {}) => {
    const { indent = 0, labelTone = 'dim', tone = 'plain' } = options;
    const shown = visible(label);
    const needed = displayWidth(shown) + 1;
    const column = Math.max(options.column ?? 0, needed);
    const room = options.whole === true ? Number.POSITIVE_INFINITY : context.width - indent - column;
    if (column === needed && room < minRoom && displayWidth(visible(text)) > room) {
      add(' '.repeat(indent) + context.paint(shown, labelTone));
      paragraph(text, { indent: indent + 2, tone });
      return;
    }
    const [first = '', ...rest] = wrap(visible(text), room);
    const padding = first === '' ? '' : padTo(shown, column).slice(shown.length);
    add(' '.repeat(indent) + context.paint(shown, labelTone) + padding + context.paint(first, tone));
    for (const line of rest) add(' '.repeat(indent + column) + context.paint(line, tone));
  };
  return {
    blank: () => add(''),
    verbatim,
    labelled,
    command: (line, indent = 2) => verbatim(line, { indent, tone: 'command' }),
    paragraph,
    fields(fields, options = {}) {
      const widest = Math.max(0, ...fields.map(([label]) => displayWidth(visible(label))));
      const column = Math.max(options.column ?? 0, widest + 2);
      for (const [label, text, whole] of fields)
        labelled(label, text, { ...options, column, whole: whole === 'whole' });
    },
    text: () => `${lines.join('\n').replace(/\n+$/, '')}\n`,
  };
}
