/**
 * Writing that can be interrupted: SIGINT, SIGTERM and SIGHUP ask it to stop, and it takes itself back first. Everything
 * else is ended by the system at once, as it changes nothing.
 */

import type { Io } from './io.ts';

export async function interruptible<Result>(
  io: Pick<Io, 'onInterrupt'>,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const forget = io.onInterrupt(() => controller.abort());
  try {
    return await work(controller.signal);
  } finally {
    forget();
  }
}
