/**
 * Acceptance tests need real things. `describeWhere` runs a suite where they are there; elsewhere it is skipped, by
 * name and with the reason, which test/support/reporter.ts prints. In CI such a skip fails the run, unless it is the
 * kernel that forbids what is needed.
 */

import { describe } from 'vitest';
import {
  findTool,
  mountPermitted,
  namespacesPermitted,
  namespaceToolsInstalled,
  thunderbirdAvailable,
} from './machine.ts';

export type Need = 'thunderbird' | 'namespaces' | 'windows' | 'linux' | 'root' | 'strace' | 'mounts';

export interface SkipReason {
  reason: string;
  /** No package can help: the run may be green without these tests. */
  kernelForbids: boolean;
}

declare module 'vitest' {
  interface TaskMeta {
    skipReason?: SkipReason;
  }
}

/** As `describe`, where all of `needs` are met. One start of Thunderbird on a busy machine takes a while. */
export function describeWhere(needs: Need[], name: string, suite: () => void): void {
  const skipReason = needs.map(missing).find((reason) => reason !== null);
  if (skipReason === undefined) describe(name, { timeout: 180_000 }, suite);
  else describe(name, { skip: true, meta: { skipReason } }, suite);
}

function missing(need: Need): SkipReason | null {
  const notInstalled = (what: string) => ({ reason: `${what} is not installed`, kernelForbids: false });
  switch (need) {
    case 'thunderbird':
      return thunderbirdAvailable() ? null : notInstalled('Thunderbird');
    case 'namespaces':
      if (!namespaceToolsInstalled()) return notInstalled('unshare, mount or ip');
      return namespacesPermitted() ? null : { reason: 'the kernel forbids namespaces', kernelForbids: true };
    case 'windows':
      return findTool('Xvfb') !== null && findTool('xdotool') !== null
        ? null
        : notInstalled('Xvfb or xdotool');
    case 'strace':
      return findTool('strace') === null ? notInstalled('strace') : null;
    case 'mounts':
      if (findTool('mount') === null || findTool('umount') === null) return notInstalled('mount');
      return mountPermitted() ? null : { reason: 'the kernel forbids mounts', kernelForbids: true };
    case 'linux':
      return process.platform === 'linux' ? null : { reason: 'this is not Linux', kernelForbids: false };
    case 'root':
      return process.getuid?.() === 0 ? null : { reason: 'this is not root', kernelForbids: false };
  }
}
