/**
 * Looks for: oddities in the list of saved passwords: two rows with one id, more rows for a server than users, dates
 * that cannot be, a backup that is newer than the list.
 * Why: none of it harms by itself; together with a question that comes back it tells where to look (formats.md 4.2, 4.7).
 * Found: in the metadata of the rows. The backup is the list of before the last saving, so it is older in all ordinary
 * cases; a newer one tells of a list that was put back from elsewhere.
 * Repaired: nothing: each is one weak sign.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import type { Facts } from '../check.ts';
import { defineCheck } from '../check.ts';
import type { Evidence } from '../finding.ts';
import { passwordLookUps, rowsFor } from './look-ups.ts';
import { liveFile, liveRows } from './saved-rows.ts';

interface State {
  sentences: string[];
}

export const loginListOdd = defineCheck<State>({
  meta: {
    id: 'passwords/login-list-odd',
    severity: 'info',
    title: 'Oddities in the list of saved passwords',
    looksFor:
      'Two rows with one id, more passwords for a server than accounts that use it, dates that cannot be, a backup of the list that is newer than the list.',
    why: 'None of it does harm by itself. If a password is asked for again and again, it may tell why.',
    repair: 'None: each of them is a weak sign alone.',
    example: 'logins.json was put together from two computers: one row is there twice with the same id.',
    faults: ['formats.md K7', 'formats.md K1'],
  },

  find(facts) {
    const { profile } = facts;
    const file = liveFile(profile);
    if (file === null || file.state !== 'ok') return [];
    const odd = [
      ...sharedIds(liveRows(profile), file.file),
      ...tooMany(facts, file.file),
      ...impossibleDates(facts, file.file),
      ...newerBackup(facts),
    ];
    if (odd.length === 0) return [];
    return [
      {
        subject: { kind: 'file', id: file.file },
        evidence: odd.map(({ evidence }) => evidence),
        state: { sentences: [...new Set(odd.map(({ sentence }) => sentence))] },
      },
    ];
  },

  words({ state: { sentences } }) {
    return {
      title: 'Some rows of the list of saved passwords are odd',
      detail: `${sentences.join(' ')} Nothing has to be done as long as no password is asked for again and again.`,
    };
  },
});

interface Odd {
  sentence: string;
  evidence: Evidence;
}

function sharedIds(rows: readonly SavedLogin[], file: string): Odd[] {
  return repeated(rows, ({ guid }) => guid).map((row) => ({
    sentence: 'Two rows have the same id; a change of one may go to the other.',
    evidence: { file, offset: row.offset, note: `the login for ${row.origin} has the id of another row` },
  }));
}

/** Rows whose key an earlier one has. */
function repeated(rows: readonly SavedLogin[], keyOf: (row: SavedLogin) => string | null): SavedLogin[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = keyOf(row);
    if (key === null) return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

/** User names are encrypted: which of them is the one too many cannot be told. */
function tooMany({ profile }: Facts, file: string): Odd[] {
  const byOrigin = grouped(passwordLookUps(profile), ({ key }) => key.origin);
  const byHost = grouped([...profile.servers, ...profile.outgoing.servers], ({ host }) => host ?? '');
  return [...byOrigin].flatMap(([origin, wanted]) => {
    const mine = new Set(wanted.map(({ key }) => key.username));
    const [first] = wanted;
    const rows = first === undefined ? [] : rowsFor(profile, first);
    // Another server of that host, also one that no account has, may be the owner of a row.
    const [, host = ''] = origin.split('://');
    const others = (byHost.get(host) ?? []).filter(({ username }) => !mine.has(username));
    if (first === undefined || rows.length <= mine.size + others.length) return [];
    return [
      {
        sentence: `For ${host} more passwords are saved than accounts use it; the one with exactly the user name counts.`,
        evidence: { file, offset: rows.at(-1)?.offset ?? 0, note: `${rows.length} logins for ${origin}` },
      },
    ];
  });
}

function grouped<T>(items: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(by(item));
    if (group === undefined) groups.set(by(item), [item]);
    else group.push(item);
  }
  return groups;
}

const aDay = 24 * 60 * 60 * 1000;

function impossibleDates({ profile, machine }: Facts, file: string): Odd[] {
  const latest = machine === null ? Number.POSITIVE_INFINITY : machine.now.getTime() + aDay;
  return liveRows(profile).flatMap((row) => {
    const { timeCreated, timeLastUsed, timePasswordChanged } = row;
    const dates = [timeCreated, timeLastUsed, timePasswordChanged].filter((time) => time !== null);
    const isFuture = dates.some((time) => time > latest);
    const isBackwards =
      timeCreated !== null &&
      [timeLastUsed, timePasswordChanged].some(
        (time) => time !== null && time > 0 && time < timeCreated - aDay,
      );
    if (!isFuture && !isBackwards) return [];
    return [
      {
        sentence: isFuture
          ? 'A password was saved in the future: the clock of this or another computer was wrong.'
          : 'A password was used or changed before it was saved, so the row comes from another list.',
        evidence: { file, offset: row.offset, note: `dates of the login for ${row.origin}` },
      },
    ];
  });
}

function newerBackup({ profile }: Facts): Odd[] {
  const { logins, backup, live } = profile.logins;
  if (live !== logins.file || backup.state !== 'ok' || logins.mtimeNs === null || backup.mtimeNs === null)
    return [];
  if (backup.mtimeNs <= logins.mtimeNs) return [];
  return [
    {
      sentence: `${backup.file} is newer than ${logins.file}, with ${backup.logins.length} rows against ${logins.logins.length}: the list may have been put back from an older copy.`,
      evidence: { file: backup.file, note: 'newer than the list that it is the backup of' },
    },
  ];
}
