/**
 * Real profiles as fixtures: lets Thunderbird make what fixtures/profiles/<name>/scenario.json says, or takes a
 * profile that is there, drops the caches, records it, and writes down what Thunderbird sees in it (dump.json).
 * Run by scripts/make-real-fixture.mjs.
 */

import { spawnSync } from 'node:child_process';
import { lutimesSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixturesFolder, layOutFixture, readFixtureDocument } from '../../support/lay-out-fixture.ts';
import { dump } from './dump.ts';
import type { Dump, RunDump } from './dump-types.ts';
import { cacheNames } from './file-changes.ts';
import { makeProfile } from './make.ts';
import type { Scenario } from './scenario.ts';
import { copyTree } from './working-copy.ts';

/** Large, made anew by Thunderbird when missing, and nothing that mailmend reads. */
const dropped = [
  ...cacheNames,
  'addonStartup.json.lz4',
  'blist.sqlite',
  'cookies.sqlite',
  'cookies.sqlite-wal',
  'global-messages-db.sqlite',
  'logins.db',
  'openpgp.sqlite',
  'permissions.sqlite',
  'search.json.mozlz4',
];

/** The same, but worth keeping in a few fixtures for its format. */
const emptyCalendar = 'calendar-data';

/** Set anew by every start, or because a cache is missing. */
const volatilePrefs = new Set(['toolkit.startup.last_success', 'mailnews.database.global.datastore.id']);

export interface RecordOptions {
  /** A profile that is there; without it the fixture's scenario is made. */
  from?: string;
  /** Where in that folder the profile lies, when it is a root with profiles.ini. */
  profile?: string;
  primaryPassword?: string;
  keepCalendar?: boolean;
}

/** @throws Error when Thunderbird fails, or when the profile is not one that it opens without a word. */
export async function recordFixture(name: string, options: RecordOptions = {}): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'mailmend-record-'));
  try {
    const root = join(work, 'root');
    const profile = options.profile ?? '.';
    if (options.from === undefined)
      await makeProfile(readFixtureDocument(name, 'scenario.json') as Scenario, root);
    else copyTree(options.from, root);
    drop(join(root, profile), [...dropped, ...(options.keepCalendar === true ? [] : [emptyCalendar])]);
    record(root, name, profile);
    const laidOut = layOutFixture(name, work);
    const { primaryPassword } = options;
    const seen = await dump(laidOut.profile, primaryPassword === undefined ? {} : { primaryPassword });
    writeFileSync(join(fixturesFolder, name, 'dump.json'), trimDump(seen, name));
  } finally {
    rmSync(work, { recursive: true });
  }
}

function drop(profile: string, names: string[]): void {
  const { atime, mtime } = statSync(profile);
  for (const name of names) rmSync(join(profile, name), { recursive: true, force: true });
  lutimesSync(profile, atime, mtime);
}

function record(root: string, name: string, profile: string): void {
  const script = fileURLToPath(new URL('../../../scripts/make-fixture.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [script, root, name, '--profile', profile], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the profile could not be recorded');
}

/** What stays the same from run to run; paths into the profile start with profiles/<name>. */
function trimDump(seen: RunDump, name: string): string {
  const { run, fileChanges, consoleErrors, prompts, problems, ...kept } = seen;
  if (!run.cleanExit || prompts.length > 0 || problems.length > 0) {
    throw new Error(`this is no quiet profile: ${JSON.stringify({ run, prompts, problems, consoleErrors })}`);
  }
  const userPrefs = Object.fromEntries(
    Object.entries(kept.userPrefs).filter(([pref]) => !volatilePrefs.has(pref)),
  );
  const trimmed: Omit<Dump, 'consoleErrors' | 'prompts' | 'problems'> = { ...kept, userPrefs };
  const text = JSON.stringify(trimmed, null, 1);
  const inJson = (path: string) => JSON.stringify(path).slice(1, -1);
  return `${text.replaceAll(inJson(seen.app.profileDir), inJson(`profiles/${name}`))}\n`;
}
