/**
 * The terminal of the report tests: 80 columns, no colours, times in UTC.
 */

import { commandLine } from '../../../src/library/command-line.ts';
import { type ReportContext, withoutColour } from '../../../src/report/terminal/context.ts';

export const plain: ReportContext = {
  width: 80,
  paint: withoutColour,
  unicode: true,
  verbose: false,
  quiet: false,
  timeZone: 'UTC',
  command: (...words) => commandLine(['mailmend', ...words], 'linux'),
};
