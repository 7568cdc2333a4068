/**
 * What a plan changes, line by line, and without secrets.
 */

import { describe, expect, it } from 'vitest';
import { describeOperation } from '../../src/library/describe-operations.ts';
import type { Operation } from '../../src/repair/operation.ts';

const base = { path: '/p/prefs.js', why: 'because' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const linesOf = (operation: Operation): string[] => describeOperation(operation).lines;

describe('an operation', () => {
  it('that edits preferences shows each line that goes and comes', () => {
    const operation: Operation = {
      ...base,
      op: 'edit-prefs',
      finding: 'f1',
      changes: [
        { name: 'a', from: 'x"y', to: 'z' },
        { name: 'b', from: 1, to: null },
        { name: 'c', from: null, to: true },
      ],
    };
    expect(describeOperation(operation)).toEqual({
      op: 'edit-prefs',
      path: '/p/prefs.js',
      why: 'because',
      finding: 'f1',
      changes: 3,
      lines: [
        '- user_pref("a", "x\\"y");',
        '+ user_pref("a", "z");',
        '- user_pref("b", 1);',
        '+ user_pref("c", true);',
      ],
    });
  });

  it('that edits an INI file shows section and key', () => {
    const changes = [{ section: 'General', key: 'StartWithLastProfile', from: '1', to: '0' }];
    expect(linesOf({ ...base, op: 'edit-ini', changes })).toEqual([
      '- [General] StartWithLastProfile=1',
      '+ [General] StartWithLastProfile=0',
    ]);
  });

  it('that takes rows out says which, in words, and nothing of what is in them', () => {
    const what = 'saved login for imap://old.example.org';
    const changes = [{ row: '{guid}', what, from: 'a'.repeat(64), to: null }];
    const operation: Operation = {
      ...base,
      op: 'edit-rows',
      list: 'logins',
      key: 'guid',
      numbers: null,
      changes,
    };
    expect(describeOperation(operation)).toEqual({
      ...base,
      op: 'edit-rows',
      changes: 1,
      lines: [`- ${what}`],
    });
  });

  it('that moves something says from where', () => {
    expect(describeOperation({ ...base, op: 'move', from: '/p/old' })).toEqual({
      ...base,
      op: 'move',
      from: '/p/old',
      changes: null,
      lines: [],
    });
    expect(linesOf({ ...base, op: 'move-aside' })).toEqual([]);
  });

  it('that sets permissions shows them as people write them', () => {
    expect(linesOf({ ...base, op: 'set-mode', mode: 0o600 })).toEqual(['permissions 0600']);
    expect(linesOf({ ...base, op: 'make-folder', mode: 0o700 })).toEqual(['permissions 0700']);
  });

  it('that writes a settings file shows its lines, and stops when nobody would read on', () => {
    const operation: Operation = { ...base, op: 'write', mode: null, content: base64('one\r\n\ntwo\n') };
    expect(linesOf(operation)).toEqual(['+ one', '+ two']);
    const long = base64(Array.from({ length: 100 }, (_, i) => `line ${i}`).join('\n'));
    expect(linesOf({ ...operation, content: long }).slice(-2)).toEqual(['+ line 59', 'and 40 more lines']);
  });

  it('never shows the content of another file: it could be a key or a letter', () => {
    const operation: Operation = {
      ...base,
      path: '/p/logins.json',
      op: 'write',
      mode: 0o600,
      content: base64('secret'),
    };
    expect(linesOf(operation)).toEqual(['6 bytes']);
  });

  it('never shows the value of a preference that holds a secret', () => {
    const name = 'mail.server.server1.oauth2.clientSecret';
    const edit: Operation = { ...base, op: 'edit-prefs', changes: [{ name, from: 'hush', to: null }] };
    const write: Operation = {
      ...base,
      op: 'write',
      mode: null,
      content: base64(`user_pref("${name}", "hush");`),
    };
    for (const operation of [edit, write])
      expect(JSON.stringify(describeOperation(operation))).not.toContain('hush');
    expect(linesOf(write)).toEqual([`+ user_pref("${name}", [redacted]);`]);
  });
});
