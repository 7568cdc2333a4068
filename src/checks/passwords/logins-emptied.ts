/**
 * Looks for: saved logins whose user name and password are both empty.
 * Why: a re-encryption with a wrong key leaves them: the program read nothing and saved that (nss.md 3, formats.md K6).
 * The program finds no login with a user name and asks.
 * Found: by opening them (`--unlock`).
 * Repaired: where logins-backup.json or a list that was put away still has the row, with a password that can be read, its
 * two values come back into the row.
 */

import path from 'node:path';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck, type Facts } from '../check.ts';
import { type LiveRow, openedRows } from './opened-rows.ts';
import { restoredValues } from './restored-values.ts';
import { liveFile } from './saved-rows.ts';

interface State {
  origins: string[];
  /** Lists that still have them. */
  from: string[];
}

export const loginsEmptied = defineCheck<State>({
  meta: {
    id: 'passwords/logins-emptied',
    severity: 'error',
    title: 'Saved passwords were overwritten with nothing',
    looksFor: 'Saved passwords whose user name and password are both empty (with --unlock).',
    why: 'The program once encrypted its list anew with a wrong key, read nothing, and saved that nothing. It asks for these passwords again.',
    repair:
      'Where logins-backup.json or a list that was put away (logins.json.corrupt) still has the password, it comes back into its row. Else none: type it once more, or look for an older logins.json and key4.db in a backup.',
    example: 'Every row of logins.json is empty; logins-backup.json still has them all.',
    faults: ['formats.md K6', 'formats.md 4.7-8'],
  },

  find(facts) {
    const emptied = emptiedRows(facts);
    if (emptied.length === 0) return [];
    const file = liveFile(facts.profile)?.file ?? 'logins.json';
    const from = sourcesOf(facts, emptied);
    return [
      {
        subject: { kind: 'file', id: file },
        evidence: [
          ...emptied.map(({ saved }) => ({
            file,
            offset: saved.offset,
            note: `an empty login for ${saved.origin}`,
          })),
          ...from.map((source) => ({ file: source, note: 'still has some of them' })),
        ],
        state: { origins: [...new Set(emptied.map(({ saved }) => saved.origin ?? ''))], from },
      },
    ];
  },

  words({ state: { origins, from } }) {
    const where =
      from.length > 0
        ? `${from.join(', ')} still has them.`
        : 'Look for an older logins.json, with the key4.db of that time, in a backup; or type the passwords once more.';
    return {
      title: `Saved passwords for ${origins.join(', ')} are empty`,
      detail: `The program once encrypted them anew with a wrong key, and saved nothing in their place. ${where}`,
    };
  },

  repair({ state: { from } }, facts) {
    const content = restoredContent(facts);
    if (content === null) return null;
    return {
      title: `Bring the passwords back from ${from.join(', ')}`,
      risk: 'passwords',
      operations: [
        {
          op: 'write',
          path: path.join(facts.profile.path, 'logins.json'),
          content: Buffer.from(content).toString('base64'),
          mode: null,
          why: `rows that are empty get their user name and password back from ${from.join(', ')}`,
        },
      ],
    };
  },
});

const emptiedRows = (facts: Facts): LiveRow[] =>
  (openedRows(facts) ?? []).filter(({ opened }) => opened.emptied);

const otherLists = ({ logins }: Profile) => [logins.backup, ...logins.corrupt];

/** Rows of other lists that can be read and hold something, by guid. */
function readableElsewhere({ profile, unlocked }: Facts, file: string): Map<string, number> {
  const list = otherLists(profile).find((one) => one.file === file);
  const rows = unlocked?.rows.get(file);
  return new Map(
    (list?.logins ?? []).flatMap(({ guid, offset }) => {
      const opened = rows?.get(offset);
      return guid !== null && opened?.unreadable === null && !opened.emptied ? [[guid, offset] as const] : [];
    }),
  );
}

function sourcesOf(facts: Facts, emptied: readonly LiveRow[]): string[] {
  return otherLists(facts.profile)
    .map(({ file }) => file)
    .filter((file) => {
      const there = readableElsewhere(facts, file);
      return emptied.some(({ saved }) => there.has(saved.guid ?? ''));
    });
}

function restoredContent(facts: Facts): Uint8Array | null {
  const { logins } = facts.profile.logins;
  if (logins.bytes === null) return null;
  const emptied = emptiedRows(facts);
  const changes = emptied.flatMap(({ saved }) => {
    for (const list of otherLists(facts.profile)) {
      const offset = readableElsewhere(facts, list.file).get(saved.guid ?? '');
      if (offset !== undefined && list.bytes !== null)
        return [{ row: saved.offset, source: list.bytes, offset }];
    }
    return [];
  });
  return changes.length === 0 ? null : restoredValues(logins.bytes, changes);
}
