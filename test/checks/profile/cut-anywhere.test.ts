/**
 * The law of issue 2 and design.md 4: a prefs.js that is cut short, wherever, or that lost any of its lines, never leads
 * to a plan that takes an account, a server, a sender, an outgoing server, a login or a folder of mail away.
 */

import { describe, expect, it } from 'vitest';
import { allChecks } from '../../../src/checks/all-checks.ts';
import type { Facts } from '../../../src/checks/check.ts';
import { planRepairs } from '../../../src/checks/plan-repairs.ts';
import { loginRow, loginsText } from '../../formats/support/login-rows.ts';
import { bob, carol, healthyPrefs, prefsText } from '../../support/prefs-text.ts';
import { factsAfter, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const message = 'From - Mon Nov 23 2026\nSubject: x\n\nx\n';
const text = prefsText(healthyPrefs, bob, carol, {
  'mail.accountmanager.accounts': 'account1,account2,account3,account4',
});
const files = {
  'ImapMail/imap.example.org/INBOX': message,
  'ImapMail/imap.example-1.org/INBOX': message,
  'Mail/Local Folders/Inbox': message,
  'Mail/pop.example.net/Inbox': message,
  'logins.json': loginsText([
    loginRow(1),
    loginRow(2, { hostname: 'smtp://smtp.example.org', httpRealm: 'smtp://smtp.example.org' }),
    loginRow(3, { hostname: 'mailbox://pop.example.net', httpRealm: 'mailbox://pop.example.net' }),
  ]),
};
const everything = ['profile', 'settings', 'passwords', 'leftovers'];
const branches = ['mail.account.account', 'mail.server.', 'mail.identity.', 'mail.smtpserver.'];

function contentOf({ profile }: Facts): string[] {
  const { prefs, accountList } = profile;
  return [
    ...accountList.items.map(
      (key) => `${prefs.string(`mail.account.${key}.server`) ?? 'nothing'} in the list`,
    ),
    ...profile.outgoing.listed,
    ...branches.flatMap((branch) => prefs.names(branch)),
    ...profile.logins.logins.logins.map(({ guid }) => String(guid)),
    ...profile.topLevel,
    ...[...profile.unusedMail, ...[...profile.serverMail.values()].map(({ mail }) => mail)]
      .filter(({ holdsMessages }) => holdsMessages)
      .map(({ path }) => path),
  ].filter((thing) => thing !== 'nothing in the list');
}

function expectNothingTaken(prefs: string, more: Record<string, string> = {}): void {
  const facts = profileFromPrefs(prefs, { files: { ...files, ...more } });
  const held = contentOf(facts);
  for (const only of [[], everything]) {
    const { operations } = planRepairs(allChecks, { only, accounts: null }, (planned) =>
      planned.length === 0 ? facts : factsAfter(facts, planned),
    );
    expect(operations.filter(({ op }) => op === 'move-aside' || op === 'move')).toEqual([]);
    const after = new Set(contentOf(factsAfter(facts, operations)));
    expect(held.filter((thing) => !after.has(thing))).toEqual([]);
  }
}

const lines = text.split('\n');
const ends = lines.map((_line, nth) => lines.slice(0, nth).join('\n').length);

describe('a prefs.js that was cut short', () => {
  it.each(ends.map((end, nth) => [nth, end] as const))(
    'in line %i loses nothing more by a repair',
    (_nth, end) => {
      expectNothingTaken(text.slice(0, end + 25));
    },
  );

  it.each(ends.map((end, nth) => [nth, end] as const))(
    'behind line %i, so that it looks whole, neither',
    (_nth, end) => {
      expectNothingTaken(text.slice(0, end + 1));
    },
  );

  it.each(ends.filter((_end, nth) => nth % 5 === 0))(
    'at byte %i, with a whole copy beside it, gets it all back',
    (end) => {
      const facts = profileFromPrefs(text.slice(0, end + 25), { files: { ...files, 'prefs-1.js': text } });
      const { operations } = planRepairs(allChecks, { only: [], accounts: null }, (planned) =>
        planned.length === 0 ? facts : factsAfter(facts, planned),
      );
      expect(factsAfter(facts, operations).profile.prefs.names('')).toEqual(
        profileFromPrefs(text).profile.prefs.names(''),
      );
    },
  );
});

describe('a prefs.js that has lost', () => {
  it.each(lines.filter((line) => line !== ''))('%s loses nothing more by a repair', (line) => {
    expectNothingTaken(lines.filter((other) => other !== line).join('\n'));
  });
});
