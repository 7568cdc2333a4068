/**
 * `inspect` against the real Thunderbird, field by field, on every fixture of which it was asked (dump.json). What it
 * says of broken ones, and now, is test/acceptance/inspect.test.ts.
 */

import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectProfile } from '../src/library/inspect.ts';
import type { Dump } from './acceptance/support/dump-types.ts';
import { fixturesFolder, layOutFixture, readFixtureDocument } from './support/lay-out-fixture.ts';
import {
  passwordsFoundByMailmend,
  passwordsFoundByThunderbird,
  seenByMailmend,
  seenByThunderbird,
} from './support/seen-settings.ts';
import { testWorld } from './support/test-world.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-agrees-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const fixtures = readdirSync(fixturesFolder).filter((name) =>
  existsSync(join(fixturesFolder, name, 'dump.json')),
);

/** The dump as if it had been taken where the fixture lies now. */
function dumpAt(name: string, profile: string): Dump {
  const text = JSON.stringify(readFixtureDocument(name, 'dump.json'));
  return JSON.parse(text.replaceAll(`profiles/${name}`, profile)) as Dump;
}

describe.each(fixtures)('of the fixture %s, mailmend says what Thunderbird sees:', (name) => {
  const both = () => {
    const { profile } = layOutFixture(name, mkdtempSync(join(folder, 'profile-')));
    const selected = { path: profile, name: null, program: 'thunderbird' as const, root: null };
    return { document: inspectProfile(testWorld(folder), selected), dump: dumpAt(name, profile) };
  };

  it('accounts, outgoing servers, address books, directories, calendars, add-ons', () => {
    const { document, dump } = both();
    expect(seenByMailmend(document)).toEqual(seenByThunderbird(dump));
    expect(document.dropped).toEqual([]);
  });

  it('which of them find a saved password', () => {
    const { document, dump } = both();
    const found = passwordsFoundByMailmend(document);
    const { unlocked } = dump.primaryPassword;
    if (unlocked) expect(found).toEqual(passwordsFoundByThunderbird(dump, found));
    else expect(Object.values(found)).toContain(true);
  });
});
