/**
 * Looks for: a re-encryption of all logins that is due, while the key beside them cannot open them.
 * Why: at the first look at the passwords the program reads every row, gets nothing, and writes the row back with an
 * empty user name and an empty password: all passwords are lost for good (formats.md 4.2, measured).
 * Found: `signon.reencryptionNeeded` is true, or the migration below UI version 55 will set it, and the key store is
 * missing, empty, damaged or of another kind than the rows need. Whether a sound key is the right one is known with --unlock.
 * Repaired: logins.json and its backup are parked under another name until the right key is back.
 */

import path from 'node:path';
import type { Operation } from '../../repair/operation.ts';
import { defineCheck, type Facts } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { programName } from '../wording.ts';
import { isOfOtherKey, openedRows } from './opened-rows.ts';
import { liveRows, whyLocked } from './saved-rows.ts';

interface State {
  count: number;
  why: string;
  pref: string;
}

const neededPref = 'signon.reencryptionNeeded';
const uiVersionPref = 'mail.ui-rdf.version';
/** The start-up migration that sets the preference (formats.md 3.8). */
const migration = 55;

export const reencryptionPending = defineCheck<State>({
  meta: {
    id: 'passwords/reencryption-pending',
    severity: 'error',
    title: 'The next start would empty all saved passwords',
    looksFor:
      'A pending re-encryption of the saved passwords while their key is missing, damaged or of another kind.',
    why: 'The program would read every password with the wrong key, get nothing, and save that nothing over the password. No backup of its own survives it.',
    repair:
      'The list of passwords and its backup are moved aside before the program is started. Put the right key4.db back first, then undo.',
    faults: ['formats.md K3'],
  },

  skip(facts) {
    const isOpen = openedRows(facts) !== null;
    return duePref(facts) !== null &&
      liveRows(facts.profile).length > 0 &&
      whyLocked(facts.profile) === null &&
      !isOpen
      ? 'a re-encryption of the saved passwords is due; whether the key opens them cannot be told without decrypting'
      : null;
  },

  find(facts) {
    const { profile } = facts;
    const pref = duePref(facts);
    const rows = liveRows(profile);
    const why = whyLocked(profile) ?? whyLost(facts);
    if (pref === null || rows.length === 0 || why === null) return [];
    return [
      {
        subject: { kind: 'file', id: 'logins.json' },
        start: 'loses',
        evidence: [
          prefEvidence(profile, pref),
          { file: 'logins.json', note: `${rows.length} saved logins` },
          { file: profile.keys.live ?? 'key4.db', note: why },
        ],
        state: { count: rows.length, why, pref },
      },
    ];
  },

  words({ state: { count, why } }, { profile }) {
    return {
      title: `The next start would overwrite ${count === 1 ? 'the saved password' : `all ${count} saved passwords`} with nothing`,
      detail: `${programName(profile.program)} is about to encrypt them anew, but ${why}: it would read nothing and save that. Do not start it before the list of passwords is parked or the right key is back.`,
    };
  },

  repair(_problem, facts) {
    const { profile } = facts;
    // Then nothing is lost: passwords/key-of-other-profile, passwords/logins-unreadable.
    if (facts.unlocked?.mended) return null;
    const operations: Operation[] = ['logins.json', 'logins-backup.json']
      .filter((file) => profile.topLevel.has(file))
      .map((file) => ({
        op: 'move-aside' as const,
        path: path.join(profile.path, file),
        why: 'the program would overwrite every row in it with nothing',
      }));
    if (operations.length === 0) return null;
    return {
      title: 'Park the list of saved passwords until the right key is back',
      risk: 'passwords',
      operations,
      needs: ['Every password is asked for until the list is put back (mailmend undo).'],
    };
  },
});

/** What only opening the rows tells (`--unlock`). */
function whyLost(facts: Facts): string | null {
  const rows = openedRows(facts) ?? [];
  const lost = rows.filter(isOfOtherKey).length;
  if (lost === 0) return null;
  return lost === rows.length
    ? 'the key in the key store is not the one that they were saved with'
    : `${lost} of them were saved with another key than the one in the key store`;
}

/** The preference because of which the re-encryption runs; null when it does not. */
function duePref({ profile }: Facts): string | null {
  if (profile.program === 'postbox' || profile.prefsText === null) return null;
  if (profile.prefs.bool(neededPref) === true) return neededPref;
  const uiVersion = profile.prefs.int(uiVersionPref) ?? 0;
  // 0 or missing counts as a new profile: every migration is skipped.
  return uiVersion > 0 && uiVersion < migration ? uiVersionPref : null;
}
