import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfJson, jsonItems, jsonMembers, jsonValue, skipBlanks } from '../../src/formats/json-scan.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** JSON as JSON.parse takes it, of bytes that are UTF-8. */
function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

function scansWhole(bytes: Uint8Array): boolean {
  const end = endOfJson(bytes, 0);
  return end.whole && skipBlanks(bytes, end.end) === bytes.length;
}

describe('the end of a JSON value', () => {
  it.each([
    ['{"a":[1,{"b":null}],"c":"x"} tail', 28],
    ['  [ ] ', 5],
    ['-0.5e+10,', 8],
    ['"\\u00e4\\"",', 10],
    ['true]', 4],
  ])('in %s is at %i', (text, end) => {
    expect(endOfJson(utf8(text), 0)).toEqual({ whole: true, end });
  });

  it.each([
    ['', 0],
    ['{"a":1', 6],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['{a:1}', 1],
    ['[1 2]', 3],
    ['[01]', 2],
    ['[1.]', 3],
    ['[-]', 2],
    ['[1e]', 3],
    ['[trux]', 4],
    ['["a\tb"]', 3],
    ['["\\x"]', 2],
    ['["\\u12g4"]', 2],
    ['["abc', 5],
    ['[}', 1],
  ])('in %s cannot be reached: it breaks at byte %i', (text, at) => {
    expect(endOfJson(utf8(text), 0)).toEqual({ whole: false, at });
  });

  it('is found no further than it may look, and no deeper', () => {
    const text = utf8('[[[1,2,3]]]');
    expect(endOfJson(text, 0, { end: 6 })).toEqual({ whole: false, at: 6 });
    expect(endOfJson(text, 0, { depth: 2 })).toEqual({ whole: false, at: 2 });
    expect(endOfJson(text, 0, { depth: 3 })).toEqual({ whole: true, end: text.length });
  });

  it('is found in a list nested a million times without running out of stack', () => {
    const deep = Buffer.alloc(2_000_000, ']');
    deep.fill('[', 0, 1_000_000);
    expect(endOfJson(deep, 0)).toEqual({ whole: true, end: deep.length });
  });

  it('is there exactly when JSON.parse takes the text', () => {
    const almost = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', '\\', '0', '\u0001', 'é'))
      .map(
        ([text, at, piece]) =>
          text.slice(0, at % (text.length + 1)) + piece + text.slice(at % (text.length + 1)),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), almost, fc.string()), (text) => {
        expect(scansWhole(utf8(text))).toBe(isJson(utf8(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is there only when the text is UTF-8', () => {
    const inString = fc
      .uint8Array({ maxLength: 6 })
      .map((bytes) => Buffer.concat([Buffer.from('"'), bytes, Buffer.from('"')]));
    const highBytes = fc
      .array(
        fc.constantFrom(0xc0, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xf5, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0x41),
        {
          maxLength: 6,
        },
      )
      .map((bytes) => Buffer.from([0x22, ...bytes, 0x22]));
    fc.assert(
      fc.property(fc.oneof(inString, highBytes), (bytes) => {
        expect(scansWhole(bytes)).toBe(isJson(bytes));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the pieces of a JSON text', () => {
  it('are the members of an object, with their places', () => {
    const text = utf8(' { "a" : 1 , "b\\u00e4" : [ 2 ] } ');
    const members = jsonMembers(text, 0);
    expect(members.map(({ name }) => name)).toEqual(['a', 'bä']);
    expect(members.map((member) => jsonValue(text, member))).toEqual([1, [2]]);
  });

  it('are the items of a list, with their places', () => {
    const text = utf8('[ {"x":1} , null,"é" ]');
    const items = jsonItems(text, 0);
    expect(items.map((item) => jsonValue(text, item))).toEqual([{ x: 1 }, null, 'é']);
    expect(items[2]).toEqual({ start: 17, end: 21 });
  });

  it('are none in what is no object or list', () => {
    expect(jsonMembers(utf8('[1]'), 0)).toEqual([]);
    expect(jsonItems(utf8('{"a":1}'), 0)).toEqual([]);
    expect(jsonMembers(utf8('{}'), 0)).toEqual([]);
    expect(jsonItems(utf8('[]'), 0)).toEqual([]);
  });

  it('put together again are the whole', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = utf8(JSON.stringify(object));
        const read = jsonMembers(text, 0).map((member) => [member.name, jsonValue(text, member)]);
        expect(read).toEqual(Object.entries(JSON.parse(JSON.stringify(object))));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (list) => {
        const text = utf8(JSON.stringify(list));
        expect(jsonItems(text, 0).map((item) => jsonValue(text, item))).toEqual(
          JSON.parse(JSON.stringify(list)),
        );
      }),
    );
  });

  it('that are not whole have no value', () => {
    expect(jsonValue(utf8('{"a":'), { start: 0, end: 5 })).toBeUndefined();
  });
});
