/**
 * What a repair is for: the real Thunderbird opens the repaired profile with exactly the accounts that mailmend says,
 * asks nothing, and takes away no line that mailmend wrote. And what it does to some profiles without a repair.
 */

import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applyPlan } from '../../src/library/apply.ts';
import { inspectProfile } from '../../src/library/inspect.ts';
import { expectedOf, fixtureNames } from '../support/expected.ts';
import { type Stage, stageFixture } from '../support/fixture-stage.ts';
import { seenByMailmend, seenByThunderbird } from '../support/seen-settings.ts';
import { dump } from './support/dump.ts';
import type { RunDump } from './support/dump-types.ts';
import { describeWhere } from './support/needs.ts';
import { turnstile } from './support/turnstile.ts';

/** Two cores: more at once only makes each slower. */
const turn = turnstile(2);

async function onStage(fixture: string, act: (stage: Stage) => Promise<void>): Promise<void> {
  const sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-repairs-')));
  try {
    await act(stageFixture(fixture, sandbox));
  } finally {
    rmSync(sandbox, { recursive: true, maxRetries: 5 });
  }
}

/** Those of profiles.ini leave the profiles as they are. */
const ofRegistry = [
  'profile/registry-hole',
  'profile/registry-lost',
  'profile/registry-entry-wrong',
  'profile/registry-duplicate',
  'profile/profile-unlisted',
  'profile/folder-missing',
  'profile/install-opens-empty',
];

const findingsOf = (name: string) => expectedOf(name).findings;
const hasRepair = fixtureNames.filter(
  (name) =>
    findingsOf(name).some(({ repaired }) => repaired) &&
    findingsOf(name).every(({ check }) => !ofRegistry.includes(check)),
);

/** Of Gecko 52: Thunderbird takes neither their key store nor their address books over. */
const isOfPostbox = (name: string): boolean =>
  name.endsWith('-postbox') || name.startsWith('postbox-') || name.endsWith('of-postbox');

/** All that is wrong in them can be repaired, and more than what is only mentioned. */
const isRepairedWhole = (name: string): boolean => {
  const weighty = findingsOf(name).filter(({ severity }) => severity !== 'info');
  return weighty.length > 0 && weighty.every(({ repaired }) => repaired);
};

/** Repairs everything, and lets Thunderbird open it. */
async function openRepaired({ world, selected, profile, check, plan }: Stage) {
  const wanted = check().findings.filter(({ repair }) => repair !== undefined);
  const before = prefLines(profile);
  const { signal } = new AbortController();
  await applyPlan(world, plan(wanted.map(({ id }) => id)).plan, { signal, runs: null });
  const written = prefLines(profile).filter((line) => !before.includes(line));
  const sheet = inspectProfile(world, selected);
  const seen = await turn(() => dump(profile));
  return { sheet, seen, written };
}

/** It has the accounts and outgoing servers that mailmend says, and takes away no line that mailmend wrote. */
function expectAsMeant({ sheet, seen, written }: Awaited<ReturnType<typeof openRepaired>>): void {
  expect(seenByThunderbird(seen).accounts).toEqual(seenByMailmend(sheet).accounts);
  expect(seenByThunderbird(seen).outgoing).toEqual(seenByMailmend(sheet).outgoing);
  expect(seen.fileChanges.prefsRemoved.filter((line) => written.includes(line))).toEqual([]);
  expect(seen.fileChanges.deleted).toEqual([]);
}

describeWhere(['thunderbird'], 'Thunderbird opens the repaired', () => {
  it.concurrent.each(hasRepair.filter((name) => isRepairedWhole(name) && !isOfPostbox(name)))('%s', (name) =>
    onStage(name, async (stage) => {
      const opened = await openRepaired(stage);
      expectAsMeant(opened);
      const { sheet, seen } = opened;
      expect(seenByThunderbird(seen).addressBooks).toEqual(seenByMailmend(sheet).addressBooks);
      expect(sheet.dropped).toEqual([]);
      expect(seen).toMatchObject({ prompts: [], problems: [], run: { cleanExit: true } });
      const saved = sheet.accounts.filter(({ savedPassword }) => savedPassword === 'saved');
      expect(accountsWithPassword(seen)).toEqual(saved.map(({ key }) => key));
    }),
  );
});

/** Where something is left that no repair can put right, or the repair is of what was only mentioned. */
describeWhere(['thunderbird'], 'Thunderbird keeps what was repaired in', () => {
  it.concurrent.each(hasRepair.filter((name) => !isRepairedWhole(name) && !isOfPostbox(name)))('%s', (name) =>
    onStage(name, async (stage) => {
      const opened = await openRepaired(stage);
      expectAsMeant(opened);
      expect(opened.seen).toMatchObject({ run: { cleanExit: true } });
    }),
  );
});

/** No Postbox runs here, and Gecko 52 wrote settings much as today's does: what mailmend wrote for it is read as meant. */
describeWhere(['thunderbird'], 'Thunderbird reads the settings of the repaired', () => {
  it.concurrent.each(hasRepair.filter(isOfPostbox))('%s', (name) =>
    onStage(name, async (stage) => {
      const { sheet, seen } = await openRepaired(stage);
      expect(seenByThunderbird(seen).accounts).toEqual(seenByMailmend(sheet).accounts);
      expect(seenByThunderbird(seen).outgoing).toEqual(seenByMailmend(sheet).outgoing);
    }),
  );
});

/** What happens to a profile without a repair, as the catalogue of checks says. */
const unrepaired: Record<string, (seen: RunDump) => void> = {
  'prefs-damaged-missing-semicolon': ({ accounts }) => expect(accounts).toEqual([]),
  'account-list-lost': ({ accounts }) => expect(accounts).toEqual([]),
  'prefs-empty-with-copy': ({ accounts, fileChanges }) => {
    expect(accounts).toEqual([]);
    expect(fileChanges.deleted).toEqual([]);
  },
  'account-unlisted-host-replaced': ({ accounts }) =>
    expect(keys(accounts)).toEqual(['account1', 'account2']),
  'host-malformed-blank': ({ fileChanges }) =>
    expect(fileChanges.prefsAdded).toContain('user_pref("mail.server.server1.hostname", "server1.invalid");'),
  'account-list-blank': ({ accounts }) => expect(keys(accounts)).not.toContain('account3'),
  'server-incomplete-type': ({ fileChanges }) =>
    expect(fileChanges.prefsRemoved).toContain('user_pref("mail.account.account1.identities", "id1");'),
  'shared-directory': ({ fileChanges }) =>
    expect(fileChanges.deleted).toContain('ImapMail/imap.example.org/Sent.msf'),
  'wrong-type': ({ accounts }) =>
    expect(accounts[0]?.server).toMatchObject({ port: 143, socketType: 'plain' }),
  'certificates-damaged': (seen) => expect(accountsWithPassword(seen)).toEqual([]),
  'key-store-damaged': (seen) => {
    expect(accountsWithPassword(seen)).toEqual([]);
    expect(seen.fileChanges.created).toContain('encrypted-openpgp-passphrase.txt.corrupt');
  },
};

describeWhere(['thunderbird'], 'Without a repair Thunderbird', () => {
  it.concurrent.each(Object.keys(unrepaired))('harms %s, or does not see all of it', (name) =>
    onStage(name, async ({ profile }) => unrepaired[name]?.(await turn(() => dump(profile)))),
  );

  it.concurrent('shows no saved login of logins-one-row-hides-all', () =>
    onStage('logins-one-row-hides-all', async ({ profile }) => {
      await expect(turn(() => dump(profile))).rejects.toThrow(/cipherText is null/);
    }));

  it.concurrent.each(['host-malformed-port', 'identity-dangling-blank'])('crashes over %s', (name) =>
    onStage(name, async ({ profile }) => {
      await expect(turn(() => dump(profile))).rejects.toThrow(/it ended/);
    }),
  );
});

const keys = (accounts: readonly { key: string }[]): string[] => accounts.map(({ key }) => key);

/** Keys of the accounts whose password its own look-up finds. */
/** Or with a saved sign-in, where they use OAuth2. */
function accountsWithPassword({ accounts }: RunDump): string[] {
  const found = accounts.filter(({ server }) =>
    [server?.effectivePassword, server?.effectiveRefreshToken].some((secret) => secret?.found === true),
  );
  return keys(found);
}

function prefLines(profile: string): string[] {
  const prefs = join(profile, 'prefs.js');
  const lines = existsSync(prefs) ? readFileSync(prefs, 'utf8').split('\n') : [];
  return lines.filter((line) => line.startsWith('user_pref('));
}
