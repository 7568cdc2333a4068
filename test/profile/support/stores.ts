/**
 * What the tests of a profile's stores share: a folder of their own, preferences from text, databases as a mail program
 * leaves them on disk, and proof that looking at them changed nothing.
 */

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished } from 'vitest';
import { parsePrefs } from '../../../src/formats/prefs/parse.ts';
import { type Preferences, readPreferences } from '../../../src/profile/preferences.ts';
import { createFileSystem } from '../../../src/repair/node-file-system.ts';
import { treeListing } from '../../support/tree-hash.ts';

export const realFiles = createFileSystem();

/** Gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'stores-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function put(folder: string, name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return file;
}

/** `values` as the lines of a prefs.js. */
export function prefsOf(values: Record<string, string | number | boolean>): Preferences {
  const lines = Object.entries(values).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  return prefsFromText(lines.join(''));
}

export function prefsFromText(text: string): Preferences {
  return readPreferences([{ file: 'prefs.js', parsed: parsePrefs(Buffer.from(text), 'modern') }]);
}

/** Those of a profile on disk: prefs.js, then user.js. */
export function prefsOfProfile(profile: string): Preferences {
  const files = ['prefs.js', 'user.js'].filter((file) => fs.existsSync(path.join(profile, file)));
  return readPreferences(
    files.map((file) => ({ file, parsed: parsePrefs(fs.readFileSync(path.join(profile, file)), 'modern') })),
  );
}

/**
 * A database as a killed program leaves it: what `sql` did stands in the -wal alone.
 * @param prepare what stands in the file itself.
 */
export function putWithWal(folder: string, name: string, prepare: string, sql: string): string {
  const file = path.join(folder, name);
  const work = path.join(temporaryFolder(), 'work.sqlite');
  const database = new Database(work);
  database.pragma('journal_mode = WAL');
  database.exec(prepare);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.pragma('wal_autocheckpoint = 0');
  database.exec(sql);
  fs.copyFileSync(work, file);
  fs.copyFileSync(`${work}-wal`, `${file}-wal`);
  database.close();
  return file;
}

/** A database as a program leaves it that was killed in the middle of `sql`: half of it in the file, a hot journal beside. */
export function putWithHotJournal(folder: string, name: string, prepare: string, sql: string): string {
  const file = path.join(folder, name);
  const work = path.join(temporaryFolder(), 'work.sqlite');
  const database = new Database(work);
  database.pragma('page_size = 512');
  database.exec(prepare);
  database.pragma('cache_size = 1');
  database.exec(`BEGIN; ${sql}`);
  fs.copyFileSync(work, file);
  fs.copyFileSync(`${work}-journal`, `${file}-journal`);
  database.exec('ROLLBACK');
  database.close();
  return file;
}

/** Bytes, names, modes, modification and change times of `folder` are the same after `look` as before. */
export function changesNothing<T>(folder: string, look: () => T): T {
  const before = treeListing(folder, { ctime: true });
  const seen = look();
  expect(treeListing(folder, { ctime: true })).toEqual(before);
  return seen;
}
