/**
 * Looks for: two entries in profiles.ini that lead to the same folder, or have the same name.
 * Why: of two of one name the program finds the first when it is asked for by name. Of two with one folder the owner
 * believes that one can go: "Delete files" in the profile manager then takes the mail of both (formats.md 1.2, R7).
 * Found: by path and name of the entries that the program sees.
 * Repaired: the later one gets another name, or leaves the list where the folder is the same. No folder is touched.
 */

import type { RegisteredProfile } from '../../profile/registry.ts';
import { edit, freeName, withoutSections } from '../../profile/registry-changes.ts';
import { defineCheck } from '../check.ts';

interface State {
  first: RegisteredProfile;
  /** The later ones, in the order of their numbers. */
  others: RegisteredProfile[];
  same: 'folder' | 'name';
}

/** More than this nobody has; a list of thousands was made by a program that went wrong, and is told only. */
const most = 50;
const shown = 8;

export const registryDuplicate = defineCheck<State>({
  meta: {
    id: 'profile/registry-duplicate',
    severity: 'warning',
    title: 'Two entries for one profile, or of one name',
    looksFor: 'Two entries in the list of profiles that lead to the same folder or have the same name.',
    why: 'Two names for one folder look like two profiles. Whoever deletes one of them with its files loses the mail of both. Of two profiles with one name, only the first is found by it.',
    repair:
      'The later entry gets a name of its own; where both lead to the same folder, it leaves the list. No folder and no mail is touched.',
    faults: ['formats.md R7'],
    needs: ['root'],
  },

  find({ root }) {
    if (root === null) return [];
    const { profiles, file } = root.registry;
    const sameFolder = groups(profiles, ({ path }) => path);
    const doubled = new Set(sameFolder.flatMap(({ others }) => others));
    const sameName = groups(
      profiles.filter((entry) => !doubled.has(entry)),
      ({ name }) => name,
    );
    const states = [
      ...sameFolder.map((group): State => ({ ...group, same: 'folder' })),
      ...sameName.map((group): State => ({ ...group, same: 'name' })),
    ];
    return states.map((state) => ({
      subject: { kind: 'registry-entry' as const, id: state.others[0]?.section ?? '' },
      evidence: [state.first, ...state.others].slice(0, shown).map((one) => ({
        file,
        line: state.same === 'name' ? one.nameFact.line : one.written.line,
        note: state.same === 'name' ? `Name=${one.name}` : `Path=${one.written.value}`,
      })),
      state,
    }));
  },

  words({ state: { first, others, same } }) {
    const names = [first, ...others].slice(0, shown).map(({ name }) => `"${name}"`);
    const many =
      others.length > most ? ` ${others.length} such entries are more than mailmend takes out.` : '';
    return same === 'folder'
      ? {
          title: `The profiles ${names.join(', ')} are one and the same folder`,
          detail: `They all lead to ${first.path}. Never delete one of them in the profile manager: with its files, the mail of all would go.${many}`,
        }
      : {
          title: `${others.length + 1} profiles are called "${first.name}"`,
          detail: `Asked for by this name, the program opens the first: ${first.path}. The ${others.length === 1 ? 'other is' : 'others are'} ${others
            .slice(0, shown)
            .map(({ path }) => path)
            .join(', ')}.${many}`,
        };
  },

  repair({ state: { first, others, same } }, { root }) {
    if (root === null || others.length > most) return null;
    const { registry } = root;
    if (same === 'folder') {
      const indices = others.map(({ index }) => index);
      return {
        title: `Keep "${first.name}", and take ${others.map(({ name }) => `"${name}"`).join(', ')} out of the list; the folder stays`,
        risk: 'settings',
        operations: edit(
          registry.file,
          withoutSections(registry, indices, first.index),
          'one entry for one folder; the last one moves up, so that there is no gap',
        ),
      };
    }
    const given: string[] = [];
    const changes = others.map(({ section, name }) => {
      const to = freeName(registry, name, given);
      given.push(to);
      return { section, key: 'Name', from: name, to };
    });
    return {
      title: `Call the later ${others.length === 1 ? 'one' : 'ones'} ${given.map((name) => `"${name}"`).join(', ')}`,
      risk: 'settings',
      operations: edit(registry.file, changes, 'a name is looked up by its first match'),
    };
  },
});

/** Entries of one key, where there are several. */
function groups(
  profiles: readonly RegisteredProfile[],
  keyOf: (profile: RegisteredProfile) => string,
): Pick<State, 'first' | 'others'>[] {
  const byKey = new Map<string, RegisteredProfile[]>();
  for (const profile of profiles) {
    const group = byKey.get(keyOf(profile));
    if (group === undefined) byKey.set(keyOf(profile), [profile]);
    else group.push(profile);
  }
  return [...byKey.values()].flatMap(([first, ...others]) =>
    first === undefined || others.length === 0 ? [] : [{ first, others }],
  );
}
