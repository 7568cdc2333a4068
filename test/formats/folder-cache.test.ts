import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFolderCache } from '../../src/formats/folder-cache.ts';

const parse = (text: string) => parseFolderCache(Buffer.from(text));

describe('folderCache.json', () => {
  it('counts the messages of each folder, by the path of its index on the computer that wrote it', () => {
    const folder = { totalMsgs: 6, folderSize: 2834 };
    expect(parse(JSON.stringify({ 'C:\\p\\Mail\\a\\Inbox.msf': folder }))).toEqual([
      { index: 'C:/p/Mail/a/Inbox.msf', messages: 6, bytes: 2834 },
    ]);
  });

  it('does not know what was never counted', () => {
    expect(parse('{"/a.msf":{"totalMsgs":-1,"folderSize":"1"},"/b.msf":3}')).toEqual([
      { index: '/a.msf', messages: null, bytes: null },
    ]);
  });

  it('is empty for anything else, and never throws', () => {
    expect([parse(''), parse('[1]'), parse('null'), parse('{"a')]).toEqual([[], [], [], []]);
    fc.assert(fc.property(fc.json(), (text) => Array.isArray(parse(text))));
  });
});
