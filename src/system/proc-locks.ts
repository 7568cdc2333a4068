/**
 * /proc/locks of Linux: every lock that the kernel knows, by device and inode (proc_locks(5)). Needs no handle of
 * the file and no native code. Pure.
 *   1: POSIX  ADVISORY  WRITE 8835 fe:00:2147731 0 EOF
 * Device numbers are hexadecimal, everything else decimal. A line with "->" waits for the lock above it.
 * Locks of processes that this process may not see (another container, another machine) are missing.
 */

export interface KernelLock {
  /** POSIX and OFDLCK shut out a program's profile lock; FLOCK, LEASE and DELEG do not. */
  kind: string;
  /** Null for locks of an open file, which belong to no process. */
  pid: number | null;
  major: number;
  minor: number;
  inode: bigint;
}

const line = /^\d+: (\w+) +\S+ +\S+ +(-?\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) \d+ (?:\d+|EOF) *$/;

/** Lines of another shape are passed over. */
export function parseProcLocks(text: string): KernelLock[] {
  const locks: KernelLock[] = [];
  for (const row of text.split('\n')) {
    const [, kind, pid, major, minor, inode] = line.exec(row) ?? [];
    if (kind === undefined || major === undefined || minor === undefined || inode === undefined) continue;
    locks.push({
      kind,
      pid: Number(pid) > 0 ? Number(pid) : null,
      major: Number.parseInt(major, 16),
      minor: Number.parseInt(minor, 16),
      inode: BigInt(inode),
    });
  }
  return locks;
}

/** The major and minor number in a `st_dev` (makedev(3)). */
export function deviceNumbers(device: bigint): { major: number; minor: number } {
  return {
    major: Number(((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n)),
    minor: Number((device & 0xffn) | ((device >> 12n) & 0xffffff00n)),
  };
}

/**
 * Who has the file locked against a whole-file write lock. `same-inode`: a lock on the same inode number of another
 * device, which may be the file: btrfs and overlay file systems report another device to stat than the kernel's own.
 */
export function findHolder(
  locks: KernelLock[],
  file: { device: bigint; inode: bigint },
): { pid: number | null } | 'same-inode' | null {
  const { major, minor } = deviceNumbers(file.device);
  const onInode = locks.filter(
    ({ kind, inode }) => inode === file.inode && (kind === 'POSIX' || kind === 'OFDLCK'),
  );
  const holder = onInode.find((lock) => lock.major === major && lock.minor === minor);
  if (holder !== undefined) return { pid: holder.pid };
  return onInode.length > 0 ? 'same-inode' : null;
}
