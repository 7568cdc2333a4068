/**
 * Looks for: "STARTTLS, if available" (socketType or try_ssl 1) in a Thunderbird profile.
 * Why: Thunderbird gave that choice up. Its own start turned it into STARTTLS once (user interface version 44); in a
 * profile that came later, from Postbox or by hand, it stays and means no encryption (formats.md 3.2, 3.8, A20).
 * Found: where that conversion is over, on hosts that are not this computer. Before it, the program does it itself.
 * Repaired: STARTTLS is entered, as the program's own conversion would have done. Postbox still has the choice: told
 * by settings/password-unencrypted.
 */

import { isLoopback } from '../../profile/nearby-host.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { type Connection, connections, isNumberOrUnset } from './connections.ts';
import { mismatchOf } from './port-security-mismatch.ts';
import { userJsNote } from './user-js.ts';

/** From this version on the conversion has been made, or never will be (formats.md 3.8: 0 skips it). */
const convertedSince = 44;

export const starttlsIfAvailable = defineCheck<Connection>({
  meta: {
    id: 'settings/starttls-if-available',
    severity: 'warning',
    title: 'A connection security that Thunderbird has given up',
    looksFor: 'Servers that are set to "STARTTLS, if available".',
    why: 'Today’s Thunderbird does not know this choice any more and does not encrypt at all: everybody on the way can read the password and the mail.',
    repair:
      'STARTTLS is entered, as Thunderbird itself has done in profiles of its own. If the server does not offer it, the program says so when it connects, and undo takes it back.',
    faults: ['formats.md A20', 'postbox.md 8.1 A5'],
  },

  find({ profile }) {
    if (!isGivenUp(profile)) return [];
    return connections(profile)
      .filter((one) => one.security === 'starttls-if-available' && !isLoopback(one.host))
      .filter((one) => mismatchOf(one.protocol, one.port, one.security) === null)
      .filter((one) => isNumberOrUnset(profile, one.prefs.security))
      .map((state) => ({
        subject: state.subject,
        evidence: [prefEvidence(profile, state.prefs.security)],
        state,
        accounts: state.accounts,
      }));
  },

  words({ state }, { profile }) {
    return {
      title: `${state.who}: the connection to ${state.host} is not encrypted`,
      detail: `It is set to "STARTTLS, if available", which Thunderbird does not have any more. It takes it for no encryption, and the password travels in the clear.${userJsNote(profile, [state.prefs.security])}`,
    };
  },

  repair({ state }, { profile }) {
    const why = 'Thunderbird turned "STARTTLS, if available" into STARTTLS';
    const wanted = [{ name: state.prefs.security, to: 2 }];
    return prefRepair(profile, `Set the connection security of ${state.host} to STARTTLS`, wanted, why);
  },
});

export const isThunderbird = ({ program }: Profile): boolean =>
  program === 'thunderbird' || program === 'betterbird';

/** The program has no such choice, and will not convert it. */
function isGivenUp(profile: Profile): boolean {
  if (!isThunderbird(profile)) return false;
  const version = profile.prefs.int('mail.ui-rdf.version') ?? 0;
  return version === 0 || version >= convertedSince;
}
