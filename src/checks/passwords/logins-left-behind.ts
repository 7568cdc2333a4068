/**
 * Looks for: mail passwords that only a list has that the program gave up (logins.json.corrupt).
 * Why: the program put the damaged list away and went on with an older or an empty one; what was saved in between is
 * missing since, although whole rows of it are still there (formats.md 4.2, pains.md P26).
 * Found: whole rows of mail servers in a .corrupt file, under names that the present list does not have at all. Since
 * when that is so, and whether the owner did not take them out on purpose, cannot be told: info.
 * Repaired: only when asked for: those rows are added to the present list, as they stand.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { SavedLogin } from '../../formats/logins-json.ts';
import { parseLoginsJson } from '../../formats/logins-json.ts';
import { printLoginsJson } from '../../formats/salvage-logins.ts';
import { isFoundBy } from '../../profile/login-keys.ts';
import { defineCheck } from '../check.ts';
import { passwordLookUps, tokenLookUps } from './look-ups.ts';
import { liveFile } from './saved-rows.ts';

interface State {
  file: string;
  /** JSON texts. */
  rows: string[];
  origins: string[];
}

export const loginsLeftBehind = defineCheck<State>({
  meta: {
    id: 'passwords/logins-left-behind',
    severity: 'info',
    title: 'Passwords in a list that the program gave up',
    looksFor:
      'Passwords of your mail servers that are only in a list that was put away as damaged (logins.json.corrupt).',
    why: 'The program went on without them and asks for them. Whether they are still right is not known.',
    repair: 'Only when asked for: the whole rows are added to the list of saved passwords.',
    example:
      'logins.json.corrupt lies beside a sound logins.json, and the password for imap.example.org is in it alone.',
    faults: ['formats.md K1', 'pains.md P26'],
  },

  find({ profile }) {
    const live = liveFile(profile);
    if (live === null || live.state !== 'ok' || live.oddRows.length > 0) return [];
    if (live.logins.some((row) => row.hasNullField)) return [];
    const wanted = [...passwordLookUps(profile), ...tokenLookUps(profile)]
      .map(({ key }) => key)
      .filter((key) => !live.logins.some((row) => row.origin === key.origin));
    return profile.logins.corrupt.flatMap((file) => {
      const rows = file.rows.flatMap((text) => {
        const row = rowOf(text);
        const isMissing = row !== null && !row.hasNullField && wanted.some((key) => isFoundBy(row, key));
        return isMissing && row !== null ? [{ text, origin: row.origin ?? '' }] : [];
      });
      if (rows.length === 0) return [];
      const origins = [...new Set(rows.map(({ origin }) => origin))];
      return [
        {
          subject: { kind: 'file' as const, id: file.file },
          evidence: [{ file: file.file, note: `whole rows for ${origins.join(', ')}` }],
          state: { file: file.file, rows: rows.map(({ text }) => text), origins },
        },
      ];
    });
  },

  words({ state: { file, origins } }) {
    return {
      title: `${origins.length === 1 ? 'A password' : `Passwords for ${origins.length} servers`} of your accounts ${origins.length === 1 ? 'is' : 'are'} only in ${file}`,
      detail: `The program once could not read its list and put it away under that name. Missing since: ${origins.join(', ')}. Perhaps you have taken them out yourself; perhaps the program asks for them since then.`,
    };
  },

  repair({ state: { file, rows } }, { profile }) {
    const live = liveFile(profile);
    if (live === null) return null;
    return {
      title: `Add ${rows.length === 1 ? 'the saved login' : `${rows.length} saved logins`} of ${file} to the list`,
      risk: 'passwords',
      operations: [
        {
          op: 'write',
          path: path.join(profile.path, live.file),
          content: Buffer.from(
            printLoginsJson([...live.rows, ...renumbered(rows, live.nextId ?? 1)]),
          ).toString('base64'),
          mode: null,
          why: `rows of ${file} that the list has under no name`,
        },
      ],
    };
  },
});

/** A row as the list would have it. */
function rowOf(text: string): SavedLogin | null {
  return parseLoginsJson(new TextEncoder().encode(`{"logins":[${text}]}`)).logins[0] ?? null;
}

/** No two rows may share a number. */
function renumbered(rows: readonly string[], nextId: number): string[] {
  return rows.map((text, i) => text.replace(/("id"\s*:\s*)-?\d+/, `$1${nextId + i}`));
}
