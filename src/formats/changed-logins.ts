/**
 * logins.json with rows added and rows given another password, every other byte as it was (formats.md 4.2). Values come
 * encrypted. Numbers stay unique: `nextId` is raised above all of them.
 */

import { jsonRows, rowsPutIn, spliced } from './json-rows.ts';

export interface EncryptedLogin {
  hostname: string;
  httpRealm: string | null;
  formSubmitURL: string | null;
  usernameField: string;
  passwordField: string;
  encryptedUsername: string;
  encryptedPassword: string;
  guid: string;
  encType: 1;
  timeCreated: number;
  timeLastUsed: number;
  timePasswordChanged: number;
  timesUsed: number;
}

export interface ChangedPassword {
  /** Byte offset of the row. */
  offset: number;
  encryptedPassword: string;
  timePasswordChanged: number;
}

const emptyList =
  '{"nextId":1,"logins":[],"potentiallyVulnerablePasswords":[],"dismissedBreachAlertsByLoginGUID":{},"version":3}';

/** @param source null: there is no list yet. Null when it is none that can be changed. */
export function withChangedLogins(
  source: Uint8Array | null,
  { added, changed }: { added: readonly EncryptedLogin[]; changed: readonly ChangedPassword[] },
): Uint8Array | null {
  const list = jsonRows(source ?? new TextEncoder().encode(emptyList), 'logins', 'guid');
  if (list === null) return null;
  const ids = list.rows.map(({ value }) => idOf(value));
  const nextMember = list.members.get('nextId');
  const next = nextMember === undefined ? 1 : Number(textOf(list.source, nextMember));
  const first = Math.max(1, Number.isSafeInteger(next) ? next : 1, ...ids.map((id) => id + 1));
  const rows = added.map((login, i) => ({ at: list.rows.length, bytes: json({ id: first + i, ...login }) }));
  const byOffset = new Map(changed.map((change) => [change.offset, change]));
  const replaced = list.rows.flatMap(({ start, end, value }) => {
    const change = byOffset.get(start);
    if (change === undefined || typeof value !== 'object' || value === null) return [];
    const { encryptedPassword, timePasswordChanged } = change;
    return [{ start, end, bytes: json({ ...value, encryptedPassword, timePasswordChanged }) }];
  });
  const number =
    nextMember === undefined
      ? []
      : [{ start: nextMember.start, end: nextMember.end, bytes: json(first + added.length) }];
  return spliced(list.source, [...rowsPutIn(list, rows), ...replaced, ...number]);
}

function idOf(value: unknown): number {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : 0;
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const textOf = (source: Uint8Array, { start, end }: { start: number; end: number }): string =>
  new TextDecoder().decode(source.subarray(start, end));
