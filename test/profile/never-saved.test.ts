import { memfs } from 'memfs';
import { describe, expect, it } from 'vitest';
import { readLoginStore } from '../../src/profile/login-store.ts';
import { readNeverSaved } from '../../src/profile/never-saved.ts';
import { createFileSystem, type FsModule } from '../../src/repair/node-file-system.ts';
import { sqliteBytes } from '../formats/support/make-sqlite.ts';

function read(files: Record<string, string | Uint8Array>) {
  const { fs } = memfs({}, '/');
  fs.mkdirSync('/profile', { recursive: true });
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(`/profile/${name}`, content);
  const tree = createFileSystem(fs as unknown as FsModule);
  return readNeverSaved(tree, '/profile', readLoginStore(tree, '/profile'));
}

const perms = (...rows: string[]): Uint8Array =>
  sqliteBytes(
    `CREATE TABLE moz_perms (id INTEGER PRIMARY KEY, origin TEXT, type TEXT, permission INTEGER);
     INSERT INTO moz_perms (origin, type, permission) VALUES ${rows.join(', ')};`,
  );

describe('servers whose password is never saved', () => {
  it('stand among the permissions of a program of today, with a slash behind', () => {
    const file = perms(
      "('imap://imap.example.org/', 'login-saving', 2)",
      "('https://cloud.example.org', 'login-saving', 2)",
      "('imap://imap.example.net/', 'login-saving', 1)",
      "('https://shop.example', 'cookie', 2)",
    );
    expect(read({ 'permissions.sqlite': file })).toEqual([
      { origin: 'imap://imap.example.org', file: 'permissions.sqlite' },
      { origin: 'https://cloud.example.org', file: 'permissions.sqlite' },
    ]);
  });

  it('stand in the lists of older programs', () => {
    const signons = sqliteBytes(
      "CREATE TABLE moz_disabledHosts (id INTEGER PRIMARY KEY, hostname TEXT); INSERT INTO moz_disabledHosts (hostname) VALUES ('smtp://smtp.example.org');",
    );
    const logins = '{"nextId":1,"logins":[],"disabledHosts":["mailbox://pop.example.org",7],"version":1}';
    expect(read({ 'logins.json': logins, 'signons.sqlite': signons })).toEqual([
      { origin: 'mailbox://pop.example.org', file: 'logins.json' },
      { origin: 'smtp://smtp.example.org', file: 'signons.sqlite' },
    ]);
  });

  it.each<[string, Record<string, string | Uint8Array>]>([
    ['no file', {}],
    [
      'damaged files',
      { 'permissions.sqlite': 'x', 'signons.sqlite': 'x', 'logins.json': '{"disabledHosts":["a"' },
    ],
    ['a database without the table', { 'permissions.sqlite': sqliteBytes('CREATE TABLE other (a);') }],
    ['a list of another kind', { 'logins.json': '{"logins":[],"disabledHosts":{"a":1}}' }],
  ])('are none with %s', (_what, files) => {
    expect(read(files)).toEqual([]);
  });
});
