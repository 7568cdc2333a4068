/**
 * What this machine offers to the acceptance tests, found out by trying: the real Thunderbird, a private mount
 * namespace, a private network namespace. Belongs here: the answers and the reasons. How a test is skipped by
 * name when one is missing is needs.ts.
 */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** The program itself, not the shell script around it: that one forks. */
export const thunderbirdBinary = process.env.MAILMEND_THUNDERBIRD ?? '/usr/lib/thunderbird/thunderbird-bin';

/** Folder of the installation: defaults/, omni.ja, application.ini. */
export function thunderbirdFolder(): string {
  return dirname(realpathSync(thunderbirdBinary));
}

export function thunderbirdAvailable(): boolean {
  return isExecutable(thunderbirdBinary);
}

/** Absolute path of a tool, also when /usr/sbin is not in PATH; null when it is not installed. */
export function findTool(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/bin', '/sbin'];
  for (const folder of folders) {
    const path = join(folder, name);
    if (folder !== '' && isExecutable(path)) return path;
  }
  return null;
}

/** Arguments of unshare(1) that give an ordinary user the right to mount: a user namespace of its own. */
export function userNamespace(): string[] {
  return process.getuid?.() === 0 ? [] : ['--map-root-user'];
}

let mountNamespace: boolean | null = null;
let networkNamespace: boolean | null = null;

/** True when a process of ours may have mounts of its own. Tried once. */
export function mountNamespacePermitted(): boolean {
  if (mountNamespace === null) {
    const folder = mkdtempSync(join(tmpdir(), 'mailmend-namespace-'));
    mountNamespace = unshareWorks(['--mount'], `mount --bind "${folder}" "${folder}"`);
    rmSync(folder, { recursive: true });
  }
  return mountNamespace;
}

/** True when this process may mount for everybody: root that the kernel lets. Tried, and undone. */
export function mountPermitted(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mailmend-mount-'));
  const run = (tool: string, ...args: string[]): boolean =>
    spawnSync(findTool(tool) ?? tool, args, { stdio: 'ignore' }).status === 0;
  const permitted = run('mount', '-t', 'tmpfs', 'none', folder) && run('umount', folder);
  rmSync(folder, { recursive: true });
  return permitted;
}

/** True when a process of ours may have a network of its own: loopback and nothing else. Tried once. */
export function networkNamespacePermitted(): boolean {
  const ip = findTool('ip');
  networkNamespace ??= ip !== null && unshareWorks(['--net'], `${ip} link set lo up`);
  return networkNamespace;
}

/** Both of them: what the tests that must not touch the real disk or network need. */
export function namespacesPermitted(): boolean {
  return mountNamespacePermitted() && networkNamespacePermitted();
}

/** True when the tools for namespaces are installed, so that only the kernel can say no. */
export function namespaceToolsInstalled(): boolean {
  return ['unshare', 'mount', 'ip'].every((tool) => findTool(tool) !== null);
}

function unshareWorks(namespaces: string[], command: string): boolean {
  const unshare = findTool('unshare');
  if (unshare === null) return false;
  const flags = [...userNamespace(), ...namespaces];
  if (namespaces.includes('--mount')) flags.push('--propagation', 'private');
  return spawnSync(unshare, [...flags, '/bin/sh', '-c', command], { stdio: 'ignore' }).status === 0;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
