/**
 * `mailmend check` as the owner reads it: the verdict first.
 */

import { describe, expect, it } from 'vitest';
import type { CheckDocument } from '../../../src/library/documents/check.ts';
import { checkReport } from '../../../src/report/terminal/check.ts';
import { plain } from '../support/context.ts';
import { brokenCheck, brokenHost, header, healthyCheck, profilePath } from '../support/documents.ts';

describe('the check of a broken profile', () => {
  it('says first what matters, then what, why and do, then one next command', () => {
    expect(checkReport(brokenCheck, plain)).toMatchInlineSnapshot(`
      "Nothing was changed: mailmend has only looked.

      Thunderbird cannot start properly with this profile, because the server name
      "imap.example.org:993" is not a name. Your mail itself is untouched.

        Mail     ✓ safe
        Start    ✗ Thunderbird cannot start properly with this profile
        Found    1 error, 1 warning, 1 note; not everything could be looked at, see
                 the end
        Next     See what would be repaired; nothing is changed until you say yes.
                 Start Thunderbird after that, not before.

      Profile  "default-release" of Thunderbird 153.7.0
      Folder   /home/alice/.thunderbird/abcd1234.default-release

      ✗ Error: The server name "imap.example.org:993" is not a name
          Why   The program closes at once, every time it is started, because it
                cannot read this name. The name in it is "imap.example.org".
                prefs.js:412  mail.server.server1.hostname = "imap.example.org:993"
          Do    mailmend can do this: Change the server name to "imap.example.org".
                Only settings change; no password and no mail is touched.

      ! Warning: A saved password for imap://old.example.org stays in use
          Why   No account uses it, but the next account with that server would.
                logins.json @ 0x1f3a  hostname "imap://old.example.org"
          Do    mailmend can do this: Move the saved password aside. Saved passwords
                are touched, so it is done only when you ask for it by name.
                mailmend repair /home/alice/.thunderbird/abcd1234.default-release --only e5f60718

      1 note on normal traces of use; nothing needs to be done. --verbose shows it.

      Not looked at
        profile/other-profile-holds-mail: no profiles.ini that names the profile was
        found

      Next: See what would be repaired; nothing is changed until you say yes. Start
            Thunderbird after that, not before.
        mailmend repair /home/alice/.thunderbird/abcd1234.default-release
      "
    `);
  });

  it('says where its facts are from when the program is Postbox, and only with findings', () => {
    const profile = { ...brokenCheck.profile, program: 'postbox' as const };
    expect(checkReport({ ...brokenCheck, profile }, plain)).toContain('Postbox itself may be milder');
    expect(checkReport({ ...healthyCheck, profile }, plain)).not.toContain('milder');
    expect(checkReport(brokenCheck, plain)).not.toContain('milder');
  });

  it('shows notes, ids and single commands only with --verbose', () => {
    const text = checkReport(brokenCheck, { ...plain, verbose: true });
    expect(text).toContain('- Note: An outgoing server that no account uses');
    expect(text).toContain('    Id    a1b2c3d4  settings/host-malformed');
    expect(text).toContain(`          mailmend repair ${profilePath} --only a1b2c3d4`);
    expect(text).not.toContain('--verbose shows');
  });

  it('is a verdict and one line for each finding with --quiet', () => {
    expect(checkReport(brokenCheck, { ...plain, quiet: true })).toMatchInlineSnapshot(`
      "Nothing was changed: mailmend has only looked.

      Thunderbird cannot start properly with this profile, because the server name
      "imap.example.org:993" is not a name. Your mail itself is untouched.

      ✗ Error: The server name "imap.example.org:993" is not a name
      ! Warning: A saved password for imap://old.example.org stays in use
      "
    `);
  });

  it('says so where there is no repair, and where to read on', () => {
    const { repair: _repair, ...withoutRepair } = brokenHost;
    const text = checkReport({ ...brokenCheck, findings: [withoutRepair] }, plain);
    expect(text).toContain('    Do    mailmend does not repair this by itself. More about it:');
    expect(text).toContain('          mailmend explain settings/host-malformed');
  });

  it('can do without Unicode and still has a word for every symbol', () => {
    const text = checkReport(brokenCheck, { ...plain, unicode: false });
    expect(text).toContain('x Error: The server name');
    expect(text).toContain('  Mail     ok: safe');
    expect(text).not.toMatch(/[✓✗]/);
  });
});

describe('the check of a healthy profile', () => {
  it('is short and says what to do when mail does not work all the same', () => {
    expect(checkReport(healthyCheck, plain)).toMatchInlineSnapshot(`
      "Nothing was changed: mailmend has only looked.

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

  it('says which moment it shows while the program is open', () => {
    const document: CheckDocument = { ...healthyCheck, profile: { ...header, inUse: true, pid: 4711 } };
    const text = checkReport(document, plain).replace(/\s+/g, ' ');
    expect(text).toContain(
      'Thunderbird has it open (process 4711). Shown is what it had saved by 2026-11-20 09:30; what it changed since is not in its files yet.',
    );
    expect(text).toContain('Thunderbird is open; that is all right');
  });

  it('says that an earlier run was cut off, and how to take it back', () => {
    const document = { ...healthyCheck, profile: { ...header, unfinishedRun: 'r7' } };
    const text = checkReport(document, plain);
    expect(text).toContain('An earlier run of mailmend (r7) was cut off.');
    expect(text).toContain(`  mailmend undo ${profilePath}\n`);
  });
});

describe('a verdict', () => {
  it('warns when the next start would destroy something and when mail is at risk', () => {
    const document: CheckDocument = {
      ...brokenCheck,
      verdict: { ...brokenCheck.verdict, mail: 'at-risk', start: 'loses' },
    };
    const text = checkReport(document, plain);
    expect(text).toContain('  Mail     ✗ at risk until this is put right');
    expect(text).toContain('  Start    ✗ do not start Thunderbird now: that would destroy something');
  });

  it('keeps hostile names harmless in every part', () => {
    const hostile = 'evil\u001b[2J\u202e\r';
    const document: CheckDocument = {
      ...brokenCheck,
      profile: { ...header, name: hostile, path: `/x/${hostile}` },
      verdict: { ...brokenCheck.verdict, sentence: hostile, next: [{ say: hostile, command: hostile }] },
      findings: [
        {
          ...brokenHost,
          title: hostile,
          detail: hostile,
          evidence: [{ file: hostile, line: 1, note: hostile }],
        },
      ],
      skipped: [{ check: 'profile/x', reason: hostile }],
    };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    const orders = /[\u0000-\u0009\u000b-\u001f\u202e]/;
    expect(checkReport(document, { ...plain, verbose: true })).not.toMatch(orders);
  });
});
