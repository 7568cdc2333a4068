/**
 * From the words on the command line to a command and its arguments, by yargs. Nothing is run here.
 */

import yargs, { type Argv } from 'yargs';
import { exitCode, MailmendError, type NextStep } from '../repair/error.ts';
import type { Command } from './command.ts';
import { apply } from './commands/apply.ts';
import { backup } from './commands/backup.ts';
import { check } from './commands/check.ts';
import { diagnosticProfile } from './commands/diagnostic-profile.ts';
import { explain } from './commands/explain.ts';
import { inspect } from './commands/inspect.ts';
import { notThereYet, tellNotThereYet } from './commands/not-there-yet.ts';
import { overview } from './commands/overview.ts';
import { passwords } from './commands/passwords.ts';
import { profiles } from './commands/profiles.ts';
import { repair } from './commands/repair.ts';
import { undo } from './commands/undo.ts';
import { didYouMean } from './did-you-mean.ts';
import { type Args, commonOptions, optionNames, optionsOf, texts } from './options.ts';
import { packageFacts } from './package-facts.ts';

const named: readonly Command[] = [
  profiles,
  inspect,
  check,
  explain,
  repair,
  apply,
  undo,
  backup,
  passwords,
  diagnosticProfile,
];
const commandWords = named.flatMap(({ name, aliases }) => [name, ...aliases]);
const bare = overview(commandWords);

export type Call = { kind: 'command'; command: Command; args: Args } | { kind: 'text'; text: string };

/** @throws MailmendError BAD_ARGUMENTS. */
export function parseCall(words: readonly string[], width: number): Call {
  let call: Call | null = null;
  const choose = (command: Command, args: Args): void => {
    call = { kind: 'command', command, args: withRest(args) };
  };
  const parser = configured(width);
  addCommand(parser, bare, '$0', choose);
  for (const command of named) addCommand(parser, command, command.name, choose);
  for (const name of notThereYet) addNotThereYet(parser, name);
  let text = '';
  parser.parse([...words], {}, (error, _args, output) => {
    if (error) throw error instanceof MailmendError ? error : badArguments(error.message, words);
    text = output;
  });
  return call ?? { kind: 'text', text: `${text}\n` };
}

const introduction = `mailmend looks into a Thunderbird or Postbox profile, says why mail does not work, and puts it right.
Nothing is changed without your yes, nothing is deleted, and everything can be taken back.

  mailmend                       looks at the profile that your mail program opens
  mailmend check ~/old-profile   looks for what is wrong in another one
  mailmend repair                shows what would be repaired, and asks
  mailmend undo                  takes the last change back`;

/** `check -- -x`: what stands behind `--` is a name, whatever it looks like. */
function withRest(args: Args): Args {
  const [first] = texts(args, '--');
  return first === undefined || args.profile !== undefined ? args : { ...args, profile: first };
}

function configured(width: number): Argv {
  return yargs()
    .scriptName('mailmend')
    .locale('en')
    .usage(introduction)
    .options(commonOptions)
    .group([...Object.keys(commonOptions), 'help', 'version'], 'Options of every command:')
    .help('help')
    .alias('help', 'h')
    .version(packageFacts().version)
    .strict()
    .wrap(width)
    .exitProcess(false)
    .parserConfiguration({
      'boolean-negation': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'populate--': true,
      'parse-positional-numbers': false,
    });
}

type Choose = (command: Command, args: Args) => void;

function addCommand(parser: Argv, command: Command, name: string, choose: Choose): void {
  const add = (word: string, describe: string | false): void => {
    parser.command({
      command: `${word} ${command.positional}`.trim(),
      describe: describe as string,
      builder: (own: Argv) => withOptions(own, command, choose),
      handler: (args) => choose(command, args),
    });
  };
  add(name, command.describe);
  for (const alias of command.aliases) add(alias, false);
}

function withOptions(parser: Argv, command: Command, choose: Choose): Argv {
  parser.options(optionsOf(command.options));
  if (command.positional === '[profile]') {
    parser.positional('profile', {
      type: 'string',
      describe: 'A profile folder, or a name from profiles.ini; without it the one that the program opens',
    });
  }
  if (command.positional === '<plan>')
    parser.positional('plan', { type: 'string', describe: 'A plan saved by repair --out' });
  if (command.positional === '[query..]') {
    parser.positional('query', {
      type: 'string',
      array: true,
      describe: 'A check, or an error message in quotes',
    });
  }
  if (command.positional.includes('<name>'))
    parser.positional('name', { type: 'string', describe: 'The profile, by its name or its folder' });
  if (command.positional.includes('<folder>'))
    parser.positional('folder', {
      type: 'string',
      describe: 'A profile folder: the one that holds prefs.js',
    });
  for (const part of command.parts ?? [])
    addCommand(parser, part, part.name.slice(command.name.length + 1), choose);
  return parser;
}

/** Hidden, and takes anything that may follow. */
function addNotThereYet(parser: Argv, word: string): void {
  parser.command({
    command: `${word} [rest..]`,
    describe: false as unknown as string,
    builder: (own: Argv) => own.strict(false),
    handler: () => {
      throw tellNotThereYet(word);
    },
  });
}

/** yargs' message as one line, with the word that was perhaps meant. */
function badArguments(message: string, words: readonly string[]): MailmendError {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ') ?? [];
  const option = unknown.find((name) =>
    words.some((word) => word.startsWith(`--${name}`) || word === `-${name}`),
  );
  if (option !== undefined) return unknownOption(option);
  const first = words[0] ?? '';
  if (unknown.length > 0) {
    const meant = meantCommand(first, words[1] ?? '');
    return cannotAnswer(`mailmend does not know what to do with "${unknown.join('" and "')}".`, meant);
  }
  if (message.startsWith('Not enough non-option arguments')) {
    return cannotAnswer('Something is missing behind the command.', null);
  }
  return cannotAnswer(
    message
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/[.:]?$/, '.'),
    null,
  );
}

/** `profiles usse`, and `profile use`, too. */
function meantCommand(first: string, second: string): string | null {
  const word = didYouMean(first, commandWords);
  const command = named.find(({ name, aliases }) => word !== null && [name, ...aliases].includes(word));
  if (command?.parts === undefined) return word;
  const part = didYouMean(
    second,
    command.parts.map(({ name }) => name.slice(command.name.length + 1)),
  );
  return part === null ? word : `${command.name} ${part}`;
}

function unknownOption(option: string): MailmendError {
  const meant = didYouMean(option, optionNames);
  return cannotAnswer(
    `There is no option --${option}.${meant === null ? '' : ` Perhaps you meant --${meant}.`}`,
    null,
  );
}

function cannotAnswer(message: string, command: string | null): MailmendError {
  const next: NextStep[] = [
    command === null
      ? { say: 'What there is:', command: 'mailmend --help' }
      : { say: 'Perhaps you meant:', command: `mailmend ${command}` },
  ];
  return new MailmendError('BAD_ARGUMENTS', exitCode.cannotAnswer, message, next);
}
