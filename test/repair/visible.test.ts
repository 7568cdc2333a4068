/**
 * Values as they stand in messages: what a terminal would obey is spelt out, and secrets are not there.
 */

import { expect, test } from 'vitest';
import { shownValue, visible } from '../../src/repair/visible.ts';

test('a value is shown as a settings file has it', () => {
  expect(shownValue('mail.server.server1.hostname', 'imap.example.org')).toBe('"imap.example.org"');
  expect(shownValue('mail.server.server1.port', 993)).toBe('993');
  expect(shownValue('mail.server.server1.isSecure', true)).toBe('true');
  expect(shownValue('mail.server.server1.hostname', null)).toBe('not set');
});

test.each(['mail.server.server1.password', 'services.sync.token', 'client_secret'])(
  'the value of %s is nobody’s business',
  (key) => {
    expect(shownValue(key, 'hunter2')).toBe('[redacted]');
    expect(shownValue(key, null)).toBe('not set');
  },
);

test('what a terminal would obey is spelt out', () => {
  expect(visible('\u001b[2Jgone')).toBe('\\u001b[2Jgone');
  expect(visible('a\u202etxt.exe')).toBe('a\\u202etxt.exe');
});
