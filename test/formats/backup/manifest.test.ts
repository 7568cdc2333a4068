/**
 * The manifest of a backup: what is printed is parsed again; what was changed, cut or made by somebody else is told, and
 * never leads out of the folders of the backup.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isCopyPath,
  type Manifest,
  type ManifestEntry,
  manifestFormat,
  parseManifest,
  printManifest,
} from '../../../src/formats/backup/manifest.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const part = text.filter((name) => !['', '.', '..'].includes(name) && !/[/\0]/.test(name));
const copyPath = fc
  .tuple(fc.constantFrom('profile', 'outside', 'registry'), fc.array(part, { maxLength: 4 }))
  .map(([root, rest]) => [root, ...rest].join('/'));
const base = {
  path: copyPath,
  mode: fc.integer({ min: 0, max: 0o7777 }).map((mode) => mode.toString(8).padStart(4, '0')),
  uid: fc.nat(),
  gid: fc.nat(),
  mtimeNs: fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map(String),
  attributes: fc.dictionary(text, fc.base64String(), { noNullPrototype: true }),
};
const sha256 = fc.string({
  unit: fc.constantFrom(...'0123456789abcdef'),
  minLength: 64,
  maxLength: 64,
});
const entry: fc.Arbitrary<ManifestEntry> = fc.oneof(
  fc.record({ ...base, kind: fc.constant('file' as const), size: fc.nat(), sha256 }),
  fc.record({ ...base, kind: fc.constant('folder' as const) }),
  fc.record({ ...base, kind: fc.constant('link' as const), target: text, onlyNoted: fc.boolean() }),
);
const said = (first: string, second: string) =>
  fc.array(fc.record({ [first]: text, [second]: text }), { maxLength: 2 }) as fc.Arbitrary<never[]>;
const manifest: fc.Arbitrary<Manifest> = fc.record({
  head: fc.record({
    format: fc.constant(manifestFormat),
    made: text,
    by: text,
    profile: fc.record({ path: text, name: fc.option(text), program: text, version: fc.option(text) }),
    sources: fc.array(fc.record({ into: text, from: text, why: text }), { maxLength: 2 }),
    leftOut: said('what', 'reason'),
    notCopied: said('what', 'reason'),
    notKept: fc.array(text, { maxLength: 3 }),
  }),
  entries: fc.uniqueArray(entry, { selector: ({ path }) => path, maxLength: 8 }),
});

const printed = (given: Manifest): string => [...printManifest(given)].join('');
const bytes = (lines: string): Uint8Array => new TextEncoder().encode(lines);

const small: Manifest = {
  head: {
    format: manifestFormat,
    made: '2026-11-23T18:30:00.000Z',
    by: '0.1.0',
    profile: { path: '/home/alice/p', name: null, program: 'thunderbird', version: null },
    sources: [],
    leftOut: [],
    notCopied: [],
    notKept: [],
  },
  entries: [
    { path: 'profile', kind: 'folder', mode: '0700', uid: 1, gid: 1, mtimeNs: '1', attributes: {} },
    {
      path: 'profile/Mail/Inbox\n',
      kind: 'file',
      size: 3,
      sha256: 'ab'.repeat(32),
      mode: '0600',
      uid: 1,
      gid: 1,
      mtimeNs: '1600000000123456789',
      attributes: { 'user.note': 'eA==' },
    },
  ],
};
const smallLines = printed(small).split('\n');
const withLine = (at: number, line: string): Uint8Array => bytes(smallLines.with(at, line).join('\n'));

describe('the manifest of a backup', () => {
  it('is parsed as it was printed', () => {
    fc.assert(
      fc.property(manifest, (given) => {
        expect(parseManifest(bytes(printed(given)))).toEqual({ ...given, damage: [] });
      }),
    );
  });

  it('has one line for each entry, however its name is', () => {
    expect(smallLines).toHaveLength(5);
  });

  it('is told apart from one in which any byte was changed', () => {
    const good = bytes(printed(small));
    fc.assert(
      fc.property(fc.nat(good.length - 2), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = good.slice();
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(parseManifest(changed).damage).not.toEqual([]);
      }),
    );
  });

  it('is told apart from one that was cut anywhere', () => {
    const good = bytes(printed(small));
    for (let length = 0; length < good.length - 1; length++)
      expect(parseManifest(good.subarray(0, length)).damage).not.toEqual([]);
  });

  it('never throws, whatever it is given', () => {
    const line = fc.oneof(fc.json(), fc.string(), fc.constantFrom(...smallLines));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(line).map((all) => bytes(all.join('\n'))),
        ),
        (given) => {
          parseManifest(given);
        },
      ),
    );
  });

  it('still gives the entries that can be read when one line is damaged', () => {
    const { head, entries, damage } = parseManifest(withLine(1, '{"path":'));
    expect(head).toEqual(small.head);
    expect(entries).toEqual(small.entries.slice(1));
    expect(damage).toEqual(['1 of its lines cannot be read', 'it was changed after the backup was made']);
  });

  it('says that a head of another format cannot be read, and takes texts only for texts', () => {
    expect(parseManifest(withLine(0, '{"format":"else"}'))).toMatchObject({
      head: null,
      damage: ['its first line cannot be read', 'it was changed after the backup was made'],
    });
    const head = { ...small.head, made: 3 };
    expect(parseManifest(withLine(0, JSON.stringify(head))).head).toBeNull();
    const odd = {
      ...small.head,
      profile: { path: '/p', program: 3 },
      sources: 'x',
      leftOut: [1, { what: 'x' }],
    };
    expect(parseManifest(withLine(0, JSON.stringify(odd))).head).toMatchObject({
      profile: { path: '/p', name: null, program: 'unknown' },
      sources: [],
      leftOut: [],
    });
  });

  it('names nothing twice', () => {
    const twice = { ...small, entries: [...small.entries, ...small.entries.slice(0, 1)] };
    expect(parseManifest(bytes(printed(twice)))).toMatchObject({
      entries: small.entries,
      damage: ['it names profile twice'],
    });
  });

  it.each([
    { path: '/etc/passwd' },
    { path: 'profile/../../etc/passwd' },
    { path: 'profile//x' },
    { path: 'profile/./x' },
    { path: 'profile/\0' },
    { path: 'manifest.jsonl' },
    { path: 3 },
    { mode: 7 },
    { mtimeNs: '1e9' },
    { mtimeNs: '9'.repeat(40) },
    { attributes: null },
    { attributes: [] },
    { kind: 'door' },
    { kind: 'file', size: '3' },
    { kind: 'file', size: 3, sha256: '../x' },
    { kind: 'link', target: null },
  ])('does not take an entry with %j', (wrong) => {
    const line = JSON.stringify({ ...small.entries[0], ...wrong });
    expect(parseManifest(withLine(1, line)).entries).toEqual(small.entries.slice(1));
  });

  it('keeps of attributes what is text', () => {
    const line = JSON.stringify({ ...small.entries[0], attributes: { a: 'eA==', b: 1 } });
    expect(parseManifest(withLine(1, line)).entries[0]?.attributes).toEqual({ a: 'eA==' });
  });
});

describe('a path of a copy', () => {
  it('never leaves the folder that it begins with', () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        if (isCopyPath(given)) expect(given.split('/')).not.toContain('..');
      }),
    );
    expect(isCopyPath('profile')).toBe(true);
    expect(isCopyPath('profile/..x/y')).toBe(true);
    expect(isCopyPath('profile/')).toBe(false);
    expect(isCopyPath('else/x')).toBe(false);
  });
});
