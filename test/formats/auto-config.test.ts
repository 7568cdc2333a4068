/**
 * AutoConfig files and default settings, read as data.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeConfig, parseConfig } from '../../src/formats/auto-config.ts';

const calls = (text: string) => parseConfig(`// first line\n${text}`, false).calls;

describe('an AutoConfig file', () => {
  it('never has its first line read', () => {
    expect(parseConfig('lockPref("a", 1);', false).calls).toEqual([]);
    expect(parseConfig('lockPref("a", 1);\nlockPref("b", 2);', false).calls).toMatchObject([
      { name: 'b', line: 2 },
    ]);
  });

  it('locks, sets, gives defaults, and takes away', () => {
    expect(
      calls(
        `lockPref("mail.a", "x\\"y");\npref('b', -5);\ndefaultPref("c", true);\nclearPref("d");\nunlockPref("e");`,
      ),
    ).toEqual([
      { call: 'lockPref', name: 'mail.a', value: 'x"y', locked: false, line: 2 },
      { call: 'pref', name: 'b', value: -5, locked: false, line: 3 },
      { call: 'defaultPref', name: 'c', value: true, locked: false, line: 4 },
      { call: 'clearPref', name: 'd', value: null, locked: false, line: 5 },
      { call: 'unlockPref', name: 'e', value: null, locked: false, line: 6 },
    ]);
  });

  it('is not taken at its word in comments and strings', () => {
    const file = parseConfig(
      '\n// lockPref("a", 1);\n/* lockPref("b", 2);\n*/\nvar s = "lockPref(\\"c\\", 3);";',
      false,
    );
    expect(file.calls).toEqual([]);
    expect(file.code).toBe(true);
  });

  it('says when it is a program: a call under a condition is found, and that there is more', () => {
    const file = parseConfig(
      '\nif (getenv("USER") == "bob") {\n  lockPref("a", 1);\n}\nlockPref("b", getenv("HOST"));',
      false,
    );
    expect(file.calls.map(({ name, line }) => [name, line])).toEqual([['a', 3]]);
    expect(file.code).toBe(true);
    expect(parseConfig('\nlockPref("a", 1);', false).code).toBe(false);
  });

  it('is shifted by 13, unless it is told otherwise', () => {
    const shifted = Buffer.from('lockPref("ä", 1);').map((byte) => (byte + 13) & 0xff);
    expect(decodeConfig(shifted, 13)).toBe('lockPref("ä", 1);');
  });
});

describe('default settings of the installation', () => {
  it('can be locked', () => {
    const text = 'pref("a", 1, locked);\npref("b", "x", sticky);\npref("c", 2);';
    expect(parseConfig(text, true).calls.map(({ name, locked }) => [name, locked])).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
    ]);
  });
});

it('never throws, and every call that is found stands on its line', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('pref(', '"a"', ',', ')', ';', '\n', '\\', "'", '/*', '*/', '//', '1', ' '),
      }),
      (text) => {
        const lines = text.split('\n');
        for (const { call, line } of parseConfig(text, true).calls) expect(lines[line - 1]).toContain(call);
      },
    ),
  );
});

it('takes a line of a million brackets or quotes in one pass', () => {
  for (const text of ['pref("'.repeat(200_000), '(/*'.repeat(200_000), 'pref(   '.repeat(100_000)])
    expect(parseConfig(text, true).calls).toEqual([]);
});
