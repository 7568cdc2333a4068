/** signons*.txt of every version, line by line (nss.md 7). */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSignonsText } from '../../../src/formats/nss/signons-text.ts';

function read(text: string) {
  const parsed = parseSignonsText(text);
  if (parsed.state !== 'read') throw new Error(parsed.state);
  return parsed;
}

const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n`;
const e = lines(
  '#2e',
  'never.example.org',
  '.',
  'imap://host (imap://host)',
  '',
  'USER',
  '*',
  'PASS',
  '',
  '---',
  '.',
);

describe('a list of saved logins in lines', () => {
  it('holds hosts that are never saved, and logins with their realm', () => {
    const { version, neverSaved, logins, cutOff } = read(e);
    expect([version, neverSaved, cutOff]).toEqual(['2e', ['never.example.org'], false]);
    expect(logins).toMatchObject([
      {
        origin: 'imap://host',
        realm: 'imap://host',
        formSubmitUrl: null,
        encryptedUsername: 'USER',
        encryptedPassword: 'PASS',
      },
    ]);
  });

  it('has one line less in 2d, two less in 2c', () => {
    const d = read(lines('#2d', '.', 'https://web', 'name', 'USER', '*word', 'PASS', 'https://web', '.'));
    expect(d.logins).toMatchObject([
      { formSubmitUrl: 'https://web', usernameField: 'name', passwordField: 'word', realm: null },
    ]);
    const c = read(
      lines('#2c', '.', 'host:80 (My realm (old))', '', 'U1', '*', 'P1', '', 'U2', '*', 'P2', '.'),
    );
    expect(c.logins.map(({ realm, encryptedUsername }) => [realm, encryptedUsername])).toEqual([
      ['My realm (old)', 'U1'],
      ['My realm (old)', 'U2'],
    ]);
  });

  it('may end its lines as Unix does, and begin with a mark', () => {
    expect(read(`\ufeff${e.replaceAll('\r', '')}`).logins).toEqual(read(e).logins);
    expect(read(e.replace('#2e', '#2f')).version).toBe('2f');
  });

  it('is not whole when it was cut off, and keeps what was before', () => {
    const two = e + lines('smtp://host (smtp://host)', '', 'USER2', '*', 'PASS2', '', '---', '.');
    const cut = read(two.slice(0, two.indexOf('PASS2')));
    expect(cut.cutOff).toBe(true);
    expect(cut.logins).toHaveLength(1);
  });

  it('is none without its first line', () => {
    expect(parseSignonsText('').state).toBe('not-signons');
    expect(parseSignonsText('#3a\n').state).toBe('not-signons');
  });

  it('never throws', () => {
    const line = fc.constantFrom('.', '', '#2e', 'imap://h (imap://h)', '*', '---', 'x');
    fc.assert(fc.property(fc.array(line), (all) => parseSignonsText(lines('#2e', ...all)).state === 'read'));
  });
});
