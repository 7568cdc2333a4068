#!/usr/bin/env node
/**
 * The program `mailmend`: hands the real process to run.ts.
 */

import process from 'node:process';
import type { Io } from './io.ts';
import { run } from './run.ts';

/** SIGHUP: the terminal was closed. */
const interrupting = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  load: () => import('../index.ts'),
  onInterrupt(listener) {
    for (const signal of interrupting) process.on(signal, listener);
    return () => {
      for (const signal of interrupting) process.off(signal, listener);
    };
  },
};

// Not process.exit: what is still on its way to a pipe would be cut off.
process.exitCode = await run(process.argv.slice(2), io);
