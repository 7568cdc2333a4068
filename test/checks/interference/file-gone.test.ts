import { describe, expect, it } from 'vitest';
import { fileGone } from '../../../src/checks/interference/file-gone.ts';
import { foundBy, onlyFinding } from '../../support/check-story.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const prefs = [
  'user_pref("mail.accountmanager.accounts", "account1");',
  'user_pref("mail.account.account1.server", "server1");',
  'user_pref("mail.account.account1.identities", "id1");',
  'user_pref("mail.identity.id1.useremail", "alice@example.org");',
  'user_pref("mail.identity.id2.attach_signature", true);',
  'user_pref("mail.identity.id2.sig_file", "/nowhere/of-no-account.txt");',
  'user_pref("mail.server.server1.type", "pop3");',
  'user_pref("mail.server.server1.hostname", "pop.example.org");',
  'user_pref("mail.server.server1.userName", "alice");',
];
const facts = (lines: string[], files: ProfileOptions['files'] = {}) =>
  profileFromPrefs([...prefs, ...lines].join('\n'), { files });
const found = (lines: string[], files?: ProfileOptions['files']): string[] =>
  foundBy(fileGone, facts(lines, files)).map(({ finding }) => finding.subject.id);

const on = 'user_pref("mail.identity.id1.attach_signature", true);';
const signature = (path: string): string => `user_pref("mail.identity.id1.sig_file", "${path}");`;
const relative = (path: string): string => `user_pref("mail.identity.id1.sig_file-rel", "${path}");`;

describe('a signature', () => {
  it('is told as gone under the address that signs with it', () => {
    const { finding, problem } = onlyFinding(fileGone, facts([on, relative('[ProfD]signature.html')]));
    expect(finding.title).toBe('The signature of alice@example.org is gone (signature.html)');
    expect(finding.severity).toBe('warning');
    expect(problem.accounts).toEqual(['account1']);
  });

  it('is gone too where its path is one of another system', () => {
    const { finding } = onlyFinding(fileGone, facts([on, signature('C:\\\\Users\\\\alice\\\\sig.txt')]));
    expect(finding.title).toBe('The signature of alice@example.org is gone (sig.txt)');
  });

  it.each<[string, string[], ProfileOptions['files']]>([
    ['is there', [on, relative('[ProfD]signature.html')], { 'signature.html': '' }],
    [
      'is there by its relative path, whatever the other says',
      [on, signature('/old/place.html'), relative('[ProfD]signature.html')],
      { 'signature.html': '' },
    ],
    ['is not used', [signature('/nowhere/sig.txt')], {}],
    ['is written in the settings themselves', [on, signature('')], {}],
  ])('is no matter when it %s', (_, lines, files) => expect(found(lines, files)).toEqual([]));
});

describe('a sound', () => {
  const url = 'user_pref("mail.biff.play_sound.url", "file:///home/alice/bell.wav");';
  const own = 'user_pref("mail.biff.play_sound.type", 1);';

  it('is told, and no more than that', () => {
    const { finding } = onlyFinding(fileGone, facts([url, own]));
    expect([finding.severity, finding.title]).toEqual(['info', 'The sound for new mail is gone (bell.wav)']);
  });

  it('is no matter when another one is played, or none', () => {
    expect(found([url])).toEqual([]);
    expect(found([url, own, 'user_pref("mail.biff.play_sound", false);'])).toEqual([]);
  });
});

describe('an address book', () => {
  const book = (file: string, dirType = 101): string[] => [
    `user_pref("ldap_2.servers.Friends.filename", "${file}");`,
    `user_pref("ldap_2.servers.Friends.dirType", ${dirType});`,
    'user_pref("ldap_2.servers.Friends.description", "Friends");',
  ];

  it('is told by its name when its file is gone', () => {
    const { finding } = onlyFinding(fileGone, facts(book('abook-3.sqlite')));
    expect(finding.title).toBe('The file of the address book Friends is gone (abook-3.sqlite)');
  });

  it('is no matter when its file is there, or is fetched anew', () => {
    expect(found(book('abook-3.sqlite'), { 'abook-3.sqlite': '' })).toEqual([]);
    expect(found(book('abook-3.sqlite', 102))).toEqual([]);
  });
});
