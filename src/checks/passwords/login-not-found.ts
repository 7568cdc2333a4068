/**
 * Looks for: a saved password under a name that the program does not look up: capitals, a port or a user in it, another
 * scheme or realm, the two spellings of an international host.
 * Why: the program compares letter by letter, finds nothing and asks, although the list of passwords shows the server
 * (formats.md 4.5, 4.7; breakage.md). With capitals in the host it also saves what is typed under the small letters,
 * and asks again at the next start (measured with 153.7).
 * Found: no row under the name that is looked up, and one for the same host and protocol that no server looks up.
 * An international outgoing host is info: the set-up saves it in one spelling, but what is typed at the first question
 * is saved in the other.
 * Repaired: the host of an outgoing server is written as its password was saved, it is the same host; else the row gets
 * the name that is looked up. User name and password in it stay encrypted as they are.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import { rekeyLogin } from '../../formats/rekey-login.ts';
import { canonicalHost } from '../../profile/host-name.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck, type Repair } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { userJsNote } from '../settings/user-js.ts';
import { programName } from '../wording.ts';
import {
  type Difference,
  type LookUp,
  type NearRow,
  nearRows,
  passwordLookUps,
  rowsFor,
} from './look-ups.ts';
import { liveFile } from './saved-rows.ts';

interface State {
  /** The first of those that share the name. */
  wanted: LookUp;
  near: NearRow;
  /** Of all rows that were meant for it. */
  count: number;
}

const what: Record<Difference, string> = {
  capitals: 'capitals and small letters differ',
  international: 'the host stands there in the other spelling of international names',
  port: 'it has the port in it',
  user: 'it has the user name in it',
  scheme: 'the protocol is written otherwise',
  realm: 'its second part, the realm, is another one',
  'final-dot': 'one of them ends with a dot',
  form: 'it was saved as for a page of the web',
};

export const loginNotFound = defineCheck<State>({
  meta: {
    id: 'passwords/login-not-found',
    severity: 'warning',
    title: 'A saved password that the program does not find',
    looksFor:
      'A saved password for the server of an account under a name that differs in capitals, port, user, protocol, realm or spelling from the one that the program looks up.',
    why: 'The program compares letter by letter: it finds nothing and asks for the password again and again, although it is saved.',
    repair:
      'The outgoing server gets the spelling of the same host under which its password is saved; for other servers the saved row gets the name that is looked up.',
    example:
      'The password is saved for imap://imap.example.org:993, and the program looks for imap://imap.example.org.',
    faults: ['formats.md K10', 'formats.md K7', 'pains.md P23', 'postbox.md 8.1 A14'],
  },

  find({ profile }) {
    const file = liveFile(profile);
    if (file === null) return [];
    const seen = new Set<string>();
    return passwordLookUps(profile).flatMap((wanted) => {
      const { key } = wanted;
      if (seen.has(key.origin) || rowsFor(profile, wanted).length > 0) return [];
      seen.add(key.origin);
      const rows = nearRows(profile, wanted);
      const [near] = rows;
      if (near === undefined) return [];
      const onlySpelling = wanted.isOutgoing && near.differences.every((one) => one === 'international');
      return [
        {
          subject: { kind: 'login' as const, id: key.origin },
          severity: onlySpelling ? ('info' as const) : ('warning' as const),
          evidence: [
            prefEvidence(profile, wanted.hostPref),
            ...rows.map(({ row }) => ({
              file: file.file,
              offset: row.offset,
              note: `a login saved for ${row.origin}`,
            })),
          ],
          state: { wanted, near, count: rows.length },
          accounts: wanted.accounts,
        },
      ];
    });
  },

  words({ state: { wanted, near } }, { profile }) {
    const { row, differences } = near;
    const reasons = differences.map((one) => what[one]).join(', and ');
    const after = differences.includes('international')
      ? ' Type it once when it is asked for and let it be saved: then it is found.'
      : differences.includes('capitals')
        ? ' Typing it again does not help for long: it is saved in small letters each time.'
        : ' What you type when it asks is saved under the right name.';
    return {
      title: `The saved password of ${wanted.who} for ${wanted.host} is not found, so it is asked for again`,
      detail: `${programName(profile.program)} looks for "${wanted.key.origin}", and it is saved as "${row.origin}": ${reasons}.${after}${userJsNote(profile, [wanted.hostPref])}`,
    };
  },

  repair({ state: { wanted, near, count } }, { profile }) {
    return otherSpelling(profile, wanted, near) ?? (count === 1 ? otherName(profile, wanted, near) : null);
  },
});

/** Nothing else goes by the host of an outgoing server, and both spellings are one host. */
function otherSpelling(profile: Profile, wanted: LookUp, { row, differences }: NearRow): Repair | null {
  const isSpelling = differences.every((one) => one === 'capitals' || one === 'international');
  const host = canonicalHost(wanted.host);
  const origin = `smtp://${host}`;
  if (!wanted.isOutgoing || !isSpelling || row.origin !== origin || row.realm !== origin) return null;
  const operation = editPrefsOperation(
    profile,
    [{ name: wanted.hostPref, to: host }],
    'the same host, spelt as its password is saved',
  );
  if (operation === null) return null;
  return {
    title: `Write the outgoing server as ${host}, as its password is saved`,
    risk: 'settings',
    operations: [operation],
  };
}

/** Old rows with the user in the name have none in the row; a row of a page is another kind (formats.md 4.4). */
function otherName(profile: Profile, wanted: LookUp, { row, differences }: NearRow): Repair | null {
  const file = liveFile(profile);
  if (differences.includes('user') || differences.includes('form') || row.formSubmitUrl !== null) return null;
  const content =
    file === null || file.bytes === null ? null : rekeyLogin(file.bytes, row, wanted.key.origin);
  if (file === null || content === null) return null;
  return {
    title: `Save the login for ${row.origin} under the name that is looked up`,
    risk: 'passwords',
    operations: [
      {
        op: 'write',
        path: path.join(profile.path, file.file),
        content: Buffer.from(content).toString('base64'),
        mode: null,
        why: `the program looks for ${wanted.key.origin}; what is encrypted in the row stays as it is`,
      },
    ],
  };
}
