/**
 * `mailmend profiles use <name>`: the profile that opens from now on.
 */

import { changeList, chooseOne } from '../change-list.ts';
import type { Command } from '../command.ts';
import { flag, optionalText } from '../options.ts';
import { openProfile } from '../select-profile.ts';

export const profilesUse: Command = {
  name: 'profiles use',
  positional: '<name>',
  describe: 'Lets the program open this profile from now on; only after a yes',
  aliases: [],
  options: ['install', 'apply', 'runs'],
  async run(args, session) {
    const { library, world, context, redact } = session;
    const name = optionalText(args, 'name') ?? '';
    const selected = await openProfile(session, name);
    const words = (install: string | null): string[] => [
      'profiles',
      'use',
      redact(selected.path),
      ...(install === null ? [] : ['--install', install]),
    ];
    let install = optionalText(args, 'install');
    let answer = library.planUse(world, selected, { install });
    if ('installs' in answer) {
      install = await chooseOne(
        session,
        'Several programs open profiles of this list.',
        [
          ...answer.installs.map(({ hash, folder, opens }) => ({
            value: folder ?? hash,
            shown: folder === null ? `The installation ${hash}. ${opens}` : opens,
          })),
          { value: 'all', shown: 'All of them' },
        ],
        (value) => context.command(...words(value)),
      );
      answer = library.planUse(world, selected, { install });
    }
    if ('installs' in answer) throw new Error('an installation was chosen, and asked for again');
    return changeList(session, answer, words(install), flag(args, 'apply'));
  },
};
