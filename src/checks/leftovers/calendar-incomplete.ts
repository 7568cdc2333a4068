/**
 * Looks for: a calendar whose settings have lost their type or their address.
 * Why: at its next start the program deletes all settings of such a calendar (formats.md 3.10, D11): its name, its
 * colour, and the only thing that leads to its events.
 * Found: branches of `calendar.registry`. One of which neither is left, nor a name, is a mere rest.
 * Repaired: a calendar on this computer has one type and one address; each is entered from the other. Those of a server
 * cannot be told.
 */

import { readUnusableCalendars, type UnusableCalendar } from '../../profile/calendars.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import type { WantedPref } from '../pref-operations.ts';
import { prefRepair } from '../pref-repair.ts';
import { userJsNote } from '../settings/user-js.ts';

interface State {
  id: string;
  why: Exclude<UnusableCalendar['why'], 'bad-uri'>;
  name: string;
  /** Null: it cannot be told. */
  wanted: WantedPref | null;
}

const localAddress = 'moz-storage-calendar://';

export const calendarIncomplete = defineCheck<State>({
  meta: {
    id: 'leftovers/calendar-incomplete',
    severity: 'error',
    title: 'A calendar that the next start would delete from the settings',
    looksFor: 'A calendar in the settings that has lost its type or its address.',
    why: 'The program deletes all settings of such a calendar at its next start. The events of a calendar on this computer stay in their database, but nothing shows them any more.',
    repair:
      'A calendar on this computer gets its type or address back, which are the same for all of them. A calendar of a server cannot be completed: what to do is told.',
    faults: ['formats.md D11', 'formats.md 3.10'],
  },

  find({ profile }) {
    return readUnusableCalendars(profile.prefs).flatMap(({ id, why }) => {
      if (why === 'bad-uri') return [];
      const prefix = prefixOf(id);
      const name = String(profile.prefs.raw(`${prefix}name`) ?? '');
      const wanted = missingLine(profile, id);
      const isRest = wanted === null && name === '';
      return [
        {
          subject: { kind: 'preference' as const, id: `calendar.registry.${id}` },
          evidence: [
            prefEvidence(profile, `${prefix}type`),
            prefEvidence(profile, `${prefix}uri`),
            ...(name === '' ? [] : [prefEvidence(profile, `${prefix}name`)]),
          ],
          state: { id, why, name, wanted },
          ...(isRest ? { severity: 'info' as const } : { start: 'loses' as const }),
        },
      ];
    });
  },

  words({ state: { id, why, name, wanted } }, { profile }) {
    const who = name === '' ? `calendar ${id}` : `calendar "${name}"`;
    const lost = why === 'no-type' ? 'type' : 'address';
    const prefix = prefixOf(id);
    if (wanted === null && name === '') {
      return {
        title: `A rest of the ${who} is left in the settings`,
        detail:
          'It has neither name nor address. The program tidies it up at its next start, and nothing is lost by that.',
      };
    }
    const advice =
      wanted === null
        ? 'What it was cannot be told for certain. Write down its other settings before you start the program, and add the calendar again afterwards; what lies on a server stays there.'
        : 'It is a calendar on this computer, which all have the same.';
    return {
      title: `The ${who} has lost its ${lost}`,
      detail: `At its next start the program deletes all its settings. ${advice}${userJsNote(profile, [`${prefix}type`, `${prefix}uri`])}`,
    };
  },

  repair({ state: { name, id, wanted } }, { profile }) {
    if (wanted === null) return null;
    const why = 'every calendar on this computer has this';
    return prefRepair(profile, `Complete the settings of the calendar ${name || id}`, [wanted], why);
  },
});

const prefixOf = (id: string): string => `calendar.registry.${id}.`;

function missingLine({ prefs }: Profile, id: string): WantedPref | null {
  const prefix = prefixOf(id);
  const [type, uri] = [prefs.string(`${prefix}type`), prefs.string(`${prefix}uri`)];
  if (!type && uri?.startsWith('moz-storage-calendar:')) return { name: `${prefix}type`, to: 'storage' };
  return type === 'storage' && !uri ? { name: `${prefix}uri`, to: localAddress } : null;
}
