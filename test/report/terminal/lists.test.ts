/**
 * Lists of profiles and of runs, explanations, and errors.
 */

import { describe, expect, it } from 'vitest';
import type { ExplainDocument } from '../../../src/library/documents/explain.ts';
import { errorReport } from '../../../src/report/terminal/error.ts';
import { explainReport } from '../../../src/report/terminal/explain.ts';
import { candidatesReport, profilesReport } from '../../../src/report/terminal/profiles.ts';
import {
  canBeUndone,
  purgePlanReport,
  runsReport,
  undoDone,
  undoNotDone,
  undoPlanReport,
} from '../../../src/report/terminal/undo.ts';
import { plain } from '../support/context.ts';
import { opened, profileList, profilePath, runs, unlisted } from '../support/documents.ts';

describe('the list of profiles', () => {
  it('says which one each program opens and why, and who has it open', () => {
    expect(profilesReport(profileList, plain)).toMatchInlineSnapshot(`
      "2 profiles found. Nothing was changed: mailmend has only looked.

      1   "default-release" of Thunderbird (this is the one that opens now)
          Folder     /home/alice/.thunderbird/abcd1234.default-release
          Addresses  alice@example.org, alice@gmail.com
          Mail       2.3 GB
          Last used  2026-11-20 09:30
          In use     yes, by process 4711
          Why        installs.ini gives it to the Thunderbird in /usr/lib/thunderbird.

      2   "old mail" of the mail program
          Folder     /home/alice/.thunderbird/old mail
          Addresses  none
          Mail       not known
          Last used  not known
          In use     no
          Why        No profiles.ini names it.
          mailmend profiles register '/home/alice/.thunderbird/old mail'

      What each installed program opens
        Thunderbird (/usr/lib/thunderbird)
          opens "default-release": installs.ini names it as the profile of this
          installation.
        Betterbird (known only by its number BD520B11F73A6B64)
          makes a new, empty profile: it was never started here.

      Next: Let mailmend look into "default-release"; it only looks.
        mailmend check /home/alice/.thunderbird/abcd1234.default-release
      "
    `);
  });

  it('says where it looked when there is none', () => {
    const text = profilesReport({ ...profileList, profiles: [], installs: [] }, plain);
    expect(text).toContain('0 profiles found.');
    expect(text).toContain('mailmend looked into:\n  /home/alice/.thunderbird\n');
    expect(text).toContain('  mailmend check <folder>\n');
  });

  it('marks a folder that is not there, and does not propose it', () => {
    const text = profilesReport(
      { ...profileList, profiles: [{ ...opened, exists: false }, unlisted] },
      plain,
    );
    expect(text).toContain(`${profilePath} (does not exist)`);
    expect(text).toContain(`  mailmend check '/home/alice/.thunderbird/old mail'\n`);
  });

  it('is the list of a question as well', () => {
    const text = candidatesReport([unlisted, opened], plain);
    expect(text).toContain('2 profiles could be meant:');
    expect(text).toContain('2   "default-release" of Thunderbird (this is the one that opens now)');
  });
});

describe('the runs of a profile', () => {
  it('are listed with date, reason, size and state', () => {
    expect(runsReport(runs, plain)).toMatchInlineSnapshot(`
      "Profile  "default-release" of Thunderbird 153.7.0
      Folder   /home/alice/.thunderbird/abcd1234.default-release

      2 runs of mailmend in this profile, the newest first.

        2026-11-23 18:30 Change the server name to "imap.example.org".
          Run      20261123-183000-ab12
          State    can be taken back
          Keeps    12 KB
          Changed  prefs.js

        2026-11-01 08:00 Put the account list back.
          Run      20261101-080000-cd34
          State    was taken back
          Keeps    9 KB
          Changed  a, b, c, d, e, and 2 more (--verbose)

      Next: To take one of them back:
        mailmend undo /home/alice/.thunderbird/abcd1234.default-release --run 20261123-183000-ab12
      "
    `);
  });

  it('are none in a profile that mailmend never changed', () => {
    const text = runsReport({ ...runs, runs: [] }, plain);
    expect(text).toContain('mailmend has changed nothing in this profile; there is nothing to take back.');
    expect(text).toContain(`  mailmend check ${profilePath}\n`);
  });

  it('can be taken back while they are done or cut off', () => {
    expect(runs.runs.map(canBeUndone)).toEqual([true, false]);
    const purged = runs.runs.map((run) => ({ ...run, state: 'purged' as const }));
    expect(runsReport({ ...runs, runs: purged }, plain)).toContain('There is nothing to take back any more.');
  });

  it('are shown before they are taken back or purged', () => {
    const text = undoPlanReport(runs, '20261123-183000-ab12', plain);
    expect(text).toContain('Nothing has been changed yet.');
    expect(text).toContain('20261123-183000-ab12');
    expect(text).not.toContain('20261101-080000-cd34');
    const purge = purgePlanReport(runs, '20261101-080000-cd34', plain).replace(/\s+/g, ' ');
    expect(purge).toContain('The run can then no longer be taken back. The profile itself is not touched.');
    expect(purge).toContain('Keeps 9 KB');
  });

  it('end in what was taken back, what was not, and one command', () => {
    expect(undoDone({ ...runs, undone: 'r1' }, plain)).toBe(
      `\nRun r1 was taken back.\nEverything that it had changed is as it was before.\n\nNext: See how things stand now; mailmend only looks.\n  mailmend check ${profilePath}\n`,
    );
    const kept = [{ path: `${profilePath}/Inbox`, why: 'new mail came in' }];
    const text = undoDone({ ...runs, undone: 'r1', kept }, plain);
    expect(text).toContain(
      `Not put back, because it changed since:\n  ${profilePath}/Inbox\n    new mail came in.\n`,
    );
    expect(text).not.toContain('as it was before');
    expect(undoDone({ ...runs, purged: 'r1' }, plain)).toContain('What was kept for run r1 is deleted.');
    expect(undoNotDone(['--run', 'r1', '--apply'])(runs, plain)).toBe(
      `\nNext: Nothing was changed. To do it:\n  mailmend undo ${profilePath} --run r1 --apply\n`,
    );
  });
});

const explained: ExplainDocument = {
  schema: 'mailmend/explain@1',
  complete: true,
  query: 'host-malformed',
  checks: [
    {
      id: 'settings/host-malformed',
      cause: 'settings',
      severity: 'error',
      title: 'A server name that is not a name',
      looksFor: 'A server name with a port, a blank or a slash in it.',
      why: 'The program crashes over it, or removes the account.',
      repair: 'Only the name itself is kept.',
    },
  ],
  messages: [],
};

describe('an explanation', () => {
  it('of a check says what, why and what the repair does', () => {
    expect(explainReport(explained, plain)).toMatchInlineSnapshot(`
      "✗ Error: A server name that is not a name
        Looks for  A server name with a port, a blank or a slash in it.
        Why        The program crashes over it, or removes the account.
        Repair     Only the name itself is kept.
        Check      settings/host-malformed

      Next: See whether it is so in your profile; mailmend only looks.
        mailmend check --only settings/host-malformed
      "
    `);
  });

  it('of a message says what it means and what to do', () => {
    const messages = [
      {
        message: 'Thunderbird is already running',
        meaning: 'Another program has the profile open, or its folder cannot be written to.',
        checks: ['interference/folder-not-writable' as const],
        next: [{ say: 'See who has it open.', command: 'mailmend profiles' }],
      },
    ];
    expect(explainReport({ ...explained, checks: [], messages }, plain)).toMatchInlineSnapshot(`
      ""Thunderbird is already running"
        Means      Another program has the profile open, or its folder cannot be
                   written to.
        Checks     interference/folder-not-writable
        Do         See who has it open.
                   mailmend profiles

      Next: See whether it is so in your profile; mailmend only looks.
        mailmend check --only interference/folder-not-writable
      "
    `);
  });
});

describe('an error', () => {
  it('is one line and what can be done, without a trace', () => {
    const error = {
      message: 'Thunderbird has this profile open.',
      next: [
        { say: 'Quit Thunderbird, then:', command: `mailmend repair '/x y' --apply` },
        { say: 'Nothing was changed.', command: null },
      ],
    };
    expect(errorReport(error, plain)).toBe(
      "mailmend: Thunderbird has this profile open.\nQuit Thunderbird, then:\n  mailmend repair '/x y' --apply\nNothing was changed.\n",
    );
  });
});
