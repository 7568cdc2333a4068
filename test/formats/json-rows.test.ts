import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonRows, jsonRows, rowsPutIn, spliced, withoutRows } from '../../src/formats/json-rows.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const text = (found: Uint8Array): string => Buffer.from(found).toString();

/** Rows as different programs set them out. */
const layouts = ['', ' ', '\n  ', '\r\n\t'];
const file = (ids: readonly number[], gap: string): Uint8Array => {
  const rows = ids.map((id) => JSON.stringify({ id, hostname: `imap://h${id},{}"`, guid: `{${id}}` }));
  return bytes(`{"nextId":99,"logins":[${gap}${rows.join(`,${gap}`)}],"version":3}\n`);
};

function rowsOf(source: Uint8Array): JsonRows {
  const found = jsonRows(source, 'logins', 'guid');
  if (found === null) throw new Error(`not a list: ${text(source)}`);
  return found;
}
const keysOf = (source: Uint8Array): (string | null)[] => rowsOf(source).rows.map(({ key }) => key);

describe('the rows of a list in a JSON file', () => {
  it('have their key, their value and their place', () => {
    const source = bytes(
      '\ufeff{"logins": [ {"guid":"a","id":1}, {"id":2} ,3, null, {"guid":4}], "version":3} ',
    );
    const { rows, members } = rowsOf(source);
    expect(rows.map(({ key }) => key)).toEqual(['a', null, null, null, null]);
    expect(rows.map(({ value }) => value)).toEqual([{ guid: 'a', id: 1 }, { id: 2 }, 3, null, { guid: 4 }]);
    expect(rows.map(({ start, end }) => text(source.subarray(start, end)))[1]).toBe('{"id":2}');
    expect([...members.keys()]).toEqual(['logins', 'version']);
  });

  it('are those of the last of several lists with the name, as JSON.parse has it', () => {
    expect(keysOf(bytes('{"logins":[{"guid":"a"}],"logins":[{"guid":"b"}]}'))).toEqual(['b']);
    expect(keysOf(bytes('{"logins":[{"guid":"a","guid":"b"}]}'))).toEqual(['b']);
  });

  it.each([
    ['nothing', ''],
    ['cut short', '{"logins":[{"guid":"a"}'],
    ['more behind its end', '{"logins":[]}x'],
    ['another list', '{"other":[]}'],
    ['no list there', '{"logins":{"0":{}}}'],
    ['a list of its own', '[{"guid":"a"}]'],
    ['bytes that are not UTF-8', '{"logins":["\\u00ff"]}'.replace('\\u00ff', '\u00ff')],
  ])('are none in a file with %s', (_what, content) => {
    expect(jsonRows(new Uint8Array(Buffer.from(content, 'latin1')), 'logins', 'guid')).toBeNull();
  });
});

describe('taking rows out', () => {
  const source = file([1, 2, 3], '\n  ');
  const at = (...gone: number[]): string => text(withoutRows(rowsOf(source), new Set(gone)));

  it('the first, the last, one between, all, none', () => {
    const row = (id: number): string => `\n  {"id":${id},"hostname":"imap://h${id},{}\\"","guid":"{${id}}"}`;
    const around = (rows: string): string => `{"nextId":99,"logins":[${rows}],"version":3}\n`;
    expect(at(0)).toBe(around(`${row(2)},${row(3)}`));
    expect(at(2)).toBe(around(`${row(1)},${row(2)}`));
    expect(at(1)).toBe(around(`${row(1)},${row(3)}`));
    expect(at(1, 2)).toBe(around(row(1)));
    expect(at(0, 1, 2)).toBe(around('\n  '));
    expect(at()).toBe(text(source));
  });

  it('leaves sound JSON with exactly the other rows, and putting them in again gives the same bytes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 8 }),
        fc.constantFrom(...layouts),
        fc.infiniteStream(fc.boolean()),
        (ids, gap, coins) => {
          const whole = file(ids, gap);
          const { rows } = rowsOf(whole);
          const gone = new Set([...ids.keys()].filter(() => coins.next().value === true));
          const left = withoutRows(rowsOf(whole), gone);
          expect(JSON.parse(text(left)).version).toBe(3);
          expect(keysOf(left)).toEqual(ids.flatMap((id, index) => (gone.has(index) ? [] : [`{${id}}`])));
          if (gone.size === ids.length) return;
          const news = [...gone].map((index) => ({
            at: [...Array(index).keys()].filter((earlier) => !gone.has(earlier)).length,
            bytes: whole.subarray(rows[index]?.start, rows[index]?.end),
          }));
          expect(text(spliced(left, rowsPutIn(rowsOf(left), news)))).toBe(text(whole));
        },
      ),
    );
  });
});

describe('putting rows in', () => {
  const put = (content: string, ...ats: number[]): string => {
    const source = bytes(content);
    const news = ats.map((at, index) => ({ at, bytes: bytes(`{"guid":"n${index}"}`) }));
    return text(spliced(source, rowsPutIn(rowsOf(source), news)));
  };

  it('into an empty list, in the given order', () => {
    expect(put('{"logins":[ ]}', 0, 0)).toBe('{"logins":[{"guid":"n0"},{"guid":"n1"} ]}');
  });

  it('set off as the first row is', () => {
    expect(put('{"logins":[\n 1,\n 2\n]}', 0, 1, 2)).toBe(
      '{"logins":[\n {"guid":"n0"},\n 1,\n {"guid":"n1"},\n 2,\n {"guid":"n2"}\n]}',
    );
  });
});
