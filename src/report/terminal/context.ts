/**
 * What a report needs to know besides its document: the terminal, and how the next command is written.
 */

import { styleText } from 'node:util';

/** What a piece of text is, not which colour it has. A symbol or colour never stands without a word. */
export type Tone = 'plain' | 'heading' | 'dim' | 'good' | 'caution' | 'bad' | 'command';

export interface ReportContext {
  /** Columns. */
  width: number;
  paint(text: string, tone: Tone): string;
  /** False: only ASCII in what mailmend itself adds. */
  unicode: boolean;
  verbose: boolean;
  quiet: boolean;
  /** IANA name; the system's own without it. */
  timeZone?: string;
  /** A command line for the shell in use, with the options that the next call needs as well. */
  command(...words: string[]): string;
}

export const withoutColour = (text: string): string => text;

const formats: Record<Tone, Parameters<typeof styleText>[0] | null> = {
  plain: null,
  heading: 'bold',
  dim: 'dim',
  good: 'green',
  caution: 'yellow',
  bad: 'red',
  command: 'cyan',
};

export function withColour(text: string, tone: Tone): string {
  const format = formats[tone];
  return format === null || text === '' ? text : styleText(format, text, { validateStream: false });
}
