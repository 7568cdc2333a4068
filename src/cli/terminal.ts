/**
 * What the terminal can show, and whether somebody sits there who can be asked.
 */

import { type ReportContext, withColour, withoutColour } from '../report/terminal/context.ts';
import type { Io, OutputStream } from './io.ts';

type Environment = Io['env'];

export type Looks = Pick<ReportContext, 'width' | 'paint' | 'unicode'>;

export function looksOf(stream: OutputStream, env: Environment, noColour: boolean): Looks {
  const terminal = stream.isTTY === true;
  const colour = terminal && !noColour && !env.NO_COLOR && env.TERM !== 'dumb';
  const columns = (terminal && stream.columns) || 80;
  return {
    // Lines longer than a hundred columns are hard to read.
    width: Math.min(Math.max(columns, 40), 100),
    paint: colour ? withColour : withoutColour,
    unicode: !terminal || showsUnicode(env),
  };
}

function showsUnicode(env: Environment): boolean {
  if (env.TERM === 'dumb' || env.TERM === 'linux') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale === undefined || locale === '' || /utf-?8/i.test(locale);
}

/** The plan goes to standard output, the question to standard error, the answer comes from standard input. */
export function canAsk({ stdin, stdout, stderr }: Pick<Io, 'stdin' | 'stdout' | 'stderr'>): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && stderr.isTTY === true;
}
