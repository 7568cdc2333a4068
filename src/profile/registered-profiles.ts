/**
 * The `[ProfileN]` sections of profiles.ini, as the programs go through them: by number from 0, up to the first number
 * that is missing (formats.md 1.2). Sections that they pass over or never reach are listed apart, with the reason.
 */

import type { IniFile } from '../formats/ini/ini.ts';
import { rulesOf } from './path-rules.ts';
import type { Root } from './places.ts';
import { describePlace, resolvePlace } from './profile-place.ts';
import { factOf, type RegistryFact } from './registry-fact.ts';

export interface RegisteredProfile {
  /** `Profile0` … */
  section: string;
  index: number;
  name: string;
  /** Absolute: the folder that the program would use, whether it is there or not. */
  path: string;
  /** How the program writes that place; `Default` of an `[Install…]` section is compared with it, letter by letter. */
  descriptor: string;
  /** `Path` and `IsRelative` as they stand. */
  written: RegistryFact;
  isRelative: RegistryFact;
  nameFact: RegistryFact;
  /** Opened by programs that know no `[Install…]` sections, and taken over by a new installation (formats.md 1.2). */
  default: boolean;
  defaultFact: RegistryFact | null;
  /** The folder lies outside the root. Allowed; whoever changes something there has to say so. */
  outside: boolean;
  /** The section of an earlier profile of the same name, which is the one found when the name is asked for. */
  shadowedBy: string | null;
  /** Line of `[ProfileN]`. */
  line: number;
}

/** A `[ProfileN]` section that the programs do not see. */
export interface HiddenProfile {
  section: string;
  name: string | null;
  /** Absolute; null where none can be made out. */
  path: string | null;
  /** One sentence. */
  why: string;
  /** `gap`: the numbering ends before it. */
  cause: 'gap' | 'no-is-relative' | 'no-path' | 'no-name' | 'unusable-path';
  line: number;
}

/** Counting ends at the first number whose section has no IsRelative (formats.md 1.2). */
export function readProfiles(
  root: Root,
  ini: IniFile,
): { profiles: RegisteredProfile[]; hidden: HiddenProfile[] } {
  const profiles: RegisteredProfile[] = [];
  const sectionOfName = new Map<string, string>();
  const hidden: HiddenProfile[] = [];
  let end = 0;
  for (; ini.get(`Profile${end}`, 'IsRelative') !== null; end++) {
    const read = readProfile(root, ini, end, sectionOfName);
    if ('why' in read) hidden.push(read);
    else {
      profiles.push(read);
      if (read.shadowedBy === null) sectionOfName.set(read.name, read.section);
    }
  }
  for (const section of profileSections(ini)) {
    if (indexOf(section) >= end) hidden.push(unreached(root, ini, section, end));
  }
  return { profiles: markDefault(profiles), hidden };
}

/** `[ProfileN]` by number; not `[Profile01]`, which no program asks for. */
const profileSections = (ini: IniFile): string[] =>
  ini
    .sections()
    .filter((section) => /^Profile(?:0|[1-9][0-9]{0,8})$/.test(section))
    .sort((a, b) => indexOf(a) - indexOf(b));

const indexOf = (section: string): number => Number(section.slice('Profile'.length));

function readProfile(
  root: Root,
  ini: IniFile,
  index: number,
  sectionOfName: ReadonlyMap<string, string>,
): RegisteredProfile | HiddenProfile {
  const section = `Profile${index}`;
  const isRelative = factOf(ini.get(section, 'IsRelative'));
  const written = factOf(ini.get(section, 'Path'));
  const nameFact = factOf(ini.get(section, 'Name'));
  if (written === null || isRelative === null)
    return hide(root, ini, section, 'no-path', 'it has no Path line');
  if (nameFact === null) return hide(root, ini, section, 'no-name', 'it has no Name line');
  const path = resolvePlace(root, written.value, isRelative.value === '1');
  if (path === null) {
    return hide(
      root,
      ini,
      section,
      'unusable-path',
      `its Path is not one that can be used on ${systemNames[root.platform]}`,
    );
  }
  const descriptor = describePlace(root, path);
  const defaultFact = factOf(ini.get(section, 'Default'));
  return {
    section,
    index,
    name: nameFact.value,
    path,
    descriptor: descriptor.text,
    written,
    isRelative,
    nameFact,
    default: defaultFact?.value === '1',
    defaultFact,
    outside: isOutside(root, path),
    shadowedBy: sectionOfName.get(nameFact.value) ?? null,
    line: ini.sectionLine(section) ?? isRelative.line,
  };
}

const systemNames = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** A path may begin with the root and still lead out of it (`…/.thunderbird/../else`). */
function isOutside(root: Root, path: string): boolean {
  const rules = rulesOf(root.path);
  const way = rules.relative(root.path, path);
  return way === '..' || way.startsWith(`..${rules.sep}`) || rules.isAbsolute(way);
}

function hide(
  root: Root,
  ini: IniFile,
  section: string,
  cause: HiddenProfile['cause'],
  reason: string,
): HiddenProfile {
  const path = ini.get(section, 'Path');
  return {
    section,
    name: ini.get(section, 'Name')?.value ?? null,
    path: path === null ? null : guessPlace(root, path.value, ini.get(section, 'IsRelative')?.value ?? null),
    why: `The program does not see this profile, because ${reason}.`,
    cause,
    line: ini.sectionLine(section) ?? 1,
  };
}

/** Without IsRelative nobody says how Path is meant: then what it looks like. */
const guessPlace = (root: Root, text: string, isRelative: string | null): string | null =>
  isRelative === null
    ? (resolvePlace(root, text, false) ?? resolvePlace(root, text, true))
    : resolvePlace(root, text, isRelative === '1');

function unreached(root: Root, ini: IniFile, section: string, end: number): HiddenProfile {
  if (section === `Profile${end}`) {
    const reason = 'it has no IsRelative line; nor does it see any profile after it';
    return hide(root, ini, section, 'no-is-relative', reason);
  }
  const reason =
    ini.keys(`Profile${end}`).length === 0
      ? `there is no [Profile${end}], and the program stops counting at the first number that is missing`
      : `[Profile${end}] has no IsRelative line, and the program stops counting there`;
  return hide(root, ini, section, 'gap', reason);
}

/** The last of several with Default=1 counts, and a single profile needs none. */
function markDefault(profiles: RegisteredProfile[]): RegisteredProfile[] {
  const last = profiles.findLast((profile) => profile.default);
  const chosen = last ?? onlyOne(profiles);
  return profiles.map((profile) => ({ ...profile, default: profile === chosen }));
}

/** `dev-edition-default` is a name with a meaning of its own and is not counted. */
function onlyOne(profiles: readonly RegisteredProfile[]): RegisteredProfile | null {
  const counted = profiles.filter((profile) => profile.name !== 'dev-edition-default');
  return counted.length === 1 ? (counted[0] ?? null) : null;
}
