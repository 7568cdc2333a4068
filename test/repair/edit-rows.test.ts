/** Single rows of a list in a JSON file: taken out, and put back after the program has written the file since. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conflictInWords, conflictValues, type Decide, undecided } from '../../src/repair/conflict.ts';
import { edited, isSameFile, takenBack } from '../../src/repair/edit.ts';
import type { RowOperation } from '../../src/repair/edit-rows.ts';
import { sha256 } from '../../src/repair/hash.ts';

interface Row {
  id?: number;
  guid?: string;
  secret?: string;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const row = (id: number, more: object = {}): Row => ({
  id,
  guid: `{${id}}`,
  secret: `cipher ${id}`,
  ...more,
});
/** As the program writes it. */
const file = (rows: readonly unknown[], nextId: number | undefined = 9, more: object = {}): Uint8Array =>
  utf8(JSON.stringify({ nextId, logins: rows, potentiallyVulnerablePasswords: [], version: 3, ...more }));
const rowsIn = (bytes: Uint8Array | null): Row[] => JSON.parse(text(bytes ?? utf8('{"logins":[]}'))).logins;
const nextIdIn = (bytes: Uint8Array | null): unknown => JSON.parse(text(bytes ?? utf8('{}'))).nextId;

/** Takes these rows out; their bytes are those of JSON.stringify unless the test says otherwise. */
const takeOut = (...rows: (Row | string)[]): RowOperation => ({
  op: 'edit-rows',
  path: '/p/logins.json',
  why: 'why',
  list: 'logins',
  key: 'guid',
  numbers: { key: 'id', next: 'nextId' },
  changes: rows.map((one) => {
    const written = typeof one === 'string' ? one : JSON.stringify(one);
    const { guid }: Row = JSON.parse(written);
    return {
      row: guid ?? null,
      what: `login ${guid ?? 'without a name'}`,
      from: sha256(utf8(written)),
      to: null,
    };
  }),
});

const back = (operation: RowOperation, now: Uint8Array, before: Uint8Array, decide: Decide = undecided) =>
  takenBack(operation, now, before, decide) ?? expect.unreachable();

describe('taking rows out', () => {
  test('every other byte stays, and no plan holds what is in a row', () => {
    const operation = takeOut(row(2));
    expect(text(edited(operation, file([row(1), row(2), row(3)])))).toBe(text(file([row(1), row(3)])));
    expect(JSON.stringify(operation)).not.toContain('cipher');
  });

  test('several at once, all of them, and those without a name', () => {
    const nameless = { id: 4, secret: 'cipher 4' };
    const before = file([row(1), nameless, row(2)]);
    expect(rowsIn(edited(takeOut(nameless, row(1)), before))).toEqual([row(2)]);
    expect(rowsIn(edited(takeOut(row(2), nameless, row(1)), before))).toEqual([]);
  });

  test('a byte order mark, and rows laid out by hand, are left as they are', () => {
    const before = utf8('\ufeff{ "logins": [\n  { "guid": "a" },\n  {"guid":"b"}\n] }\n');
    expect(text(edited(takeOut('{ "guid": "a" }'), before))).toBe(
      '\ufeff{ "logins": [\n  {"guid":"b"}\n] }\n',
    );
  });

  test('of two rows with one name the one that is meant goes; of two that are the same, one', () => {
    const twin = row(1, { id: 5, secret: 'other' });
    expect(rowsIn(edited(takeOut(twin), file([row(1), twin])))).toEqual([row(1)]);
    expect(rowsIn(edited(takeOut(row(1)), file([row(1), row(1)])))).toEqual([row(1)]);
    expect(rowsIn(edited(takeOut(row(1), row(1)), file([row(1), row(1)])))).toEqual([]);
  });

  test.each([
    ['gone', file([row(1)]), /login \{2\}: gone, or saved anew/],
    [
      'saved anew',
      file([row(1), row(2, { secret: 'new cipher' })]),
      /login \{2\}: gone, or saved anew\. Nothing/,
    ],
    ['in no list', utf8('{}'), /the list "logins" cannot be read/],
    ['in no JSON', utf8('{"logins":['), /the list "logins" cannot be read/],
  ])('a row that is %s is named, without what is in it', (_what, now, words) => {
    const act = () => edited(takeOut(row(2)), now);
    expect(act).toThrow(expect.objectContaining({ code: 'PLAN_OUT_OF_DATE', exit: 3 }));
    expect(act).toThrow(words);
    expect(act).not.toThrow(/cipher/);
  });

  test('where there is no file there is no row', () => {
    expect(() => edited(takeOut(row(2)), null)).toThrow(/cannot be read/);
  });
});

describe('putting rows back', () => {
  const before = file([row(1), row(2), row(3)]);

  test('the row is there again, at its place; what the program added or changed since stays', () => {
    const used = row(3, { timesUsed: 7 });
    const now = file([row(1), used, row(9)], 10, { version: 4, dismissedBreachAlertsByLoginGUID: { x: 1 } });
    const { bytes, conflicts } = back(takeOut(row(2)), now, before);
    expect(conflicts).toEqual([]);
    const more = { version: 4, dismissedBreachAlertsByLoginGUID: { x: 1 } };
    expect(text(bytes ?? now)).toBe(text(file([row(1), row(2), used, row(9)], 10, more)));
  });

  test('several go behind the nearest row before them that is still there', () => {
    const operation = takeOut(row(1), row(2), row(3));
    const all = file([row(1), row(2), row(3), row(4), row(5)]);
    expect(rowsIn(back(operation, file([row(5), row(8)]), all).bytes)).toEqual(
      [1, 2, 3, 5, 8].map((id) => row(id)),
    );
    const later = takeOut(row(2), row(5));
    expect(rowsIn(back(later, file([row(8), row(4), row(1)]), all).bytes)).toEqual(
      [8, 4, 5, 1, 2].map((id) => row(id)),
    );
  });

  test('into a list that is empty by now', () => {
    expect(rowsIn(back(takeOut(row(1), row(3)), file([]), before).bytes)).toEqual([row(1), row(3)]);
  });

  test('a row that is there again is left, however the program has set it out', () => {
    const now = utf8(`{"logins":[{"secret" : "cipher 2","guid":"{2}", "id":40}],"nextId":41}`);
    expect(back(takeOut(row(2)), now, before)).toEqual({ bytes: null, conflicts: [], stays: [] });
  });

  test('of two that are the same each is put back once', () => {
    const twice = file([row(1), row(1), row(2)]);
    const { bytes } = back(takeOut(row(1), row(1)), file([row(2)]), twice);
    expect(rowsIn(bytes)).toEqual([row(1), row(1, { id: 9 }), row(2)]);
    const one = back(takeOut(row(1)), file([row(1), row(2)]), twice);
    expect(rowsIn(one.bytes)).toHaveLength(3);
    expect(back(takeOut(row(1)), file([row(1), row(1), row(2)]), twice).bytes).toBeNull();
  });

  test('rows that are no objects, and rows without a name, come back, too', () => {
    const odd = file([null, { id: 3 }, 'text', row(1)]);
    const { bytes } = back(takeOut({ id: 3 }), file([null, 'text', row(1)]), odd);
    expect(rowsIn(bytes)).toEqual([null, { id: 3 }, 'text', row(1)]);
  });

  test('a list that can be read no more, then or now, is no matter of single rows', () => {
    for (const unreadable of [utf8(''), utf8('{"logins":{}}'), utf8('garbage')]) {
      expect(takenBack(takeOut(row(2)), unreadable, before, undecided)).toBeNull();
      expect(takenBack(takeOut(row(2)), before, unreadable, undecided)).toBeNull();
    }
    expect(takenBack(takeOut(row(2)), before, null, undecided)).toBeNull();
  });
});

describe('a row that the program has saved anew under the same name', () => {
  const before = file([row(1), row(2)]);
  const now = file([row(2, { id: 7, secret: 'new cipher' }), row(1)]);
  const operation = takeOut(row(2));

  test('is a conflict, and nobody is shown what is in it', () => {
    const { bytes, conflicts } = back(operation, now, before);
    expect(bytes).toBeNull();
    expect(conflicts).toHaveLength(1);
    const [conflict = expect.unreachable()] = conflicts;
    expect(JSON.stringify([conflict, conflictValues(conflict), conflictInWords(conflict)])).not.toContain(
      'cipher',
    );
    expect(conflictInWords(conflict)).toBe(
      '/p/logins.json: login {2} ({2}) was there, mailmend made it taken out, now it is another one with the same id',
    );
  });

  test.each([
    ['keep' as const, null],
    ['take-back' as const, [row(2), row(1)]],
  ])('the person decides: %s', (decision, rows) => {
    const { bytes, conflicts } = back(operation, now, before, () => decision);
    expect(conflicts).toEqual([]);
    expect(bytes === null ? null : rowsIn(bytes)).toEqual(rows);
  });

  test('of two of before with that name the first takes the place, the other comes back beside it', () => {
    const twin = row(2, { id: 5, secret: 'twin' });
    const both = file([row(1), row(2), twin]);
    const { bytes } = back(takeOut(row(2), twin), now, both, () => 'take-back');
    expect(rowsIn(bytes)).toEqual([row(2), row(1), twin]);
  });

  test('the twin that was left in is not taken for it', () => {
    const twin = row(2, { id: 5, secret: 'twin' });
    const { bytes, conflicts } = back(takeOut(row(2)), file([twin]), file([row(2), twin]));
    expect(conflicts).toEqual([]);
    expect(rowsIn(bytes)).toEqual([row(2), twin]);
  });
});

describe('numbers of rows, by which the program takes them out', () => {
  const before = file([row(1), row(2)], 3);

  test('a number that is given away by now is replaced by the next free one', () => {
    const now = file([row(9, { id: 2 })], 3);
    const { bytes } = back(takeOut(row(1), row(2)), now, before);
    expect(rowsIn(bytes)).toEqual([row(1), row(2, { id: 3 }), row(9, { id: 2 })]);
    expect(nextIdIn(bytes)).toBe(4);
  });

  test('a file that counts anew counts above the rows that come back', () => {
    const { bytes } = back(takeOut(row(2)), file([], 1), before);
    expect(rowsIn(bytes)).toEqual([row(2)]);
    expect(nextIdIn(bytes)).toBe(3);
  });

  test.each([
    ['that has no next number', undefined, undefined],
    ['whose next number is none', 'many', 'many'],
    ['whose next number is high enough', 50, 50],
  ])('a file %s keeps it so', (_what, nextId, after) => {
    const now = utf8(JSON.stringify({ logins: [], nextId }));
    expect(nextIdIn(back(takeOut(row(2)), now, before).bytes)).toBe(after);
  });

  test('rows with no number, or an odd one, stay as they are', () => {
    const odd = [
      { guid: 'a' },
      { guid: 'b', id: 'x' },
      { guid: 'c', id: -1 },
      { guid: 'd', id: 1.5 },
    ] as Row[];
    const { bytes } = back(takeOut(...odd), file([], 3), file(odd, 3));
    expect(rowsIn(bytes)).toEqual(odd);
    expect(nextIdIn(bytes)).toBe(3);
  });

  test('lists without numbers have none', () => {
    const operation = { ...takeOut(row(2)), numbers: null };
    const now = file([row(9, { id: 2 })], 3);
    expect(rowsIn(back(operation, now, before).bytes)).toEqual([row(2), row(9, { id: 2 })]);
  });
});

describe('whose file it is', () => {
  test('one row in common says that it is the same file', () => {
    const operation = takeOut(row(2));
    const before = file([row(1), row(2)]);
    expect(isSameFile(operation, file([row(1, { timesUsed: 2 })]), before)).toBe(true);
    expect(isSameFile(operation, file([row(7)]), before)).toBe(false);
    expect(isSameFile(operation, utf8('garbage'), before)).toBe(false);
    expect(isSameFile(operation, file([{ id: 1 }]), file([{ id: 1 }]))).toBe(false);
    expect(isSameFile(operation, file([row(1)]), null)).toBe(false);
  });
});

test('any rows taken out, any edits of others since: the edits stay, and the rows are back', () => {
  const anyRows = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 8 });
  const anyGap = fc.constantFrom('', ' ', '\n  ', '\r\n\t');
  fc.assert(
    fc.property(
      anyRows,
      fc.uniqueArray(fc.integer({ min: 41, max: 60 }), { maxLength: 4 }),
      fc.infiniteStream(fc.constantFrom('taken out', 'left', 'edited', 'removed')),
      fc.tuple(anyGap, anyGap),
      fc.boolean(),
      (ids, added, fates, [gapBefore, gapSince], mark) => {
        const laidOut = (rows: readonly Row[], gap: string): Uint8Array =>
          utf8(
            `${mark ? '\ufeff' : ''}{"nextId":99,"logins":[${gap}${rows.map((one) => JSON.stringify(one)).join(`${gap},${gap}`)}${gap}],"version":3}`,
          );
        const fate = new Map(ids.map((id) => [id, String(fates.next().value)]));
        const ofFate = (...wanted: string[]) => ids.filter((id) => wanted.includes(String(fate.get(id))));
        const before = laidOut(
          ids.map((id) => row(id)),
          gapBefore,
        );
        const operation = takeOut(...ofFate('taken out').map((id) => row(id)));
        const after = edited(operation, before);
        expect(JSON.parse(text(after).replace('\ufeff', '')).logins).toEqual(
          ofFate('left', 'edited', 'removed').map((id) => row(id)),
        );
        const edit = (id: number): Row => row(id, fate.get(id) === 'edited' ? { timesUsed: 1 } : {});
        const since = laidOut(
          [...ofFate('left', 'edited').map(edit), ...added.map((id) => row(id))],
          gapSince,
        );
        const { bytes, conflicts, stays } = back(operation, since, before);
        expect({ conflicts, stays }).toEqual({ conflicts: [], stays: [] });
        const found: Row[] = JSON.parse(text(bytes ?? since).replace('\ufeff', '')).logins;
        expect(found).toEqual([
          ...ofFate('taken out', 'left', 'edited').map(edit),
          ...added.map((id) => row(id)),
        ]);
        // Once more, as after a cut: nothing is left to do.
        expect(back(operation, bytes ?? since, before).bytes).toBeNull();
      },
    ),
    { numRuns: 500 },
  );
});
