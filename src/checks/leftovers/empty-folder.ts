/**
 * Whether a folder of an account holds anything: no message, no subfolder, no file of its owner, and no index but those
 * of the folders that every set-up makes.
 */

import type { MailDirectory } from '../../profile/folders.ts';

const firstFolders = ['inbox', 'trash', 'unsent messages'];

export function holdsNothing(mail: MailDirectory): boolean {
  const { exists, holdsMessages, hasSubfolders, holdsOthers, incomplete, folders } = mail;
  if (!exists || holdsMessages || hasSubfolders || holdsOthers || incomplete) return false;
  return folders.every((folder) => firstFolders.includes(folder.path.toLowerCase()));
}
