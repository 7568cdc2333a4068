/**
 * Looks for: settings of accounts in use that damage took and that a put-aside copy of prefs.js (Invalidprefs.js) has.
 * Why: an error in the file takes its neighbours along; the program keeps a copy, goes on without them and drops them at
 * its next save, so that prefs.js is sound again and poorer (formats.md 2.3, P1; breakage.md).
 * Found: what the program itself could not see in the copy, for senders and servers that are still the same, under names
 * that nothing sets now. Whole accounts are profile/accounts-in-older-settings; a file that is damaged now, profile/prefs-damaged.
 * Repaired: when asked for: they are put back. The owner may have done without them for long.
 */

import type { PrefEntry } from '../../formats/prefs/prefs.ts';
import { effectiveValues } from '../../formats/prefs/values.ts';
import { identityPrefix } from '../../profile/identities.ts';
import { outgoingPrefix } from '../../profile/outgoing.ts';
import type { PrefsText, Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { defineCheck, waitsFor } from '../check.ts';
import { prefRepair } from '../pref-repair.ts';
import { blockerOf } from '../profile/settings-state.ts';
import { programName } from '../wording.ts';

interface State {
  file: string;
  entries: PrefEntry[];
}

export const settingsLeftBehind = defineCheck<State>({
  meta: {
    id: 'interference/settings-left-behind',
    severity: 'info',
    title: 'Settings that only a damaged copy has',
    looksFor:
      'Settings of your accounts that the program lost when prefs.js was damaged, and that the copy it kept (Invalidprefs.js) still has.',
    why: 'The program read what it could and went on without the rest. What is missing since (a name, a folder for sent mail, a security setting) has its default.',
    repair: 'When asked for, they are put back as they were. Nothing that is set now is changed.',
    example:
      'Invalidprefs.js has the line with the name of a sender behind a damaged one; in prefs.js there is no name.',
    faults: ['formats.md P1', 'formats.md P4', 'formats.md P7', 'pains.md P12'],
  },

  skip({ profile }) {
    const blocker = blockerOf(profile);
    return blocker === null ? null : waitsFor(blocker);
  },

  find({ profile }) {
    if (blockerOf(profile) !== null) return [];
    const seen = new Set<string>();
    return profile.generations.flatMap((copy) => {
      const entries = leftBehind(profile, copy).filter(({ name }) => !seen.has(name));
      for (const { name } of entries) seen.add(name);
      if (entries.length === 0) return [];
      return [
        {
          subject: { kind: 'file' as const, id: copy.file },
          // Names only: a value may be private.
          evidence: entries.map(({ name, line }) => ({
            file: copy.file,
            line,
            note: `${name} is only here`,
          })),
          state: { file: copy.file, entries },
        },
      ];
    });
  },

  words({ state: { file, entries } }, { profile }) {
    const program = programName(profile.program);
    const [what, them] =
      entries.length === 1
        ? ['A setting of your accounts is', 'it']
        : [`${entries.length} settings of your accounts are`, 'them'];
    return {
      title: `${what} only in ${file}, a damaged copy of the settings`,
      detail: `${program} could not read ${them} when the file was damaged, and goes on without: ${entries.map(({ name }) => name).join(', ')}. Perhaps you have set other things right since; then nothing has to be done.`,
    };
  },

  repair({ state: { file, entries } }, { profile }) {
    const wanted = entries.map(({ name, value }) => ({ name, to: value }));
    const title = `Put ${entries.length === 1 ? 'the setting' : `${entries.length} settings`} of ${file} back`;
    return prefRepair(profile, title, wanted, `damage took it; ${file} still has it`);
  },
});

/** One for each name, the last one of the copy. */
function leftBehind(profile: Profile, copy: PrefsText): PrefEntry[] {
  if (copy.lost.length === 0) return [];
  const values = new Map(effectiveValues(copy.parsed));
  for (const entry of copy.lost) values.set(entry.name, entry);
  const prefixes = branchesInUse(profile)
    .filter(({ prefix, marks }) => marks.every((mark) => isSame(profile, values, prefix + mark)))
    .map(({ prefix }) => prefix);
  const lost = new Map(copy.lost.map((entry) => [entry.name, entry]));
  return [...lost.values()].filter(
    ({ name }) => !profile.prefs.has(name) && prefixes.some((prefix) => name.startsWith(prefix)),
  );
}

/** What an account uses, with the settings that make it the same sender or server as before. */
function branchesInUse({
  accountList: { accounts },
  outgoing,
}: Profile): { prefix: string; marks: string[] }[] {
  const senders = accounts.flatMap(({ identities }) => identities.map(({ key }) => identityPrefix(key)));
  const servers = accounts.map(({ server }) => serverPrefix(server.key));
  const ways = outgoing.servers.filter(({ listed }) => listed).map(({ key }) => outgoingPrefix(key));
  return [
    ...[...new Set(senders)].map((prefix) => ({ prefix, marks: ['useremail'] })),
    ...[...new Set(servers)].map((prefix) => ({ prefix, marks: ['type', 'hostname', 'userName'] })),
    ...ways.map((prefix) => ({ prefix, marks: ['hostname', 'username'] })),
  ];
}

/** A key may have been given to another account since. What one of the two lacks does not tell them apart. */
function isSame(profile: Profile, values: ReadonlyMap<string, PrefEntry>, name: string): boolean {
  const then = values.get(name)?.value;
  const now = profile.prefs.raw(name);
  return then === undefined || now === undefined || then === now;
}
