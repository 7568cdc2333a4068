/** The overlay shows the tree as it would be, and the disk stays as it is. */

import { afterEach, describe, expect, test } from 'vitest';
import { Layer } from '../../src/repair/layer.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { overlay } from '../../src/repair/overlay.ts';
import { createMemory, type Memory } from './support/memory.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';
import { snapshot } from './support/snapshot.ts';

const why = 'why';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const inbox = `${profile}/Mail/pop.example.org/Inbox`;

const memory: Memory = createMemory(tree);
const { fs } = memory;
const untouched = snapshot(fs, root);
afterEach(() => expect(snapshot(fs, root)).toEqual(untouched));

const names = (view: ReturnType<typeof overlay>, folder: string): string[] =>
  view.readFolder(folder).map(({ name, kind }) => `${name} ${kind}`);

describe('what an operation shows', () => {
  test('edited settings, every other byte as it was', () => {
    const [prefs, ini] = scenarios['edits of prefs.js and profiles.ini'] ?? [];
    const view = overlay(
      fs,
      [prefs, ini].filter((operation) => operation !== undefined),
    );
    expect(text(view.readFile(`${profile}/prefs.js`))).toBe(
      '# Mozilla\nuser_pref("mail.server.server1.hostname", "imap.example.org");\nuser_pref("mail.server.server1.port", 993);\nuser_pref("z.last", 1);\n',
    );
    expect(text(view.readFile(`${root}/profiles.ini`))).toContain('Path=abcd.default\nIsRelative=1\n');
    expect(view.lstat(`${profile}/prefs.js`)).toMatchObject({ kind: 'file', mode: 0o600, mtimeNs: 0n });
    expect(view.origin(`${profile}/prefs.js`)).toBeNull();
  });

  test('an edit of a file that is absent makes it', () => {
    const changes = [{ name: 'a', from: null, to: true }];
    const view = overlay(fs, [{ op: 'edit-prefs', path: `${profile}/user.js`, changes, why }]);
    expect(text(view.readFile(`${profile}/user.js`))).toContain('user_pref("a", true);');
    expect(names(view, profile)).toContain('user.js file');
  });

  test('a moved folder, with what was changed in it before', () => {
    const view = overlay(fs, [
      { op: 'write', path: `${inbox}.dat`, content: base64('new'), mode: 0o644, why },
      { op: 'move', from: `${profile}/Mail/pop.example.org`, path: `${profile}/Mail/moved`, why },
    ]);
    expect(view.lstat(inbox)).toBeNull();
    expect(names(view, `${profile}/Mail`)).toEqual(['leftover folder', 'moved folder']);
    expect(names(view, `${profile}/Mail/moved`)).toEqual(['Inbox file', 'Inbox.dat file', 'Inbox.msf file']);
    expect(text(view.readFile(`${profile}/Mail/moved/Inbox`))).toContain('hello');
    expect(text(view.readFile(`${profile}/Mail/moved/Inbox.dat`, { offset: 1, limit: 1 }))).toBe('e');
    expect(view.origin(`${profile}/Mail/moved/Inbox`)).toBe(inbox);
    expect(view.realPath(`${profile}/Mail/moved`)).toBe(`${profile}/Mail/moved`);
    expect(view.realPath(inbox)).toBeNull();
  });

  test('nothing where something was moved aside, and nothing below it', () => {
    const view = overlay(fs, [
      { op: 'write', path: `${profile}/Mail/leftover/new`, content: '', mode: null, why },
      { op: 'move-aside', path: `${profile}/Mail/leftover`, why },
    ]);
    expect(view.lstat(`${profile}/Mail/leftover/new`)).toBeNull();
    expect(view.stat(`${profile}/Mail/leftover`)).toBeNull();
    expect(() => view.readFolder(`${profile}/Mail/leftover`)).toThrow(/ENOENT/);
    expect(() => view.readFile(`${profile}/Mail/leftover/Trash`)).toThrow(/ENOENT/);
    expect(() => view.readLink(`${profile}/Mail/leftover`)).toThrow(/ENOENT/);
  });

  test('a new folder, a copy in it, and other modes', () => {
    const view = overlay(fs, [
      { op: 'make-folder', path: `${root}/fresh`, mode: 0o700, why },
      { op: 'copy', from: inbox, path: `${root}/fresh/Inbox`, why },
      { op: 'set-mode', path: `${root}/fresh/Inbox`, mode: 0o444, why },
      { op: 'set-mode', path: `${profile}/Mail`, mode: 0o711, why },
    ]);
    expect(view.lstat(`${root}/fresh`)).toMatchObject({ kind: 'folder', mode: 0o700 });
    expect(view.lstat(`${root}/fresh/Inbox`)).toMatchObject({
      mode: 0o444,
      mtimeNs: fs.lstat(inbox)?.mtimeNs,
    });
    expect(view.lstat(`${profile}/Mail`)?.mode).toBe(0o711);
    expect(view.readFolder(`${root}/fresh`)).toEqual([{ name: 'Inbox', kind: 'file' }]);
    expect(() => view.readFile(`${root}/fresh`)).toThrow(/EISDIR/);
    expect(() => view.readFolder(`${root}/fresh/Inbox`)).toThrow();
    expect(() => view.readLink(`${root}/fresh`)).toThrow(/EINVAL/);
  });

  test('everything else as the disk has it', () => {
    const view = overlay(fs, []);
    expect(snapshot(view, root)).toEqual(untouched);
    expect(view.realPath(inbox)).toBe(inbox);
    expect(view.stat(inbox)).toEqual(fs.stat(inbox));
  });
});

test('links are shown as links, and followed when asked', () => {
  const linked = createMemory({ '/p': null, '/p/real': 'text' });
  linked.module.symlinkSync('/p/real', '/p/link');
  const view = overlay(linked.fs, [{ op: 'move', from: '/p/link', path: '/p/other', why }]);
  expect(view.lstat('/p/other')?.kind).toBe('link');
  expect(view.stat('/p/other')?.kind).toBe('file');
  expect(view.readLink('/p/other')).toBe('/p/real');
});

describe('an operation that does not fit is refused', () => {
  const refusals: [string, Operation, RegExp][] = [
    ['a move of nothing', { op: 'move', from: `${root}/none`, path: `${root}/x`, why }, /none is gone/],
    ['a move onto something', { op: 'move', from: inbox, path: `${inbox}.msf`, why }, /is there already/],
    ['a move into itself', { op: 'move', from: profile, path: `${profile}/x`, why }, /into itself/],
    [
      'a move into nowhere',
      { op: 'move', from: inbox, path: `${root}/no/x`, why },
      /no is not there as a folder/,
    ],
    ['putting nothing aside', { op: 'move-aside', path: `${root}/none`, why }, /is gone/],
    ['a copy of nothing', { op: 'copy', from: `${root}/none`, path: `${root}/x`, why }, /is gone/],
    ['a copy of a folder', { op: 'copy', from: profile, path: `${root}/x`, why }, /is not a file/],
    ['writing over a folder', { op: 'write', path: profile, content: '', mode: null, why }, /is not a file/],
    ['a folder where a file is', { op: 'make-folder', path: inbox, mode: 0o700, why }, /is not a folder/],
    [
      'a folder nobody can enter',
      { op: 'make-folder', path: `${root}/x`, mode: 0o600, why },
      /its owner cannot use/,
    ],
    ['a mode for nothing', { op: 'set-mode', path: `${root}/none`, mode: 0o700, why }, /is gone/],
    ['a folder shut', { op: 'set-mode', path: profile, mode: 0o500, why }, /its owner cannot use/],
  ];
  test.each(refusals)('%s', (_what, operation, words) => {
    expect(() => overlay(fs, [operation])).toThrow(words);
  });

  test('writing through a link, or changing its mode', () => {
    const linked = createMemory({ '/p': null, '/p/real': '' });
    linked.module.symlinkSync('/p/real', '/p/prefs.js');
    const edit: Operation = { op: 'edit-prefs', path: '/p/prefs.js', changes: [], why };
    expect(() => overlay(linked.fs, [edit])).toThrow(/does not write through links/);
    expect(() => overlay(linked.fs, [{ op: 'set-mode', path: '/p/prefs.js', mode: 0o600, why }])).toThrow(
      /is a link/,
    );
  });

  test('an edit whose value before is another names it', () => {
    const changes = [{ name: 'z.last', from: 2, to: 3 }];
    const edit: Operation = { op: 'edit-prefs', path: `${profile}/prefs.js`, changes, why };
    expect(() => overlay(fs, [edit])).toThrow(expect.objectContaining({ code: 'PLAN_OUT_OF_DATE', exit: 3 }));
    expect(() => overlay(fs, [edit])).toThrow(/z\.last: expected 2, found 1/);
  });
});

test('a layer keeps what is absent absent, whatever mode it is given', () => {
  const layer = new Layer(fs);
  layer.remove(inbox);
  layer.show(inbox, { mode: 0o600, uid: 0, gid: 0 });
  expect(layer.lstat(inbox)).toBeNull();
  expect(layer.likeness(inbox)).toBeNull();
  layer.place(inbox, { bytes: new Uint8Array(2) }, { mode: 0o600, uid: 0, gid: 0 }, null);
  expect(() => layer.readFolder(inbox)).toThrow(/ENOTDIR/);
  expect(layer.lstat(`${inbox}/below`)).toBeNull();
});
