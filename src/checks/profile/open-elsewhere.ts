/**
 * Looks for: a profile that a program on another computer has open.
 * Why: two computers that write into one profile damage it; the program here says that it is already running, and there
 * is no such program here to end (formats.md 1.4, R9).
 * Found: the lock is held, and the link beside it names an address of another computer and a process that is not the
 * holder here. The link alone says nothing: it stays behind when the program quits, and addresses change.
 * Repaired: never: whoever has it open has to close it there.
 */

import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';

interface State {
  address: string;
}

export const openElsewhere = defineCheck<State>({
  meta: {
    id: 'profile/open-elsewhere',
    severity: 'warning',
    title: 'Another computer has the profile open',
    looksFor: 'A lock on the profile that a program on another computer holds.',
    why: 'The program here says that it is already running, although it is not. Two computers that write into one profile would damage it.',
    repair: 'None: close the program on the other computer. Do not delete the lock.',
    faults: ['formats.md R9', 'pains.md P01', 'postbox.md 8.3 R5'],
    needs: ['machine'],
  },

  find({ machine }) {
    const link = machine?.lockLink ?? null;
    if (machine === null || link === null || machine.lock.state !== 'held') return [];
    // Whoever holds it and has a process here is a program of this computer; the link is then left from an earlier one.
    if (link.process !== 'other-host' || (machine.lock.pid ?? 0) !== 0) return [];
    return [
      {
        subject: { kind: 'profile', id: 'lock' },
        start: 'fails',
        evidence: [{ file: 'lock', note: `${link.address}, process ${link.pid}` }],
        state: { address: link.address },
      },
    ];
  },

  words({ state: { address } }, { profile }) {
    const program = programName(profile.program);
    return {
      title: `A program on another computer (${address}) has this profile open`,
      detail: `${program} will not start here until it is closed there. Close it on that computer, then start it here. Do not delete the lock file: with two programs at work at once, mail folders and settings get damaged.`,
    };
  },
});
