import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefs } from '../../src/formats/prefs/parse.ts';
import { readPreferences } from '../../src/profile/preferences.ts';
import { namesServer, parseServerUri, uriScheme } from '../../src/profile/server-uri.ts';
import { type IncomingServer, readServers } from '../../src/profile/servers.ts';
import { prefsText } from '../support/prefs-text.ts';

function server(type: string, hostname: string, userName: string): IncomingServer {
  const text = prefsText({
    'mail.server.server1.type': type,
    'mail.server.server1.hostname': hostname,
    'mail.server.server1.userName': userName,
  });
  const parsed = parsePrefs(Buffer.from(text), 'modern');
  const [first] = readServers(readPreferences([{ file: 'prefs.js', parsed }]));
  if (first === undefined) throw new Error('no server');
  return first;
}

describe('the server that a folder URI names', () => {
  it.each([
    [
      'imap://alice%40example.org@imap.example.org/Sent',
      { scheme: 'imap', user: 'alice@example.org', host: 'imap.example.org' },
    ],
    [
      'mailbox://nobody@Local%20Folders/Drafts/2024',
      { scheme: 'mailbox', user: 'nobody', host: 'Local Folders' },
    ],
    ['IMAP://imap.example.org', { scheme: 'imap', user: '', host: 'imap.example.org' }],
    ['mailbox://50%@pop.example.org/Inbox', { scheme: 'mailbox', user: '50%', host: 'pop.example.org' }],
  ])('%s', (uri, expected) => {
    expect(parseServerUri(uri)).toEqual(expected);
  });

  it.each(['', 'Sent', 'imap:///Sent', 'mailbox:/home/alice/Mail', 'imap://a@b@c/Sent'])(
    'is none in %j',
    (uri) => {
      expect(parseServerUri(uri)).toBeNull();
    },
  );

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseServerUri(`imap://${text}`)));
  });

  it('fits a server by scheme, user and host; POP, feeds and Local Folders share a scheme', () => {
    const uri = { scheme: 'mailbox', user: 'carol', host: 'POP.example.net' };
    expect(namesServer(uri, server('pop3', 'pop.example.net', 'carol'))).toBe(true);
    expect(namesServer(uri, server('imap', 'pop.example.net', 'carol'))).toBe(false);
    expect(namesServer(uri, server('pop3', 'pop.example.net', 'Carol'))).toBe(false);
    expect(namesServer(uri, server('pop3', 'pop2.example.net', 'carol'))).toBe(false);
  });

  it('is nobody’s where the type has no folders', () => {
    expect(uriScheme('im')).toBeNull();
    expect(namesServer({ scheme: 'im', user: 'a', host: 'b' }, server('im', 'b', 'a'))).toBe(false);
  });
});
