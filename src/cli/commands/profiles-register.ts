/**
 * `mailmend profiles register <folder>`: enters a profile in the list of a program.
 */

import { changeList, chooseOne } from '../change-list.ts';
import type { Command } from '../command.ts';
import { flag, optionalText } from '../options.ts';

export const profilesRegister: Command = {
  name: 'profiles register',
  positional: '<folder>',
  describe: 'Enters a profile folder in the list of the program; only after a yes',
  aliases: [],
  options: ['name', 'apply', 'runs'],
  async run(args, session) {
    const { library, world, context, redact } = session;
    const folder = optionalText(args, 'folder') ?? '';
    const name = optionalText(args, 'name');
    const words = [
      'profiles',
      'register',
      redact(folder),
      ...(name === null ? [] : ['--name', redact(name)]),
    ];
    let answer = library.planRegister(world, { folder, name, roots: session.roots });
    if ('roots' in answer) {
      const root = await chooseOne(
        session,
        'Several programs have a list of profiles.',
        answer.roots.map(({ path, program }) => ({ value: path, shown: `${program}: ${path}` })),
        (value) => context.command(...words, '--root', value),
      );
      session.roots.splice(0, session.roots.length, root);
      answer = library.planRegister(world, { folder, name, roots: [root] });
    }
    if ('roots' in answer) throw new Error('a list was chosen, and asked for again');
    await session.learnNames(answer.selected);
    return changeList(session, answer, words, flag(args, 'apply'));
  },
};
