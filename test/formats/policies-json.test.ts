/**
 * policies.json, as far as it fixes preferences.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicies } from '../../src/formats/policies-json.ts';

const parse = (text: string) => parsePolicies(Buffer.from(text));

describe('policies.json', () => {
  it('locks, sets at every start, gives defaults, and takes away, each with its line', () => {
    const text = `{ "policies": { "Preferences": {
  "mail.a": { "Value": 1, "Status": "locked" },
  "mail.b": { "Value": true, "Status": "user" },
  "mail.c": { "Value": "x", "Status": "default" },
  "mail.d": { "Value": "x" },
  "mail.e": { "Status": "clear" },
  "mail.f": "old form"
} } }`;
    expect(parse(text)).toMatchObject({ usable: true, policies: ['Preferences'] });
    expect(parse(text).prefs).toEqual([
      { name: 'mail.a', value: 1, status: 'locked', line: 2 },
      { name: 'mail.b', value: true, status: 'user', line: 3 },
      { name: 'mail.c', value: 'x', status: 'default', line: 4 },
      { name: 'mail.d', value: 'x', status: 'default', line: 5 },
      { name: 'mail.e', value: null, status: 'clear', line: 6 },
      { name: 'mail.f', value: 'old form', status: 'locked', line: 7 },
    ]);
  });

  it('knows the policies that stand for a single preference', () => {
    const policies = {
      SSLVersionMin: 'tls1.2',
      PasswordManagerEnabled: false,
      Proxy: { Mode: 'none', Locked: true },
    };
    const { prefs } = parse(JSON.stringify({ policies }));
    expect(prefs.map(({ name, value }) => [name, value])).toEqual([
      ['security.tls.version.min', 3],
      ['signon.rememberSignons', false],
      ['network.proxy.type', 0],
    ]);
    expect(parse(JSON.stringify({ policies: { Proxy: { Mode: 'none' } } })).prefs).toEqual([]);
  });

  it.each(['', '{', '[]', '{"policies":[]}', '{"Preferences":{"a":1}}'])(
    'says that %j is ignored as a whole',
    (text) => {
      expect(parse(text)).toEqual({ prefs: [], policies: [], usable: false });
    },
  );

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.uint8Array(), (value, bytes) => {
        parsePolicies(bytes);
        parse(JSON.stringify({ policies: { Preferences: value, Proxy: value, SSLVersionMax: value } }));
      }),
    );
  });
});
