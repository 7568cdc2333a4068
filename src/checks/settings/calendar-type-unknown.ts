/**
 * Looks for: a calendar of a type that comes from an add-on which is not there.
 * Why: the program shows an empty stand-in and switches it off; its settings stay (formats.md 3.10, D12).
 * Found: any type but those of the program. One whose add-on is on, by its id or by what is known of it, is in order.
 * Repaired: not: only the add-on can read it.
 */

import type { Calendar } from '../../profile/calendars.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';

const builtIn = ['storage', 'caldav', 'ics', 'memory'];

/** Types whose add-on has another name. */
const addOnIds: Readonly<Record<string, { id: string; name: string }>> = {
  gdata: { id: '{a62ef8ec-5fdc-40c2-873c-223b8a6925cc}', name: 'Provider for Google Calendar' },
  tbSyncCalDav: { id: 'tbsync@jobisoft.de', name: 'TbSync' },
};

export const calendarTypeUnknown = defineCheck<Calendar>({
  meta: {
    id: 'settings/calendar-type-unknown',
    severity: 'warning',
    title: 'A calendar whose add-on is not there',
    looksFor: 'Calendars of a type that only an add-on can read, while no such add-on is switched on.',
    why: 'The program shows an empty calendar in its place and switches it off.',
    repair: 'None: install or switch on the add-on; the settings of the calendar are kept for it.',
    faults: ['formats.md D12', 'formats.md 3.10'],
  },

  find({ profile }) {
    return profile.calendars
      .filter(({ type, disabled, id }) => !builtIn.includes(type) && !isOff(profile, id, disabled))
      .filter(({ type }) => !isProvided(profile, type))
      .map((state) => ({
        subject: { kind: 'preference', id: `calendar.registry.${state.id}` },
        evidence: [prefEvidence(profile, `calendar.registry.${state.id}.type`)],
        state,
      }));
  },

  words({ state: { id, name, type } }) {
    const addOn = addOnIds[type]?.name;
    return {
      title: `The calendar "${name || id}" needs an add-on that is not switched on`,
      detail: `Its type is "${type}"${addOn === undefined ? '' : `, of the add-on ${addOn}`}. Until the add-on is there the program shows nothing of it. Its settings stay, and what lies on its server stays there.`,
    };
  },
});

/** Its owner has switched it off: nothing is missed. */
const isOff = ({ prefs }: Profile, id: string, disabled: boolean): boolean =>
  disabled &&
  prefs.bool(`calendar.registry.${id}.disabled`) === true &&
  !prefs.bool(`calendar.registry.${id}.auto-enabled`);

function isProvided({ addOns }: Profile, type: string): boolean {
  const wanted = (addOnIds[type]?.id ?? type.replace(/^ext-/, '')).toLowerCase();
  return addOns.some(({ id, enabled }) => {
    const own = id.toLowerCase();
    return enabled === true && (own === wanted || own.includes(type.toLowerCase()));
  });
}
