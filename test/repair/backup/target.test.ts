/**
 * The folder that a backup shall go to: what is in it already decides.
 */

import { describe, expect, it } from 'vitest';
import { copiedEarlier, isSameProfile, markText, targetState } from '../../../src/repair/backup/target.ts';
import { createMemory, type Tree } from '../support/memory.ts';

const of = { path: '/home/alice/p', device: '1', inode: '7' };
const state = (tree: Tree) => targetState(createMemory({ '/usb': null, ...tree }).fs, '/usb/mail');
const mail = '/usb/mail';

describe('the folder for a backup', () => {
  it.each<[string, Tree, object]>([
    ['is not there', {}, { kind: 'absent' }],
    ['is empty', { [mail]: null }, { kind: 'empty' }],
    ['holds the first bytes of a backup', { [mail]: null, [`${mail}/part`]: '{' }, { kind: 'empty' }],
    ['is a file', { [mail]: 'x' }, { kind: 'no-folder' }],
    ['holds something', { [mail]: null, [`${mail}/x`]: '' }, { kind: 'occupied', by: 'x' }],
    ['holds a finished backup', { [mail]: null, [`${mail}/manifest.jsonl`]: '' }, { kind: 'finished' }],
    [
      'holds an unfinished backup',
      { [mail]: null, [`${mail}/unfinished.json`]: markText(of), [`${mail}/profile`]: null },
      { kind: 'unfinished', of },
    ],
    ...[
      '',
      '{',
      '{"format":"else","profile":{}}',
      '{"format":1}',
      JSON.stringify({ format: 'x', profile: of }),
    ].map((mark): [string, Tree, object] => [
      `holds a mark that mailmend did not write: ${mark}`,
      { [mail]: null, [`${mail}/unfinished.json`]: mark },
      { kind: 'occupied', by: 'unfinished.json' },
    ]),
  ])('%s', (_what, tree, expected) => {
    expect(state(tree)).toEqual(expected);
  });

  it('may be a link to a folder, not one that leads nowhere', () => {
    const { fs, module } = createMemory({ '/usb': null, '/data': null });
    module.symlinkSync('/data', mail);
    expect(targetState(fs, mail)).toEqual({ kind: 'empty' });
    module.unlinkSync(mail);
    module.symlinkSync('/nowhere', mail);
    expect(targetState(fs, mail)).toEqual({ kind: 'no-folder' });
  });
});

it('a profile is the same after it was renamed, and another one in its place', () => {
  expect(isSameProfile(of, { ...of, inode: '8' })).toBe(true);
  expect(isSameProfile(of, { ...of, path: '/else' })).toBe(true);
  expect(isSameProfile(of, { ...of, path: '/else', inode: '8' })).toBe(false);
  expect(isSameProfile(of, { ...of, path: '/else', device: '8' })).toBe(false);
  const unknown = { ...of, inode: '0' };
  expect(isSameProfile(unknown, { ...unknown, path: '/else' })).toBe(false);
});

it('what was copied earlier is known by its composed name', () => {
  const { fs } = createMemory({
    [mail.slice(0, 4)]: null,
    [mail]: null,
    [`${mail}/profile`]: null,
    [`${mail}/profile/u\u0308`]: 'x',
  });
  expect([...copiedEarlier(fs, mail)]).toEqual([
    ['profile', 'profile'],
    ['profile/\u00fc', 'profile/u\u0308'],
  ]);
});
