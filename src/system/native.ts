/**
 * The door to the C library: koffi behind the ports `FileLocks`, `FileMarks` and `NativeFiles`. Loaded on first use, so that
 * `--help` does not pay for it; where koffi or the layout of the system is missing, the answer is null and mailmend
 * goes on without (it then reads locks from /proc/locks and cannot take any).
 * Belongs here: loading, binding, errno. What is done with it: posix-locks.ts, posix-files.ts.
 */

import { createRequire } from 'node:module';
import { getSystemErrorName } from 'node:util';
import type { NativeFiles } from '../repair/native-files.ts';
import type { FileLocks } from './file-locks.ts';
import { type FileMarks, linuxMarks, macosMarks, markBytes, unpackMark } from './file-marks.ts';
import { type NativeLayout, nativeLayout } from './native-layout.ts';
import { type FileCalls, posixFiles } from './posix-files.ts';
import { posixLocks } from './posix-locks.ts';

export interface Native extends FileLocks, FileMarks, NativeFiles {}

type Koffi = typeof import('koffi');
type Library = ReturnType<Koffi['load']>;

const require = createRequire(import.meta.url);

let loaded: Native | null | undefined;

/** Null when koffi is not installed, does not load, or does not know this system. Tried once. */
export function loadNative(): Native | null {
  if (loaded === undefined) loaded = bindNative(() => require('koffi') as Koffi);
  return loaded;
}

/** As loadNative, with everything handed in. */
export function bindNative(
  load: () => Koffi,
  layout: NativeLayout | null = nativeLayout(process.platform, process.arch),
): Native | null {
  if (layout === null) return null;
  try {
    const koffi = load();
    // The running program itself: its C library is loaded, be it glibc, musl or macOS's.
    const library = koffi.load(null);
    const failure = (call: string, path: string) => systemError(koffi.errno(), call, path);
    const files = posixFiles({ ...bindFiles(library, layout), failure }, layout);
    // Declared with the ellipsis: on macOS/arm64 variadic arguments travel on the stack, others in registers.
    const fcntl = library.func('fcntl', 'int', ['int', 'int', '...']);
    const locks = posixLocks((handle, command, argument, path) => {
      if (fcntl(handle, command, 'void *', argument) === -1) throw failure('fcntl', path);
    }, layout.flock);
    return { ...locks, ...files, ...bindMarks(library, layout) };
  } catch {
    return null;
  }
}

function bindFiles(library: Library, layout: NativeLayout): Omit<FileCalls, 'failure'> {
  const utimensat = library.func('utimensat', 'int', ['int', 'str', 'void *', 'int']);
  const attributes = layout.attributes === 'linux' ? linuxAttributes(library) : macosAttributes(library);
  return {
    utimensat: (folder, path, times, flags) => utimensat(folder, path, times, flags),
    ...attributes,
  };
}

type AttributeCalls = Pick<FileCalls, 'listAttributes' | 'getAttribute' | 'setAttribute'>;

function linuxAttributes(library: Library): AttributeCalls {
  const list = library.func('llistxattr', 'intptr_t', ['str', 'void *', 'size_t']);
  const get = library.func('lgetxattr', 'intptr_t', ['str', 'void *', 'void *', 'size_t']);
  const set = library.func('lsetxattr', 'int', ['str', 'void *', 'void *', 'size_t', 'int']);
  return {
    listAttributes: (path, names, size) => Number(list(path, names, size)),
    getAttribute: (path, name, value, size) => Number(get(path, name, value, size)),
    setAttribute: (path, name, value, size) => set(path, name, value, size, 0),
  };
}

/** XATTR_NOFOLLOW. */
const noFollow = 1;

function macosAttributes(library: Library): AttributeCalls {
  const list = library.func('listxattr', 'intptr_t', ['str', 'void *', 'size_t', 'int']);
  const get = library.func('getxattr', 'intptr_t', ['str', 'void *', 'void *', 'size_t', 'uint32_t', 'int']);
  const set = library.func('setxattr', 'int', ['str', 'void *', 'void *', 'size_t', 'uint32_t', 'int']);
  return {
    listAttributes: (path, names, size) => Number(list(path, names, size, noFollow)),
    getAttribute: (path, name, value, size) => Number(get(path, name, value, size, 0, noFollow)),
    setAttribute: (path, name, value, size) => set(path, name, value, size, 0, noFollow),
  };
}

/** The call must not be missed by those who do not need it: an older C library has no statx. */
function bindMarks(library: Library, layout: NativeLayout): FileMarks {
  try {
    const ask = layout.attributes === 'linux' ? linuxStat(library, layout) : macosStat(library);
    const marks = layout.attributes === 'linux' ? linuxMarks : macosMarks;
    return {
      markOf(path) {
        const answer = new Uint8Array(markBytes);
        return path.includes('\0') || ask(path, answer) === -1 ? null : unpackMark(marks, answer);
      },
    };
  } catch {
    return { markOf: () => null };
  }
}

type Stat = (path: string, answer: Uint8Array) => number;

/** AT_NO_AUTOMOUNT: to look at a folder must not mount a disk. */
const noAutomount = 0x800;

function linuxStat(library: Library, layout: NativeLayout): Stat {
  const statx = library.func('statx', 'int', ['int', 'str', 'int', 'uint32_t', 'void *']);
  return (path, answer) => statx(layout.atFdcwd, path, noAutomount, 0, answer);
}

/** On Intel the name without the ending is that of a shorter answer. */
function macosStat(library: Library): Stat {
  const bind = (name: string) => library.func(name, 'int', ['str', 'void *']);
  const stat = process.arch === 'arm64' ? bind('stat') : bind('stat$INODE64');
  return (path, answer) => stat(path, answer);
}

/** As Node's file functions throw it: `errno` negative, `code` by name. */
function systemError(errno: number, call: string, path: string): NodeJS.ErrnoException {
  const code = getSystemErrorName(-errno);
  return Object.assign(new Error(`${code}: ${call} '${path}'`), { errno: -errno, code, syscall: call, path });
}
