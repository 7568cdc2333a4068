/**
 * What the real Thunderbird sees in a profile: `dump`. It runs on a copy; the profile itself is only read.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dump, RunDump } from './dump-types.ts';
import { compareSnapshots, takeSnapshot } from './file-changes.ts';
import { inApp } from './in-app.ts';
import { thunderbirdFolder } from './machine.ts';
import { ThunderbirdError } from './marionette.ts';
import { primaryPasswordOpens } from './primary-password.ts';
import { quietPrefs } from './quiet-prefs.ts';
import { startThunderbird } from './thunderbird.ts';
import { copyProfile } from './working-copy.ts';

export interface DumpOptions {
  primaryPassword?: string;
  /** Passwords and tokens in the clear; without it only whether there is one. */
  secrets?: boolean;
  /** Open a profile that a newer version has used. */
  allowDowngrade?: boolean;
  /** Stored texts that are read back per folder. */
  verify?: number;
  timeoutMs?: number;
}

const scripts = ['prompts', 'common', 'dump-accounts', 'dump-folders', 'dump-address-books', 'dump'];

/**
 * Without namespaces a profile that has a primary password cannot be opened: its prompt comes before anything that
 * could answer it.
 * @throws ThunderbirdError when Thunderbird does not start on it, dies, or takes too long.
 */
export async function dump(profile: string, options: DumpOptions = {}): Promise<RunDump> {
  const copy = copyProfile(profile);
  try {
    const before = takeSnapshot(copy.profile);
    const { password, wrong } = checkPassword(copy.profile, options.primaryPassword ?? null);
    const thunderbird = await startThunderbird({
      ...copy,
      primaryPassword: password,
      args: options.allowDowngrade === true ? ['--allow-downgrade'] : [],
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    });
    let seen: unknown;
    try {
      seen = await thunderbird.evaluate(`${inApp(...scripts)}\nreturn dumpProfile(args);`, {
        primaryPassword: password,
        secrets: options.secrets === true,
        verify: options.verify ?? 1000,
        parseTimeoutMs: 30_000,
        quietPrefs: Object.keys(quietPrefs),
      });
    } catch (error) {
      await thunderbird.kill();
      throw error;
    }
    const told = withPathsOf(copy.original, copy.seenAs, seen as Dump);
    if (wrong) told.primaryPassword.wrongPassword = true;
    const cleanExit = await thunderbird.quit();
    return {
      ...told,
      fileChanges: compareSnapshots(before, takeSnapshot(copy.profile)),
      run: { notes: copy.notes, networkIsolated: thunderbird.networkIsolated, cleanExit },
    };
  } catch (error) {
    throw explainDowngrade(copy.profile, error);
  } finally {
    copy.remove();
  }
}

/** Without mounts Thunderbird knows the copy by its own path; the dump speaks of the original all the same. */
function withPathsOf(original: string, seenAs: string, seen: Dump): Dump {
  const inJson = (path: string) => JSON.stringify(path).slice(1, -1);
  return JSON.parse(JSON.stringify(seen).replaceAll(inJson(seenAs), inJson(original))) as Dump;
}

/** A password that does not open key4.db is never handed to Thunderbird. */
function checkPassword(
  profile: string,
  password: string | null,
): { password: string | null; wrong: boolean } {
  const wrong = password !== null && primaryPasswordOpens(join(profile, 'key4.db'), password) === false;
  return { password: wrong ? null : password, wrong };
}

/** Instead of starting, Thunderbird shows a window that nobody sees when a newer version has used the profile. */
function explainDowngrade(profile: string, error: unknown): unknown {
  const used = versionIn(join(profile, 'compatibility.ini'), 'LastVersion');
  const installed = versionIn(join(thunderbirdFolder(), 'application.ini'), 'Version');
  if (!(error instanceof ThunderbirdError) || used === null || installed === null || used <= installed)
    return error;
  return new ThunderbirdError(
    `version ${used} has used this profile and ${installed} is installed. ${error.message}`,
  );
}

/** Major and minor version as one number, such as 153.7. */
function versionIn(file: string, key: string): number | null {
  if (!existsSync(file)) return null;
  const match = new RegExp(`^${key}=(\\d+\\.\\d+)`, 'm').exec(readFileSync(file, 'utf8'));
  return match?.[1] === undefined ? null : Number(match[1]);
}
