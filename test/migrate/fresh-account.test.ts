/**
 * The settings of one account for a fresh profile: what comes along, what is set, and what never comes along.
 */

import { describe, expect, it } from 'vitest';
import { parsePrefs } from '../../src/formats/prefs/parse.ts';
import type { PrefValue } from '../../src/formats/prefs/prefs.ts';
import { writePrefs } from '../../src/formats/prefs/print.ts';
import { freshAccountPrefs } from '../../src/migrate/fresh-account.ts';
import type { Program } from '../../src/profile/profile.ts';
import { imapTwinOf } from '../../src/providers/imap-twins.ts';
import { profileFromPrefs } from '../support/profile-from-prefs.ts';

type Values = Record<string, PrefValue>;

const pop: Values = {
  'mail.account.account4.identities': 'id7,id8',
  'mail.account.account4.server': 'server9',
  'mail.accountmanager.accounts': 'account4',
  'mail.identity.id7.useremail': 'alice@example.org',
  'mail.identity.id7.fullName': 'Alice',
  'mail.identity.id7.smtpServer': 'smtp3',
  'mail.identity.id7.fcc_folder': 'mailbox://alice@pop.example.org/Sent',
  'mail.identity.id7.sig_file': '/home/alice/signature.txt',
  'mail.identity.id8.useremail': 'info@example.org',
  'mail.server.server9.type': 'pop3',
  'mail.server.server9.hostname': 'pop.example.org',
  'mail.server.server9.userName': 'alice',
  'mail.server.server9.port': 995,
  'mail.server.server9.socketType': 3,
  'mail.server.server9.authMethod': 4,
  'mail.server.server9.leave_on_server': false,
  'mail.server.server9.delete_by_age_from_server': true,
  'mail.server.server9.delete_mail_left_on_server': true,
  'mail.server.server9.login_at_startup': true,
  'mail.server.server9.check_new_mail': true,
  'mail.server.server9.directory': '/home/alice/Mail/pop.example.org',
  'mail.server.server9.directory-rel': '[ProfD]../../../home/alice/Mail/pop.example.org',
  'mail.server.server9.deferred_to_account': 'account1',
  'mail.server.server9.spamActionTargetFolder': 'mailbox://nobody@Local%20Folders/Junk',
  'mail.smtp.defaultserver': 'smtp1',
  'mail.smtpserver.smtp1.hostname': 'smtp.default.example',
  'mail.smtpserver.smtp3.hostname': 'smtp.example.org',
  'mail.smtpserver.smtp3.port': 587,
  'mail.smtpserver.smtp3.try_ssl': 1,
  'mail.smtpserver.smtp3.username': 'alice',
  'mail.smtpserver.smtp3.password': 'geheim-7Xq',
  'mail.smtpservers': 'smtp1,smtp3',
};

interface Asked {
  values?: Values;
  as?: string;
  program?: Program;
  uiVersion?: number | null;
}

function fresh({ values = {}, as, program = 'thunderbird', uiVersion = 61 }: Asked = {}): Values {
  const lines = Object.entries({ ...pop, ...values }).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`,
  );
  const { profile } = profileFromPrefs(lines.join(''), { program });
  const account = profile.accountList.accounts[0];
  if (account === undefined) throw new Error('no account');
  const twin = as === undefined ? null : imapTwinOf(as);
  return Object.fromEntries(freshAccountPrefs(profile, account, { as: twin, uiVersion }));
}

describe('one account in a fresh profile', () => {
  it('is numbered from one, with Local Folders beside it', () => {
    expect(fresh()).toMatchObject({
      'mail.accountmanager.accounts': 'account1,account2',
      'mail.accountmanager.defaultaccount': 'account1',
      'mail.accountmanager.localfoldersserver': 'server2',
      'mail.account.account1.server': 'server1',
      'mail.account.account1.identities': 'id1,id2',
      'mail.account.account2.server': 'server2',
      'mail.account.lastKey': 2,
      'mail.server.server2.type': 'none',
      'mail.identity.id1.useremail': 'alice@example.org',
      'mail.identity.id2.useremail': 'info@example.org',
    });
  });

  it('keeps server, port, user, security and authentication', () => {
    expect(fresh()).toMatchObject({
      'mail.server.server1.type': 'pop3',
      'mail.server.server1.hostname': 'pop.example.org',
      'mail.server.server1.port': 995,
      'mail.server.server1.userName': 'alice',
      'mail.server.server1.socketType': 3,
      'mail.server.server1.authMethod': 4,
    });
  });

  it('leaves all mail on a POP server, and fetches nothing by itself', () => {
    expect(fresh()).toMatchObject({
      'mail.server.server1.leave_on_server': true,
      'mail.server.server1.delete_by_age_from_server': false,
      'mail.server.server1.delete_mail_left_on_server': false,
      'mail.server.server1.login_at_startup': false,
      'mail.server.server1.check_new_mail': false,
    });
  });

  it('has folders of its own, and no way back into the old ones', () => {
    const values = fresh();
    expect(values['mail.server.server1.directory-rel']).toBe('[ProfD]Mail/pop.example.org');
    const written = JSON.stringify(values);
    for (const old of [
      '/home/',
      'mailbox://',
      '.directory"',
      'deferred_to',
      'spamAction',
      'account4',
      'server9',
    ])
      expect(written).not.toContain(old);
  });

  it('brings no password along', () => {
    expect(JSON.stringify(fresh())).not.toContain('geheim');
  });

  it('sends through its own outgoing servers, in the order of its senders', () => {
    expect(fresh()).toMatchObject({
      'mail.smtpservers': 'smtp1,smtp2',
      'mail.smtp.defaultserver': 'smtp2',
      'mail.smtpserver.smtp1.hostname': 'smtp.default.example',
      'mail.smtpserver.smtp2.hostname': 'smtp.example.org',
      'mail.smtpserver.smtp2.try_ssl': 2,
      'mail.identity.id1.smtpServer': 'smtp2',
      'mail.identity.id2.smtpServer': 'smtp1',
    });
  });

  it('leaves an outgoing server out that the program cannot make: with it nothing could be sent', () => {
    const values = fresh({ values: { 'mail.smtpserver.smtp3.type': 'owl' } });
    expect(values['mail.smtpservers']).toBe('smtp1');
    expect(values['mail.identity.id1.smtpServer']).toBeUndefined();
  });

  it('requires the encryption that was used if it was there', () => {
    expect(fresh({ values: { 'mail.server.server9.socketType': 1 } })['mail.server.server1.socketType']).toBe(
      2,
    );
  });

  it('has the values that the program uses, not those of a wrong type', () => {
    const values = fresh({
      values: { 'mail.server.server9.port': '1995', 'mail.server.server9.authMethod': '3' },
    });
    expect(values['mail.server.server1.port']).toBe(995);
    expect(values['mail.server.server1.authMethod']).toBe(3);
  });

  it('has the values that the owner has set for all servers', () => {
    const { 'mail.server.server9.port': _port, ...others } = pop;
    const lines = { ...others, 'mail.server.default.authMethod': 10, 'mail.server.default.port': 1995 };
    const { profile } = profileFromPrefs(
      Object.entries({ ...lines, 'mail.server.server9.authMethod': undefined })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`)
        .join(''),
    );
    const account = profile.accountList.accounts[0];
    if (account === undefined) throw new Error('no account');
    const values = Object.fromEntries(freshAccountPrefs(profile, account, { as: null, uiVersion: null }));
    expect(values['mail.server.server1.port']).toBe(1995);
    expect(values['mail.server.server1.authMethod']).toBe(10);
  });

  it.each(['..', '.hidden', 'a/b', 'x'.repeat(300), 'imap.example.org.'])(
    'makes no folder out of the server name %j',
    (host) => {
      const values = fresh({ values: { 'mail.server.server9.hostname': host } });
      expect(values['mail.server.server1.directory-rel']).toBe('[ProfD]Mail/server1');
    },
  );

  it('tells the program that no migration is due, where its number is known', () => {
    expect(fresh()['mail.ui-rdf.version']).toBe(61);
    expect(fresh({ uiVersion: null })['mail.ui-rdf.version']).toBeUndefined();
  });

  it('can be written and read back', () => {
    const values = new Map(Object.entries(fresh({ values: { 'mail.identity.id7.fullName': 'A "B"\\\nü' } })));
    const parsed = parsePrefs(writePrefs(values), 'modern');
    expect(parsed.problems).toEqual([]);
    expect(new Map(parsed.entries.map(({ name, value }) => [name, value]))).toEqual(values);
  });
});

describe('a POP account as IMAP', () => {
  it('gets the server of its provider, and the kind of user name that it takes', () => {
    const gmx = fresh({ values: { 'mail.server.server9.hostname': 'pop.gmx.net' }, as: 'pop.gmx.net' });
    expect(gmx).toMatchObject({
      'mail.server.server1.type': 'imap',
      'mail.server.server1.hostname': 'imap.gmx.net',
      'mail.server.server1.port': 993,
      'mail.server.server1.socketType': 3,
      'mail.server.server1.userName': 'alice@example.org',
      'mail.server.server1.directory-rel': '[ProfD]ImapMail/imap.gmx.net',
    });
    expect(Object.keys(gmx).filter((name) => /leave_on_server|delete_/.test(name))).toEqual([]);
    const webde = fresh({
      values: { 'mail.server.server9.userName': 'alice@web.de' },
      as: 'pop3.web.de',
    });
    expect(webde['mail.server.server1.userName']).toBe('alice');
  });

  it('is not offered where it is not known', () => {
    expect(imapTwinOf('pop.example.org')).toBeNull();
    expect(imapTwinOf('POP.GMX.NET.')?.host).toBe('imap.gmx.net');
  });
});

describe('an account of Postbox', () => {
  it('has the server and the user of later, which Postbox keeps apart', () => {
    const later = {
      'mail.server.server9.realhostname': 'new.example.org',
      'mail.server.server9.realuserName': 'al',
    };
    expect(fresh({ values: later, program: 'postbox' })).toMatchObject({
      'mail.server.server1.hostname': 'new.example.org',
      'mail.server.server1.userName': 'al',
    });
    expect(fresh({ values: later })['mail.server.server1.hostname']).toBe('pop.example.org');
  });
});
