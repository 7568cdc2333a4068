/**
 * `mailmend profiles`: every profile found, and which one each installed program starts.
 */

import { exitCode } from '../../repair/error.ts';
import { profilesReport } from '../../report/terminal/profiles.ts';
import type { Command } from '../command.ts';
import { profilesRegister } from './profiles-register.ts';
import { profilesRelink } from './profiles-relink.ts';
import { profilesUse } from './profiles-use.ts';

export const profiles: Command = {
  name: 'profiles',
  positional: '',
  describe: 'Every profile found, which one each program opens and why; writes nothing',
  aliases: ['list', 'ls'],
  options: [],
  parts: [profilesUse, profilesRegister, profilesRelink],
  async run(_args, session) {
    await session.answer(
      session.library.listProfiles(session.world, { roots: session.roots }),
      profilesReport,
    );
    return exitCode.done;
  },
};
