import { describe, expect, it } from 'vitest';
import { opensCalendarStore, readCalendars, readUnusableCalendars } from '../../src/profile/calendars.ts';
import { layOutFixture, readFixtureDocument } from '../support/lay-out-fixture.ts';
import { prefsOf, prefsOfProfile, put, realFiles, temporaryFolder } from './support/stores.ts';

type Values = Record<string, string | boolean>;

const calendar = (id: string, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`calendar.registry.${id}.${name}`, value]),
  );

const storage = { type: 'storage', uri: 'moz-storage-calendar://' };

describe('the calendars of a real profile', () => {
  it.each(['plain', 'maildir', 'directories'])('%s are those that Thunderbird lists', (name) => {
    const { profile } = layOutFixture(name, temporaryFolder());
    const dump = readFixtureDocument(name, 'dump.json') as {
      calendars: { id: string; name: string; type: string; uri: string }[];
    };
    expect(
      readCalendars(prefsOfProfile(profile)).map(({ disabled: _, shown: __, ...calendar }) => calendar),
    ).toEqual(dump.calendars.map(({ id, name, type, uri }) => ({ id, name, type, uri })));
  });
});

describe('calendars', () => {
  it('have a name, a kind and an address', () => {
    const prefs = prefsOf(
      calendar('a', { type: 'caldav', uri: 'https://dav.example.org/', name: 'Work', disabled: true }),
    );
    expect(readCalendars(prefs)).toEqual([
      { id: 'a', name: 'Work', type: 'caldav', uri: 'https://dav.example.org/', disabled: true, shown: true },
    ]);
  });

  it('stand in the order that was chosen, the others behind', () => {
    const prefs = prefsOf({
      ...['a', 'b', 'c', 'd'].reduce((all, id) => Object.assign(all, calendar(id, storage)), {}),
      'calendar.list.sortOrder': 'd  b gone',
    });
    expect(readCalendars(prefs).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c']);
  });

  it('may be of a kind that only an add-on knows, and without a name', () => {
    const prefs = prefsOf(calendar('x', { type: 'exchangecalendar', uri: 'https://x.example.org/' }));
    // The program switches it off when it starts without the add-on.
    expect(readCalendars(prefs)).toMatchObject([{ type: 'exchangecalendar', name: '', disabled: true }]);
  });

  it('that were switched off because their add-on was missing are on again when the kind is known', () => {
    const off = { disabled: true, 'auto-enabled': true };
    const prefs = prefsOf({
      ...calendar('a', { ...storage, ...off }),
      ...calendar('b', { type: 'other', uri: 'x://y', ...off }),
    });
    expect(readCalendars(prefs).map(({ disabled }) => disabled)).toEqual([false, true]);
  });

  it('have web addresses as the program shows them', () => {
    const prefs = prefsOf(calendar('a', { type: 'ics', uri: 'HTTPS://Example.org/Zürich' }));
    expect(readCalendars(prefs)[0]?.uri).toBe('https://example.org/Z%C3%BCrich');
  });

  it('never show a password in their address', () => {
    const prefs = prefsOf(calendar('a', { type: 'ics', uri: 'https://me:secret@example.org/x.ics' }));
    expect(readCalendars(prefs)[0]?.uri).toBe('https://me@example.org/x.ics');
  });

  it('are not those whose branch is incomplete: the program deletes it, or leaves it be', () => {
    const prefs = prefsOf({
      ...calendar('a', { uri: 'moz-storage-calendar://', name: 'A' }),
      ...calendar('b', { type: 'storage', name: 'B' }),
      ...calendar('c', { type: 'ics', uri: 'not a uri' }),
      ...calendar('d', { ...storage, type: '' }),
      ...calendar('e', storage),
      ...calendar('f', { type: 'storage', uri: 'moz-profile-calendar://' }),
    });
    expect(readCalendars(prefs).map(({ id }) => id)).toEqual(['e']);
    expect(readUnusableCalendars(prefs)).toEqual([
      { id: 'a', why: 'no-type' },
      { id: 'b', why: 'no-uri' },
      { id: 'c', why: 'bad-uri' },
      { id: 'd', why: 'no-type' },
      { id: 'f', why: 'bad-uri' },
    ]);
  });

  it('of the own database are not shown while it is no database; an empty or missing one is made', () => {
    const profile = temporaryFolder();
    const readable = (content: string): boolean => {
      put(profile, 'calendar-data/local.sqlite', content);
      return opensCalendarStore(realFiles, profile);
    };
    expect(opensCalendarStore(realFiles, profile)).toBe(true);
    expect(readable('')).toBe(true);
    expect(readable('garbage '.repeat(500))).toBe(false);
    const prefs = prefsOf({
      ...calendar('a', storage),
      ...calendar('b', { type: 'ics', uri: 'https://example.org/' }),
    });
    expect(readCalendars(prefs, false).map(({ id, shown }) => [id, shown])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });

  it('are none without preferences', () => {
    expect(readCalendars(prefsOf({ 'calendar.timezone.local': 'Europe/Berlin' }))).toEqual([]);
  });
});
