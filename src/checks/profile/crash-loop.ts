/**
 * Looks for: a program that crashed again and again, at its start or lately.
 * Why: it does so for a reason that lies in the profile, in an add-on or in the computer; each crash can leave half
 * written files behind (formats.md R13).
 * Found: `toolkit.startup.recent_crashes`, which the program counts itself, from 3 on; or three crash reports of one week.
 * Repaired: nothing here: what makes it crash is found by the other checks. Advice, in the order of what is likely.
 */

import type { CrashReport } from '../../profile/crash-reports.ts';
import { defineCheck, type Facts } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { programName } from '../wording.ts';

/** As many crashes at the start, and the program offers its troubleshoot mode by itself. */
const many = 3;
const dayMs = 24 * 60 * 60 * 1000;
const counter = 'toolkit.startup.recent_crashes';

interface State {
  atStart: number;
  reports: CrashReport[];
  /** The last session ended without the marks of a proper end. */
  unclean: boolean;
}

export const crashLoop = defineCheck<State>({
  meta: {
    id: 'profile/crash-loop',
    severity: 'warning',
    title: 'The program crashes again and again',
    looksFor: 'Three crashes or more at the start of the program, or within one week.',
    why: 'Something in the profile, an add-on or the computer makes the program end at once. Each time, files that it was writing can be damaged.',
    repair:
      'None of its own: what mailmend can repair of the causes stands under the other findings. The rest is told, step by step.',
    faults: ['formats.md R13'],
    needs: ['machine'],
  },

  find(facts) {
    const state = crashesOf(facts);
    if (state.atStart < many && state.reports.length < many) return [];
    return [
      {
        subject: { kind: 'profile', id: 'crashes' },
        evidence: [
          ...(state.atStart > 0 ? [prefEvidence(facts.profile, counter)] : []),
          ...state.reports.slice(0, many).map(({ file, time }) => ({
            file,
            note: `a crash on ${new Date(time).toISOString().slice(0, 10)}`,
          })),
          ...(state.unclean
            ? [{ file: 'sessionCheckpoints.json', note: 'the last session did not end properly' }]
            : []),
        ],
        state,
      },
    ];
  },

  words({ state: { atStart, reports } }, { profile }) {
    const program = programName(profile.program);
    const often =
      atStart >= many
        ? `${program} crashed ${atStart} times at its start`
        : `${program} crashed ${reports.length} times within a week`;
    return {
      title: often,
      detail: `First put right what else is found here; a damaged server name alone makes it crash at every start. If it goes on: start it without add-ons (hold Shift while it starts, or thunderbird --safe-mode), and see whether it stays open. Then try a fresh profile: mailmend diagnostic-profile. If that crashes too, it is the program or the computer: install the program again. Crash reports can belong to another profile of the same program.`,
    };
  },
});

function crashesOf({ profile, root, machine }: Facts): State {
  const now = machine?.now.getTime() ?? 0;
  return {
    atStart: profile.prefs.int(counter) ?? 0,
    reports: (root?.crashReports ?? []).filter(({ time }) => time > now - 7 * dayMs && time <= now + dayMs),
    unclean: profile.lastSession?.clean === false && machine?.lock.state === 'free',
  };
}
