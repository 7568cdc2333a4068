/**
 * The preferences as the program sees them: prefs.js, then user.js over it (formats.md 2.4), each value with the
 * line it comes from. A value of a type that the program does not expect counts as absent, as it does there
 * (formats.md 2.1, 3.5).
 * Belongs here: looking values up. What they mean for accounts is accounts.ts and its neighbours.
 */

import type { PrefEntry, PrefsFile, PrefValue } from '../formats/prefs/prefs.ts';
import { builtInType, type PrefType } from './built-in-types.ts';
import type { EnforcedPref } from './enforced.ts';

export interface Where {
  /** Relative to the profile, `prefs.js` or `user.js`; absolute for what an administrator sets. */
  file: string;
  /** 1-based. */
  line: number;
}

/** A value that the program throws away while loading, since its built-in default has another type. */
export interface RejectedPreference {
  name: string;
  value: PrefValue;
  expected: PrefType;
  where: Where;
}

export interface Preferences {
  /** Undefined when absent or of another type. */
  string(name: string): string | undefined;
  int(name: string): number | undefined;
  bool(name: string): boolean | undefined;
  /** The value of whatever type it has. */
  raw(name: string): PrefValue | undefined;
  has(name: string): boolean;
  /** All names that begin with `prefix`, sorted. */
  names(prefix: string): string[];
  /** The distinct next parts after `prefix` (which ends with a dot), sorted: `mail.server.` -> server1, server2. */
  children(prefix: string): string[];
  where(name: string): Where | null;
  /** In file order. */
  readonly rejected: readonly RejectedPreference[];
}

export interface PreferenceSource {
  file: string;
  parsed: Pick<PrefsFile, 'entries'>;
}

/** What an administrator sets counts more than any file of the profile; what is locked, most of all. */
export function enforcedSources(prefs: readonly EnforcedPref[]): PreferenceSource[] {
  const inOrder = [
    ...prefs.filter(({ how }) => how === 'start'),
    ...prefs.filter(({ how }) => how === 'locked'),
  ];
  return inOrder.flatMap(({ name, value, file, line }) =>
    value === null
      ? []
      : [{ file, parsed: { entries: [{ name, value, keyword: 'user_pref', line, start: 0, end: 0 }] } }],
  );
}

interface Held {
  value: PrefValue;
  where: Where;
}

/** @param sources in the order in which the program reads them: later ones win. */
export function readPreferences(sources: readonly PreferenceSource[]): Preferences {
  const user = new Map<string, Held>();
  const session = new Map<string, Held>();
  const rejected: RejectedPreference[] = [];
  for (const { file, parsed } of sources) {
    for (const entry of parsed.entries) {
      const where = { file, line: entry.line };
      const expected = builtInType(entry.name);
      if (expected !== null && expected !== typeOf(entry.value)) {
        rejected.push({ name: entry.name, value: entry.value, expected, where });
      } else {
        hold(entry, where);
      }
    }
  }
  return lookUp(new Map([...session, ...user]), rejected);

  /** `pref(...)` in a user file sets a default for the session: any user_pref wins over it (formats.md 2.1). */
  function hold(entry: PrefEntry, where: Where): void {
    (entry.keyword === 'user_pref' ? user : session).set(entry.name, { value: entry.value, where });
  }
}

export function typeOf(value: PrefValue): PrefType {
  return typeof value === 'number' ? 'int' : typeof value === 'boolean' ? 'bool' : 'string';
}

function lookUp(held: ReadonlyMap<string, Held>, rejected: readonly RejectedPreference[]): Preferences {
  const sorted = [...held.keys()].sort();
  const names = (prefix: string): string[] => {
    const found: string[] = [];
    for (let i = firstNotBelow(sorted, prefix); i < sorted.length; i++) {
      const name = sorted[i];
      if (name === undefined || !name.startsWith(prefix)) break;
      found.push(name);
    }
    return found;
  };
  const raw = (name: string): PrefValue | undefined => held.get(name)?.value;
  return {
    raw,
    names,
    rejected,
    string: (name) => {
      const value = raw(name);
      return typeof value === 'string' ? value : undefined;
    },
    int: (name) => {
      const value = raw(name);
      return typeof value === 'number' ? value : undefined;
    },
    bool: (name) => {
      const value = raw(name);
      return typeof value === 'boolean' ? value : undefined;
    },
    has: (name) => held.has(name),
    where: (name) => held.get(name)?.where ?? null,
    children: (prefix) => [
      ...new Set(names(prefix).map((name) => name.slice(prefix.length).split('.', 1)[0] ?? '')),
    ],
  };
}

function firstNotBelow(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
