/**
 * Lists of profiles and of runs, explanations, and errors.
 */

import { describe, expect, it } from 'vitest';
import type { ExplainDocument } from '../../../src/library/documents/explain.ts';
import type { Run } from '../../../src/library/documents/undo.ts';
import { errorReport } from '../../../src/report/terminal/error.ts';
import { explainReport } from '../../../src/report/terminal/explain.ts';
import { candidatesReport, profilesReport } from '../../../src/report/terminal/profiles.ts';
import {
  canBeUndone,
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
          State    is in force, and can be taken back
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
  });

  it('more than ten are counted, and shown with --verbose', () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ ...runs.runs[0], id: `r${at}` }) as Run);
    const text = runsReport({ ...runs, runs: many }, plain);
    expect(text).toContain('12 runs of mailmend');
    expect(text).toContain('2 older runs more; --verbose shows them.');
    expect(text).not.toContain('r10');
    expect(runsReport({ ...runs, runs: many }, { ...plain, verbose: true })).toContain('r11');
  });

  it('of another profile, and those that stayed behind, say where', () => {
    const other = runs.runs.map((run) => ({ ...run, state: 'elsewhere' as const, madeAt: '/old/place' }));
    expect(runsReport({ ...runs, runs: other }, plain).replace(/\s+/g, ' ')).toContain(
      'is not of this profile; it is left alone here (it was made at /old/place)',
    );
    const moved = runsReport({ ...runs, runs: [], leftBehind: ['/old/.mailmend'] }, plain);
    expect(moved).toContain('its runs are in /old/.mailmend.');
    expect(moved).toContain(`  mailmend undo ${profilePath} --runs /old/.mailmend\n`);
  });

  it('with a setting that was changed again: all three values, and two commands', () => {
    const conflict = { path: 'prefs.js', key: 'a.b', before: '"x"', made: '"y"', now: '"z"' };
    const text = undoPlanReport({ ...runs, conflicts: [conflict] }, '20261123-183000-ab12', plain);
    expect(text).toMatch(
      /a\.b\n +In +prefs\.js\n +Before the repair +"x"\n +Made by the repair +"y"\n +Now +"z"\n/,
    );
    const choices = [
      ['--conflicts', 'keep'],
      ['--conflicts', 'take-back'],
    ];
    const next = undoNotDone(choices)(runs, plain);
    for (const how of ['keep', 'take-back'])
      expect(next).toContain(`  mailmend undo ${profilePath} --conflicts ${how}\n`);
  });

  it('end in what was taken back, what was not, and one command', () => {
    expect(undoDone({ ...runs, undone: 'r1' }, plain)).toBe(
      `\nRun r1 was taken back.\nWhat it had changed is as it was before.\n\nNext: See how things stand now; mailmend only looks.\n  mailmend check ${profilePath}\n`,
    );
    const kept = [{ path: `${profilePath}/Inbox`, why: 'new mail came in' }];
    const text = undoDone({ ...runs, undone: 'r1', kept }, plain);
    expect(text).toContain(
      `Not put back over what is there now:\n  ${profilePath}/Inbox\n    new mail came in.\n`,
    );
    expect(text).not.toContain('as it was before');
    expect(undoNotDone([['--run', 'r1', '--apply']])(runs, plain)).toBe(
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
