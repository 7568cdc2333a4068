/**
 * Looks for: a key store that opens, and none of the saved logins with it.
 * Why: every password vanishes from the list without a message, and is asked for again; it happens when key4.db was
 * replaced, or logins.json put back from elsewhere (nss.md 4, formats.md K2). With a re-encryption due the program
 * overwrites every row with nothing.
 * Found: by opening them (`--unlock`): all rows are of another key.
 * Repaired: where another key store of the profile holds the key, it is added to key4.db; the program tries all keys
 * (measured with 153.7). Where the key store opens another list of logins, that list is put back.
 */

import path from 'node:path';
import type { Operation } from '../../repair/operation.ts';
import { defineCheck, type Facts } from '../check.ts';
import { programName } from '../wording.ts';
import { isOfOtherKey, mendedKeyStore, needsUnlock, openedRows } from './opened-rows.ts';
import { liveRows } from './saved-rows.ts';

interface State {
  count: number;
  /** Key stores that hold the key. */
  from: string[];
  /** Where none does: another list of logins that the key store opens, and how many of it. */
  list: { file: string; count: number } | null;
}

export const keyOfOtherProfile = defineCheck<State>({
  meta: {
    id: 'passwords/key-of-other-profile',
    severity: 'error',
    title: 'The key does not belong to the saved passwords',
    looksFor:
      'A key store that opens, and does not open a single one of the saved passwords (with --unlock).',
    why: 'The program shows no saved password and asks for each of them. They are not lost as long as the right key exists somewhere.',
    repair:
      'Where an older key store in the profile (key3.db, a copy of key4.db) holds the right key, that key is added to key4.db. Where the key store opens another list (logins-backup.json, logins.json.corrupt) instead, that one is put back. Else none: the right key4.db has to come from a backup.',
    example: 'key4.db was made anew, and key4.db.bak beside it holds the key of all passwords.',
    faults: ['formats.md K2', 'formats.md 4.7-7'],
  },

  skip(facts) {
    return !facts.unlocked && liveRows(facts.profile).length > 0 ? needsUnlock : null;
  },

  find(facts) {
    const rows = openedRows(facts) ?? [];
    if (rows.length === 0 || !rows.every(isOfOtherKey)) return [];
    const from = [...new Set(rows.flatMap(({ opened }) => opened.openedBy ?? []))];
    return [
      {
        subject: { kind: 'file', id: 'key4.db' },
        evidence: [
          {
            file: facts.unlocked?.store.file ?? 'key4.db',
            note: `opens none of ${rows.length} saved logins`,
          },
          ...from.map((file) => ({ file, note: 'holds the key that opens them' })),
        ],
        state: { count: rows.length, from, list: from.length > 0 ? null : openableList(facts) },
      },
    ];
  },

  words({ state: { count, from, list } }, { profile }) {
    const program = programName(profile.program);
    const where =
      from.length > 0
        ? `The right key is in ${from.join(', ')}.`
        : list !== null
          ? `The key store does open ${list.count} of ${list.file}: that is the list that belongs to it.`
          : 'Keep logins.json as it is, and look for an older key4.db in a backup: with it all of them are back.';
    return {
      title: `${count === 1 ? 'The saved password was' : `All ${count} saved passwords were`} saved with another key than the one in key4.db`,
      detail: `${program} cannot read them and asks for each. ${where}`,
    };
  },

  repair({ state: { count, from, list } }, facts) {
    if (list !== null) {
      return {
        title: `Put the list back that belongs to the key store: ${list.file}`,
        risk: 'passwords',
        operations: listPutBack(facts, list.file),
      };
    }
    const operation = mendedKeyStore(
      facts,
      `the key of ${count} saved passwords comes back, from ${from.join(', ')}`,
    );
    if (operation === null || from.length === 0) return null;
    return {
      title: `Add the key from ${from.join(', ')} to the key store`,
      risk: 'passwords',
      operations: [operation],
    };
  },
});

/** The one of which it opens most. */
function openableList({ profile, unlocked }: Facts): State['list'] {
  const { backup, corrupt, live } = profile.logins;
  const [best] = [backup, ...corrupt]
    .filter(({ file, state }) => file !== live && state === 'ok')
    .map(({ file }) => {
      const rows = [...(unlocked?.rows.get(file)?.values() ?? [])];
      return {
        file,
        count: rows.filter(({ unreadable, emptied }) => unreadable === null && !emptied).length,
      };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return best ?? null;
}

function listPutBack({ profile }: Facts, file: string): Operation[] {
  const list = path.join(profile.path, 'logins.json');
  const from = path.join(profile.path, file);
  return [
    ...(profile.topLevel.has('logins.json')
      ? [{ op: 'move-aside' as const, path: list, why: 'the key store opens nothing of it' }]
      : []),
    { op: 'copy', path: list, from, why: 'the key store opens this list' },
  ];
}
