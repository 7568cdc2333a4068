/**
 * What a plan consists of. A plan is data: printed, saved, reviewed, applied later (design.md 1).
 * Belongs here: the types. How operations change a tree is overlay.ts, how they are carried out apply.ts.
 */

import type { PrefGrammar, PrefValue } from '../formats/prefs/prefs.ts';

/** One preference before and after; null = no such line. */
export interface PrefChange {
  name: string;
  from: PrefValue | null;
  to: PrefValue | null;
}

/** One key of an INI file before and after; null = no such key. A section goes with its last key. */
export interface IniChange {
  section: string;
  key: string;
  from: string | null;
  to: string | null;
}

/**
 * One row that is taken out of a list in a JSON file. The row itself is in no plan and no journal, since it may hold
 * secrets: only its key, and the sha256 of its bytes. `what` says for people what it is, without any: `saved login for …`.
 */
export interface RowChange {
  /** The row's text under the key of the operation; null where it has none. */
  row: string | null;
  what: string;
  from: string;
  to: null;
}

/** A whole number that no two rows may share, and the member of the file that holds the next free one. */
export interface RowNumbers {
  key: string;
  next: string;
}

/** Every operation says why it is there, and for which finding. Paths are absolute. */
interface OperationBase {
  path: string;
  why: string;
  /** Id of the finding that it repairs. */
  finding?: string;
}

export type Operation =
  /** Changes single lines of prefs.js or user.js; every other byte stays. `grammar` is `modern` unless it says otherwise. */
  | (OperationBase & { op: 'edit-prefs'; changes: PrefChange[]; grammar?: PrefGrammar })
  /** Changes single keys of profiles.ini, installs.ini …; every other byte stays. */
  | (OperationBase & { op: 'edit-ini'; changes: IniChange[] })
  /**
   * Changes single rows of a list in a JSON file such as logins.json; every other byte stays. `list`: the member of the
   * file that is the list; `key`: the member of a row that tells it from others.
   */
  | (OperationBase & {
      op: 'edit-rows';
      list: string;
      key: string;
      numbers: RowNumbers | null;
      changes: RowChange[];
    })
  /** A whole new file, or the whole content of an existing one. `content` is base64. */
  | (OperationBase & { op: 'write'; content: string; mode: number | null })
  /** A copy of a file inside the folders that the plan declares. */
  | (OperationBase & { op: 'copy'; from: string })
  /** A file or folder gets another name; nothing may be there yet. */
  | (OperationBase & { op: 'move'; from: string })
  /** A file or folder goes into the run's folder. Nothing is ever deleted (design.md 6.2). */
  | (OperationBase & { op: 'move-aside' })
  | (OperationBase & { op: 'make-folder'; mode: number })
  | (OperationBase & { op: 'set-mode'; mode: number });

/** What an operation rests on: it is refused when the disk says otherwise. */
export type Precondition =
  | { path: string; state: 'absent' }
  /** `listing`: sha256 of all names, kinds, sizes and times in it, where the folder is moved as a whole (listing.ts). */
  | { path: string; state: 'folder'; listing?: string }
  | { path: string; state: 'link'; target: string }
  /** `mtimeNs` as decimal text: JSON has no 64-bit integers. */
  | { path: string; state: 'file'; size: number; mtimeNs: string; sha256: string };

export interface Plan {
  schema: 'mailmend/plan@1';
  /** Short, made of the operations and what they rest on. */
  id: string;
  made: string;
  /** The profile it was made for, also by device and inode, so that it cannot be applied to another. */
  profile: { path: string; device: string; inode: string };
  /** Every path of every operation lies in one of these. */
  folders: string[];
  operations: Operation[];
  preconditions: Precondition[];
}
