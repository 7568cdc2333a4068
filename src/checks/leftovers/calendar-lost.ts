/**
 * Looks for: a calendar of which only its place in the order of calendars is left.
 * Why: its settings were deleted, by a start that found them incomplete or by a prefs.js that was lost; the events of a
 * calendar on this computer may still be in their database (formats.md 3.10, D10).
 * Found: an id in `calendar.list.sortOrder` without a branch. A removed calendar can leave it too: info.
 * Repaired: not: a new entry under this id would be a guess at what it was.
 */

import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';

const order = 'calendar.list.sortOrder';

export const calendarLost = defineCheck<{ ids: string[] }>({
  meta: {
    id: 'leftovers/calendar-lost',
    severity: 'info',
    title: 'The order of calendars names one that is not there',
    looksFor: 'A calendar in the order of calendars of which no other setting is left.',
    why: 'A removed calendar can leave that. It can also be a calendar that you miss: the events of one on this computer are kept even when its settings are lost.',
    repair: 'None: only you know whether a calendar is missing.',
    faults: ['formats.md D10', 'formats.md 3.10', 'pains.md P12'],
  },

  find({ profile }) {
    const known = new Set(profile.prefs.children('calendar.registry.'));
    const ids = (profile.prefs.string(order) ?? '').split(' ').filter((id) => id !== '' && !known.has(id));
    if (ids.length === 0) return [];
    return [
      {
        subject: { kind: 'preference', id: order },
        evidence: [prefEvidence(profile, order, ids.join(' '))],
        state: { ids: [...new Set(ids)] },
      },
    ];
  },

  words({ state: { ids } }) {
    const [what, its] = ids.length === 1 ? ['a calendar', 'its'] : [`${ids.length} calendars`, 'their'];
    return {
      title: `The order of calendars names ${what} of which nothing else is left`,
      detail: `That is normal after a calendar was removed. If you miss one that was kept on this computer, do not delete calendar-data/local.sqlite: ${its} events may still be in it.`,
    };
  },
});
