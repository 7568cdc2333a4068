/**
 * Looks for: other programs that have files of the profile open for writing, or locked, at this moment.
 * Why: the mail program takes itself for the only one. It finds a database busy and goes on without it, or both write to
 * one file and each destroys what the other wrote (formats.md D21; providers.md D23; postbox.md A26).
 * Found: src/system/open-files.ts, on Linux. Who only reads, as a backup does, hinders nobody there.
 * Repaired: not: mailmend ends no process. It tells which one.
 */

import path from 'node:path';
import type { OpenFile } from '../../system/open-files.ts';
import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';

interface State {
  name: string;
  pids: number[];
  files: OpenFile[];
}

const shown = 10;

export const heldOpen = defineCheck<State>({
  meta: {
    id: 'interference/held-open',
    severity: 'warning',
    title: 'Another program has files of the profile in use',
    looksFor:
      'Programs other than the mail program that have settings, address books, passwords or mail open for writing, or locked (on Linux, where the system tells).',
    why: 'The mail program then finds an address book or a list of passwords busy and shows none, or both write to the same file and spoil it.',
    repair: 'None: the other program is named, for you to close.',
    example: 'A browser for databases has the address book abook.sqlite open, with changes not yet saved.',
    faults: ['formats.md D21', 'providers.md D23', 'postbox.md 8.1 A26'],
    needs: ['machine'],
  },

  find({ profile, machine }) {
    const own = machine?.lock.pid ?? null;
    const others = (machine?.openFiles ?? []).filter(({ pid }) => pid !== own);
    return [...new Set(others.map(({ name }) => name))].map((name) => {
      const files = others.filter((file) => file.name === name);
      const pids = [...new Set(files.map(({ pid }) => pid))];
      return {
        subject: { kind: 'profile', id: `${profile.name ?? path.basename(profile.path)} (${name})` },
        evidence: files.slice(0, shown).map((file) => ({
          file: path.relative(profile.path, file.path),
          note: `${file.how === 'locked' ? 'locked' : 'open for writing'} by process ${file.pid}`,
        })),
        state: { name, pids, files },
      };
    });
  },

  words({ state: { name, pids, files } }, { profile }) {
    const program = programName(profile.program);
    const paths = [...new Set(files.map((file) => file.path))];
    const [first = ''] = paths;
    const what = paths.length === 1 ? path.relative(profile.path, first) : `${paths.length} files`;
    const locked = files.some(({ how }) => how === 'locked');
    const which = pids.length === 1 ? `process ${pids[0]}` : `processes ${pids.join(', ')}`;
    return {
      title: `${name} has ${what} of the profile ${locked ? 'locked' : 'open for writing'}`,
      detail: `${locked ? `While it does, ${program} cannot save there, and may show an address book or passwords as empty.` : `When ${program} writes there at the same time, each can spoil what the other wrote.`} Finish what ${name} (${which}) is doing and close it before you start ${program}. mailmend ends no program.`,
    };
  },
});
