/** The system's errors in words that a frightened person can read. */

import { describe, expect, test } from 'vitest';
import { MailmendError } from '../../src/repair/error.ts';
import { isInside, realParent } from '../../src/repair/inside.ts';
import { present } from '../../src/repair/metadata.ts';
import { causeInWords, codeOf, nothingChanged, systemError } from '../../src/repair/system-error.ts';
import { createMemory } from './support/memory.ts';

describe('a cause', () => {
  test.each([
    [systemError('ENOSPC', '/p/prefs.js'), 'the disk is full (/p/prefs.js)'],
    [Object.assign(new Error('no path'), { code: 'EROFS' }), 'the disk can only be read, not written'],
    [systemError('EWEIRD', '/p'), 'EWEIRD: /p (/p)'],
    [Object.assign(new Error('odd'), { code: 5, path: 7 }), 'odd'],
    [new Error('plain'), 'plain'],
    ['thrown text', 'thrown text'],
  ])('%s', (error, words) => expect(causeInWords(error)).toBe(words));

  test('has a code only when the system gave one', () => {
    expect(codeOf(systemError('EIO', '/p'))).toBe('EIO');
    expect(codeOf(Object.assign(new Error('odd'), { code: 5 }))).toBeNull();
    expect(codeOf('EIO')).toBeNull();
  });

  test('becomes exit 4 only when it is the system’s', () => {
    const own = new MailmendError('PROFILE_IN_USE', 3, 'in use');
    expect(nothingChanged(own)).toBe(own);
    const bug = new TypeError('a bug');
    expect(nothingChanged(bug)).toBe(bug);
    expect(nothingChanged(systemError('EIO', '/p'))).toMatchObject({ code: 'WRITE_FAILED', exit: 4 });
  });
});

test('what went in the meantime is missed', () => {
  const { fs } = createMemory({});
  expect(() => present(fs, '/none')).toThrow(/ENOENT/);
});

describe('a path', () => {
  test('is inside the whole disk, itself, and nothing of a like name', () => {
    expect(isInside('/', '/a')).toBe(true);
    expect(isInside('/a', '/a')).toBe(true);
    expect(isInside('/a', '/ab')).toBe(false);
  });

  test('on a disk that is not there has no parent but that disk', () => {
    const { fs } = createMemory({});
    expect(realParent({ ...fs, realPath: () => null }, '/a/b')).toBe('/');
  });
});
