/**
 * The numbers and memory layouts that the C library of each system wants (64-bit Linux and macOS): pure, so that
 * both can be tested anywhere. Facts from fcntl(2), utimensat(2), xattr(7) and the public headers of each system.
 */

/** A whole-file write lock as `struct flock`, and how to read the answer of a *_GETLK command. */
export interface FlockLayout {
  getLock: number;
  setLock: number;
  write: number;
  unlocked: number;
  size: number;
  typeAt: number;
  pidAt: number;
}

export interface NativeLayout {
  flock: FlockLayout;
  atFdcwd: number;
  atSymlinkNofollow: number;
  /** macOS passes a position and options to the xattr functions and has no l… variants. */
  attributes: 'linux' | 'macos';
}

const linux: NativeLayout = {
  // F_OFD_GETLK, F_OFD_SETLK: locks of the open file, which closing another handle does not drop.
  // short l_type, l_whence; off_t l_start (8), l_len (16); pid_t l_pid (24).
  flock: {
    getLock: 36,
    setLock: 37,
    write: 1,
    unlocked: 2,
    size: 32,
    typeAt: 0,
    pidAt: 24,
  },
  atFdcwd: -100,
  atSymlinkNofollow: 0x100,
  attributes: 'linux',
};

const macos: NativeLayout = {
  // F_GETLK, F_SETLK: locks of the process, see posix-locks.ts.
  // off_t l_start, l_len (8); pid_t l_pid (16); short l_type (20), l_whence.
  flock: {
    getLock: 7,
    setLock: 8,
    write: 3,
    unlocked: 2,
    size: 24,
    typeAt: 20,
    pidAt: 16,
  },
  atFdcwd: -2,
  atSymlinkNofollow: 0x20,
  attributes: 'macos',
};

/** Null where the layout is not known: other systems, and 32-bit ones. */
export function nativeLayout(platform: NodeJS.Platform, architecture: string): NativeLayout | null {
  if (architecture !== 'x64' && architecture !== 'arm64') return null;
  if (platform === 'linux') return linux;
  return platform === 'darwin' ? macos : null;
}

/** `type` is one of the layout's. Start 0, length 0 (to the end, however far), and pid 0, which F_OFD_… demands. */
export function packFlock(layout: FlockLayout, type: number): Uint8Array {
  const bytes = new Uint8Array(layout.size);
  new DataView(bytes.buffer).setInt16(layout.typeAt, type, true);
  return bytes;
}

/** The answer of *_GETLK: null when nothing is in the way; `pid` null for -1 (open-file lock), 0 and remote holders. */
export function unpackHolder(layout: FlockLayout, bytes: Uint8Array): { pid: number | null } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getInt16(layout.typeAt, true) === layout.unlocked) return null;
  const pid = view.getInt32(layout.pidAt, true);
  return { pid: pid > 0 ? pid : null };
}

const billion = 1_000_000_000n;

/** Two `struct timespec` (seconds, nanoseconds; both 64 bits wide): access time, then modification time. */
export function packTimes(times: { atimeNs: bigint; mtimeNs: bigint }): Uint8Array {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  [times.atimeNs, times.mtimeNs].forEach((time, index) => {
    // Nanoseconds count upwards also before 1970.
    const nanoseconds = ((time % billion) + billion) % billion;
    view.setBigInt64(index * 16, (time - nanoseconds) / billion, true);
    view.setBigInt64(index * 16 + 8, nanoseconds, true);
  });
  return bytes;
}
