/**
 * Looks for: files and folders of the profile that the program must write and may not.
 * Why: settings, read marks, passwords or new mail are not kept, mostly without a word (formats.md R11, R12). Copies from
 * read-only media and clean-up programs leave the mark; a start with sudo leaves files of another user.
 * Found: src/profile/unwritable.ts, by permissions. On Windows the mark of a folder means something else.
 * Repaired: permission to write is given back to the owner; whose a file is only an administrator can change.
 */

import path from 'node:path';
import type { Unwritable } from '../../profile/unwritable.ts';
import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';
import { effectsOn, inShell, namedInTitle, placeOf } from './kept-from-writing.ts';

/** `elsewhere`: read-only, and not mailmend's to change: outside of the profile, behind a link, or its folder itself. */
type Kind = Unwritable['why'] | 'elsewhere';

interface State {
  kind: Kind;
  entries: Unwritable[];
}

const shown = 10;

export const notWritable = defineCheck<State>({
  meta: {
    id: 'interference/not-writable',
    severity: 'error',
    title: 'Files that the program may not write',
    looksFor:
      'Settings, passwords, mail folders, indexes and address books that are marked read-only, or belong to another user of the computer.',
    why: 'The program cannot save to them, and often does not say so: changed settings come back, passwords are asked for again, mail cannot be stored or deleted.',
    repair:
      'Permission to write is given back where the files are yours and lie in the profile. For all others the command is told.',
    example: 'prefs.js and the Inbox were copied from a DVD, and are still marked read-only.',
    faults: ['formats.md R11', 'formats.md R12'],
    needs: ['machine'],
  },

  find({ profile, machine }) {
    // Of these interference/immutable tells; until that mark is off, the permissions can neither be changed nor count.
    const fixed = new Set((machine?.fixedFiles ?? []).map((file) => file.path));
    const all = (profile.writeAccess?.unwritable ?? []).filter(
      (entry) => !fixed.has(entry.path) && (machine?.platform !== 'win32' || entry.kind === 'file'),
    );
    return (['read-only', 'elsewhere', 'other-owner'] as const).flatMap((kind) => {
      const entries = all.filter((entry) => kindOf(entry) === kind);
      if (entries.length === 0) return [];
      return [
        {
          subject: {
            kind: 'profile' as const,
            id: `${profile.name ?? path.basename(profile.path)} (${kind})`,
          },
          evidence: entries.slice(0, shown).map((entry) => ({
            file: placeOf(profile.path, entry.path),
            note: noteOf(entry),
          })),
          state: { kind, entries },
        },
      ];
    });
  },

  words({ state: { kind, entries } }, { profile, machine }) {
    const program = programName(profile.program);
    const paths = entries.map((entry) => entry.path);
    const one = entries.length === 1;
    const what = namedInTitle(profile.path, paths);
    const effect = effectsOn(profile.path, paths);
    if (kind !== 'other-owner') {
      const way =
        kind === 'elsewhere'
          ? ` mailmend changes nothing there; close ${program} and give the permission back: ${allowCommand(paths, machine?.platform)}`
          : '';
      return {
        title: `${program} may not write to ${what}`,
        detail: `${one ? 'It is' : 'They are'} marked read-only. ${effect}. Copies from a disc or a backup bring such a mark along, and clean-up and security programs set it. Nothing in ${one ? 'it' : 'them'} is damaged by that.${way}`,
      };
    }
    const { uid = 0, gid = 0 } = profile.writeAccess?.owner ?? {};
    const places = inShell([
      profile.path,
      ...entries.filter(({ isOwn }) => !isOwn).map(({ path: at }) => at),
    ]);
    return {
      title: `Another user of this computer owns ${what}`,
      detail: `${program} may not write there. ${effect}. That happens when the program was started once with sudo, or files were put back by an administrator. Close ${program}, and let the administrator give them back: sudo chown -R ${uid}:${gid} ${places}`,
    };
  },

  repair({ state: { kind, entries } }) {
    if (kind !== 'read-only') return null;
    return {
      title: `Allow the owner to write to ${entries.length === 1 ? 'it' : `these ${entries.length}`} again`,
      risk: 'none',
      operations: entries.map((entry) => ({
        op: 'set-mode' as const,
        path: entry.path,
        mode: entry.mode | (entry.kind === 'folder' ? 0o700 : 0o600),
        why: 'the program has to write to it',
      })),
    };
  },
});

const kindOf = ({ why, isOwn }: Unwritable): Kind => (why === 'read-only' && !isOwn ? 'elsewhere' : why);

const allowCommand = (paths: readonly string[], platform: NodeJS.Platform | undefined): string =>
  platform === 'win32' ? paths.map((at) => `attrib -R "${at}"`).join(' & ') : `chmod u+rwX ${inShell(paths)}`;

const noteOf = ({ why, mode, uid }: Unwritable): string =>
  why === 'read-only'
    ? `mode ${mode.toString(8)}: its owner may not write`
    : `belongs to user number ${uid}, mode ${mode.toString(8)}`;
