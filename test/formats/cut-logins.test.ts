import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLogins } from '../../src/formats/cut-logins.ts';
import { parseLoginsJson } from '../../src/formats/logins-json.ts';

const file = (ids: readonly number[], gap: string): Buffer => {
  const rows = ids.map((id) => JSON.stringify({ id, hostname: `imap://h${id},{}"`, guid: `{${id}}` }));
  return Buffer.from(`{"nextId":99,"logins":[${gap}${rows.join(`${gap},${gap}`)}${gap}],"version":3}`);
};
const idsOf = (bytes: Uint8Array): (number | null)[] => parseLoginsJson(bytes).logins.map(({ id }) => id);

describe('taking rows out of logins.json', () => {
  it('leaves the first, the last, none', () => {
    const bytes = file([1, 2, 3], '');
    const rows = parseLoginsJson(bytes).logins;
    expect(idsOf(cutLogins(bytes, rows.slice(0, 2)))).toEqual([3]);
    expect(idsOf(cutLogins(bytes, rows.slice(1)))).toEqual([1]);
    expect(Buffer.from(cutLogins(bytes, rows)).toString()).toBe('{"nextId":99,"logins":[],"version":3}');
    expect(cutLogins(bytes, [])).toBe(bytes);
  });

  it('leaves sound JSON with exactly the other rows, whatever goes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 8 }),
        fc.constantFrom('', ' ', '\n', '\r\n\t'),
        fc.infiniteStream(fc.boolean()),
        (ids, gap, coins) => {
          const bytes = file(ids, gap);
          const gone = new Set(ids.filter(() => coins.next().value === true));
          const rows = parseLoginsJson(bytes).logins.filter(({ id }) => gone.has(id ?? 0));
          const left = cutLogins(bytes, rows);
          expect(JSON.parse(Buffer.from(left).toString()).version).toBe(3);
          expect(idsOf(left)).toEqual(ids.filter((id) => !gone.has(id)));
        },
      ),
    );
  });
});
