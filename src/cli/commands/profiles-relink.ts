/**
 * `mailmend profiles relink <name> <folder>`: an entry of the list leads to the folder where the profile is now.
 */

import { changeList } from '../change-list.ts';
import type { Command } from '../command.ts';
import { flag, optionalText } from '../options.ts';

export const profilesRelink: Command = {
  name: 'profiles relink',
  positional: '<name> <folder>',
  describe: 'Points an entry of the list to where the profile lies now; only after a yes',
  aliases: [],
  options: ['apply', 'runs'],
  async run(args, session) {
    const { library, world, roots, redact } = session;
    const name = optionalText(args, 'name') ?? '';
    const folder = optionalText(args, 'folder') ?? '';
    const answer = library.planRelink(world, { name, folder, roots });
    await session.learnNames(answer.selected);
    const words = ['profiles', 'relink', redact(name), redact(folder)];
    return changeList(session, answer, words, flag(args, 'apply'));
  },
};
