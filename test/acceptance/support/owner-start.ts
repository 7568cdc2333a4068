/**
 * Thunderbird as its owner starts it: without a word about the profile, so that profiles.ini in HOME decides, and without
 * remote control. What it does is seen by its windows, and answered by keys (xdotool).
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from './child-process.ts';
import { openDisplay } from './display.ts';
import { findTool, thunderbirdBinary } from './machine.ts';
import { ThunderbirdError } from './marionette.ts';
import { inPrivateNamespace, type Mount } from './private-namespace.ts';

export interface StartedByOwner {
  /** Waits for a window of that title. @throws ThunderbirdError when it does not come. */
  window(title: RegExp): Promise<void>;
  /** Into that window, by the names of X: `Down`, `Return`. */
  press(title: RegExp, ...keys: string[]): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** The title of the profile manager. */
export const profileManager = /Choose User Profile/;
/** That of the window that shows mail. */
export const mailWindow = / - Mozilla Thunderbird$/;

const patienceMs = 90_000;

/** @param home holds `.thunderbird`. There is no network. @param mounts what it sees instead of files of the computer. */
export async function startAsOwner(home: string, mounts: readonly Mount[] = []): Promise<StartedByOwner> {
  const own = mkdtempSync(join(tmpdir(), 'mailmend-owner-'));
  for (const folder of ['runtime', 'tmp']) mkdirSync(join(own, folder), { mode: 0o700 });
  const display = await openDisplay();
  const program = inPrivateNamespace(
    { file: thunderbirdBinary, args: [] },
    { home: own, network: true, readOnlyRoot: true, mounts: [{ from: home, to: home }, ...mounts] },
  );
  const child = startChild(program, {
    cwd: own,
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      HOME: home,
      TMPDIR: join(own, 'tmp'),
      XDG_RUNTIME_DIR: join(own, 'runtime'),
      MOZ_CRASHREPORTER_DISABLE: '1',
      MOZ_DISABLE_CONTENT_SANDBOX: '1',
      NO_AT_BRIDGE: '1',
      ...display.env,
    },
    stdio: 'ignore',
  });
  const xdotool = (...words: string[]): string =>
    spawnSync(findTool('xdotool') ?? 'xdotool', words, {
      encoding: 'utf8',
      env: { ...process.env, ...display.env },
      timeout: 10_000,
    }).stdout.trim();
  const windows = (): { id: string; title: string }[] =>
    xdotool('search', '--onlyvisible', '--name', '.')
      .split('\n')
      .filter((id) => id !== '')
      .map((id) => ({ id, title: xdotool('getwindowname', id) }));
  const find = async (title: RegExp): Promise<string> => {
    for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(200)) {
      const found = windows().find((window) => title.test(window.title));
      if (found !== undefined) return found.id;
      if (child.exited() !== null) break;
    }
    const there = windows().map((window) => window.title);
    throw new ThunderbirdError(`no window ${title}, but ${JSON.stringify(there)}`);
  };
  return {
    window: async (title) => void (await find(title)),
    async press(title, ...keys) {
      const id = await find(title);
      // A window takes keys only when it has drawn what they are for.
      for (const key of [null, ...keys]) {
        xdotool('windowfocus', id, ...(key === null ? [] : ['key', key]));
        await sleep(500);
      }
    },
    async kill() {
      await child.kill();
      await display.close();
      rmSync(own, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
