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
import { isInside } from '../inside-profile.ts';
import { programName } from '../wording.ts';

interface State {
  why: Unwritable['why'];
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
      'Permission to write is given back where the files are yours. For files of another user, the command that an administrator has to give is told.',
    example: 'prefs.js and the Inbox were copied from a DVD, and are still marked read-only.',
    faults: ['formats.md R11', 'formats.md R12'],
    needs: ['machine'],
  },

  find({ profile, machine }) {
    const all = (profile.writeAccess?.unwritable ?? []).filter(
      ({ kind }) => machine?.platform !== 'win32' || kind === 'file',
    );
    return (['read-only', 'other-owner'] as const).flatMap((why) => {
      const entries = all.filter((entry) => entry.why === why);
      if (entries.length === 0) return [];
      return [
        {
          subject: {
            kind: 'profile' as const,
            id: `${profile.name ?? path.basename(profile.path)} (${why})`,
          },
          evidence: entries.slice(0, shown).map((entry) => ({
            file: placeOf(profile.path, entry.path),
            note: noteOf(entry),
          })),
          state: { why, entries },
        },
      ];
    });
  },

  words({ state: { why, entries } }, { profile }) {
    const program = programName(profile.program);
    const what = named(profile.path, entries);
    const effect = effectsOn(entries).join('; ');
    if (why === 'read-only') {
      return {
        title: `${program} may not write to ${what}`,
        detail: `${entries.length === 1 ? 'It is' : 'They are'} marked read-only. ${effect}. Copies from a disc or a backup bring such a mark along, and clean-up and security programs set it. Nothing in ${entries.length === 1 ? 'it' : 'them'} is damaged by that.`,
      };
    }
    const { uid = 0, gid = 0 } = profile.writeAccess?.owner ?? {};
    const outside = entries.filter((entry) => !isInside(profile, entry.path)).map((entry) => entry.path);
    const places = [profile.path, ...outside].map(shellQuoted).join(' ');
    return {
      title: `Another user of this computer owns ${what}`,
      detail: `${program} may not write there. ${effect}. That happens when the program was started once with sudo, or files were put back by an administrator. Close ${program}, and let the administrator give them back: sudo chown -R ${uid}:${gid} ${places}`,
    };
  },

  repair({ state: { why, entries } }) {
    if (why === 'other-owner') return null;
    return {
      title: `Allow the owner to write to ${entries.length === 1 ? 'it' : `these ${entries.length}`} again`,
      risk: 'none',
      operations: entries.map(({ path: at, kind, mode }) => ({
        op: 'set-mode' as const,
        path: at,
        mode: mode | (kind === 'folder' ? 0o700 : 0o600),
        why: 'the program has to write to it',
      })),
    };
  },
});

const noteOf = ({ why, mode, uid }: Unwritable): string =>
  why === 'read-only'
    ? `mode ${mode.toString(8)}: its owner may not write`
    : `belongs to user number ${uid}, mode ${mode.toString(8)}`;

function named(profile: string, entries: readonly Unwritable[]): string {
  const [first] = entries;
  if (first !== undefined && entries.length === 1) {
    return first.path === profile ? 'the folder of the profile' : placeOf(profile, first.path);
  }
  return `${entries.length} files and folders of the profile`;
}

const effects: readonly [RegExp, string][] = [
  [/^prefs\.js$/, 'Settings that you change are gone at the next start'],
  [/^(?:logins\.json|key[34]\.db|signons)/, 'Passwords are not remembered'],
  [/\.(?:mab)$|^(?:abook|history)/, 'Contacts cannot be added or changed'],
];

/** What the owner will see. */
function effectsOn(entries: readonly Unwritable[]): string[] {
  const names = entries.map((entry) => path.basename(entry.path));
  const known = effects.filter(([name]) => names.some((one) => name.test(one))).map(([, effect]) => effect);
  const inMail = entries.some(({ path: at }) => /[/\\](?:Imap)?Mail(?:[/\\]|$)/.test(at));
  const all = inMail
    ? [...known, 'New mail cannot be stored, and what you read, move or delete comes back']
    : known;
  return all.length === 0 ? ['What is changed in them is not kept'] : all;
}

const placeOf = (profile: string, at: string): string => path.relative(profile, at) || '.';

const shellQuoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
