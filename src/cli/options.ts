/**
 * The options of all commands, and how their values are read (design.md 3).
 */

import type { Options } from 'yargs';
import { exitCode, MailmendError } from '../repair/error.ts';

export const commonOptions = {
  root: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'A folder that holds profiles.ini, instead of the usual places; may be repeated',
  },
  json: { type: 'boolean', describe: 'One JSON document instead of text' },
  redact: { type: 'boolean', describe: 'Without the names of people, to be shown to others' },
  'no-color': { type: 'boolean', describe: 'No colours' },
  'no-input': { type: 'boolean', describe: 'Never ask' },
  quiet: { type: 'boolean', describe: 'Only what matters most' },
  verbose: { type: 'boolean', describe: 'Everything, also what needs no attention' },
} satisfies Record<string, Options>;

const commandOptions = {
  only: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Only these causes, checks or findings, separated by commas; may be repeated',
  },
  account: { type: 'string', requiresArg: true, describe: 'Only the account with this address' },
  'fail-on': {
    type: 'string',
    requiresArg: true,
    choices: ['error', 'warning', 'never'],
    describe: 'From which severity on the exit code is 1; without it: error',
  },
  sheet: { type: 'boolean', describe: 'A sheet to print and take to the mail provider' },
  apply: { type: 'boolean', describe: 'Yes: carry it out without asking' },
  out: { type: 'string', requiresArg: true, describe: 'Save the plan to this file, for `mailmend apply`' },
  runs: {
    type: 'string',
    requiresArg: true,
    describe: 'Another folder of this computer to keep what is replaced',
  },
  list: { type: 'boolean', describe: 'Only list the runs' },
  run: { type: 'string', requiresArg: true, describe: 'The run that is meant, instead of the last one' },
  conflicts: {
    type: 'string',
    requiresArg: true,
    choices: ['keep', 'take-back'],
    describe: 'Settings changed again after the repair: keep them as they are now, or take them back, too',
  },
  purge: { type: 'boolean', describe: 'Delete what is kept for a run; every file is listed first' },
  all: { type: 'boolean', describe: 'Every one, not only those that are no longer needed' },
  as: { type: 'string', requiresArg: true, choices: ['imap'], describe: 'Set the account up as IMAP' },
  install: {
    type: 'string',
    requiresArg: true,
    describe: 'The program that is meant, by its folder; all: every one',
  },
  name: { type: 'string', requiresArg: true, describe: 'How the profile is called in the list' },
  remove: { type: 'boolean', describe: 'Take the diagnostic profile away again' },
  to: {
    type: 'string',
    requiresArg: true,
    describe: 'Where it goes: a new or empty folder, best on another disk; for passwords a new file',
  },
  from: { type: 'string', requiresArg: true, describe: 'A file that `passwords backup` has made' },
  'primary-password-file': {
    type: 'string',
    requiresArg: true,
    describe: 'A file that holds the primary password; - is standard input',
  },
  'passphrase-file': {
    type: 'string',
    requiresArg: true,
    describe: 'A file that holds the pass phrase of the backup; - is standard input',
  },
  unlock: {
    type: 'boolean',
    describe: 'Open the saved passwords, too, to tell which can be read; none is shown',
  },
  verify: { type: 'string', requiresArg: true, describe: 'Read this backup again, and compare every byte' },
} satisfies Record<string, Options>;

export type CommandOption = keyof typeof commandOptions;

export function optionsOf(names: readonly CommandOption[]): Record<string, Options> {
  return Object.fromEntries(names.map((name) => [name, commandOptions[name]]));
}

export const optionNames: readonly string[] = [
  ...Object.keys(commonOptions),
  ...Object.keys(commandOptions),
  'help',
  'version',
];

/** What yargs made of the arguments. */
export type Args = Readonly<Record<string, unknown>>;

export const flag = (args: Args, name: string): boolean => args[name] === true;

/** @throws MailmendError BAD_ARGUMENTS when it is given twice or empty. */
export function optionalText(args: Args, name: string): string | null {
  const value = args[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '') return value;
  const what = Array.isArray(value) ? 'is given more than once' : 'has no value';
  throw new MailmendError('BAD_ARGUMENTS', exitCode.cannotAnswer, `--${name} ${what}.`);
}

/** Of an option that may be repeated. */
export function texts(args: Args, name: string): string[] {
  const value = args[name];
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string' && item !== '')
    : [];
}

/** Of one whose values are separated by commas as well. */
export function commaSeparated(args: Args, name: string): string[] {
  return texts(args, name)
    .flatMap((item) => item.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The profile as it was named, null without one. */
export const profileArgument = (args: Args): string | null => optionalText(args, 'profile');
