/**
 * What Node leaves out of the POSIX file functions: times to the nanosecond without following links (utimensat),
 * and extended attributes (listxattr, getxattr, setxattr). Fulfils the repair layer's `NativeFiles`.
 */

import type { NativeFiles } from '../repair/native-files.ts';
import { type NativeLayout, packTimes } from './native-layout.ts';

/** The C functions, of one shape for both systems. Each answers -1 and sets errno when it fails. */
export interface FileCalls {
  utimensat(folder: number, path: string, times: Uint8Array, flags: number): number;
  /** Answer the size that is needed when `size` is 0. Names end with a NUL each. */
  listAttributes(path: string, names: Uint8Array | null, size: number): number;
  getAttribute(path: string, name: Uint8Array, value: Uint8Array | null, size: number): number;
  setAttribute(path: string, name: Uint8Array, value: Uint8Array, size: number): number;
  /** The error of the last call. */
  failure(call: string, path: string): NodeJS.ErrnoException;
}

export function posixFiles(calls: FileCalls, layout: NativeLayout): NativeFiles {
  return {
    setTimes(path, times) {
      refuseNul('utimensat', path);
      must(
        calls.utimensat(layout.atFdcwd, path, packTimes(times), layout.atSymlinkNofollow),
        'utimensat',
        path,
      );
    },

    extendedAttributes(path) {
      refuseNul('listxattr', path);
      const attributes = new Map<string, Uint8Array>();
      const names = sized('listxattr', path, (buffer, size) => calls.listAttributes(path, buffer, size));
      for (const name of splitNames(names ?? new Uint8Array())) {
        const value = sized('getxattr', path, (buffer, size) => calls.getAttribute(path, name, buffer, size));
        if (value !== null) attributes.set(Buffer.from(name.subarray(0, -1)).toString('utf8'), value);
      }
      return attributes;
    },

    setExtendedAttribute(path, name, value) {
      refuseNul('setxattr', path, name);
      must(calls.setAttribute(path, Buffer.from(`${name}\0`), value, value.length), 'setxattr', path);
    },
  };

  function must(answer: number, call: string, path: string): void {
    if (answer === -1) throw calls.failure(call, path);
  }

  /**
   * Asks for the size, then for the content, again when it grew in between. Null when there is nothing: the file
   * system keeps no attributes, or this one has gone.
   */
  function sized(
    call: string,
    path: string,
    ask: (buffer: Uint8Array | null, size: number) => number,
  ): Uint8Array | null {
    for (;;) {
      const needed = ask(null, 0);
      const buffer = new Uint8Array(Math.max(needed, 0));
      const got = needed > 0 ? ask(buffer, needed) : needed;
      if (got >= 0) return buffer.subarray(0, got);
      const error = calls.failure(call, path);
      if (error.code === 'ERANGE') continue;
      if (error.code !== undefined && nothingThere.has(error.code)) return null;
      throw error;
    }
  }
}

/** C would take "a\0b" for "a", another file. Node's own functions refuse it, too. */
function refuseNul(call: string, ...texts: string[]): void {
  if (!texts.some((text) => text.includes('\0'))) return;
  throw Object.assign(new Error(`EINVAL: a NUL in a name, ${call}`), { code: 'EINVAL', syscall: call });
}

/** ENODATA on Linux, ENOATTR on macOS: an attribute that went away while they were being read. */
const nothingThere = new Set(['ENOTSUP', 'EOPNOTSUPP', 'ENODATA', 'ENOATTR']);

/** Each with its NUL, as the functions want them back. */
function* splitNames(names: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  for (let end = names.indexOf(0); end !== -1; end = names.indexOf(0, start)) {
    yield names.subarray(start, end + 1);
    start = end + 1;
  }
}
