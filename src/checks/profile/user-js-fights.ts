/**
 * Looks for: lines of user.js that set accounts, servers, senders or their lists to something else than prefs.js has.
 * Why: the program reads user.js over prefs.js at every start, so whatever the owner changes there comes back; a list of
 * accounts that is set again each time loses what was added since (formats.md 2.4, P6).
 * Found: the same name in both files with different values. Lines that say what is set anyway are in order.
 * Repaired: these lines leave user.js, only when asked for by name: somebody put them there.
 */

import path from 'node:path';
import type { PrefEntry } from '../../formats/prefs/prefs.ts';
import { effectiveValues } from '../../formats/prefs/values.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';

interface State {
  fights: { entry: PrefEntry; saved: PrefEntry['value'] }[];
}

const ofAccounts =
  /^mail\.(?:account|server|identity|smtpserver|accountmanager)\.|^mail\.smtp(?:servers$|\.defaultserver$)/;

export const userJsFights = defineCheck<State>({
  meta: {
    id: 'profile/user-js-fights',
    severity: 'warning',
    title: 'user.js sets accounts back at every start',
    looksFor:
      'Lines in user.js that set accounts, servers or senders to something else than the settings of the program.',
    why: 'user.js is read over the settings at every start. What you change in the program comes back, and accounts that you add can fall out of the list again.',
    repair:
      'These lines are taken out of user.js, so that what the program has saved counts. Only when asked for: somebody wrote them on purpose.',
    faults: ['formats.md P6'],
    repairByName: true,
  },

  find({ profile }) {
    const fights = fightsOf(profile);
    if (fights.length === 0) return [];
    return [
      {
        subject: { kind: 'file', id: 'user.js' },
        evidence: fights.flatMap(({ entry, saved }) => [
          { file: 'user.js', line: entry.line, note: `${entry.name} = ${JSON.stringify(entry.value)}` },
          { file: 'prefs.js', note: `${entry.name} = ${JSON.stringify(saved)}` },
        ]),
        state: { fights },
      },
    ];
  },

  words({ state: { fights } }) {
    const one = fights.length === 1;
    const names = fights.map(({ entry }) => `${entry.name} (line ${entry.line})`).join(', ');
    return {
      title: `user.js sets ${one ? 'a setting' : `${fights.length} settings`} of your accounts back at every start`,
      detail: `${names}: the program has saved something else, and the value in user.js replaces it at the next start. If you, or whoever looks after this computer, want it so, leave it. Otherwise ${one ? 'this line goes' : 'these lines go'} out of user.js, and what the program has saved counts.`,
    };
  },

  repair({ state: { fights } }, { profile }) {
    const current = profile.userText === null ? new Map() : effectiveValues(profile.userText.parsed);
    const changes = fights.map(({ entry: { name } }) => ({
      name,
      from: (current.get(name) as PrefEntry | undefined)?.value ?? null,
      to: null,
    }));
    const legacy = profile.userText?.parsed.grammar === 'legacy';
    return {
      title: `Take ${fights.length === 1 ? 'this line' : `these ${fights.length} lines`} out of user.js`,
      risk: 'settings',
      operations: [
        {
          op: 'edit-prefs',
          path: path.join(profile.path, 'user.js'),
          changes,
          why: 'user.js is read over the settings at every start',
          ...(legacy ? { grammar: 'legacy' as const } : {}),
        },
      ],
    };
  },
});

/** The last line of a name counts, in both files. */
function fightsOf({ userText, prefsText }: Profile): State['fights'] {
  if (userText === null || prefsText === null) return [];
  const saved = effectiveValues(prefsText.parsed);
  return [...effectiveValues(userText.parsed).values()]
    .filter(({ name }) => ofAccounts.test(name))
    .flatMap((entry) => {
      const own = saved.get(entry.name);
      return own === undefined || own.value === entry.value ? [] : [{ entry, saved: own.value }];
    });
}
