import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IniFile } from '../../../src/formats/ini/ini.ts';
import { parseIni, printIni } from '../../../src/formats/ini/parse.ts';
import { anyName, anyValue, bytesOf, iniLikeText, wide } from './ini-texts.ts';

/** What the program sees, as nested lists. */
const seen = (file: IniFile): [string, [string, string | undefined][]][] =>
  file
    .sections()
    .map((section) => [
      section,
      file.keys(section).map((key) => [key, file.get(section, key)?.value] as [string, string | undefined]),
    ]);

const read = (text: string): ReturnType<typeof seen> => seen(parseIni(bytesOf(text)));

describe('an INI file of the family', () => {
  it('has sections with keys, and every value knows its line', () => {
    const file = parseIni(bytesOf('[General]\nVersion=2\n\n[Profile0]\nName=work\nPath=Profiles/a.work\n'));
    expect(file.sections()).toEqual(['General', 'Profile0']);
    expect(file.keys('Profile0')).toEqual(['Name', 'Path']);
    expect(file.get('Profile0', 'Path')).toEqual({ value: 'Profiles/a.work', line: 6, wellFormed: true });
    expect(file.sectionLine('Profile0')).toBe(4);
    expect(file.get('Profile0', 'Default')).toBeNull();
    expect(file.sectionLine('Profile1')).toBeNull();
  });

  // Each pair was put to Thunderbird 153.7, whose answer is the second part.
  it.each([
    [
      '[a]\n# c=1\n  #d=2\n ;e=3\nk=v;x #y\n',
      [
        [
          'a',
          [
            ['#d', '2'],
            [';e', '3'],
            ['k', 'v;x #y'],
          ],
        ],
      ],
    ],
    ['[a b]\nk =v\n', [['a b', [['k ', 'v']]]]],
    ['[a]]\nk=v\n', []],
    ['[[a]\nk=v\n', []],
    [
      '[a\nk=v\n[b]\nx=1',
      [
        ['a', [['k', 'v']]],
        ['b', [['x', '1']]],
      ],
    ],
    ['[]\nk=v\n[b]\nx=1', [['b', [['x', '1']]]]],
    ['[a] \t\nk=v', [['a', [['k', 'v']]]]],
    ['[a]x\nk=v', []],
    ['[a] ]\nk=v', []],
    ['[a][b]\nk=v', []],
    [
      '[a]\n=v\nk=\nz==\n==q\n',
      [
        [
          'a',
          [
            ['k', ''],
            ['z', '='],
          ],
        ],
      ],
    ],
    ['[a]\nk\nb=1', [['a', [['b', '1']]]]],
    ['k=v\n[a]\nb=1', [['a', [['b', '1']]]]],
    ['[a]\nk=v\0w\nx=1\n', [['a', [['k', 'v']]]]],
    ['\0[a]\nk=v\n', []],
    [
      '[a]\nk=v\rz=1\r\rq=2',
      [
        [
          'a',
          [
            ['k', 'v'],
            ['z', '1'],
            ['q', '2'],
          ],
        ],
      ],
    ],
    [
      '[a]\nk=v\u2028z=1\nA=2\na=3',
      [
        [
          'a',
          [
            ['k', 'v\u2028z=1'],
            ['A', '2'],
            ['a', '3'],
          ],
        ],
      ],
    ],
    [
      '[a]\n\u00a0k=v\n\vj=1\n\fm=2',
      [
        [
          'a',
          [
            ['\u00a0k', 'v'],
            ['\vj', '1'],
            ['\fm', '2'],
          ],
        ],
      ],
    ],
    ['[a]\n[b=c]\n[d]=e\nk=v', []],
    ['[ a ]\n k = v \n', [[' a ', [['k ', ' v ']]]]],
    ['[a]\n\t\n   \nk=v', [['a', [['k', 'v']]]]],
    [
      '[a]\nk\t=v\n\tk2=v',
      [
        [
          'a',
          [
            ['k\t', 'v'],
            ['k2', 'v'],
          ],
        ],
      ],
    ],
    ['\ufeff[a]\nk=v', [['a', [['k', 'v']]]]],
    ['\ufeff\ufeff[a]\nk=v', []],
    ['\ufeff#[a]\n[b]\nk=v', [['b', [['k', 'v']]]]],
  ])('reads %j as the program does', (text, answer) => {
    expect(read(text)).toEqual(answer);
  });

  it('puts the parts of a section together, and the last of several values counts, with its line', () => {
    const file = parseIni(bytesOf('[a]\nk=1\n[b]\nx=1\n[a]\nk=2\nj=3\n'));
    expect(seen(file)).toEqual([
      [
        'a',
        [
          ['k', '2'],
          ['j', '3'],
        ],
      ],
      ['b', [['x', '1']]],
    ]);
    expect(file.get('a', 'k')?.line).toBe(6);
    expect(file.sectionLine('a')).toBe(1);
  });

  it('keeps what the package `ini` would make something else of', () => {
    expect(
      read(
        '[a.b]\nx[]=1\nx[]=2\ny=true\nz="q"\nw=\'q\'\n__proto__=1\nconstructor=null\n[__proto__]\nk=3;4\n',
      ),
    ).toEqual([
      [
        'a.b',
        [
          ['x[]', '2'],
          ['y', 'true'],
          ['z', '"q"'],
          ['w', "'q'"],
          ['__proto__', '1'],
          ['constructor', 'null'],
        ],
      ],
      ['__proto__', [['k', '3;4']]],
    ]);
  });

  it('an empty section is no section to the program', () => {
    const file = parseIni(bytesOf('[a]\n[b]\nk=1\n'));
    expect(file.sections()).toEqual(['b']);
    expect(file.sectionLine('a')).toBe(1);
  });

  it('reads UTF-16 with its mark, and only little-endian', () => {
    const file = parseIni(wide('[a]\r\nk=\u00fc\u{1f4e7}\r\n'));
    expect([file.encoding, seen(file), file.get('a', 'k')?.line]).toEqual([
      'utf-16le',
      [['a', [['k', 'ü📧']]]],
      2,
    ]);
    expect(seen(parseIni(Uint8Array.of(0xfe, 0xff, 0, 0x5b, 0, 0x61, 0, 0x5d)))).toEqual([]);
    expect(seen(parseIni(Uint8Array.of(...wide('[a]\nk=v'), 0x41)))).toEqual([['a', [['k', 'v']]]]);
  });

  it('says when a value is not valid UTF-8', () => {
    const file = parseIni(
      Uint8Array.of(...bytesOf('[a]\ngood=\ufffd\nbad=caf'), 0xe9, ...bytesOf('\nnext=1')),
    );
    expect(file.get('a', 'good')).toEqual({ value: '\ufffd', line: 2, wellFormed: true });
    expect(file.get('a', 'bad')).toEqual({ value: 'caf\ufffd', line: 3, wellFormed: false });
    expect(file.get('a', 'next')?.value).toBe('1');
  });
});

describe('laws of reading', () => {
  it('any bytes are read without an error and printed as they were', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 300 }), iniLikeText.map(bytesOf), iniLikeText.map(wide)),
        (bytes) => {
          const file = parseIni(bytes);
          expect(printIni(file)).toEqual(bytes);
          seen(file);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('the lines cover the file up to its end without a gap', () => {
    fc.assert(
      fc.property(fc.oneof(iniLikeText.map(bytesOf), iniLikeText.map(wide)), (bytes) => {
        const { lines, end, encoding } = parseIni(bytes);
        let at =
          encoding === 'utf-16le' ? 2 : bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
        for (const line of lines) {
          expect(line.start).toBe(at);
          expect(line.end).toBeGreaterThanOrEqual(line.start);
          at = line.next;
        }
        expect(at).toBe(end);
      }),
      { numRuns: 1000 },
    );
  });

  it('any section, key and value that the grammar can hold comes back as it is', () => {
    const entry = fc.record({ section: anyName, key: anyName, value: anyValue });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.boolean(), (entries, utf16) => {
        const text = entries.map(({ section, key, value }) => `[${section}]\n${key}=${value}\n`).join('');
        const file = parseIni(utf16 ? wide(text) : bytesOf(text));
        const expected = new Map<string, Map<string, string>>();
        for (const { section, key, value } of entries) {
          expected.set(section, (expected.get(section) ?? new Map<string, string>()).set(key, value));
        }
        expect(seen(file)).toEqual([...expected].map(([section, keys]) => [section, [...keys]]));
      }),
      { numRuns: 1000 },
    );
  });
});
