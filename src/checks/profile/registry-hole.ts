/**
 * Looks for: profiles in profiles.ini that the program does not see because of their number.
 * Why: it counts [Profile0], [Profile1] … and stops at the first number that is missing or has no IsRelative line
 * (formats.md 1.2, R1): every later profile is invisible, although nothing happened to its files.
 * Found: sections after the end of the count.
 * Repaired: the hidden sections get the free numbers; a missing IsRelative line is added. Nothing else changes.
 */

import { rulesOf } from '../../profile/path-rules.ts';
import type { HiddenProfile } from '../../profile/registry.ts';
import type { RootFacts } from '../../profile/root-facts.ts';
import type { IniChange } from '../../repair/operation.ts';
import { defineCheck } from '../check.ts';
import { megabytes } from '../wording.ts';

interface State {
  hidden: HiddenProfile[];
  mailBytes: number;
}

export const registryHole = defineCheck<State>({
  meta: {
    id: 'profile/registry-hole',
    severity: 'error',
    title: 'Profiles hidden by a gap in their numbers',
    looksFor:
      'Profiles that stand in profiles.ini and that the program does not see, because a number before them is missing.',
    why: 'The program counts the profiles from 0 and stops at the first gap. Everything after it seems to be gone, with all its mail.',
    repair:
      'The hidden profiles get the numbers that are free. Their folders and their mail are not touched.',
    faults: ['formats.md R1', 'pains.md P06'],
    needs: ['root'],
  },

  find({ root }) {
    if (root === null) return [];
    const hidden = root.registry.hidden.filter(({ cause }) => cause === 'gap' || cause === 'no-is-relative');
    if (hidden.length === 0) return [];
    const mailBytes = root.neighbours
      .filter((neighbour) => hidden.some(({ path }) => path === neighbour.path))
      .reduce((sum, neighbour) => sum + neighbour.mailBytes, 0);
    return [
      {
        subject: { kind: 'registry-entry', id: hidden[0]?.section ?? '' },
        severity: mailBytes > 0 ? 'error' : 'warning',
        evidence: hidden.map(({ section, line, why }) => ({
          file: root.registry.file,
          line,
          note: `[${section}] ${why}`,
        })),
        state: { hidden, mailBytes },
      },
    ];
  },

  words({ state: { hidden, mailBytes } }) {
    const names = hidden.map(({ name, section }) => `"${name ?? section}"`).join(', ');
    const one = hidden.length === 1;
    return {
      title: `The profile${one ? '' : 's'} ${names} ${one ? 'is' : 'are'} in profiles.ini, but the program does not see ${one ? 'it' : 'them'}`,
      detail: `The program stops counting at a gap in the numbers. ${
        mailBytes > 0
          ? `${megabytes(mailBytes)} of mail are in ${one ? 'it' : 'them'}, untouched.`
          : 'The folders are untouched.'
      }`,
    };
  },

  repair({ state: { hidden } }, { root }) {
    if (root === null) return null;
    const changes = renumber(root, hidden);
    if (changes.length === 0) return null;
    return {
      title:
        hidden.length === 1
          ? 'Give the hidden profile a number that the program sees'
          : 'Give the hidden profiles numbers that the program sees',
      risk: 'settings',
      operations: [
        {
          op: 'edit-ini',
          path: root.registry.file,
          changes,
          why: 'the program counts profiles without a gap',
        },
      ],
    };
  },
});

/** Sections in the order of their numbers move down to the first free ones: one change for each key that differs. */
function renumber({ registry }: RootFacts, hidden: readonly HiddenProfile[]): IniChange[] {
  const { ini } = registry;
  if (ini === null) return [];
  const value = (section: string, key: string): string | null => ini.get(section, key)?.value ?? null;
  let free = 0;
  while (value(`Profile${free}`, 'IsRelative') !== null) free++;
  const wanted = new Map<string, Map<string, string>>(hidden.map(({ section }) => [section, new Map()]));
  for (const { section } of hidden) {
    const keys = new Map(ini.keys(section).map((key) => [key, value(section, key) ?? '']));
    if (!keys.has('IsRelative')) {
      const absolute = rulesOf(registry.root.path).isAbsolute(value(section, 'Path') ?? '');
      keys.set('IsRelative', absolute ? '0' : '1');
    }
    wanted.set(`Profile${free++}`, keys);
  }
  return [...wanted].flatMap(([section, keys]) =>
    [...new Set([...keys.keys(), ...ini.keys(section)])]
      .map((key) => ({ section, key, from: value(section, key), to: keys.get(key) ?? null }))
      .filter(({ from, to }) => from !== to),
  );
}
