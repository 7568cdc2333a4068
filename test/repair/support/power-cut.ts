/**
 * A file system that loses its power after a number of operations: the last write before may be torn, nothing after it
 * happens. Counts what would change the disk; reading is free.
 */

import type { WritableFileSystem } from '../../../src/repair/file-system.ts';

export class PowerCut extends Error {}

export interface CutFileSystem extends WritableFileSystem {
  readonly operations: string[];
}

const changing = [
  'createFile',
  'openToAppend',
  'write',
  'sync',
  'close',
  'syncFolder',
  'rename',
  'link',
  'unlink',
  'makeFolder',
  'removeFolder',
  'setMode',
  'setOwner',
  'setTimes',
  'setExtendedAttribute',
] as const;

/** @param after operations that still happen; Infinity: only counts. @param torn half of the write at the cut is done. */
export function cutPowerAfter(fs: WritableFileSystem, after: number, torn = false): CutFileSystem {
  const operations: string[] = [];
  const cut: Record<string, unknown> = { ...fs };
  for (const name of changing) {
    const real = fs[name] as (...given: unknown[]) => unknown;
    cut[name] = (...given: unknown[]) => {
      if (operations.length >= after) {
        const [handle, bytes] = given;
        if (torn && name === 'write' && operations.length === after && bytes instanceof Uint8Array) {
          operations.push('torn');
          real(handle, bytes.subarray(0, bytes.length / 2));
        }
        throw new PowerCut(`cut before ${name}`);
      }
      operations.push(`${name} ${given.map(shortly).join(' ')}`);
      return real(...given);
    };
  }
  return { ...(cut as unknown as WritableFileSystem), operations };
}

/** Fails once, at one operation, with an error of the system. */
export function failOnceAt(fs: WritableFileSystem, at: number, code: string): CutFileSystem {
  const operations: string[] = [];
  const failing: Record<string, unknown> = { ...fs };
  for (const name of changing) {
    const real = fs[name] as (...given: unknown[]) => unknown;
    failing[name] = (...given: unknown[]) => {
      operations.push(`${name} ${given.map(shortly).join(' ')}`);
      // A handle is gone even when closing it fails.
      if (operations.length - 1 === at) {
        if (name === 'close') real(...given);
        throw Object.assign(new Error(`${code}: ${name}`), { code, path: '/somewhere' });
      }
      return real(...given);
    };
  }
  return { ...(failing as unknown as WritableFileSystem), operations };
}

function shortly(value: unknown): string {
  return value instanceof Uint8Array ? `${value.length} bytes` : String(value);
}
