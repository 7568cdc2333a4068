/**
 * /proc/self/mounts of Linux: which file system a path lies on, and which of them are not this computer's own disks, or
 * know no hard links.
 */

import { posix } from 'node:path';

export interface Mount {
  /** Absolute. */
  at: string;
  /** `ext4`, `nfs4`, `fuse.sshfs` … */
  type: string;
}

/** The innermost one, and of several at one place the last. Null where the text names none. @param text of the file. */
export function mountOf(folder: string, text: string): Mount | null {
  const found = innermost(folder, text);
  return found === null ? null : { at: found.at, type: found.type };
}

/** Whether the disk of the folder may only be read. @param text of the file. */
export function isMountedReadOnly(folder: string, text: string): boolean {
  return innermost(folder, text)?.options.split(',').includes('ro') ?? false;
}

function innermost(folder: string, text: string): (Mount & { options: string }) | null {
  let best: (Mount & { options: string }) | null = null;
  for (const line of text.split('\n')) {
    const [, where, type, options = ''] = line.split(' ');
    if (where === undefined || type === undefined) continue;
    const at = plainText(where);
    const start = at.endsWith(posix.sep) ? at : at + posix.sep;
    const holds = folder === at || folder.startsWith(start);
    if (holds && (best === null || at.length >= best.at.length)) best = { at, type, options };
  }
  return best;
}

/** Blanks and the like are written as octal numbers. */
function plainText(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

const networks = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'ncpfs', 'afs', 'auristorfs', 'coda', '9p', 'vboxsf', 'davfs'],
  ...['ceph', 'glusterfs', 'lustre', 'beegfs', 'gpfs', 'orangefs', 'ocfs2', 'gfs2', 'vmhgfs'],
]);

/** Programs behind FUSE that show this computer's own files in another way; any other may be a server. */
const localFuse = new Set([
  ...['encfs', 'gocryptfs', 'cryfs', 'securefs', 'mergerfs', 'bindfs', 'unionfs', 'fuse-overlayfs'],
  ...['ntfs', 'ntfs-3g', 'exfat', 'ext2', 'apfs-fuse', 'hfsfuse', 'squashfuse', 'lxcfs', 'veracrypt'],
]);

export function isLocalMount(type: string): boolean {
  if (type.startsWith('fuse.')) return localFuse.has(type.slice('fuse.'.length));
  return !networks.has(type);
}

/** A file there has one name only. */
export const knowsHardLinks = (type: string): boolean =>
  !['vfat', 'msdos', 'exfat', 'fuse.exfat'].includes(type);
