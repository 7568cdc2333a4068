/**
 * Looks for: a profile folder with accounts and mail in the folder of profiles, and in no entry of profiles.ini.
 * Why: no program shows it (formats.md R6). That is how a profile lies there that was taken out of the list without its
 * files, and also one that was copied here or whose list was made anew.
 * Found: by its files. Where no listed profile holds any mail, it is the one that is missed; otherwise it is mentioned.
 * Repaired: it is entered in the list. Nothing starts with it because of that.
 */

import { rulesOf } from '../../profile/path-rules.ts';
import { describePlace } from '../../profile/profile-place.ts';
import { edit, freeName, listProfile, nameOfFolder } from '../../profile/registry-changes.ts';
import type { Neighbour, RootFacts } from '../../profile/root-facts.ts';
import { defineCheck } from '../check.ts';
import { megabytes } from '../wording.ts';
import { candidateFor } from './folder-missing.ts';

/** Bytes below Mail, ImapMail and News that are somebody's mail. */
export const mailOfSomebody = 64 * 1024;

interface State {
  neighbour: Neighbour;
  name: string;
}

export const profileUnlisted = defineCheck<State>({
  meta: {
    id: 'profile/profile-unlisted',
    severity: 'info',
    title: 'A profile that stands in no list',
    looksFor:
      'A folder with accounts and mail beside the other profiles that profiles.ini does not name, so that no program shows it.',
    why: 'Its mail is on the disk, and nobody sees it. It may have been taken out of the list on purpose, or copied here and never entered.',
    repair:
      'It is entered in the list, so that the profile manager shows it. What opens at the start stays the same.',
    faults: ['formats.md R6', 'pains.md P03', 'postbox.md 8.3 R3'],
    needs: ['root'],
  },

  find({ root }) {
    if (root === null || root.registry.state !== 'present' || root.registry.profiles.length === 0) return [];
    const unlisted = root.neighbours.filter((neighbour) => isUnlisted(root, neighbour));
    const missed = !root.neighbours.some(
      ({ entry, mailBytes, exists }) => entry !== null && exists && mailBytes > mailOfSomebody,
    );
    return unlisted.map((neighbour) => ({
      subject: {
        kind: 'folder' as const,
        id: describePlace(root.registry.root, neighbour.path).text,
      },
      severity: missed ? ('warning' as const) : ('info' as const),
      evidence: [
        { file: neighbour.path, note: contentOf(neighbour) },
        { file: root.registry.file, note: 'no [ProfileN] section names it' },
      ],
      state: { neighbour, name: freeName(root.registry, nameOfFolder(neighbour.path)) },
    }));
  },

  words({ state: { neighbour } }) {
    return {
      title: `A profile with the mail of ${neighbour.addresses.join(', ')} stands in no list of profiles`,
      detail: `It lies in ${neighbour.path} (${contentOf(neighbour)}), and no program shows it. Nothing of it is lost. To have it in the list: mailmend profiles register ${neighbour.path}`,
    };
  },

  repair({ state: { neighbour, name } }, { root }) {
    if (root === null) return null;
    return {
      title: `Enter it in the list of profiles as "${name}"`,
      risk: 'settings',
      operations: edit(
        root.registry.file,
        listProfile(root.registry, name, neighbour.path),
        'the program shows the profiles that stand here',
      ),
    };
  },
});

function isUnlisted(root: RootFacts, neighbour: Neighbour): boolean {
  const { registry, misread } = root;
  const { basename } = rulesOf(registry.root.path);
  return (
    neighbour.exists &&
    neighbour.entry === null &&
    neighbour.addresses.length > 0 &&
    neighbour.mailBytes > mailOfSomebody &&
    registry.hidden.every(({ path }) => path !== neighbour.path) &&
    misread.every(({ folder }) => folder !== neighbour.path) &&
    // The entry that lost its folder is pointed to it (profile/folder-missing).
    registry.profiles.every(
      (entry) =>
        basename(entry.path) !== basename(neighbour.path) ||
        candidateFor(root, entry) !== neighbour ||
        isFound(root, entry.path),
    )
  );
}

const isFound = ({ neighbours }: RootFacts, path: string): boolean =>
  neighbours.some((neighbour) => neighbour.path === path && neighbour.exists);

const contentOf = ({ addresses, mailBytes }: Neighbour): string =>
  `${addresses.join(', ')}; ${megabytes(mailBytes)} of mail`;
