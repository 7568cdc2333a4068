/**
 * Calendars: `calendar.registry.<id>.*` (formats.md 3.10), as the program loads them.
 * Measured with Thunderbird 153.7 on 2026-11-23: a calendar of unknown type is listed, and switched off at the start;
 * one without a name is listed without a name, a number is a name; one whose address is no URI, or a storage calendar
 * with any other than `moz-storage-calendar:` or `file:`, is not listed, its preferences stay. Web addresses are
 * shown as a browser writes them.
 */

import path from 'node:path';
import { sqliteHeader, sqliteHeaderLength } from '../formats/sqlite-header.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { Preferences } from './preferences.ts';
import { withoutPassword } from './uri.ts';

export interface Calendar {
  id: string;
  /** "" where the preference is missing. */
  name: string;
  /** storage, caldav, ics, or the type of an add-on. */
  type: string;
  /** A password in it is left out. */
  uri: string;
  disabled: boolean;
  /** False: the program does not list it, since the database of local calendars cannot be opened. */
  shown: boolean;
}

/** A branch that makes no calendar. Without type or address the program deletes it at its next start. */
export interface UnusableCalendar {
  id: string;
  why: 'no-type' | 'no-uri' | 'bad-uri';
}

const registryPrefix = 'calendar.registry.';

/** What no add-on is needed for. */
const knownTypes = ['storage', 'caldav', 'ics', 'memory'];

/**
 * In the order of `calendar.list.sortOrder`, those that it does not name behind, by id.
 * @param opensStore see {@link opensCalendarStore}.
 */
export function readCalendars(prefs: Preferences, opensStore = true): Calendar[] {
  const order = (prefs.string('calendar.list.sortOrder') ?? '').split(' ').filter((id) => id !== '');
  const ranks = new Map(order.map((id, i) => [id, i]));
  const rank = (id: string): number => ranks.get(id) ?? order.length;
  return calendarIds(prefs)
    .flatMap((id): Calendar[] => {
      const { type, uri } = addressOf(prefs, id);
      if (!type || !uri || whyUnusable(prefs, id) !== null) return [];
      const name = String(prefs.raw(`${registryPrefix}${id}.name`) ?? '');
      const disabled = isDisabled(prefs, id, type);
      return [{ id, name, type, uri: shownAddress(uri), disabled, shown: opensStore || type !== 'storage' }];
    })
    .sort((a, b) => rank(a.id) - rank(b.id));
}

/** Whether calendar-data/local.sqlite is a database; one that is missing or empty is made. */
export function opensCalendarStore(fs: ReadableFileSystem, profile: string): boolean {
  const at = path.join(profile, 'calendar-data', 'local.sqlite');
  try {
    const stat = fs.stat(at);
    if (stat?.kind !== 'file') return stat === null;
    const header = sqliteHeader(fs.readFile(at, { limit: sqliteHeaderLength }), stat.size);
    return stat.size === 0 || header?.truncated === false;
  } catch {
    return false;
  }
}

export function readUnusableCalendars(prefs: Preferences): UnusableCalendar[] {
  return calendarIds(prefs).flatMap((id): UnusableCalendar[] => {
    const why = whyUnusable(prefs, id);
    return why === null ? [] : [{ id, why }];
  });
}

const calendarIds = (prefs: Preferences): string[] =>
  prefs.children(registryPrefix).filter((id) => id !== '');

function addressOf(prefs: Preferences, id: string): { type: string | undefined; uri: string | undefined } {
  const prefix = `${registryPrefix}${id}.`;
  return { type: prefs.string(`${prefix}type`), uri: prefs.string(`${prefix}uri`) };
}

function whyUnusable(prefs: Preferences, id: string): UnusableCalendar['why'] | null {
  const { type, uri } = addressOf(prefs, id);
  if (!type) return 'no-type';
  if (!uri) return 'no-uri';
  if (!/^\s*[a-z][a-z0-9+.-]*:/i.test(uri)) return 'bad-uri';
  return type === 'storage' && !/^\s*(moz-storage-calendar|file):/i.test(uri) ? 'bad-uri' : null;
}

function shownAddress(uri: string): string {
  const isWeb = /^\s*https?:/i.test(uri) && URL.canParse(uri);
  return withoutPassword(isWeb ? new URL(uri).href : uri);
}

/** `auto-enabled`: switched off only because its add-on was missing; it is on again as soon as the type is known. */
function isDisabled(prefs: Preferences, id: string, type: string): boolean {
  const prefix = `${registryPrefix}${id}.`;
  if (!knownTypes.includes(type)) return true;
  return prefs.bool(`${prefix}disabled`) === true && prefs.bool(`${prefix}auto-enabled`) !== true;
}
