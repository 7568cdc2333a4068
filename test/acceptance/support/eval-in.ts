/**
 * Scripts of a test's own inside the real Thunderbird: `evalIn` on a copy of a profile, `withThunderbird` on the
 * profile itself, for tests in which the program has run since.
 */

import { realpathSync } from 'node:fs';
import { inApp } from './in-app.ts';
import { type RunningThunderbird, type StartOptions, startThunderbird } from './thunderbird.ts';
import { copyProfile } from './working-copy.ts';

type Options = Pick<StartOptions, 'primaryPassword' | 'args' | 'timeoutMs'>;

/**
 * Body of an async function; in scope are MailServices, pause(ms), fromUtf8Bytes, the rest of in-app/common.js, and
 * all that Thunderbird's own code can reach. Returns JSON.
 */
export async function evalIn(profile: string, script: string, options: Options = {}): Promise<unknown> {
  const copy = copyProfile(profile);
  try {
    const thunderbird = await startThunderbird({ ...options, ...copy });
    return await runAndQuit(thunderbird, () => thunderbird.evaluate(withCommon(script)));
  } finally {
    copy.remove();
  }
}

/** Thunderbird as a test may use it while it has the profile open. */
export interface OpenThunderbird {
  pid: number;
  /** As `evalIn`. */
  evaluate(script: string): Promise<unknown>;
}

/** Runs on the given folder itself, and quits as its owner would when `use` is through. Answers what `use` did. */
export async function withThunderbird<T>(
  profile: string,
  use: (thunderbird: OpenThunderbird) => Promise<T>,
  options: Options = {},
): Promise<T> {
  const thunderbird = await startThunderbird({ ...options, profile: realpathSync(profile) });
  const open = {
    pid: thunderbird.pid,
    evaluate: (script: string) => thunderbird.evaluate(withCommon(script)),
  };
  return runAndQuit(thunderbird, () => use(open));
}

async function runAndQuit<T>(thunderbird: RunningThunderbird, use: () => Promise<T>): Promise<T> {
  try {
    const result = await use();
    await thunderbird.quit();
    return result;
  } catch (error) {
    await thunderbird.kill();
    throw error;
  }
}

function withCommon(script: string): string {
  return `${inApp('prompts', 'common')}\n${script}`;
}
