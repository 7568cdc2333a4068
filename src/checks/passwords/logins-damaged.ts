/**
 * Looks for: a logins.json that the program cannot read, or that lost rows which a copy beside it still has.
 * Why: the program moves it aside as logins.json.corrupt and takes the backup, which lacks what was saved last; without
 * a backup the list starts empty (formats.md 4.2). One row without a user name or password hides all the others.
 * Found: by parsing, and by counting the whole rows in logins.json, logins-backup.json and the .corrupt files.
 * Repaired: the incomplete rows are taken out; or the copy that holds all whole rows takes the place; or else a sound
 * logins.json of all whole rows is written. Every row as it stands, nothing is decrypted.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import { printLoginsJson } from '../../formats/salvage-logins.ts';
import type { LoginStoreFile } from '../../profile/login-store.ts';
import type { Profile } from '../../profile/profile.ts';
import { sha256 } from '../../repair/hash.ts';
import type { Operation } from '../../repair/operation.ts';
import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';
import { loginRows } from './saved-rows.ts';

interface State {
  kind: 'unreadable' | 'one-row-hides-all' | 'rows-only-in-corrupt';
  /** Where the whole rows come from. */
  sources: LoginStoreFile[];
  rows: number;
}

export const loginsDamaged = defineCheck<State>({
  meta: {
    id: 'passwords/logins-damaged',
    severity: 'error',
    title: 'A damaged list of saved passwords',
    looksFor:
      'A list of saved passwords (logins.json) that the program cannot read, or rows that only a damaged copy still has.',
    why: 'The program puts the damaged list away and starts with an older one or an empty one, silently: passwords that were saved last are gone from view.',
    repair:
      'A sound list of every row that is still whole, in this file and in the copies beside it, takes its place. The damaged file is kept.',
    faults: ['formats.md K1', 'pains.md P26'],
  },

  find({ profile }) {
    const state = judge(profile);
    if (state === null) return [];
    const { logins } = profile.logins;
    return [
      {
        subject: { kind: 'file', id: 'logins.json' },
        start:
          state.kind === 'unreadable' && logins.salvageable > profile.logins.backup.salvageable
            ? 'loses'
            : 'safe',
        evidence: [
          {
            file: 'logins.json',
            ...(logins.problem === undefined
              ? {}
              : { line: logins.problem.line, offset: logins.problem.offset }),
            note: describe(logins),
          },
          ...state.sources
            .filter((source) => source.file !== 'logins.json')
            .map((source) => ({ file: source.file, note: `${source.salvageable} whole rows` })),
        ],
        state,
      },
    ];
  },

  words({ state }, { profile }) {
    const program = programName(profile.program);
    const rows = state.rows === 1 ? 'One saved login' : `${state.rows} saved logins`;
    if (state.kind === 'one-row-hides-all') {
      return {
        title: 'One incomplete row in logins.json hides all saved passwords',
        detail: `${program} stops at a row without a user name or password and shows none at all. ${rows} can be brought back.`,
      };
    }
    if (state.kind === 'rows-only-in-corrupt') {
      return {
        title: 'Saved passwords are only in a file that the program gave up',
        detail: `${program} could not read logins.json, put it away and went on with less. ${rows} can be brought back from there; whether they are still right is not known.`,
      };
    }
    return {
      title: 'The list of saved passwords, logins.json, is damaged',
      detail:
        state.rows === 0
          ? `${program} puts it away and starts with an empty list. No whole row is left in it; look for an older logins.json in a backup.`
          : `${program} puts it away and starts with an older list or an empty one. ${rows} can still be read.`,
    };
  },

  repair({ state }, { profile }) {
    if (state.rows === 0) return null;
    return {
      title: `Put in place a sound list of ${state.rows === 1 ? 'the saved login' : `${state.rows} saved logins`}`,
      risk: 'passwords',
      operations: [operationFor(state, profile)],
    };
  },
});

/** Where the rows stand on the disk already, the plan does not hold them. */
function operationFor({ kind, sources }: State, profile: Profile): Operation {
  const file = path.join(profile.path, 'logins.json');
  const rows = mergedRows(sources);
  if (kind === 'one-row-hides-all') return withoutIncompleteRows(profile.logins.logins, file);
  const whole = sources.find((source) => holdsExactly(source, rows));
  if (whole !== undefined) {
    const why = `${whole.file} holds every saved login that is still whole`;
    return { op: 'copy', path: file, from: path.join(profile.path, whole.file), why };
  }
  return {
    op: 'write',
    path: file,
    content: Buffer.from(printLoginsJson(rows)).toString('base64'),
    mode: 0o600,
    why: `every whole row of ${sources.map((source) => source.file).join(', ')}`,
  };
}

function withoutIncompleteRows({ logins, oddRows, bytes }: LoginStoreFile, file: string): Operation {
  const incomplete = logins.filter((row) => row.hasNullField);
  const rows = [
    ...incomplete.map(({ guid, origin, offset, length }) => ({
      guid,
      origin,
      start: offset,
      end: offset + length,
    })),
    ...oddRows.map((span) => ({ guid: null, origin: null, ...span })),
  ];
  const changes = rows.map(({ guid, origin, start, end }) => ({
    row: guid,
    what: `incomplete row${origin === null ? '' : ` for ${origin}`}`,
    from: sha256(bytes?.subarray(start, end) ?? ''),
    to: null,
  }));
  return { ...loginRows, path: file, changes, why: 'without it the program sees all the others' };
}

/** A list that the program reads as it is, with these rows and no others but tombstones. */
function holdsExactly({ state, oddRows, rows, logins }: LoginStoreFile, wanted: readonly string[]): boolean {
  const complete = new Set(rows.filter(isComplete));
  return (
    state === 'ok' &&
    oddRows.length === 0 &&
    logins.every((row) => !row.hasNullField) &&
    complete.size === wanted.length &&
    wanted.every((row) => complete.has(row))
  );
}

const broken = ['damaged', 'empty', 'zeros', 'foreign'];

function judge(profile: Profile): State | null {
  const { logins, backup, corrupt } = profile.logins;
  const withRows = (files: readonly LoginStoreFile[]): LoginStoreFile[] =>
    files.filter((file) => file.salvageable > 0);
  const make = (kind: State['kind'], files: readonly LoginStoreFile[]): State => {
    const sources = withRows(files);
    return { kind, sources, rows: mergedRows(sources).length };
  };
  if (broken.includes(logins.state)) {
    return make('unreadable', [
      logins,
      backup,
      ...(logins.salvageable + backup.salvageable === 0 ? corrupt : []),
    ]);
  }
  if (logins.state === 'ok' && (logins.oddRows.length > 0 || logins.logins.some((row) => row.hasNullField))) {
    return make('one-row-hides-all', [logins]);
  }
  // The program has already moved a damaged list away, and has no list at all since (formats.md 4.2).
  if (logins.state === 'missing' && backup.state === 'missing' && withRows(corrupt).length > 0) {
    return make('rows-only-in-corrupt', corrupt);
  }
  return null;
}

function describe(file: LoginStoreFile): string {
  if (file.state === 'missing') return 'there is no such file any more';
  if (file.state === 'empty') return '0 bytes';
  if (file.state === 'zeros') return 'nothing but zero bytes, as a power loss leaves it';
  if (file.state === 'ok') return 'a row in it has no user name or no password';
  return file.state === 'foreign'
    ? 'it is not a list of logins'
    : `it breaks off here; ${file.salvageable} rows are whole`;
}

/** Of rows with the same guid the first source wins: the list itself before its copies. */
function mergedRows(sources: readonly LoginStoreFile[]): string[] {
  const byGuid = new Map<string, string>();
  for (const source of sources) {
    for (const row of source.rows) {
      const guid = /"guid"\s*:\s*"([^"]*)"/.exec(row)?.[1] ?? row;
      if (!byGuid.has(guid) && isComplete(row)) byGuid.set(guid, row);
    }
  }
  return [...byGuid.values()];
}

/** A row without user name or password would hide all the others again. */
function isComplete(row: string): boolean {
  return /"encryptedUsername"\s*:\s*"/.test(row) && /"encryptedPassword"\s*:\s*"/.test(row);
}
