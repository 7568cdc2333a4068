/**
 * `mailmend inspect`, its sheet for the provider, and the short sheet of `mailmend` alone.
 */

import { describe, expect, it } from 'vitest';
import type { InspectDocument } from '../../../src/library/documents/inspect.ts';
import { inspectReport } from '../../../src/report/terminal/inspect.ts';
import { overviewReport } from '../../../src/report/terminal/overview.ts';
import { sheetReport } from '../../../src/report/terminal/sheet.ts';
import {
  authenticationInWords,
  passwordInWords,
  securityInWords,
} from '../../../src/report/terminal/words.ts';
import { plain } from '../support/context.ts';
import { healthyCheck, sheet } from '../support/documents.ts';

const [account, localFolders] = sheet.accounts;
if (account === undefined || localFolders === undefined) throw new Error('the example has two accounts');

const withIncoming = (incoming: Partial<typeof account.incoming>): InspectDocument => ({
  ...sheet,
  accounts: [{ ...account, incoming: { ...account.incoming, ...incoming } }],
});

describe('the settings sheet', () => {
  it('tells everything account by account, in the words of the windows', () => {
    expect(inspectReport(sheet, plain)).toMatchInlineSnapshot(`
      "Nothing was changed: mailmend has only looked.

      Profile  "default-release" of Thunderbird 153.7.0
      Folder   /home/alice/.thunderbird/abcd1234.default-release

      Account 1  alice@example.org (the default account)
        Type                IMAP (mail stays on the server)
        Incoming server     imap.example.org
        Port                993
        User name           alice@example.org
        Security            SSL/TLS
        Authentication      Normal password
        Password saved      yes (not tried)
        Sends as            Alice Example <alice@example.org>, through
                            smtp.example.org (the default)
        Mail on this disk   2 folders, 2.0 MB
        Folder              /home/alice/.thunderbird/abcd1234.default-release/ImapMail/imap.example.org
        Kept as             one file per folder (mbox)

      Account 2  Local Folders
        Type                Local Folders (mail on this computer only)
        Folder              /home/alice/.thunderbird/abcd1234.default-release/Mail/Local Folders
        Kept as             one file per message (maildir)

      Accounts that Thunderbird would drop at its next start
        account3  no incoming server is entered for it

      Outgoing   smtp.example.org (the default)
        Outgoing server     smtp.example.org
        Port                587
        User name           alice@example.org
        Security            None
        Authentication      Password, transmitted insecurely
        Password saved      no, the program asks for it

      Address books
        Personal Address Book  5 cards, 1 list (abook.sqlite)

      LDAP directories
        Office  ldaps://ldap.example.org:636/ou=people,dc=example,dc=org??sub?(objectclass=*),
                SSL/TLS, signs in as cn=alice, at most 100 answers

      Calendars
        Home          storage
        Alice's team  caldav https://dav.example.org/alice/team/, switched off

      Add-ons
        Quick  2.1, on

      Next: Let mailmend look for what is wrong; it only looks.
        mailmend check /home/alice/.thunderbird/abcd1234.default-release
      "
    `);
  });

  it('puts a value with blanks at its ends in quotes: the blank is the fault', () => {
    expect(inspectReport(withIncoming({ server: ' imap.example.org' }), plain)).toContain(
      '" imap.example.org"',
    );
  });

  it('says what is missing instead of leaving it out', () => {
    const document: InspectDocument = {
      ...withIncoming({ server: null, username: '' }),
      outgoing: [],
      dropped: [],
      leftOut: [{ what: 'abook.sqlite', reason: 'it cannot be read' }],
    };
    const text = inspectReport(document, plain);
    expect(text).toContain('Incoming server     none entered');
    expect(text).toContain('User name           none');
    expect(text).toContain('No outgoing server: nothing can be sent with these settings.');
    expect(text.replace(/\s+/g, ' ')).toContain('through no server: there is no default one');
    expect(text).toContain('Not looked at\n  abook.sqlite  it cannot be read');
  });

  it('tells an identity whose outgoing server is not there, and one without an address', () => {
    const document: InspectDocument = {
      ...sheet,
      accounts: [
        {
          ...account,
          identities: [
            { key: 'id1', email: 'alice@example.org', name: '', outgoing: 'smtp9' },
            { key: 'id7', email: '', name: '', outgoing: 'smtp1' },
          ],
        },
      ],
    };
    const text = inspectReport(document, plain).replace(/\s+/g, ' ');
    expect(text).toContain('alice@example.org, through smtp9, a server that does not exist');
    expect(text).toContain('an identity without an address (id7), through smtp.example.org');
  });

  it('says when no account at all would be shown', () => {
    expect(inspectReport({ ...sheet, accounts: [] }, plain)).toContain(
      'Thunderbird would show no account at all with this profile.',
    );
  });

  it('speaks of a sign-in, not of a password, where the provider keeps the password', () => {
    expect(inspectReport(withIncoming({ authentication: 'oauth2' }), plain)).toContain(
      'Sign-in saved       yes (not tried)',
    );
  });
});

describe('words for settings', () => {
  it('are those of the account settings', () => {
    expect(
      (['none', 'starttls', 'tls', 'starttls-if-available', null] as const).map(securityInWords),
    ).toEqual([
      'None',
      'STARTTLS',
      'SSL/TLS',
      'STARTTLS, if available',
      'a value that the program does not know',
    ]);
    const methods = [
      'none',
      'password',
      'encrypted-password',
      'kerberos',
      'ntlm',
      'tls-certificate',
      'oauth2',
    ] as const;
    expect(methods.map((method) => authenticationInWords(method, 'tls'))).toEqual([
      'No authentication',
      'Normal password',
      'Encrypted password',
      'Kerberos / GSSAPI',
      'NTLM',
      'TLS certificate',
      'OAuth2 (sign-in window of the provider)',
    ]);
    expect(authenticationInWords('password', 'none')).toBe('Password, transmitted insecurely');
  });

  it('never claim that a password was tried', () => {
    expect(passwordInWords('saved')).toBe('yes (not tried)');
    expect(passwordInWords('missing')).toBe('no, the program asks for it');
    expect(passwordInWords(null)).toBeNull();
  });
});

describe('the sheet for the provider', () => {
  it('has room for the right values, no folders, and no Local Folders', () => {
    const text = sheetReport(sheet, plain);
    expect(text).toMatchInlineSnapshot(`
      "SETTINGS OF MY MAIL ACCOUNTS
      In use in Thunderbird, as saved on 2026-11-20 09:30.

      For the mail provider: please compare each line with what you ask of your
      customers, and write the right value beside it where it differs.
      Passwords are not on this sheet. Nobody at a mail provider needs yours; keep
      it to yourself.

      1. alice@example.org

         Incoming mail (IMAP)                             right, if different
         Server name          imap.example.org            ____________________
         Port                 993                         ____________________
         User name            alice@example.org           ____________________
         Connection security  SSL/TLS                     ____________________
         Authentication       Normal password             ____________________

         Outgoing mail (SMTP)                             right, if different
         Server name          smtp.example.org            ____________________
         Port                 587                         ____________________
         User name            alice@example.org           ____________________
         Connection security  None                        ____________________
         Authentication       Password, transmitted insecurely
                                                          ____________________
      "
    `);
    expect(text).not.toContain('/home');
  });

  it('fits on paper whatever the width of the terminal, and has no colours', () => {
    const text = sheetReport(sheet, { ...plain, width: 40, paint: (shown) => `<${shown}>` });
    expect(text).toBe(sheetReport(sheet, plain));
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(76);
  });

  it('says so when there is no account to compare', () => {
    expect(sheetReport({ ...sheet, accounts: [localFolders] }, plain)).toContain(
      'There is no account with a mail server in this profile.',
    );
  });
});

describe('mailmend alone', () => {
  it('shows a short sheet, the check, one sentence and one command', () => {
    expect(overviewReport(sheet, healthyCheck, plain)).toMatchInlineSnapshot(`
      "2 accounts
        alice@example.org  IMAP imap.example.org port 993, SSL/TLS, password saved:
                           yes (not tried)
        Local Folders      on this computer only
        1 more account would be dropped at the next start; see below.

      Nothing was changed: mailmend has only looked.

      Your mail is safe, and nothing is wrong that mailmend can see in these files.

        Mail     ✓ safe
        Start    ✓ Thunderbird can be started
        Found    nothing

      Profile  "default-release" of Thunderbird 153.7.0
      Folder   /home/alice/.thunderbird/abcd1234.default-release

      Next: If mail still does not work, compare the settings with those of your mail
            provider.
        mailmend inspect /home/alice/.thunderbird/abcd1234.default-release --sheet
      "
    `);
  });
});
