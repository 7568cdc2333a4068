/**
 * The symlink `lock` that programs put into a profile on Linux and macOS: `<address>:+<pid>` (formats.md 1.4).
 * For information only: today's programs leave it behind when they quit and do not care for it when they start
 * (breakage.md, "Locks and versions"). Whether a profile is in use is for profile-lock.ts to say.
 */

import { networkInterfaces } from 'node:os';
import { posix } from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';

export interface LockLink {
  target: string;
  address: string;
  pid: number;
  /** `+`: whoever made it held the lock on `.parentlock`, too. */
  withLock: boolean;
  /** Of the process named. `other-host`: the address is none of this machine's (now: addresses change). */
  process: 'alive' | 'dead' | 'other-host';
}

/** What has to be known of this machine. */
export interface Host {
  addresses: ReadonlySet<string>;
  isAlive(pid: number): boolean;
}

export function thisHost(): Host {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return { addresses: new Set(addresses.map(({ address }) => address)), isAlive };
}

/** Null when there is no such link, or it says something else. Never follows it. */
export function lockLink(
  fs: ReadableFileSystem,
  profilePath: string,
  host: Host = thisHost(),
): LockLink | null {
  const path = posix.join(profilePath, 'lock');
  if (fs.lstat(path)?.kind !== 'link') return null;
  const target = fs.readLink(path);
  const [, address, plus, digits] = /^(.+):(\+?)(\d{1,10})$/.exec(target) ?? [];
  if (address === undefined || digits === undefined) return null;
  const pid = Number(digits);
  return { target, address, pid, withLock: plus === '+', process: stateOf(address, pid, host) };
}

function stateOf(address: string, pid: number, host: Host): LockLink['process'] {
  // The whole 127/8 is this machine; Debian gives a host's own name the address 127.0.1.1.
  const local = address.startsWith('127.') || host.addresses.has(address);
  if (!local) return 'other-host';
  return host.isAlive(pid) ? 'alive' : 'dead';
}

function isAlive(pid: number): boolean {
  // 0 would mean the own process group.
  if (pid === 0) return false;
  try {
    // Signal 0 is not sent, only tried.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
