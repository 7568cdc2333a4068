import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLoginsJson } from '../../src/formats/logins-json.ts';
import { printLoginsJson, salvageLogins } from '../../src/formats/salvage-logins.ts';
import { loginRow, loginsText } from './support/login-rows.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const rows = [loginRow(1), loginRow(2, { usernameField: 'Müller {"x"}' }), loginRow(3)];
const texts = rows.map((row) => JSON.stringify(row));

describe('rows of a damaged logins.json', () => {
  it('are all those that are whole in front of the cut', () => {
    const bytes = utf8(loginsText(rows));
    const ends = parseLoginsJson(bytes).logins.map((row) => row.offset + row.length);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const whole = ends.filter((end) => end <= cut).length;
      expect(salvageLogins(bytes.subarray(0, cut)).rows).toEqual(texts.slice(0, whole));
    }
  });

  it('are those behind a garbled piece, too', () => {
    const bytes = utf8(loginsText(rows));
    const second = parseLoginsJson(bytes).logins[1];
    bytes.fill(0, second?.offset, (second?.offset ?? 0) + 40);
    expect(salvageLogins(bytes).rows).toEqual([texts[0], texts[2]]);
  });

  it('are not those in which a byte is no UTF-8', () => {
    const bytes = utf8(loginsText(rows));
    bytes[bytes.indexOf(0xc3)] = 0xff;
    expect(salvageLogins(bytes).rows).toEqual([texts[0], texts[2]]);
  });

  it('are kept with everything in them, byte for byte', () => {
    const odd =
      '{ "hostname":"imap://a" ,"encryptedUsername":null, "encryptedPassword":"x", "future":[1,{"a":2}]}';
    expect(salvageLogins(utf8(`garbage {{{ ${odd} "`)).rows).toEqual([odd]);
  });

  it('are tombstones, too, but no other objects', () => {
    const tombstone = '{"id":4,"guid":"{4}","deleted":true}';
    const other = '{"guid":"{5}","encryptedPassword":"x"}';
    expect(salvageLogins(utf8(`[${other},${tombstone},{"hostname":"imap://a"}]`)).rows).toEqual([tombstone]);
  });

  it('are not looked for in one another', () => {
    const outer = JSON.stringify(loginRow(1, { inner: loginRow(2) }));
    expect(salvageLogins(utf8(outer)).rows).toEqual([outer]);
  });

  it('that stand there twice are taken as last changed', () => {
    const older = JSON.stringify(loginRow(1, { timePasswordChanged: 1 }));
    const newer = JSON.stringify(loginRow(1, { timePasswordChanged: 2 }));
    expect(salvageLogins(utf8(`${newer}${older}`)).rows).toEqual([newer]);
    expect(salvageLogins(utf8(`${older}${newer}`)).rows).toEqual([newer]);
  });

  it('without a guid are all kept', () => {
    const row = JSON.stringify(loginRow(1, { guid: undefined }));
    expect(salvageLogins(utf8(`${row}${row}`)).rows).toEqual([row, row]);
  });

  it('are looked for in any bytes without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json().map(utf8)), (bytes) => {
        for (const row of salvageLogins(bytes).rows) expect(() => JSON.parse(row)).not.toThrow();
      }),
    );
  });

  it('are not looked for further than a row is long', () => {
    // Each of these braces could begin a row that only ends with the file.
    const unending = utf8('{"a":"'.repeat(200_000));
    expect(salvageLogins(unending).rows).toEqual([]);
    const nested = utf8('{"a":'.repeat(200_000));
    expect(salvageLogins(nested).rows).toEqual([]);
    const large = JSON.stringify(loginRow(1, { usernameField: 'x'.repeat(70_000) }));
    expect(salvageLogins(utf8(large)).rows).toEqual([]);
  });
});

describe('a logins.json made of rows', () => {
  it('has them all, and the next number above theirs', () => {
    const written = printLoginsJson(texts);
    expect(new TextDecoder().decode(written)).toBe(
      `{"nextId":4,"logins":[${texts.join(',')}],"potentiallyVulnerablePasswords":[],"version":3}`,
    );
    expect(parseLoginsJson(written)).toMatchObject({ state: 'ok', version: 3, nextId: 4 });
    expect(salvageLogins(written).rows).toEqual(texts);
  });

  it('of no rows is empty', () => {
    expect(parseLoginsJson(printLoginsJson([]))).toMatchObject({ state: 'ok', nextId: 1, logins: [] });
  });

  it.each([
    ['lack their dates', { timeCreated: undefined }],
    ['have dates after the end of time', { timeLastUsed: 9e15 }],
  ])('that %s is of version 2, so that the program sets them', (_what, changes) => {
    expect(parseLoginsJson(printLoginsJson([JSON.stringify(loginRow(1, changes))])).version).toBe(2);
  });

  it('is never spoilt by a text that is no row', () => {
    expect(parseLoginsJson(printLoginsJson(['oops', '5', texts[0] ?? '']))).toMatchObject({
      state: 'ok',
      logins: [{ id: 1 }],
      oddRows: [],
    });
  });

  it('reads back as what was salvaged, whatever was cut away', () => {
    const bytes = utf8(loginsText(rows));
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(bytes.length), (from, length) => {
        const garbled = Uint8Array.from(bytes);
        garbled.fill(0, from, from + length);
        const salvaged = salvageLogins(garbled).rows;
        const again = parseLoginsJson(printLoginsJson(salvaged));
        expect(again.state).toBe('ok');
        expect(again.logins).toHaveLength(salvaged.length);
      }),
    );
  });
});
