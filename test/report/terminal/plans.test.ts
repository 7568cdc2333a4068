/**
 * Plans before the question and after the yes: repair, apply, diagnostic profile.
 */

import { describe, expect, it } from 'vitest';
import type { ApplyDocument } from '../../../src/library/documents/apply.ts';
import { applyDone, applyNotDone, applyPlanReport } from '../../../src/report/terminal/apply.ts';
import {
  diagnosticDone,
  diagnosticNotDone,
  diagnosticPlanReport,
} from '../../../src/report/terminal/diagnostic-profile.ts';
import { totals } from '../../../src/report/terminal/planned-change.ts';
import {
  repairDone,
  repairHeld,
  repairNotDone,
  repairPlanReport,
  repairSaved,
} from '../../../src/report/terminal/repair.ts';
import { plain } from '../support/context.ts';
import {
  brokenHost,
  diagnostic,
  nothingToRepair,
  oldPassword,
  profilePath,
  repairPlan,
} from '../support/documents.ts';

describe('the plan of a repair', () => {
  it('is grouped by finding and shows what changes line by line', () => {
    expect(repairPlanReport(repairPlan, plain)).toMatchInlineSnapshot(`
      "This is what mailmend would change. Nothing has been changed yet.

      Profile  "default-release" of Thunderbird 153.7.0
      Folder   /home/alice/.thunderbird/abcd1234.default-release

      ✗ Error: The server name "imap.example.org:993" is not a name
        Change the server name to "imap.example.org". Only settings change; no
        password and no mail is touched.
          Change lines of prefs.js: "imap.example.org:993" is no server name;
          "imap.example.org" is.
            - user_pref("mail.server.server1.hostname", "imap.example.org:993");
            + user_pref("mail.server.server1.hostname", "imap.example.org");
            + user_pref("mail.server.server1.port", 993);
          Move ImapMail/imap.example.org:993 aside: the program made it for the wrong
          name; it is empty.

      Not in this plan
      ! Warning: A saved password for imap://old.example.org stays in use
          It touches saved passwords, so it is done only when you ask for it by name.
          mailmend repair /home/alice/.thunderbird/abcd1234.default-release --only e5f60718

      2 lines to change, 1 file or folder to move aside, nothing is deleted.
      What is replaced is kept, and mailmend can take it all back.

      What you will be asked for afterwards:
        • The password of alice@example.org, at the next start.
      "
    `);
  });

  it('says when there is nothing to do, and when mailmend only does not do it unasked', () => {
    expect(repairPlanReport(nothingToRepair, plain)).toContain(
      'There is nothing to repair. Nothing was changed.',
    );
    expect(
      repairPlanReport({ ...nothingToRepair, notPlanned: repairPlan.notPlanned }, plain).replace('\n', ' '),
    ).toContain('There is nothing to repair that mailmend would do by itself. Nothing was changed.');
  });

  it('shows an operation that belongs to no listed finding as well', () => {
    const text = repairPlanReport({ ...repairPlan, findings: [] }, plain);
    expect(text).toContain('Besides\n    Change lines of prefs.js:');
  });

  it('keeps a hostile file name on its line', () => {
    const operations = [
      {
        op: 'move-aside' as const,
        path: `${profilePath}/x\n\u001b[2J`,
        why: 'stray',
        changes: null,
        lines: ['- a\u001b[2K'],
      },
    ];
    const text = repairPlanReport({ ...repairPlan, plan: { id: '1', operations }, findings: [] }, plain);
    expect(text).toContain('Move x\\u{a}\\u{1b}[2J aside: stray.');
    expect(text).toContain('      - a\\u{1b}[2K');
  });
});

describe('what a plan comes to', () => {
  it('counts lines, files and folders, and says that nothing is deleted', () => {
    expect(totals(repairPlan.plan, false)).toBe(
      '2 lines to change, 1 file or folder to move aside, nothing is deleted',
    );
    expect(totals(diagnostic.plan, true)).toBe('1 line changed, 1 folder made, nothing was deleted');
    expect(totals({ id: '', operations: [] }, false)).toBe('nothing is deleted');
    const rows = { op: 'edit-rows' as const, path: '/p/logins.json', why: 'stale', changes: 2, lines: [] };
    expect(totals({ id: '', operations: [rows] }, false)).toBe('2 rows to take out, nothing is deleted');
  });
});

describe('the end of a repair', () => {
  const verified = { fixed: [brokenHost], remaining: [], new: [] };
  const done = { ...repairPlan, applied: true, run: 'r1', verified };

  it('says what was done, what the second check says, what is asked for, and how to take it back', () => {
    expect(repairDone(done, plain)).toMatchInlineSnapshot(`
      "
      Done: 2 lines changed, 1 file or folder moved aside, nothing was deleted.
      Checked again: 1 problem put right, none left, nothing new appeared.
      What was replaced is kept. The number of this run is r1.

      What you will be asked for afterwards:
        • The password of alice@example.org, at the next start.

      Next: If anything is not as you want it, take this back:
        mailmend undo /home/alice/.thunderbird/abcd1234.default-release
      "
    `);
  });

  it('names what is left and what is new', () => {
    const text = repairDone(
      { ...done, verified: { fixed: [], remaining: [brokenHost], new: [oldPassword] } },
      plain,
    );
    expect(text).toContain('0 problems put right, 1 problem left, 1 new problem appeared.');
    expect(text).toContain('✗ Error: The server name');
    expect(text).toContain('! Warning: A saved password');
  });

  it('does not claim a change that was not needed', () => {
    const text = repairDone({ ...repairPlan, applied: false }, plain);
    expect(text).toContain('Everything was as the plan wants it already; nothing was changed.');
    expect(text).not.toContain('Done');
  });

  it('says that nothing was changed, and the one command that would', () => {
    const again = ['repair', profilePath, '--apply'];
    expect(repairNotDone(again)(repairPlan, plain)).toBe(
      `\nNext: Nothing was changed. To carry this plan out:\n  mailmend repair ${profilePath} --apply\n`,
    );
    expect(repairHeld(again)(repairPlan, plain).replace(/\s+/g, ' ')).toContain(
      'mailmend does not write while Thunderbird has the profile open. Quit it, then: mailmend repair',
    );
    expect(repairSaved('my plan.json')(repairPlan, plain)).toContain(`  mailmend apply 'my plan.json'\n`);
    expect(repairNotDone(null)(nothingToRepair, plain)).toContain(
      `  mailmend check ${profilePath} --verbose\n`,
    );
  });
});

describe('a saved plan', () => {
  const document: ApplyDocument = {
    schema: 'mailmend/apply@1',
    complete: true,
    profile: repairPlan.profile,
    plan: repairPlan.plan,
    applied: false,
    run: null,
    needs: [],
  };

  it('is shown before it is applied', () => {
    const text = applyPlanReport(document, plain);
    expect(text).toContain('The saved plan 0123456789ab would change this. Nothing has been changed yet.');
    expect(text).toContain('      + user_pref("mail.server.server1.port", 993);');
    expect(text).toContain('2 lines to change, 1 file or folder to move aside, nothing is deleted.');
  });

  it('ends in one command', () => {
    expect(applyNotDone('p.json')(document, plain)).toContain('\n  mailmend apply p.json --apply\n');
    expect(applyDone({ ...document, applied: true, run: 'r' }, plain)).toContain(
      `\n  mailmend undo ${profilePath}\n`,
    );
  });
});

describe('the diagnostic profile', () => {
  it('is told before it is made', () => {
    expect(diagnosticPlanReport(diagnostic, plain)).toMatchInlineSnapshot(`
      "mailmend would make a fresh profile "mailmend-diagnostic" beside your own, with
      the account alice@example.org alone. Nothing has been changed yet.

      Profile  "default-release" of Thunderbird 153.7.0
      Folder   /home/alice/.thunderbird/abcd1234.default-release

          Make the folder /home/alice/.thunderbird/x1y2z3.mailmend-diagnostic: the
          fresh profile.
            permissions 0700
          Change lines of /home/alice/.thunderbird/profiles.ini: the program shows its
          list of profiles at the next start.
            - [General] StartWithLastProfile=1
            + [General] StartWithLastProfile=0

      1 line to change, 1 folder to make, nothing is deleted. Your own profile stays
      as it is.

      What you will be asked for afterwards:
        • The password of alice@example.org.
      "
    `);
  });

  it('is explained when it is there: how to start it, what to try, what it means', () => {
    expect(diagnosticDone({ ...diagnostic, applied: true, run: 'r2' }, plain)).toMatchInlineSnapshot(`
      "
      Done: 1 line changed, 1 folder made, nothing was deleted.
      What was replaced is kept. The number of this run is r2.

      What you will be asked for afterwards:
        • The password of alice@example.org.
      Your own profile was not touched.

      How to start it
        Quit Thunderbird first. This opens the diagnostic profile at once:
          /usr/lib/thunderbird/thunderbird -P mailmend-diagnostic
        Or let Thunderbird ask: from now on it shows its list of profiles at every
        start. Choose "mailmend-diagnostic" there.
          /usr/lib/thunderbird/thunderbird -ProfileManager
        In that list, never tick "Don't ask at startup": the list would not come
        again. Never press "Delete Profile": it can delete a profile with all of its
        mail.
        Your own profile is opened with:
          /usr/lib/thunderbird/thunderbird -P default-release

      What to try in it
        1. Fetch the mail of alice@example.org. The password is asked for: none was
           carried over.
        2. Open a message or two.
        3. Send a short message to yourself, and wait for it to arrive.
        The mail stays on the server: this profile deletes nothing there, and fetches
        only when you ask it to.

      What it means
        It works there
          The account and the network are in order; the fault lies in your own
          profile: a setting, an add-on or a damaged file. Your mail is still in your
          own profile.
        The same fault there
          Your own profile is not to blame. Either the settings of the account are
          wrong or the provider has a fault, or something stands in between: a
          security program, a firewall, a VPN or a proxy. Compare the settings with
          those of the provider, and try another network.
        No password is asked for
          The server was never reached: a password is asked for only after that. Look
          at server name, port and connection security, and at the network.
        The password is refused
          The server was reached and says no: the password is wrong or old, or the
          provider asks for an app password or for OAuth2.
        Thunderbird does not start
          The fault lies in the program or the computer, not in your profile.
        The settings to compare are printed by:
          mailmend inspect /home/alice/.thunderbird/abcd1234.default-release --sheet

      When you are done
        This takes "mailmend-diagnostic" away again. It refuses if mail lies there
        that is nowhere else.
          mailmend diagnostic-profile /home/alice/.thunderbird/abcd1234.default-release --remove

      Next: Quit Thunderbird if it is open, then open the diagnostic profile:
        /usr/lib/thunderbird/thunderbird -P mailmend-diagnostic
      "
    `);
  });

  it('starts directly first, then by the manager, with both warnings', () => {
    const text = diagnosticDone({ ...diagnostic, applied: true, run: 'r2' }, plain).replace(/\s+/g, ' ');
    expect(text.indexOf(diagnostic.start.direct)).toBeLessThan(text.indexOf(diagnostic.start.manager));
    expect(text).toContain('never tick "Don\'t ask at startup"');
    expect(text).toContain('Never press "Delete Profile"');
  });

  it('tells an IMAP account without the words about POP, and none at all with how to set one up', () => {
    const imap = {
      ...diagnostic,
      account: { email: 'a@example.org', type: 'imap' as const, server: 'imap.example.org' },
    };
    expect(diagnosticDone({ ...imap, applied: true }, plain)).not.toContain('stays on the server');
    expect(diagnosticDone({ ...diagnostic, account: null, applied: true }, plain)).toContain(
      'Set up the account that does not work.',
    );
  });

  it('goes away again without being deleted', () => {
    const text = diagnosticPlanReport({ ...diagnostic, remove: true, account: null }, plain);
    expect(text.replace(/\s+/g, ' ')).toContain('its folder is moved aside, not deleted');
    const done = diagnosticDone({ ...diagnostic, remove: true, account: null, applied: true }, plain);
    expect(done).toContain(`Next: Open your own profile again:\n  ${diagnostic.start.old}\n`);
  });

  it('repeats the whole call where nobody said yes', () => {
    expect(diagnosticNotDone({ ...diagnostic, as: 'imap' }, plain)).toContain(
      `  mailmend diagnostic-profile ${profilePath} --account alice@example.org --as imap --apply\n`,
    );
    expect(diagnosticNotDone({ ...diagnostic, account: null, remove: true }, plain)).toContain(
      `  mailmend diagnostic-profile ${profilePath} --remove --apply\n`,
    );
  });
});
