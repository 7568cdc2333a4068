import { describe, expect, it } from 'vitest';
import { parseLoginsJson } from '../../src/formats/logins-json.ts';
import { rekeyLogin } from '../../src/formats/rekey-login.ts';
import { loginRow, loginsText } from './support/login-rows.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function rekeyed(text: string, index: number, origin: string): string | null {
  const bytes = utf8(text);
  const row = parseLoginsJson(bytes).logins[index];
  const result = row === undefined ? null : rekeyLogin(bytes, row, origin);
  return result === null ? null : new TextDecoder().decode(result);
}

describe('a saved login under another name', () => {
  it('has the new origin and realm; every other byte stays', () => {
    const old = 'imap://imap.example.org:993';
    const text = loginsText([loginRow(1), loginRow(2, { hostname: old, httpRealm: old }), loginRow(3)]);
    expect(rekeyed(text, 1, 'imap://IMAP.Example.org')).toBe(text.replaceAll(old, 'imap://IMAP.Example.org'));
  });

  it('keeps blanks, other letters and the order of the members', () => {
    const text = '{ "logins" : [ { "httpRealm" : null , "usernameField":"ü", "hostname":\n"pop3://h" } ] }';
    expect(rekeyed(text, 0, 'mailbox://h')).toBe(
      '{ "logins" : [ { "httpRealm" : "mailbox://h" , "usernameField":"ü", "hostname":\n"mailbox://h" } ] }',
    );
  });

  it('is not made of a row without realm', () => {
    expect(rekeyed('{"logins":[{"hostname":"pop3://h"}]}', 0, 'mailbox://h')).toBeNull();
  });
});
