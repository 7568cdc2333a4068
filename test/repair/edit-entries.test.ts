/** profiles.ini taken back: key by key while the numbers are the same, entry by entry when the program gave others. */

import { describe, expect, test } from 'vitest';
import { iniEntries } from '../../src/formats/ini/entries.ts';
import { parseIni } from '../../src/formats/ini/parse.ts';
import { conflictInWords, type Decide, type TakenBack, undecided } from '../../src/repair/conflict.ts';
import { edited, takenBack } from '../../src/repair/edit.ts';
import type { IniOperation } from '../../src/repair/edit-entries.ts';
import type { IniChange } from '../../src/repair/operation.ts';

const root = '/home/ann/.thunderbird';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface Profile {
  path: string;
  name?: string;
  relative?: boolean;
  more?: string;
}

const section = (number: number, { path, name = path, relative = true, more = '' }: Profile): string =>
  `[Profile${number}]\nName=${name}\nIsRelative=${relative ? 1 : 0}\nPath=${path}\n${more}\n`;

/** As the program writes it: sections in any order. By number; a hole is undefined. */
const file = (profiles: readonly (Profile | string | undefined)[], more = ''): Uint8Array =>
  utf8(
    `[General]\nStartWithLastProfile=1\nVersion=2\n\n${more}${profiles
      .map((one, number) =>
        one === undefined ? '' : section(number, typeof one === 'string' ? { path: one } : one),
      )
      .reverse()
      .join('')}`,
  );

const operation = (...changes: IniChange[]): IniOperation => ({
  op: 'edit-ini',
  path: `${root}/profiles.ini`,
  why: 'why',
  changes,
});
const change = (number: number, key: string, from: string | null, to: string | null): IniChange => ({
  section: `Profile${number}`,
  key,
  from,
  to,
});
/** An entry comes, or goes. */
const entry = (number: number, path: string, comes: boolean): IniChange[] =>
  Object.entries({ Name: path, IsRelative: '1', Path: path }).map(([key, value]) =>
    change(number, key, comes ? null : value, comes ? value : null),
  );

function back(
  done: IniOperation,
  before: Uint8Array | null,
  since: Uint8Array,
  decide: Decide = undecided,
): TakenBack {
  if (before !== null) edited(done, before);
  return takenBack(done, since, before, decide) ?? expect.unreachable();
}

const list = (bytes: Uint8Array): string[] =>
  iniEntries(parseIni(bytes), (path) => path).map(({ number, place }) => `${number} ${place}`);

describe('an entry that the repair added', () => {
  const add = operation(...entry(1, 'fresh', true));
  const before = file(['a']);

  test('goes, and what the program wrote since stays', () => {
    const since = file(['a', 'fresh'], '[InstallFDC34C9F024745EB]\nDefault=a\nLocked=1\n\n');
    const { bytes, conflicts, stays } = back(add, before, since);
    expect({ conflicts, stays }).toEqual({ conflicts: [], stays: [] });
    expect(text(bytes ?? since)).toBe(
      text(file(['a'], '[InstallFDC34C9F024745EB]\nDefault=a\nLocked=1\n\n')),
    );
  });

  test('leaves no gap when another profile was made behind it: that one takes its number', () => {
    const { bytes, stays } = back(add, before, file(['a', 'fresh', 'new']));
    expect(list(bytes ?? before)).toEqual(['0 a', '1 new']);
    expect(stays).toEqual([]);
  });

  test('is found under its new number, when an earlier profile was removed', () => {
    expect(list(back(add, file(['a']), file(['fresh'])).bytes ?? before)).toEqual([]);
    const { bytes } = back(operation(...entry(2, 'fresh', true)), file(['a', 'b']), file(['fresh', 'b']));
    expect(list(bytes ?? before)).toEqual(['0 b']);
  });

  test('is found when the program has written its place in its own way', () => {
    const absolute = operation(
      change(1, 'Name', null, 'fresh'),
      change(1, 'IsRelative', null, '0'),
      change(1, 'Path', null, `${root}/fresh`),
    );
    const { bytes, conflicts } = back(absolute, before, file(['a', 'fresh', 'new']));
    expect(conflicts).toEqual([]);
    expect(list(bytes ?? before)).toEqual(['0 a', '1 new']);
  });

  test('goes with what the program has noted in it', () => {
    const since = file(['a', { path: 'fresh', more: 'Default=1\n' }, 'new']);
    expect(text(back(add, before, since).bytes ?? before)).not.toContain('Default=1');
  });

  test('is not missed when the program has removed it', () => {
    for (const since of [file(['a']), file(['a', 'new'])])
      expect(back(add, before, since)).toEqual({ bytes: null, conflicts: [], stays: [] });
  });

  test.each([
    ['keep' as const, ['0 a', '1 fresh', '2 new']],
    ['take-back' as const, ['0 a', '1 new']],
  ])('and has another name since: a conflict, and it stays or goes as a whole (%s)', (decision, left) => {
    const since = file(['a', { path: 'fresh', name: 'mine' }, 'new']);
    const { conflicts } = back(add, before, since);
    expect(conflicts.map(conflictInWords)).toEqual([
      `${root}/profiles.ini: [Profile1] Name was not set, mailmend made it "fresh", now it is "mine"`,
    ]);
    expect(list(back(add, before, since, () => decision).bytes ?? since)).toEqual(left);
  });
});

describe('an entry that the repair changed', () => {
  const point = operation(change(1, 'Path', 'gone', 'found'), change(1, 'Default', null, '1'), {
    section: 'InstallFDC34C9F024745EB',
    key: 'Default',
    from: 'gone',
    to: 'found',
  });
  const install = (path: string): string => `[InstallFDC34C9F024745EB]\nDefault=${path}\n\n`;
  const before = file(['a', { path: 'gone', name: 'b' }], install('gone'));
  const found = { path: 'found', name: 'b', more: 'Default=1\n' };

  test('is as it was, also under another number; the rest of the file, too', () => {
    const since = file([found, 'a', 'new'], install('found'));
    const { bytes, conflicts, stays } = back(point, before, since);
    expect({ conflicts, stays }).toEqual({ conflicts: [], stays: [] });
    expect(text(bytes ?? since)).toBe(text(file([{ path: 'gone', name: 'b' }, 'a', 'new'], install('gone'))));
  });

  test('is told when it is gone since, and no other one is changed for it', () => {
    const since = file(['a', 'new'], install('a'));
    const { bytes, conflicts, stays } = back(point, before, since);
    expect(stays).toEqual([`the entry of ${root}/found is gone from it since`]);
    expect(conflicts.map(({ key }) => key)).toEqual(['[InstallFDC34C9F024745EB] Default']);
    expect(bytes).toBeNull();
    const decided = back(point, before, since, () => 'take-back');
    expect(text(decided.bytes ?? since)).toBe(text(file(['a', 'new'], install('gone'))));
  });

  test('a key that both have changed is a conflict under its number of today', () => {
    const since = file([{ ...found, more: 'Default=2\n' }, 'a'], install('found'));
    const { conflicts } = back(point, before, since);
    expect(conflicts.map(({ key }) => key)).toEqual(['[Profile0] Default']);
    const kept = back(point, before, since, () => 'keep').bytes ?? since;
    expect(text(kept)).toContain('Path=gone\nDefault=2\n');
  });

  test('a key that it lost comes back; what is as before already is left', () => {
    const lose = operation(change(1, 'Default', '1', null), change(1, 'StoreID', 'x', null));
    const marked = { path: 'b', more: 'Default=1\nStoreID=x\n' };
    for (const since of [file(['a', marked]), file([marked, 'a', 'new'])])
      expect(back(lose, file(['a', marked]), since)).toEqual({ bytes: null, conflicts: [], stays: [] });
    const since = file([{ path: 'b', more: 'Default=1\n' }, 'a']);
    const { bytes } = back(lose, file(['a', marked]), since);
    expect(text(bytes ?? since)).toBe(text(file([marked, 'a'])));
  });

  test('a key that the program has dropped since is a conflict', () => {
    const set = operation(change(1, 'Default', '0', '1'));
    const { conflicts } = back(set, file(['a', { path: 'b', more: 'Default=0\n' }]), file(['b', 'a']));
    expect(conflicts).toEqual([expect.objectContaining({ before: '0', ours: '1', theirs: null })]);
  });

  test('the one from before was listed anew: it does not stand there twice', () => {
    const since = file(['a', found, { path: 'gone', name: 'again' }], install('found'));
    const { bytes, stays } = back(point, before, since);
    expect(stays).toEqual([expect.stringContaining('its entries stay as they are')]);
    expect(text(bytes ?? since)).toBe(
      text(file(['a', found, { path: 'gone', name: 'again' }], install('gone'))),
    );
  });
});

describe('an entry that the repair removed', () => {
  const remove = operation(
    ...entry(1, 'fresh', false),
    ...entry(2, 'c', false),
    ...entry(1, 'c', true),
  ).changes;
  /** As the program does it: the last one moves into its place. */
  const moved = operation(
    change(1, 'Name', 'fresh', 'c'),
    change(1, 'Path', 'fresh', 'c'),
    ...remove.filter(({ section: name }) => name === 'Profile2'),
  );
  const before = file(['a', 'fresh', 'c']);

  test('is back at its number, and the one that was moved at its own', () => {
    expect(list(back(moved, before, file(['a', 'c'])).bytes ?? before)).toEqual(['0 a', '1 fresh', '2 c']);
  });

  test('comes last when its number is given away; the one that was moved keeps its new one', () => {
    const { bytes, stays } = back(moved, before, file(['a', 'c', 'new']));
    expect(list(bytes ?? before)).toEqual(['0 a', '1 c', '2 new', '3 fresh']);
    expect(stays).toEqual(['[Profile1] keeps its number, since the list of profiles has changed']);
  });

  test('is left where it is when it was listed anew', () => {
    const since = file(['a', 'c', 'fresh']);
    expect(back(moved, before, since).bytes).toBeNull();
  });
});

describe('a hidden entry that the repair gave a number', () => {
  const before = file(['a', undefined, 'hidden']);
  const number = operation(...entry(1, 'hidden', true), ...entry(2, 'hidden', false));

  test('is hidden again, as it was', () => {
    const { bytes, stays } = back(number, before, file(['a', 'hidden']));
    expect(stays).toEqual([]);
    expect(list(bytes ?? before)).toEqual(['0 a', '2 hidden']);
  });

  test('stays, and that is told, when its old number is another profile’s by now', () => {
    const { bytes, stays } = back(number, before, file(['a', 'hidden', 'new']));
    expect(bytes).toBeNull();
    expect(stays).toEqual(['[Profile1] keeps its number, since the list of profiles has changed']);
  });

  test('stays when a later one would be hidden with it', () => {
    const withoutRelative = utf8(
      text(file(['a', 'hidden'])).replace('Name=hidden\nIsRelative=1\n', 'Name=hidden\n'),
    );
    const done = operation(change(1, 'IsRelative', null, '1'));
    expect(list(back(done, withoutRelative, file(['a', 'hidden'])).bytes ?? before)).toEqual([
      '0 a',
      '1 hidden',
    ]);
    const { bytes, stays } = back(done, withoutRelative, file(['a', 'hidden', 'new']));
    expect(bytes).toBeNull();
    expect(stays).toEqual([expect.stringContaining('in another order since')]);
  });
});

describe('what cannot be told apart stays', () => {
  const add = operation(...entry(1, 'fresh', true), {
    section: 'General',
    key: 'StartWithLastProfile',
    from: '1',
    to: '0',
  });
  const asked = (bytes: Uint8Array): Uint8Array =>
    utf8(text(bytes).replace('StartWithLastProfile=1', 'StartWithLastProfile=0'));
  const since = asked(file(['a', 'fresh']));
  const told = [expect.stringContaining('its entries stay as they are')];

  test('without the file of before; the rest is taken back', () => {
    const { bytes, stays } = back(add, null, since);
    expect(stays).toEqual(told);
    expect(text(bytes ?? since)).toBe(text(file(['a', 'fresh'])));
  });

  test('where moving an entry could spoil a name that is not UTF-8', () => {
    const marked = utf8(text(asked(file(['a', 'fresh', { path: 'new', name: '#' }]))));
    marked[marked.indexOf('#'.charCodeAt(0))] = 0xff;
    const { bytes, stays } = back(add, file(['a']), marked);
    expect(stays).toEqual(told);
    expect(Buffer.from(bytes ?? marked).includes(0xff)).toBe(true);
    expect(list(bytes ?? marked)).toEqual(['0 a', '1 fresh', '2 new']);
  });
});
