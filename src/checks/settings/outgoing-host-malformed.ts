/**
 * Looks for: an outgoing server whose name holds a port, a web address, an e-mail address, a blank or a path.
 * Why: there is no host of such a name, so nothing can be sent through it (postbox.md 8.1 A2). Unlike an incoming one
 * it does not harm the start.
 * Found: in the list of outgoing servers.
 * Repaired: what was typed around the name is taken away; a port in it is kept where none is set. An e-mail address
 * says no server name: told.
 */

import { hostFate } from '../../profile/host-name.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import type { WantedPref } from '../pref-operations.ts';
import { prefRepair } from '../pref-repair.ts';
import { type Connection, connections } from './connections.ts';
import { cleanHost } from './host-malformed.ts';
import { userJsNote } from './user-js.ts';

interface State {
  connection: Connection;
  /** Null: no server name can be made out in it. */
  cleaned: ReturnType<typeof cleanHost>;
}

export const outgoingHostMalformed = defineCheck<State>({
  meta: {
    id: 'settings/outgoing-host-malformed',
    severity: 'error',
    title: 'An outgoing server whose name is not a name',
    looksFor:
      'An outgoing server whose name has a port, a web address, an e-mail address, a blank or a slash in it, as happens when it is pasted.',
    why: 'There is no server of that name, so that nothing can be sent through it.',
    repair:
      'Only the name itself is kept. A port that stood in it is entered as the port if none is set. The password and the other settings stay as they are.',
    faults: ['formats.md A6', 'postbox.md 8.1 A2', 'postbox.md 8.1 A7'],
  },

  find({ profile }) {
    return connections(profile)
      .filter(({ protocol, host }) => protocol === 'smtp' && isMalformed(host))
      .map((connection) => ({
        subject: connection.subject,
        evidence: [prefEvidence(profile, connection.prefs.host)],
        state: { connection, cleaned: meantHost(profile, connection.host) },
        severity: connection.senders.length > 0 ? 'error' : 'warning',
        accounts: connection.accounts,
      }));
  },

  words({ state: { connection, cleaned } }, { profile }) {
    const { host, who, prefs } = connection;
    const advice =
      cleaned === null
        ? 'mailmend cannot tell which name was meant: enter the one that your mail provider gives under Account Settings, Outgoing Server.'
        : `The name meant is "${cleaned.host}".`;
    return {
      title: `${who} goes through "${host}", which is not a server name`,
      detail: `Nothing can be sent with it. ${advice}${userJsNote(profile, [prefs.host])}`,
    };
  },

  repair({ state: { connection, cleaned } }, { profile }) {
    if (cleaned === null) return null;
    const { prefs, host, portSet } = connection;
    const wanted: WantedPref[] = [{ name: prefs.host, to: cleaned.host }];
    if (cleaned.port !== null && !portSet) wanted.push({ name: prefs.port, to: cleaned.port });
    const why = `"${host}" is no server name; "${cleaned.host}" is`;
    return prefRepair(profile, `Change the server name to "${cleaned.host}"`, wanted, why);
  },
});

/** An IPv6 address is taken as it is. */
const isMalformed = (host: string): boolean =>
  hostFate('smtp', host) !== 'accepted' && !/^\[?[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(host);

function meantHost(profile: Profile, typed: string): State['cleaned'] {
  const behindAt = /^[^:/]+@([^@:/]+)$/.exec(typed.trim())?.[1]?.toLowerCase();
  const isMailDomain = profile.identities.some(({ email }) => email.toLowerCase().endsWith(`@${behindAt}`));
  return isMailDomain ? null : cleanHost('smtp', typed);
}
