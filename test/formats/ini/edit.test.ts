import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editIni, type IniEdit } from '../../../src/formats/ini/edit.ts';
import type { IniFile } from '../../../src/formats/ini/ini.ts';
import { parseIni } from '../../../src/formats/ini/parse.ts';
import { anyName, anyValue, bytesOf, iniLikeText, wide } from './ini-texts.ts';

const edit = (text: string, ...changes: IniEdit[]): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(editIni(parseIni(bytesOf(text)), changes));

const profiles =
  '; mine\n[Profile0]\nName=a\nPath=a\n\n# the second\n[Profile1]\nName=b\nPath=b\n\n[General]\nVersion=2\n\n';

describe('changing an INI file', () => {
  it('puts another value into the line of the key', () => {
    expect(edit(profiles, { section: 'Profile1', key: 'Path', to: '/mnt/mail/b' })).toBe(
      profiles.replace('Path=b', 'Path=/mnt/mail/b'),
    );
  });

  it('changes the occurrence that counts, and keeps the way it is written', () => {
    expect(edit('[a]\r\n  k=1\r\n\tk =2\r\n  k=3\r\n', { section: 'a', key: 'k', to: '' })).toBe(
      '[a]\r\n  k=1\r\n\tk =2\r\n  k=\r\n',
    );
  });

  it('adds a key behind the last one of its section', () => {
    expect(edit(profiles, { section: 'Profile0', key: 'Default', to: '1' })).toBe(
      profiles.replace('Path=a\n', 'Path=a\nDefault=1\n'),
    );
    expect(edit('[a]', { section: 'a', key: 'k', to: '1' })).toBe('[a]\nk=1');
  });

  it('adds a section at the end, set off by a blank line as the file does it, with its line ends', () => {
    expect(
      edit(
        profiles,
        { section: 'Install1', key: 'Default', to: 'b' },
        { section: 'Install1', key: 'Locked', to: '1' },
      ),
    ).toBe(`${profiles}[Install1]\nDefault=b\nLocked=1\n\n`);
    expect(edit('[a]\r\nk=1\r\n', { section: 'b', key: 'k', to: '2' })).toBe(
      '[a]\r\nk=1\r\n\r\n[b]\r\nk=2\r\n',
    );
    expect(edit('[a]\nk=1', { section: 'b', key: 'k', to: '2' })).toBe('[a]\nk=1\n\n[b]\nk=2');
    expect(edit('', { section: 'a', key: 'k', to: '1' })).toBe('[a]\nk=1\n');
  });

  it('removes a key, all its occurrences', () => {
    expect(edit('[a]\nk=1\nj=2\n[b]\nk=1\n[a]\nk=3\n', { section: 'a', key: 'k', to: null })).toBe(
      '[a]\nj=2\n[b]\nk=1\n[a]\n',
    );
  });

  it('removes a section and leaves the comments', () => {
    expect(edit(profiles, { section: 'Profile1', key: null, to: null })).toBe(
      profiles.replace('[Profile1]\nName=b\nPath=b\n\n', ''),
    );
  });

  it('changes nothing where there is nothing to do', () => {
    const nothing: IniEdit[] = [
      { section: 'Profile7', key: null, to: null },
      { section: 'Profile0', key: 'Default', to: null },
      { section: 'Profile0', key: 'Path', to: 'a' },
    ];
    expect(edit(profiles, ...nothing)).toBe(profiles);
  });

  it('keeps the mark and the encoding', () => {
    expect(edit('\ufeff[a]\nk=1\n', { section: 'a', key: 'k', to: 'ü' })).toBe('\ufeff[a]\nk=ü\n');
    const edited = editIni(parseIni(wide('[a]\r\nk=1\r\n')), [
      { section: 'a', key: 'k', to: '📧' },
      { section: 'b', key: 'j', to: '2' },
    ]);
    expect(edited).toEqual(wide('[a]\r\nk=📧\r\n\r\n[b]\r\nj=2\r\n'));
  });

  it('writes before a NUL, where the program still reads', () => {
    expect(edit('[a]\nk=1\n\0\0\0', { section: 'b', key: 'j', to: '2' })).toBe(
      '[a]\nk=1\n\n[b]\nj=2\n\0\0\0',
    );
  });

  it.each([
    { section: 'a]', key: 'k', to: 'v' },
    { section: '', key: 'k', to: 'v' },
    { section: 'a', key: '', to: 'v' },
    { section: 'a', key: 'k=l', to: 'v' },
    { section: 'a', key: ' k', to: 'v' },
    { section: 'a', key: '#k', to: 'v' },
    { section: 'a', key: '[k', to: 'v' },
    { section: 'a', key: 'k', to: 'v\nName=x' },
    { section: 'a', key: 'k', to: 'v\0' },
    { section: 'a', key: 'k', to: '\ud800' },
    { section: 'a', key: null, to: 'v' },
  ])('refuses what could not be read back: %j', (change) => {
    expect(() => edit('[x]\ny=1\n', change)).toThrow(RangeError);
  });
});

describe('the law of editing', () => {
  const change = fc.record({
    section: fc.oneof(fc.constantFrom('a', 'b', 'c'), anyName),
    key: fc.oneof(
      { weight: 8, arbitrary: fc.oneof(fc.constantFrom('k', 'a'), anyName) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    to: fc.option(anyValue, { nil: null, freq: 3 }),
  });
  const seen = (file: IniFile): Map<string, string> =>
    new Map(
      file
        .sections()
        .flatMap((section) =>
          file
            .keys(section)
            .map((key) => [JSON.stringify([section, key]), file.get(section, key)?.value ?? ''] as const),
        ),
    );
  const comments = (file: IniFile): string[] =>
    file.lines
      .filter((line) => line.kind === 'comment' || line.kind === 'ignored')
      .map((line) => Buffer.from(file.source.subarray(line.start, line.end)).toString('hex'));

  it('what was asked for is so afterwards, and nothing else is another', () => {
    fc.assert(
      fc.property(
        fc.oneof(iniLikeText.map(bytesOf), iniLikeText.map(wide)),
        change,
        (bytes, { section, key, to }) => {
          const before = parseIni(bytes);
          const asked = { section, key, to: key === null ? null : to };
          const after = parseIni(editIni(before, [asked]));
          const expected = seen(before);
          for (const id of [...expected.keys()]) {
            const [s, k] = JSON.parse(id) as [string, string];
            if (s === section && (k === key || key === null)) expected.delete(id);
          }
          if (key !== null && to !== null) expected.set(JSON.stringify([section, key]), to);
          expect(new Map([...seen(after)].sort())).toEqual(new Map([...expected].sort()));
          expect(comments(after)).toEqual(comments(before));
          expect(after.encoding).toBe(before.encoding);
          expect(after.source.subarray(after.end)).toEqual(bytes.subarray(before.end));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('what was added and is removed again leaves no trace', () => {
    fc.assert(
      fc.property(
        fc.oneof(iniLikeText.map(bytesOf), iniLikeText.map(wide)),
        fc.constantFrom('a', 'new section'),
        anyValue,
        anyValue,
        (bytes, section, one, other) => {
          const before = parseIni(bytes);
          fc.pre(before.sections().includes(section) || before.sectionLine(section) === null);
          const isNew = before.sectionLine(section) === null;
          const added = parseIni(
            editIni(before, [
              { section, key: 'new key', to: one },
              { section, key: 'newer key', to: other },
            ]),
          );
          expect(added.get(section, 'newer key')?.value).toBe(other);
          const keys: IniEdit[] = ['new key', 'newer key'].map((key) => ({ section, key, to: null }));
          expect(editIni(added, [...keys, ...(isNew ? [{ section, key: null, to: null }] : [])])).toEqual(
            bytes,
          );
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('a change and the change back give the bytes of before where the key was there', () => {
    fc.assert(
      fc.property(iniLikeText.map(bytesOf), anyValue, (bytes, value) => {
        const before = parseIni(bytes);
        for (const section of before.sections()) {
          for (const key of before.keys(section)) {
            const old = before.get(section, key);
            if (!old?.wellFormed) continue;
            const changed = parseIni(editIni(before, [{ section, key, to: value }]));
            expect(editIni(changed, [{ section, key, to: old.value }])).toEqual(bytes);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
