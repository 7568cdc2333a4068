/**
 * All checks of the settings on prefs.js files that are broken in several ways at once: repairs must not step on each
 * other, must come to an end, and must not cost an account.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { planRepairs, type RepairPlan } from '../../../src/checks/plan-repairs.ts';
import { runChecks } from '../../../src/checks/run-checks.ts';
import { settingsChecks } from '../../../src/checks/settings/index.ts';
import { bob, carol, healthyPrefs, type PrefRecord, prefsText } from '../../support/prefs-text.ts';
import { factsAfter, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const base: PrefRecord = {
  ...healthyPrefs,
  ...bob,
  ...carol,
  'mail.accountmanager.accounts': 'account1,account2,account3,account4',
  'mail.account.lastKey': 4,
  'mail.smtpservers': 'smtp1,smtp2',
  'mail.smtpserver.smtp2.hostname': 'smtp.example.net',
};

const keys = [
  'account1',
  'account2',
  'account3',
  'account4',
  'account9',
  'server1',
  'server2',
  'server9',
  'id1',
  'id2',
  'id7',
  'smtp1',
  'smtp2',
  'smtp9',
];
const lists = fc
  .array(fc.constantFrom(...keys, '', ' ', ' account1', 'account2 ', ' smtp2', 'account1;account4'), {
    maxLength: 6,
  })
  .map((items) => items.join(','));
const hosts = fc.constantFrom(
  'imap.example.org',
  'imap.example.org:993',
  'pop.example.net ',
  'server3.invalid',
  '',
);
const value = fc.oneof(
  lists,
  fc.constantFrom(...keys),
  hosts,
  fc.constantFrom(
    'imap',
    'pop3',
    'none',
    'owl',
    '993',
    '3',
    'true',
    'alice@example.org',
    '[ProfD]ImapMail/imap.example.org',
  ),
  fc.integer({ min: -2, max: 1000 }),
  fc.boolean(),
  fc.constant(null),
);
const changes = fc.array(fc.tuple(fc.constantFrom(...Object.keys(base)), value), {
  minLength: 1,
  maxLength: 6,
});

/** The text, so that a counterexample can be read. */
const broken = changes.map((list) => prefsText(base, Object.fromEntries(list)));

function planFor(facts: Facts): RepairPlan {
  return planRepairs(settingsChecks, { only: [], accounts: null }, (operations) =>
    operations.length === 0 ? facts : factsAfter(facts, operations),
  );
}

/** After one plan. @throws when a second one would still do something (design.md 6.4). */
function repairedThroughout(facts: Facts): Facts {
  const after = factsAfter(facts, planFor(facts).operations);
  const again = planFor(after).operations;
  if (again.length > 0) throw new Error(`the second plan is not empty: ${JSON.stringify(again)}`);
  return after;
}

const addresses = ({ profile }: Facts): string[] =>
  profile.accountList.accounts
    .flatMap(({ identities }) => identities.map(({ email }) => email))
    .filter((email) => email !== '');

describe('settings broken in several ways', () => {
  it('come to an end: after the repairs there is nothing left to repair', () => {
    fc.assert(
      fc.property(broken, (text) => {
        repairedThroughout(profileFromPrefs(text));
      }),
      { numRuns: 80 },
    );
  });

  it('never lose an address that the program would show before', () => {
    fc.assert(
      fc.property(broken, (text) => {
        const facts = profileFromPrefs(text);
        const after = repairedThroughout(facts);
        expect(addresses(after)).toEqual(expect.arrayContaining(addresses(facts)));
      }),
      { numRuns: 80 },
    );
  });

  it('are told in words that name no missing thing', () => {
    fc.assert(
      fc.property(broken, (text) => {
        for (const { finding } of runChecks(settingsChecks, profileFromPrefs(text)).found) {
          expect(`${finding.title} ${finding.detail} ${finding.repair?.title}`).not.toMatch(
            /\bundefined of|\bnull\b|NaN|\[object/,
          );
          expect(finding.title.trim()).not.toBe('');
          expect(finding.evidence.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 80 },
    );
  });
});
