/**
 * Looks for: an entry in profiles.ini that leads nowhere because of how it is written.
 * Why: IsRelative=1 puts any path behind the root, IsRelative=0 takes it as it is; a back-slash is part of a name where
 * paths have slashes, and a path of another system is no path. Such an entry is passed over without a word, or its
 * folder is "missing" (formats.md 1.2, R3). So is one without a Name.
 * Found: read in another way, it leads to exactly one profile folder that is there and that no other entry names.
 * Repaired: Path and IsRelative are written as the program writes them, Default of the installations with them.
 */

import type { MisreadEntry } from '../../profile/misread-entries.ts';
import { edit, freeName, nameOfFolder, pointSection } from '../../profile/registry-changes.ts';
import type { RootFacts } from '../../profile/root-facts.ts';
import { defineCheck } from '../check.ts';
import { megabytes } from '../wording.ts';

interface State {
  entry: MisreadEntry;
  mailBytes: number;
  /** What the programs that want to open it do. */
  wantedBy: string[];
}

export const registryEntryWrong = defineCheck<State>({
  meta: {
    id: 'profile/registry-entry-wrong',
    severity: 'warning',
    title: 'An entry in the list of profiles that leads nowhere',
    looksFor:
      'An entry in profiles.ini whose path is written so that the program cannot use it: marked as relative where it is not, with the separators or the path of another system, or without a name.',
    why: 'The program passes such an entry over without a word, or stops with "Profile Missing". The profile seems to be gone, with all its mail; nothing happened to its files.',
    repair:
      'Where only one folder can be meant, the entry is written as the program itself writes it. The folder is not touched.',
    faults: ['formats.md R3', 'pains.md P03', 'pains.md P09', 'postbox.md 8.3 R4', 'postbox.md 8.3 R8'],
    needs: ['root'],
  },

  find({ root }) {
    if (root === null) return [];
    return root.misread.map((entry) => {
      const mailBytes = root.neighbours.find(({ path }) => path === entry.folder)?.mailBytes ?? 0;
      const wantedBy = wanters(root, entry);
      return {
        subject: { kind: 'registry-entry' as const, id: entry.section },
        severity: wantedBy.length > 0 || mailBytes > 0 ? ('error' as const) : ('warning' as const),
        start: wantedBy.length > 0 ? ('fails' as const) : ('safe' as const),
        evidence: [
          {
            file: root.registry.file,
            line: entry.line,
            note: `[${entry.section}] Path=${entry.path ?? '(missing)'}, IsRelative=${entry.isRelative ?? '(missing)'}${entry.nameless ? ', no Name' : ''}`,
          },
          ...(entry.folder === null
            ? []
            : [
                {
                  file: entry.folder,
                  note: `the folder that is meant, with ${megabytes(mailBytes)} of mail`,
                },
              ]),
        ],
        state: { entry, mailBytes, wantedBy },
      };
    });
  },

  words({ state: { entry, mailBytes, wantedBy } }) {
    const who = entry.name === null ? `[${entry.section}]` : `"${entry.name}"`;
    const effect = wantedBy[0] ?? 'The program does not show this profile.';
    return {
      title: entry.nameless
        ? `The profile in ${entry.folder ?? 'its folder'} has no name in the list of profiles, so the program does not see it`
        : `The entry ${who} in the list of profiles leads nowhere as it is written`,
      detail:
        entry.folder === null
          ? `${effect} Where its folder is cannot be told from the entry. If you know it, say so: mailmend profiles ${entry.name === null ? 'register' : `relink ${JSON.stringify(entry.name)}`} <folder>. The entry is left as it is.`
          : `${effect} Its folder is there: ${entry.folder}${mailBytes > 0 ? `, with ${megabytes(mailBytes)} of mail` : ''}, untouched.`,
    };
  },

  repair({ state: { entry } }, { root }) {
    if (root === null || entry.folder === null) return null;
    if (entry.nameless) {
      const name = freeName(root.registry, nameOfFolder(entry.folder));
      return {
        title: `Give the profile the name "${name}"`,
        risk: 'settings',
        operations: edit(
          root.registry.file,
          [{ section: entry.section, key: 'Name', from: null, to: name }],
          'the program passes over entries without a name',
        ),
      };
    }
    return {
      title: `Write the entry ${entry.name === null ? entry.section : `"${entry.name}"`} so that it leads to ${entry.folder}`,
      risk: 'settings',
      operations: pointSection(root.registry, entry.section, entry.folder),
    };
  },
});

function wanters({ choices, registry }: RootFacts, { section, path }: MisreadEntry): string[] {
  const entry = registry.profiles.find((profile) => profile.section === section);
  const wanted = registry.installs.filter(({ default: chosen }) => chosen !== null && chosen.value === path);
  return choices
    .filter(
      (choice) =>
        (choice.reason === 'folder-missing' && choice.profile === entry && entry !== undefined) ||
        (choice.reason === 'choice-not-listed' &&
          wanted.some(({ hash }) => hash === choice.install.hash || hash === choice.install.formerHash)),
    )
    .map(({ why }) => why);
}
