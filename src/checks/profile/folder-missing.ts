/**
 * Looks for: an entry in profiles.ini whose folder is not there.
 * Why: the program that is to open it says "Profile Missing" or "already running" and stops (formats.md 1.2, R2).
 * Found: the folder of a registered profile does not exist.
 * Repaired: only where exactly one profile folder of the same name, with accounts, lies unregistered in the same root:
 * the entry is pointed at it. An entry is never removed: its disk or network may only be away.
 */

import { rulesOf } from '../../profile/path-rules.ts';
import type { RegisteredProfile } from '../../profile/registry.ts';
import { pointSection } from '../../profile/registry-changes.ts';
import type { Neighbour, RootFacts } from '../../profile/root-facts.ts';
import { defineCheck } from '../check.ts';

interface State {
  entry: RegisteredProfile;
  /** Programs that try to open it. */
  wantedBy: string[];
  candidate: Neighbour | null;
}

export const folderMissing = defineCheck<State>({
  meta: {
    id: 'profile/folder-missing',
    severity: 'warning',
    title: 'A profile whose folder is gone',
    looksFor:
      'A profile that stands in profiles.ini and whose folder is not there: moved, renamed, or on a disk that is not attached.',
    why: 'The program that opens this profile stops with "Profile Missing", or says that it is already running.',
    repair:
      'If the same folder is found elsewhere in the same place, the entry is pointed to it. Otherwise nothing: the disk may only be away.',
    faults: ['formats.md R2', 'postbox.md 8.3 R4', 'pains.md P05'],
    needs: ['root'],
  },

  find({ root }) {
    if (root === null) return [];
    return (
      root.registry.profiles
        .filter((entry) => root.neighbours.some(({ path, exists }) => path === entry.path && !exists))
        // What is only written wrongly is profile/registry-entry-wrong.
        .filter((entry) => root.misread.every(({ section }) => section !== entry.section))
        .map((entry) => {
          const wantedBy = root.choices
            .filter((choice) => choice.reason === 'folder-missing' && choice.path === entry.path)
            .map((choice) => choice.why);
          return {
            subject: { kind: 'registry-entry' as const, id: entry.section },
            severity: wantedBy.length > 0 ? ('error' as const) : ('warning' as const),
            start: wantedBy.length > 0 ? ('fails' as const) : ('safe' as const),
            evidence: [
              { file: root.registry.file, line: entry.written.line, note: `Path=${entry.written.value}` },
              { file: entry.path, note: 'there is no such folder' },
            ],
            state: { entry, wantedBy, candidate: candidateFor(root, entry) },
          };
        })
    );
  },

  words({ state: { entry, wantedBy, candidate } }) {
    return {
      title: `The folder of the profile "${entry.name}" is not there`,
      detail: `${wantedBy[0] ?? 'No installed program opens it when it is simply started.'} ${
        candidate === null
          ? `If it lies on another disk or in the network, attach that and look again. If the folder was moved, move it back to ${entry.path}, or say where it is now: mailmend profiles relink ${JSON.stringify(entry.name)} <folder>. The entry is left as it is.`
          : `A profile with the same folder name lies in ${candidate.path}.`
      }`,
    };
  },

  repair({ state: { entry, candidate } }, { root }) {
    if (root === null || candidate === null) return null;
    return {
      title: `Point the entry "${entry.name}" to ${candidate.path}`,
      risk: 'settings',
      operations: pointSection(root.registry, entry.section, candidate.path),
    };
  },
});

/** The only unregistered profile of that folder name which has accounts. */
export function candidateFor(
  { neighbours, registry }: RootFacts,
  entry: RegisteredProfile,
): Neighbour | null {
  const { basename } = rulesOf(registry.root.path);
  const found = neighbours.filter(
    (neighbour) =>
      neighbour.exists &&
      neighbour.entry === null &&
      neighbour.accounts > 0 &&
      basename(neighbour.path) === basename(entry.path),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}
