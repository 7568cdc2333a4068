/**
 * The oracle that other acceptance tests trust: the real Thunderbird, driven by test/acceptance/support. What it says
 * now about fixtures is what it said when they were made, and it leaves no trace on what it looks at.
 */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { layOutFixture, readFixtureDocument } from '../support/lay-out-fixture.ts';
import { treeListing } from '../support/tree-hash.ts';
import { dump } from './support/dump.ts';
import type { Dump } from './support/dump-types.ts';
import { evalIn, withThunderbird } from './support/eval-in.ts';
import { makeProfile } from './support/make.ts';
import { describeWhere } from './support/needs.ts';
import type { Scenario } from './support/scenario.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailmend-oracle-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function storedDump(name: string): Dump {
  return readFixtureDocument(name, 'dump.json') as Dump;
}

/** Paths into the profile as dump.json has them. */
function withStoredPaths<T>(value: T, name: string, profile: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(profile, `profiles/${name}`)) as T;
}

describeWhere(['thunderbird'], 'what Thunderbird sees', () => {
  it('in the fixture plain is what dump.json says', async () => {
    const { profile } = layOutFixture('plain', folder);
    const { accounts, outgoing, addressBooks, logins, userPrefs, run } = await dump(profile);
    const stored = storedDump('plain');
    expect(withStoredPaths(accounts, 'plain', profile)).toEqual(stored.accounts);
    expect(outgoing).toEqual(stored.outgoing);
    expect(addressBooks).toEqual(stored.addressBooks);
    expect(logins).toEqual(stored.logins);
    expect(userPrefs).toMatchObject({ 'mail.accountmanager.accounts': 'account1,account2' });
    expect(run.cleanExit).toBe(true);
  });

  it('is seen in a copy: the profile stays as it was, to the byte and the nanosecond', async () => {
    const { profile } = layOutFixture('user-js', folder);
    const before = treeListing(profile, { ctime: true });
    const { fileChanges } = await dump(profile);
    expect(treeListing(profile, { ctime: true })).toEqual(before);
    expect(fileChanges.modified).toContain('prefs.js');
  });

  it('holds passwords only when they are asked for', async () => {
    const { profile } = layOutFixture('proton-bridge', folder);
    const { password } = scenarioAccount('proton-bridge');
    expect(JSON.stringify(await dump(profile))).not.toContain(password);
    const { accounts } = await dump(profile, { secrets: true });
    expect(accounts[0]?.server?.effectivePassword).toEqual({ found: true, value: password });
  });
});

describeWhere(['thunderbird'], 'a script inside Thunderbird', () => {
  const addFolder = `MailServices.accounts.localFoldersServer.rootFolder.createSubfolder('New', null);`;

  it('works on a copy with evalIn', async () => {
    const { profile } = layOutFixture('plain', folder);
    const before = treeListing(profile);
    const keys = await evalIn(
      profile,
      `${addFolder} return MailServices.accounts.accounts.map(({ key }) => key);`,
    );
    expect(keys).toEqual(['account1', 'account2']);
    expect(treeListing(profile)).toEqual(before);
  });

  it('works on the profile itself with withThunderbird, and leaves its own settings as they were', async () => {
    const { profile } = layOutFixture('plain', folder);
    await withThunderbird(profile, ({ evaluate }) => evaluate(addFolder));
    expect(readFileSync(join(profile, 'Mail/Local Folders/New'), 'utf8')).toBe('');
    expect(existsSync(join(profile, 'user.js'))).toBe(false);
    expect(readFileSync(join(profile, 'prefs.js'), 'utf8')).not.toContain('offline.startup_state');
  });

  it('tells what went wrong in it', async () => {
    const { profile } = layOutFixture('plain', folder);
    await expect(evalIn(profile, `throw new Error('no such thing');`)).rejects.toThrow(/no such thing/);
  });
});

describeWhere(['thunderbird', 'namespaces'], 'what Thunderbird sees', () => {
  it('behind a primary password needs the password, and a wrong one does no harm', async () => {
    const { profile } = layOutFixture('primary', folder);
    const locked = await dump(profile);
    expect(locked.primaryPassword).toEqual({ hasPassword: true, unlocked: false });
    expect(locked.logins).toEqual({ locked: true });
    const wrong = await dump(profile, { primaryPassword: 'wrong' });
    expect(wrong.primaryPassword).toEqual({ hasPassword: true, unlocked: false, wrongPassword: true });
    const open = await dump(profile, { primaryPassword: 'correct horse' });
    expect(open.logins).toEqual(storedDump('primary').logins);
  });
});

describeWhere(['thunderbird', 'namespaces'], 'a profile made from a scenario', () => {
  it('has the accounts, folders, cards and logins of the scenario', async () => {
    const profile = join(folder, 'made');
    await makeProfile(readFixtureDocument('removed-account', 'scenario.json') as Scenario, profile);
    const made = await dump(profile);
    const stored = storedDump('removed-account');
    expect(withStoredPaths(made.accounts, 'removed-account', profile)).toEqual(stored.accounts);
    expect(made.logins).toEqual(stored.logins);
    const counts = ({ folders }: Dump) => folders.map(({ uri, messages }) => [uri, messages]).sort();
    expect(counts(made)).toEqual(counts(stored));
    expect(made.run.networkIsolated).toBe(true);
  });
});

function scenarioAccount(name: string): { password: string } {
  const { accounts } = readFixtureDocument(name, 'scenario.json') as { accounts: { password: string }[] };
  return accounts[0] ?? { password: '' };
}
