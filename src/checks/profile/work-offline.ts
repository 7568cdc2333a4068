/**
 * Looks for: a program that is set to start offline.
 * Why: it then fetches and sends nothing, for any account, and says so only by a small sign in a corner of its window;
 * to its owner every server seems to be out of reach (formats.md P9).
 * Found: `offline.startup_state` 3 (always), or 0 (as it was last) while `network.online` says that it was offline last.
 * Repaired: back to "always online", as the program comes, and only when asked for by name: it may be meant.
 */

import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { userJsNote } from '../settings/user-js.ts';
import { programName } from '../wording.ts';

interface State {
  always: boolean;
}

const atStart = 'offline.startup_state';
const online = 'network.online';
const state = { asLastTime: 0, alwaysOffline: 3 };

export const workOffline = defineCheck<State>({
  meta: {
    id: 'profile/work-offline',
    severity: 'warning',
    title: 'The program starts offline',
    looksFor:
      'Settings by which the program starts in its offline mode: always, or because it was offline last time.',
    why: 'Offline it fetches and sends nothing. Every account seems to be dead, while nothing is wrong with any of them.',
    repair: 'It is set to start online, as it does when it is new. Only when asked for: it may be meant so.',
    faults: ['formats.md P9'],
    repairByName: true,
  },

  find({ profile }) {
    const mode = profile.prefs.int(atStart);
    const wasOffline = profile.prefs.bool(online) === false;
    const always = mode === state.alwaysOffline;
    if (!always && !(mode === state.asLastTime && wasOffline)) return [];
    return [
      {
        subject: { kind: 'preference', id: atStart },
        evidence: [prefEvidence(profile, atStart), ...(always ? [] : [prefEvidence(profile, online)])],
        state: { always },
      },
    ];
  },

  words({ state: { always } }, { profile }) {
    const program = programName(profile.program);
    return {
      title: always
        ? `${program} is set to start offline, always`
        : `${program} was offline last, and is set to start as it was`,
      detail: `It fetches and sends nothing until it is told to: File, Offline, Work Offline takes the mark away. If that is not meant, set it to "Always online" (Settings, General, Network & Disk Space, Offline).${userJsNote(profile, [atStart])}`,
    };
  },

  repair(_problem, { profile }) {
    const edit = editPrefsOperation(
      profile,
      [
        { name: atStart, to: null },
        { name: online, to: null },
      ],
      'without these lines the program starts online',
    );
    return edit === null
      ? null
      : { title: 'Let the program start online again', risk: 'settings', operations: [edit] };
  },
});
