/** A logins.json with rows added and changed: every other byte stays, numbers are never given twice. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EncryptedLogin, withChangedLogins } from '../../src/formats/changed-logins.ts';

const login = (guid: string): EncryptedLogin => ({
  hostname: 'imap://host',
  httpRealm: 'imap://host',
  formSubmitURL: null,
  usernameField: '',
  passwordField: '',
  encryptedUsername: 'U',
  encryptedPassword: 'P',
  guid,
  encType: 1,
  timeCreated: 1,
  timeLastUsed: 2,
  timePasswordChanged: 3,
  timesUsed: 4,
});

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const parsed = (file: Uint8Array | null) => JSON.parse(new TextDecoder().decode(file ?? new Uint8Array()));

describe('a list of logins', () => {
  it('is made where there is none', () => {
    const file = parsed(withChangedLogins(null, { added: [login('{a}'), login('{b}')], changed: [] }));
    expect(file.logins.map(({ id, guid }: { id: number; guid: string }) => [id, guid])).toEqual([
      [1, '{a}'],
      [2, '{b}'],
    ]);
    expect([file.nextId, file.version]).toEqual([3, 3]);
  });

  it('never gives a number twice, whatever nextId says', () => {
    const row = fc.record({ id: fc.nat(1000), guid: fc.uuid(), other: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(row), fc.nat(2000), fc.nat(4), (rows, nextId, count) => {
        const added = Array.from({ length: count }, (_, i) => login(`{${i}}`));
        const before = { other: 'stays', nextId, logins: rows, version: 3 };
        const after = parsed(withChangedLogins(bytes(before), { added, changed: [] }));
        const ids = after.logins.slice(rows.length).map(({ id }: { id: number }) => id);
        expect(after.logins.slice(0, rows.length)).toEqual(JSON.parse(JSON.stringify(rows)));
        expect(new Set(ids).size).toBe(count);
        expect(ids.every((id: number) => id < after.nextId && !rows.some((one) => one.id === id))).toBe(true);
        expect({ ...after, nextId, logins: rows }).toEqual(before);
      }),
    );
  });

  it('changes one row and leaves every other byte', () => {
    const text =
      '{ "nextId": 9,\n "logins": [ {"id":1,"guid":"{a}","encryptedPassword":"old","x":1} , {"id":2} ] }';
    const offset = text.indexOf('{"id":1');
    const changed = [{ offset, encryptedPassword: 'new', timePasswordChanged: 7 }];
    const after = new TextDecoder().decode(
      withChangedLogins(new TextEncoder().encode(text), { added: [], changed }) ?? undefined,
    );
    expect(after).toBe(
      '{ "nextId": 9,\n "logins": [ {"id":1,"guid":"{a}","encryptedPassword":"new","x":1,"timePasswordChanged":7} , {"id":2} ] }',
    );
  });

  it('is refused where it cannot be read', () => {
    for (const text of ['', '{', '[]', '{"logins":3}'])
      expect(
        withChangedLogins(new TextEncoder().encode(text), { added: [login('{a}')], changed: [] }),
      ).toBeNull();
  });
});
