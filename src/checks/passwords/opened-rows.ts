/**
 * The live saved logins together with what opening them told (`--unlock`). Empty where nothing was opened.
 */

import path from 'node:path';
import type { SavedLogin } from '../../formats/logins-json.ts';
import type { Operation } from '../../repair/operation.ts';
import type { OpenedRow } from '../../unlock/opened.ts';
import type { Facts } from '../check.ts';
import { liveFile } from './saved-rows.ts';

export interface LiveRow {
  saved: SavedLogin;
  opened: OpenedRow;
}

/** Why checks that need the logins opened say nothing. */
export const needsUnlock = 'whether the saved passwords can be read is told only with --unlock';

/** Null: nothing was opened, or the key store did not open. */
export function openedRows({ profile, unlocked }: Facts): LiveRow[] | null {
  const file = liveFile(profile);
  if (unlocked?.store.state !== 'opened' || file === null) return null;
  const rows = unlocked.rows.get(file.file);
  return file.logins.flatMap((saved) => {
    const opened = rows?.get(saved.offset);
    return opened === undefined ? [] : [{ saved, opened }];
  });
}

/** Of another key than those in the key store. */
export const isOfOtherKey = ({ opened: { unreadable } }: LiveRow): boolean =>
  unreadable === 'wrong-key' || unreadable === 'no-key';

/** key4.db with the keys that it lacks; the rows that need them stay as they are. */
export function mendedKeyStore({ profile, unlocked }: Facts, why: string): Operation | null {
  if (!unlocked?.mended) return null;
  return {
    op: 'write',
    path: path.join(profile.path, 'key4.db'),
    content: unlocked.mended.content,
    mode: null,
    why,
  };
}
