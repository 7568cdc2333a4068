/**
 * Another process that locks a file, or asks about it, the way mail programs do: hold-lock.mjs with Node.
 */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./hold-lock.mjs', import.meta.url));

/** Holds a classic lock on the file until `end` is awaited. */
export async function otherProcessHolding(path: string): Promise<{ pid: number; end(): Promise<void> }> {
  const child = spawn(process.execPath, [script, path, 'take'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  if (String(said).trim() !== 'taken') throw new Error(`the other process says: ${said}`);
  return {
    pid: child.pid ?? -1,
    async end() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

/** "free", or "held by <pid>" (-1: a lock of an open file). */
export const otherProcessSays = (path: string): string =>
  execFileSync(process.execPath, [script, path, 'ask'], { encoding: 'utf8' }).trim();
