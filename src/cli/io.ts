/**
 * The process as the commands see it: streams, environment, signals. Handed in, so that tests can be the terminal.
 */

import type { Library } from './library.ts';

export type InputStream = NodeJS.ReadableStream & { isTTY?: boolean };
export type OutputStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

export interface Io {
  stdin: InputStream;
  stdout: OutputStream;
  stderr: OutputStream;
  env: Readonly<Record<string, string | undefined>>;
  load(): Promise<Library>;
  /** Calls the listener at SIGINT, SIGTERM and SIGHUP, until the function that it returns is called. */
  onInterrupt(listener: () => void): () => void;
}
