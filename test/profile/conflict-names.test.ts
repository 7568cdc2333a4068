import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictName } from '../../src/profile/conflict-names.ts';

describe('the name of a second version', () => {
  it.each([
    ["prefs (Alice's conflicted copy 2026-11-23).js", 'Dropbox', 'prefs.js', true],
    ['prefs (conflicted copy).js', 'Dropbox', 'prefs.js', true],
    ["Inbox (LAPTOP's conflicted copy 2026-11-23)", 'Dropbox', 'Inbox', true],
    ['prefs (conflicted copy 2026-11-23 101500).js', 'Nextcloud', 'prefs.js', true],
    ['logins_conflict-20261123-101500.json', 'Nextcloud', 'logins.json', true],
    ['abook.sync-conflict-20261123-101500-K7QX3LM.sqlite-wal', 'Syncthing', 'abook.sqlite-wal', true],
    ['key4 (1).db', 'Google Drive', 'key4.db', false],
    ['key4(1).db', 'Google Drive', 'key4.db', false],
    ['prefs (original).js', 'Time Machine', 'prefs.js', false],
    ['cert9-DESKTOP-4K2PQ7R.db', 'OneDrive', 'cert9.db', false],
    ['Inbox-ALICEPC', 'OneDrive', 'Inbox', false],
    ['prefs-BUERO.js', 'OneDrive', 'prefs.js', false],
  ])('%s is of %s', (name, maker, original, isCertain) => {
    expect(conflictName(name)).toMatchObject({ maker, original, isCertain });
  });

  it.each([
    'prefs.js',
    'prefs-1.js',
    'abook-1.sqlite',
    'logins-backup.json',
    'Invalidprefs.js',
    'Sent-2024',
    'Inbox-1',
  ])('%s is none', (name) => expect(conflictName(name)).toBeNull());

  it('is always longer than the original', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const found = conflictName(name);
        expect(found === null || found.original.length < name.length).toBe(true);
      }),
    );
  });
});
