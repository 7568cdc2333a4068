/**
 * Commands of the design that this version does not have. They are not shown; whoever types one is told so.
 */

import { exitCode, MailmendError } from '../../repair/error.ts';

export const notThereYet: readonly string[] = [
  'migrate',
  'import',
  'folders',
  'rescue',
  'recover',
  'probe',
  'lookup',
  'guide',
  'report',
];

export function tellNotThereYet(command: string): MailmendError {
  return new MailmendError('BAD_ARGUMENTS', exitCode.cannotAnswer, `"mailmend ${command}" is not there yet.`);
}
