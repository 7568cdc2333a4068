/**
 * Looks for: a profile that a newer program used than the one installed here.
 * Why: the program refuses to start with it (it compares the first number of the version only; formats.md 1.3).
 * Found: LastVersion in compatibility.ini against the version of the installed program that starts this profile.
 * Repaired: not by mailmend: lowering the mark lets an older program write into newer databases. Advice.
 */

import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';

interface State {
  last: string;
  installed: string;
}

export const newerVersion = defineCheck<State>({
  meta: {
    id: 'profile/newer-version',
    severity: 'error',
    title: 'The profile belongs to a newer program',
    looksFor: 'A profile that was last used by a newer version than the one that is installed.',
    why: 'The program refuses to open it. Deleting the mark makes it start, but an older program can damage address books, calendars and passwords of a newer one.',
    repair: 'None: install the newer version again, or move into a fresh profile.',
    faults: ['formats.md R10', 'pains.md P07', 'postbox.md 8.3 R6'],
    needs: ['machine'],
  },

  find({ profile, machine }) {
    const last = profile.version;
    const lastMajor = major(last);
    if (machine === null || last === null || lastMajor === null) return [];
    const installs = machine.installs.filter(
      (install) => install.program === profile.program && major(install.version) !== null,
    );
    if (installs.length === 0 || installs.some((install) => (major(install.version) ?? 0) >= lastMajor))
      return [];
    const newest = installs.reduce((a, b) => ((major(a.version) ?? 0) >= (major(b.version) ?? 0) ? a : b));
    return [
      {
        subject: { kind: 'profile', id: 'compatibility.ini' },
        start: 'fails',
        evidence: [
          { file: 'compatibility.ini', note: `LastVersion=${last}` },
          { file: newest.directory, note: `version ${newest.version} is installed here` },
        ],
        state: { last, installed: newest.version ?? '' },
      },
    ];
  },

  words({ state: { last, installed } }, { profile }) {
    const program = programName(profile.program);
    return {
      title: `${program} ${installed} will not open this profile: version ${last} used it last`,
      detail: `Install ${program} ${major(last) ?? last} or newer, then it opens as before. Do not delete compatibility.ini: an older program can damage what a newer one has written. Your mail is not harmed by this.`,
    };
  },
});

function major(version: string | null): number | null {
  const number = Number.parseInt(version ?? '', 10);
  return Number.isNaN(number) ? null : number;
}
