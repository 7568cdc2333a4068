/**
 * Looks for: a pass phrase of the OpenPGP keys that the key store does not open, or one that was put aside and opens.
 * Why: at its next start the program puts a pass phrase that does not open aside (`.corrupt`) and makes a new one; the
 * secret keys stay locked with the old one (nss.md 8).
 * Found: by opening it (`--unlock`).
 * Repaired: where another key store of the profile holds its key, that is added to key4.db; where the one that was put
 * aside opens, it gets its name back and the other is kept.
 */

import path from 'node:path';
import type { Operation } from '../../repair/operation.ts';
import { defineCheck, type Facts } from '../check.ts';
import { programName } from '../wording.ts';
import { mendedKeyStore } from './opened-rows.ts';

interface State {
  /** The one that opens, under the name that it was put aside under. */
  aside: string | null;
  from: string[];
}

const passPhrase = 'encrypted-openpgp-passphrase.txt';

export const openPgpUnreadable = defineCheck<State>({
  meta: {
    id: 'passwords/openpgp-unreadable',
    severity: 'error',
    title: 'The key store does not open the pass phrase of your OpenPGP keys',
    looksFor:
      'A pass phrase of the OpenPGP keys that is encrypted with another key than the one in key4.db (with --unlock).',
    why: 'At its next start the program puts it aside and makes a new one. Your OpenPGP keys stay locked with the old one: encrypted mail cannot be read.',
    repair:
      'Where an older key store in the profile holds its key, that key is added to key4.db. Where a pass phrase that was put aside opens, it gets its name back. Else none: the key4.db of that time has to come from a backup.',
    example: 'key4.db was made anew, and encrypted-openpgp-passphrase.txt is of the time before.',
    faults: ['formats.md K12'],
  },

  find(facts) {
    const { unlocked, profile } = facts;
    if (unlocked?.store.state !== 'opened' || !profile.topLevel.has('secring.gpg')) return [];
    const isOther = unlocked.openPgp === 'wrong-key' || unlocked.openPgp === 'no-key';
    const aside = unlocked.openPgpAside.find(({ readable }) => readable)?.file ?? null;
    if (!isOther) return [];
    const from = unlocked.mended?.from ?? [];
    return [
      {
        subject: { kind: 'file', id: passPhrase },
        start: 'loses',
        evidence: [
          { file: passPhrase, note: 'of another key than the one in the key store' },
          ...(aside === null ? [] : [{ file: aside, note: 'opens with the key store' }]),
        ],
        state: { aside, from },
      },
    ];
  },

  words({ state: { aside } }, { profile }) {
    const program = programName(profile.program);
    const hint =
      aside === null
        ? 'Do not start it before the key4.db of that time is back, or keep a copy of this file and of secring.gpg.'
        : `The one that was put aside, ${aside}, does open.`;
    return {
      title: 'The pass phrase of your OpenPGP keys cannot be opened with the key store',
      detail: `${program} would put it aside at its next start and make a new one, and your keys would stay locked. ${hint}`,
    };
  },

  repair({ state: { aside, from } }, facts) {
    const operations = aside === null ? addedKey(facts, from) : renamed(facts, aside);
    return operations.length === 0
      ? null
      : {
          title: 'Let the key store open the pass phrase of the OpenPGP keys',
          risk: 'passwords',
          operations,
        };
  },
});

function addedKey(facts: Facts, from: readonly string[]): Operation[] {
  const operation = mendedKeyStore(
    facts,
    `the key of the OpenPGP pass phrase comes back, from ${from.join(', ')}`,
  );
  return operation === null || from.length === 0 ? [] : [operation];
}

function renamed({ profile }: Facts, aside: string): Operation[] {
  const at = path.join(profile.path, passPhrase);
  return [
    { op: 'move-aside', path: at, why: 'the key store does not open it' },
    {
      op: 'move',
      path: at,
      from: path.join(profile.path, aside),
      why: 'this one opens, and gets its name back',
    },
  ];
}
