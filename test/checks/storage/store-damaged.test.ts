import { describe, expect, it } from 'vitest';
import { storeDamaged } from '../../../src/checks/storage/store-damaged.ts';
import { addressBookSql, sqliteBytes } from '../../formats/support/make-sqlite.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const book = sqliteBytes(addressBookSql(40, 1));
const cut = book.subarray(0, book.length - 4096);
const home = 'calendar.registry.5ab8.';
const calendar = {
  [`${home}name`]: 'Family',
  [`${home}type`]: 'storage',
  [`${home}uri`]: 'moz-storage-calendar://',
};
const holding = (
  files: Record<string, string | Uint8Array>,
  changes: Record<string, string | boolean> = {},
) => profileFromPrefs(healthyWith(changes), { files });

describe('a damaged address book', () => {
  it('is told by its name, with the older copies that lie beside it', () => {
    const facts = holding({ 'abook.sqlite': cut, 'abook.v3.sqlite': book, 'abook-1.sqlite': book });
    expect(gravity(storeDamaged, facts)).toBe('error safe');
    const { title, detail } = onlyFinding(storeDamaged, facts).finding;
    expect(title).toBe('The address book Personal Address Book is damaged (abook.sqlite)');
    expect(detail).toContain('(abook.v3.sqlite)');
    expect(detail).not.toContain('abook-1.sqlite');
    expect(storeDamaged.repair).toBeUndefined();
  });

  it('is any that is no database', () => {
    const facts = holding({ 'history.sqlite': 'x'.repeat(4096) });
    expect(onlyFinding(storeDamaged, facts).finding.title).toContain('Collected Addresses');
  });

  it('is none that is whole, empty or not there yet', () => {
    expect(foundBy(storeDamaged, holding({ 'abook.sqlite': book, 'history.sqlite': '' }))).toEqual([]);
  });
});

describe('damaged calendars', () => {
  const store = 'calendar-data/local.sqlite';

  it('are told by their names, all in one', () => {
    const facts = holding({ [store]: 'garbage' }, calendar);
    expect(gravity(storeDamaged, facts)).toBe('error safe');
    expect(onlyFinding(storeDamaged, facts).finding.title).toContain('Family');
  });

  it('are only mentioned while none is in use', () => {
    const facts = holding({ [store]: 'garbage' }, { ...calendar, [`${home}disabled`]: true });
    expect(gravity(storeDamaged, facts)).toBe('info safe');
  });

  it('are none whose store is whole, missing, or of no calendar', () => {
    expect(foundBy(storeDamaged, holding({ [store]: book }, calendar))).toEqual([]);
    expect(foundBy(storeDamaged, holding({}, calendar))).toEqual([]);
    expect(foundBy(storeDamaged, holding({ [store]: 'garbage' }))).toEqual([]);
  });
});
