/** What people read before they say yes. */

import { describe, expect, test } from 'vitest';
import { describeOperation } from '../../src/repair/diff.ts';
import type { Operation } from '../../src/repair/operation.ts';

const why = 'why';
const shown: [Operation, string[]][] = [
  [
    {
      op: 'edit-prefs',
      path: '/p/prefs.js',
      why,
      changes: [
        { name: 'mail.server.server1.hostname', from: 'imap.example.org:993', to: 'imap.example.org' },
        { name: 'mail.server.server1.port', from: null, to: 993 },
        { name: 'mail.server.server1.isSecure', from: true, to: null },
      ],
    },
    [
      'mail.server.server1.hostname: "imap.example.org:993" -> "imap.example.org"',
      'mail.server.server1.port: 993 (new)',
      'mail.server.server1.isSecure: true (removed)',
    ],
  ],
  [
    {
      op: 'edit-ini',
      path: '/p.ini',
      why,
      changes: [{ section: 'Profile0', key: 'Path', from: 'a', to: 'b' }],
    },
    ['[Profile0] Path: "a" -> "b"'],
  ],
  [{ op: 'write', path: '/p/a', content: 'YWI=', mode: 0o600, why }, ['/p/a: 2 bytes, permissions 0600']],
  [{ op: 'write', path: '/p/a', content: 'YQ==', mode: null, why }, ['/p/a: 1 byte']],
  [{ op: 'copy', path: '/p/b', from: '/p/a', why }, ['/p/b: a copy of /p/a, 1,234,567 bytes']],
  [{ op: 'move', path: '/p/b', from: '/p/a', why }, ['/p/a -> /p/b']],
  [{ op: 'move-aside', path: '/p/a', why }, ['/p/a: moved aside, kept in the folder of the run']],
  [{ op: 'make-folder', path: '/p/a', mode: 0o700, why }, ['/p/a: new folder, permissions 0700']],
  [{ op: 'set-mode', path: '/p/a', mode: 0o44, why }, ['/p/a: permissions become 0044']],
];

test.each(shown)('%j', (operation, lines) => {
  expect(describeOperation(operation, () => 1_234_567)).toEqual(lines);
});

describe('without knowing sizes', () => {
  test('a copy says where from', () => {
    expect(describeOperation({ op: 'copy', path: '/b', from: '/a', why })).toEqual(['/b: a copy of /a']);
  });
});

test('what may be a secret is not shown', () => {
  const changes = [{ name: 'mail.server.server1.Password', from: 'hunter2', to: null }];
  expect(describeOperation({ op: 'edit-prefs', path: '/p', changes, why })).toEqual([
    'mail.server.server1.Password: [redacted] (removed)',
  ]);
});

test('a name from a hostile profile cannot move the cursor, change colours or turn the line round', () => {
  const operation: Operation = {
    op: 'move',
    path: '/p/\u001b[31mred',
    from: '/p/\u202egnp.exe\u2028\n',
    why,
  };
  expect(describeOperation(operation)).toEqual(['/p/\\u202egnp.exe\\u2028\\u000a -> /p/\\u001b[31mred']);
});
