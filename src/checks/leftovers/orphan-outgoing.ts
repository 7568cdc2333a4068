/**
 * Looks for: an outgoing server that no identity sends through.
 * Why: removing an account leaves its outgoing server, which is normal; one that a broken-off set-up left, together
 * with its server or identity, goes on offering its old settings and password.
 * Found: not the default, named by no identity of an account, be it a lost one. Unlisted ones keep their lines, which a later one of that
 * number inherits, host, port and user (formats.md 3.6; measured with 153.7 on 2026-11-24).
 * Repaired: out of the list, and its lines out of prefs.js.
 */

import { type OutgoingServer, outgoingTypes } from '../../profile/outgoing.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, listWithout, type WantedPref } from '../pref-operations.ts';
import { outgoingInUse, outgoingOfBrokenOffSetUps } from './still-needed.ts';

interface State {
  outgoing: OutgoingServer;
  ofBrokenOff: boolean;
}

export const orphanOutgoing = defineCheck<State>({
  meta: {
    id: 'leftovers/orphan-outgoing',
    severity: 'info',
    title: 'An outgoing server that no identity uses',
    looksFor: 'An outgoing server in the settings that no sender uses and that is not the default one.',
    why: 'Removed accounts leave their outgoing server behind; that is normal. When a broken-off set-up left it, it keeps a wrong server name or password in use.',
    repair: 'It is taken out of the list of outgoing servers, with its settings. Its saved password stays.',
    faults: ['formats.md A13', 'postbox.md 8.1 A7', 'postbox.md 8.1 A16'],
  },

  find({ profile }) {
    const used = outgoingInUse(profile);
    const ofBrokenOff = outgoingOfBrokenOffSetUps(profile).map(({ key }) => key);
    return (
      profile.outgoing.servers
        .filter((outgoing) => !used.has(outgoing.key) && outgoing.prefNames.length > 0)
        // Its add-on may come back (settings/outgoing-type-unknown).
        .filter((outgoing) => outgoingTypes.includes(outgoing.type))
        .map((outgoing) => ({
          subject: { kind: 'outgoing' as const, id: outgoing.key },
          severity: ofBrokenOff.includes(outgoing.key) ? ('warning' as const) : ('info' as const),
          evidence: [
            prefEvidence(
              profile,
              outgoing.prefNames.find((name) => name.endsWith('.hostname')) ?? outgoing.prefNames[0] ?? '',
            ),
            prefEvidence(
              profile,
              'mail.smtpservers',
              outgoing.listed ? 'in the list, used by no identity' : 'not in the list of outgoing servers',
            ),
          ],
          state: { outgoing, ofBrokenOff: ofBrokenOff.includes(outgoing.key) },
        }))
    );
  },

  words({ state: { outgoing, ofBrokenOff } }) {
    if (ofBrokenOff) {
      return {
        title: `The outgoing server ${nameOf(outgoing)} was left behind by a set-up that broke off`,
        detail:
          'No sender uses it. It can put an old server name or an old password into the next set-up of the same address.',
      };
    }
    return {
      title: `The outgoing server ${nameOf(outgoing)} is used by no account`,
      detail: outgoing.listed
        ? 'It stays in the list of outgoing servers and does nothing. That is normal after an account was removed.'
        : 'It is not in the list any more, but its settings are still there; the next outgoing server that is made may begin with them. That is normal after an account was removed.',
    };
  },

  repair({ state: { outgoing } }, { profile }) {
    const wanted: WantedPref[] = outgoing.prefNames.map((name) => ({ name, to: null }));
    if (outgoing.listed) {
      wanted.push({
        name: 'mail.smtpservers',
        to: listWithout(profile.outgoing.listed, (key) => key !== outgoing.key) || null,
      });
    }
    const edit = editPrefsOperation(profile, wanted, `no identity sends through ${nameOf(outgoing)}`);
    return edit === null
      ? null
      : {
          title: `Take the unused outgoing server ${nameOf(outgoing)} out`,
          risk: 'settings',
          operations: [edit],
        };
  },
});

const nameOf = (outgoing: OutgoingServer): string => outgoing.host || outgoing.description || outgoing.key;
