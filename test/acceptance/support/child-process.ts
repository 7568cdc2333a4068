/**
 * Children of the tests: each leads a process group of its own, is ended by that group's id and nothing else, and
 * never outlives the test process, also when that one is killed.
 */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { findTool } from './machine.ts';
import type { CommandLine } from './private-namespace.ts';

export interface Child {
  process: ChildProcess;
  /** Null as long as it runs. */
  exited(): Exit | null;
  exit: Promise<Exit>;
  /** Ends it with everything it started; returns when it is gone. */
  kill(): Promise<void>;
}

export interface Exit {
  code: number | null;
  signal: string | null;
  error?: string;
}

/** @throws nothing: a program that cannot be started is an exit with `error`. */
export function startChild({ file, args }: CommandLine, options: SpawnOptions): Child {
  const setpriv = process.getuid?.() === 0 ? findTool('setpriv') : null;
  // The kernel ends it with us. Only for root: entering a user namespace forgets this wish.
  const command =
    setpriv === null ? { file, args } : { file: setpriv, args: ['--pdeathsig', 'KILL', file, ...args] };
  const child = spawn(command.file, command.args, { ...options, detached: true });
  let exited: Exit | null = null;
  const endGroup = () => {
    if (child.pid !== undefined) signalGroup(child.pid);
  };
  process.once('exit', endGroup);
  const exit = new Promise<Exit>((resolve) => {
    const settle = (result: Exit) => {
      exited = result;
      process.off('exit', endGroup);
      resolve(result);
    };
    child.once('exit', (code, signal) => settle({ code, signal }));
    child.once('error', (error) => settle({ code: null, signal: null, error: error.message }));
  });
  return {
    process: child,
    exited: () => exited,
    exit,
    kill: async () => {
      // Also when the leader is gone: helpers of its group may still be there.
      endGroup();
      await exit;
    },
  };
}

function signalGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // The whole group is gone.
  }
}
