/**
 * Changes of profiles.ini, one key at a time, so that the program sees what is meant: an entry more, an entry less, an
 * entry that leads elsewhere, the profile that opens (formats.md 1.2).
 * Belongs here: which keys change. Whether they should is for checks and commands to say.
 */

import type { IniFile } from '../formats/ini/ini.ts';
import type { IniChange, Operation } from '../repair/operation.ts';
import { rulesOf } from './path-rules.ts';
import { describePlace } from './profile-place.ts';
import type { Registry } from './registry.ts';

/** Keys of one section and their values, in their order. */
export type Section = ReadonlyMap<string, string>;

/** `[Profile0]` … up to the first that has no IsRelative line, where the program stops counting. */
export function countedSections({ ini }: Registry): Section[] {
  const sections: Section[] = [];
  for (;;) {
    const section = `Profile${sections.length}`;
    if (ini === null || ini.get(section, 'IsRelative') === null) return sections;
    sections.push(keysOf(ini, section));
  }
}

const keysOf = (ini: IniFile | null, section: string): Section =>
  new Map((ini?.keys(section) ?? []).map((key) => [key, ini?.get(section, key)?.value ?? '']));

export function changesOf(section: string, from: Section, to: Section): IniChange[] {
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((key) => ({ section, key, from: from.get(key) ?? null, to: to.get(key) ?? null }))
    .filter((change) => change.from !== change.to);
}

/** The section of a profile that is entered. */
export function profileSection({ root }: Registry, name: string, path: string): Section {
  const place = describePlace(root, path);
  return new Map([
    ['Name', name],
    ['IsRelative', place.relative ? '1' : '0'],
    ['Path', place.text],
  ]);
}

/** One more section behind those that the program counts. */
export function listProfile(registry: Registry, name: string, path: string): IniChange[] {
  const section = `Profile${countedSections(registry).length}`;
  return changesOf(section, keysOf(registry.ini, section), profileSection(registry, name, path));
}

/** Names are looked up by the first match, so it must be the only one: `work`, then `work 2` … */
export function freeName(
  { profiles, hidden }: Pick<Registry, 'profiles' | 'hidden'>,
  wanted: string,
  also: readonly string[] = [],
): string {
  const taken = new Set([...[...profiles, ...hidden].map(({ name }) => name), ...also]);
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} ${n}`;
    if (!taken.has(name)) return name;
  }
}

/** `abcd1234.work` -> `work`, as the programs name folders; any other folder is called as it is. Fit for a line of an INI file. */
export function nameOfFolder(path: string): string {
  const folder = rulesOf(path).basename(path);
  const name = /^[a-z0-9]{8}\.(.+)$/.exec(folder)?.[1] ?? folder;
  return name.replaceAll(/[\r\n\0]/g, ' ');
}

/**
 * Without these entries: the last one moves into the place of each, as the program does it, so that there is no gap.
 * @param heir the index of the one that takes their `Default=1` over.
 */
export function withoutSections(registry: Registry, indices: readonly number[], heir: number): IniChange[] {
  const before = countedSections(registry);
  const after = [...before];
  const kept = before[heir];
  if (kept !== undefined && indices.some((index) => before[index]?.get('Default') === '1'))
    after[heir] = new Map([...kept, ['Default', '1']]);
  for (const index of [...indices].sort((a, b) => b - a)) {
    const last = after.pop();
    if (last !== undefined && index < after.length) after[index] = last;
  }
  return before.flatMap((section, at) =>
    changesOf(`Profile${at}`, section, after[at] ?? new Map<string, string>()),
  );
}

/** The entry leads to another folder; the installations that called it their own go with it. */
export function pointSection(registry: Registry, section: string, path: string): Operation[] {
  const keys = keysOf(registry.ini, section);
  const place = describePlace(registry.root, path);
  const wanted = new Map([...keys, ['IsRelative', place.relative ? '1' : '0'], ['Path', place.text]]);
  const entry = registry.profiles.find((profile) => profile.section === section);
  const former = new Set([keys.get('Path'), entry?.descriptor]);
  const another = registry.profiles.some(
    (profile) => profile.section !== section && former.has(profile.descriptor),
  );
  const followers = registry.installs.filter(
    ({ default: chosen }) => chosen !== null && former.has(chosen.value) && !another,
  );
  const installs = followers.map(({ hash }) => installChange(registry, hash, 'Default', place.text));
  return [
    ...edit(registry.file, changesOf(section, keys, wanted), 'the folder of this profile lies there'),
    ...inFiles(registry, installs, 'this installation opens that profile, and goes on to do so'),
  ];
}

/** The installation opens the profile of that descriptor, and keeps it for itself. */
export function openByInstall(registry: Registry, hash: string, descriptor: string): Operation[] {
  const changes = [
    installChange(registry, hash, 'Default', descriptor),
    installChange(registry, hash, 'Locked', '1'),
  ];
  return inFiles(registry, changes, 'this installation opens the profile that is named here');
}

/** `Default=1` at that section alone: what programs without installations of their own look at, and new ones take over. */
export function markDefault({ ini, profiles }: Registry, section: string): IniChange[] {
  const value = (at: string): string | null => ini?.get(at, 'Default')?.value ?? null;
  const marked = profiles.filter((profile) => profile.section !== section && value(profile.section) === '1');
  return [
    ...marked.map((profile) => ({ section: profile.section, key: 'Default', from: '1', to: null })),
    ...(value(section) === '1' ? [] : [{ section, key: 'Default', from: value(section), to: '1' }]),
  ];
}

export const edit = (path: string, changes: IniChange[], why: string): Operation[] =>
  changes.length === 0 ? [] : [{ op: 'edit-ini', path, changes, why }];

interface InstallChange {
  inInstalls: boolean;
  change: IniChange;
}

/** While profiles.ini has no Version, installs.ini is imported over it, so what is to last stands there. */
function installChange(registry: Registry, hash: string, key: string, to: string): InstallChange {
  const { ini, importedInstalls } = registry;
  const inInstalls = importedInstalls !== null;
  const section = inInstalls ? hash : `Install${hash}`;
  const from = (inInstalls ? importedInstalls : ini)?.get(section, key)?.value ?? null;
  return { inInstalls, change: { section, key, from, to } };
}

function inFiles(registry: Registry, changes: readonly InstallChange[], why: string): Operation[] {
  const { join } = rulesOf(registry.root.path);
  const real = changes.filter(({ change }) => change.from !== change.to);
  const of = (inInstalls: boolean): IniChange[] =>
    real.filter((one) => one.inInstalls === inInstalls).map(({ change }) => change);
  return [
    ...edit(registry.file, of(false), why),
    ...edit(join(registry.root.path, 'installs.ini'), of(true), why),
  ];
}
