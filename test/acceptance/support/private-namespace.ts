/**
 * The command line that starts a program in namespaces of its own (unshare(1)): with mounts that nobody else sees,
 * with loopback as its only network, with the rest of the disk read-only. Needs root or user namespaces.
 * Belongs here: the words of that command line. Whether the kernel permits it is machine.ts.
 */

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTool, userNamespace } from './machine.ts';

/** Done in this order, before the program starts. */
export type Mount =
  /** `from` appears at `to`, a folder or file that exists. */
  | { from: string; to: string; readOnly?: boolean }
  /** An empty folder covers what is there. */
  | { cover: string }
  /** A folder made inside a covered one. */
  | { folder: string };

export interface Isolation {
  mounts: Mount[];
  /** Cut off from every network; Marionette is then reached through `bridgeSocket`. */
  network: boolean;
  /** Everything outside the mounts and `home` is read-only. */
  readOnlyRoot: boolean;
  /** A folder of the run's own that stays writable. */
  home: string;
  /** A port inside that leads to a unix socket outside. */
  portOut?: { port: number; socket: string };
}

export interface CommandLine {
  file: string;
  args: string[];
}

/** Where the bridge into the private network listens. */
export function bridgeSocket(home: string): string {
  return join(home, 'bridge.sock');
}

/** The same program, started inside; it keeps the process id that is started. */
export function inPrivateNamespace(program: CommandLine, isolation: Isolation): CommandLine {
  const steps = [
    'export PATH="$PATH:/usr/sbin:/sbin"',
    ...(isolation.readOnlyRoot ? [bind(isolation.home, isolation.home)] : []),
    ...(isolation.network ? startBridge(isolation) : []),
    ...isolation.mounts.map(mountStep),
    ...(isolation.readOnlyRoot ? ['{ mount -o remount,bind,ro / || true; } 2>/dev/null'] : []),
    'exec "$@"',
  ];
  const namespaces = ['--mount', ...(isolation.network ? ['--net'] : []), '--propagation', 'private'];
  return {
    file: findTool('unshare') ?? 'unshare',
    args: [
      ...userNamespace(),
      ...namespaces,
      '/bin/sh',
      '-c',
      steps.join(' && '),
      'sh',
      program.file,
      ...program.args,
    ],
  };
}

/** The bridge is started from a copy, and waited for, because a mount may cover the place it lies in. */
function startBridge({ home, portOut }: Isolation): string[] {
  const script = join(home, 'socket-bridge.mjs');
  const socket = bridgeSocket(home);
  copyFileSync(fileURLToPath(new URL('socket-bridge.mjs', import.meta.url)), script);
  const command = [process.execPath, script, socket];
  if (portOut !== undefined) command.push(`${portOut.port}=${portOut.socket}`);
  return [
    'ip link set lo up',
    // Names are not even looked up in /etc/hosts while loopback is the only address (AI_ADDRCONFIG).
    ...(portOut === undefined ? [] : ['ip address add 192.0.2.1/32 dev lo']),
    `{ ${command.map(quote).join(' ')} & }`,
    `while [ ! -S ${quote(socket)} ]; do sleep 0.02; done`,
  ];
}

function mountStep(mount: Mount): string {
  if ('cover' in mount) return `mount -t tmpfs none ${quote(mount.cover)}`;
  if ('folder' in mount) return `mkdir -p ${quote(mount.folder)}`;
  const readOnly = mount.readOnly === true ? ` && mount -o remount,bind,ro ${quote(mount.to)}` : '';
  return bind(mount.from, mount.to) + readOnly;
}

function bind(from: string, to: string): string {
  return `mount --bind ${quote(from)} ${quote(to)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
