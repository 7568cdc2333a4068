/**
 * Where Thunderbird's windows go: an X server of the run's own (Xvfb) where that is installed, otherwise nowhere
 * (headless). Both see the same profile.
 */

import type { Readable } from 'node:stream';
import { type Child, startChild } from './child-process.ts';
import { findTool } from './machine.ts';
import { ThunderbirdError } from './marionette.ts';

export interface Display {
  env: Record<string, string>;
  args: string[];
  close(): Promise<void>;
}

/** @throws ThunderbirdError when Xvfb is installed and does not start. */
export async function openDisplay(): Promise<Display> {
  const xvfb = findTool('Xvfb');
  if (xvfb === null) {
    return { env: { MOZ_HEADLESS: '1' }, args: ['--headless'], close: async () => {} };
  }
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-noreset'];
  const server = startChild({ file: xvfb, args }, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await displayNumber(server);
  return { env: { DISPLAY: `:${number}` }, args: [], close: () => server.kill() };
}

/** Xvfb picks a free number and writes it to the descriptor that -displayfd names. */
async function displayNumber(server: Child): Promise<number> {
  const answer = new Promise<string>((resolve) => {
    const pipe = server.process.stdio[3] as Readable | null | undefined;
    let text = '';
    pipe?.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (text.includes('\n')) resolve(text);
    });
  });
  const first = await Promise.race([answer, server.exit]);
  if (typeof first === 'string') return Number.parseInt(first, 10);
  throw new ThunderbirdError(`Xvfb did not start: ${JSON.stringify(first)}`);
}
