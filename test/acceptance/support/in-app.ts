/**
 * The scripts in in-app/ run inside Thunderbird, with its own rights. Each file holds functions only; what is sent
 * is their texts one after the other and a line that calls one of them.
 */

import { readFileSync } from 'node:fs';

/** Text of in-app/<name>.js for every name, in order. */
export function inApp(...names: string[]): string {
  return names.map((name) => readFileSync(new URL(`in-app/${name}.js`, import.meta.url), 'utf8')).join('\n');
}
