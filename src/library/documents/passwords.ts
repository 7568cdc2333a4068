/**
 * `mailmend passwords … --json`: the saved logins and what they are good for; what a backup or an export holds; what
 * `remove` and `restore` change. Never a password.
 */

import { z } from 'zod';
import { documentBase, leftOut } from './document.ts';
import { planFields } from './planned-change.ts';
import { profileHeader } from './profile-header.ts';

const milliseconds = z.number().nullable().describe('Milliseconds since 1970, as the row has it.');

export const passwordStore = z.object({
  format: z
    .enum(['key4.db', 'key3.db'])
    .nullable()
    .describe('The key store that counts; null: there is none.'),
  state: z.enum(['readable', 'needs-primary-password', 'wrong-key', 'damaged', 'missing']),
  why: z.string().nullable(),
});

const login = z.object({
  id: z.string().describe('Short, stable as long as the row stays in its file.'),
  file: z.string(),
  origin: z.string().nullable(),
  realm: z.string().nullable(),
  username: z.string().nullable().describe('Null: it cannot be read without the key.'),
  state: z.enum(['used', 'orphaned', 'duplicate', 'stale', 'unreadable', 'locked']),
  usedBy: z.array(z.string()).describe('Keys of servers.'),
  why: z.string().nullable(),
  created: milliseconds,
  changed: milliseconds,
  lastUsed: milliseconds,
});

export const passwordsListDocument = z.object({
  ...documentBase('passwords-list'),
  profile: profileHeader,
  store: passwordStore,
  file: z.string().nullable().describe('The list of logins that counts.'),
  logins: z.array(login),
  openPgp: z
    .enum(['none', 'readable', 'locked', 'unreadable'])
    .describe('The pass phrase of the OpenPGP keys, which hangs on the same key store.'),
  leftOut,
});

const saved = {
  profile: profileHeader,
  file: z.string().describe('Absolute path of the file that was written, readable by its owner alone.'),
  logins: z.number().int().describe('How many are in it.'),
  unreadable: z.number().int().describe('How many could not be read, and are not in it.'),
};

export const passwordsBackupDocument = z.object({
  ...documentBase('passwords-backup'),
  ...saved,
  openPgp: z.boolean().describe('The pass phrase of the OpenPGP keys is in it.'),
});

export const passwordsExportDocument = z.object({ ...documentBase('passwords-export'), ...saved });

const changedLogin = z.object({
  origin: z.string().nullable(),
  username: z.string().nullable(),
  why: z.string(),
});

export const passwordsRemoveDocument = z.object({
  ...documentBase('passwords-remove'),
  profile: profileHeader,
  removes: z.array(changedLogin),
  ...planFields,
});

export const passwordsRestoreDocument = z.object({
  ...documentBase('passwords-restore'),
  profile: profileHeader,
  from: z.string(),
  added: z.array(changedLogin),
  replaced: z.array(changedLogin),
  kept: z.array(changedLogin).describe('In the backup, and not restored: the same or newer in the profile.'),
  openPgp: z.boolean().describe('The pass phrase of the OpenPGP keys is restored, too.'),
  ...planFields,
});

export type PasswordsListDocument = z.infer<typeof passwordsListDocument>;
export type PasswordsBackupDocument = z.infer<typeof passwordsBackupDocument>;
export type PasswordsExportDocument = z.infer<typeof passwordsExportDocument>;
export type PasswordsRemoveDocument = z.infer<typeof passwordsRemoveDocument>;
export type PasswordsRestoreDocument = z.infer<typeof passwordsRestoreDocument>;
