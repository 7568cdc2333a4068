/**
 * The real Thunderbird judges what mailmend writes of key stores and logins: it reads every password that was carried
 * over, from whatever store, saves new ones with the key that it finds, and reads rows whose key was brought back.
 */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Secret } from '../../src/formats/secret.ts';
import { applyPlan } from '../../src/library/apply.ts';
import { backupPasswords } from '../../src/library/passwords-backup.ts';
import { planRestorePasswords } from '../../src/library/passwords-restore.ts';
import { planRepair } from '../../src/library/repair.ts';
import { selectProfile } from '../../src/library/select.ts';
import type { SelectedProfile } from '../../src/library/selected-profile.ts';
import { unlockWorld } from '../../src/library/unlock-passwords.ts';
import type { World } from '../../src/library/world.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import { testWorld } from '../support/test-world.ts';
import { evalIn } from './support/eval-in.ts';
import { describeWhere } from './support/needs.ts';
import { turnstile } from './support/turnstile.ts';

const vectors = join(import.meta.dirname, '../../fixtures/vectors');
const turn = turnstile(2);
const phrase = Secret.fromText('six invented words');
const signal = new AbortController().signal;

interface Place {
  folder: string;
  world: World;
}

async function inFolder(act: (place: Place) => Promise<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-passwords-')));
  try {
    await act({ folder, world: testWorld(folder, []) });
  } finally {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

function selected(world: World, at: string): SelectedProfile {
  const selection = selectProfile(world, { argument: at, roots: [] });
  if (selection.kind !== 'one') throw new Error('several profiles');
  return selection.profile;
}

function laidOut({ folder }: Place, fixture: string): string {
  mkdirSync(join(folder, fixture));
  return layOutFixture(fixture, join(folder, fixture)).profile;
}

interface Expected {
  primaryPassword: string | null;
  logins: { hostname: string; username: string; password: string; decryptable: boolean }[];
}

/** Backed up from the vector, restored into the profile. @returns what was in it. */
async function carriedOver(
  { folder, world }: Place,
  vector: string,
  profile: string,
  primaryPassword: Secret | null,
): Promise<string[][]> {
  const from = join(folder, vector);
  cpSync(join(vectors, vector), from, { recursive: true });
  const expected: Expected = JSON.parse(readFileSync(join(from, 'expected.json'), 'utf8'));
  const to = join(folder, `${vector}.kept`);
  const own = expected.primaryPassword === null ? null : Secret.fromText(expected.primaryPassword);
  await backupPasswords(world, selected(world, from), { primaryPassword: own, passPhrase: phrase, to });
  const { plan } = await planRestorePasswords(world, selected(world, profile), {
    from: to,
    passPhrase: phrase,
    primaryPassword,
  });
  await applyPlan(world, plan, { signal, runs: null });
  return expected.logins.map(({ hostname, username, password }) => [hostname, username, password]);
}

const allLogins = `
  const logins = await Services.logins.getAllLogins();
  return logins.map(({ hostname, username, password }) => [hostname, username, password]);`;

/** And one more is saved, with the key that the program chooses. */
const oneMore = `
  const { LoginHelper } = ChromeUtils.importESModule("resource://gre/modules/LoginHelper.sys.mjs");
  await Services.logins.addLoginAsync(LoginHelper.vanillaObjectToLogin({
    origin: "imap://new.example.org", httpRealm: "imap://new.example.org", formActionOrigin: null,
    username: "new", password: "saved by the program", usernameField: "", passwordField: "",
  }));
  ${allLogins}`;

const withoutSystem = (seen: unknown): string[][] => seen as string[][];

describeWhere(['thunderbird'], 'Thunderbird', () => {
  it.concurrent('reads every password of an old profile in a profile of its own, and saves more', () =>
    turn(() =>
      inFolder(async (place) => {
        const profile = laidOut(place, 'plain');
        const carried = await carriedOver(place, 's1-signons-sqlite-pw', profile, null);
        const seen = withoutSystem(await evalIn(profile, oneMore));
        const there = new Set(seen.map((row) => JSON.stringify(row)));
        const own = carried.filter(([hostname]) => !/^(imap|smtp):\/\//.test(hostname ?? ''));
        expect(own.filter((row) => !there.has(JSON.stringify(row)))).toEqual([]);
        expect(seen).toContainEqual(['imap://new.example.org', 'new', 'saved by the program']);
      }),
    ));

  it.concurrent('opens a key store that was made from nothing', () =>
    turn(() =>
      inFolder(async (place) => {
        const profile = laidOut(place, 'plain');
        for (const file of [
          'key4.db',
          'cert9.db',
          'pkcs11.txt',
          'logins.json',
          'encrypted-openpgp-passphrase.txt',
        ])
          rmSync(join(profile, file));
        const carried = await carriedOver(place, 'e-dbm-nopw', profile, null);
        const seen = withoutSystem(await evalIn(profile, oneMore));
        expect(seen.sort()).toEqual(
          [...carried, ['imap://new.example.org', 'new', 'saved by the program']].sort(),
        );
      }),
    ));

  it.concurrent('opens one with a primary password', () =>
    turn(() =>
      inFolder(async (place) => {
        const profile = laidOut(place, 'plain');
        for (const file of ['key4.db', 'logins.json', 'encrypted-openpgp-passphrase.txt'])
          rmSync(join(profile, file));
        const password = 'a primary password';
        const carried = await carriedOver(place, 'c-nopw-tb153', profile, Secret.fromText(password));
        const seen = withoutSystem(await evalIn(profile, allLogins, { primaryPassword: password }));
        expect(seen.sort()).toEqual(carried.sort());
      }),
    ));

  it.concurrent.each(['key-of-other-profile', 'logins-unreadable', 'key-refused', 'logins-emptied'])(
    'reads the passwords of %s once it is repaired',
    (fixture) =>
      turn(() =>
        inFolder(async (place) => {
          const profile = laidOut(place, fixture);
          const chosen = selected(place.world, profile);
          const world = await unlockWorld(place.world, chosen, null);
          const { plan } = planRepair(world, chosen, { only: ['passwords'], account: null });
          await applyPlan(world, plan, { signal, runs: null });
          const seen = withoutSystem(await evalIn(profile, allLogins));
          expect(seen.map(([hostname, username]) => [hostname, username]).sort()).toEqual([
            ['imap://imap.example.org', 'alice@example.org'],
            ['smtp://smtp.example.org', 'alice@example.org'],
          ]);
          expect(seen.every(([, , password]) => password !== '')).toBe(true);
        }),
      ),
  );
});
