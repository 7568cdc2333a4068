/**
 * Looks for: contacts, appointments, feeds or saved searches in a file that the program put aside as `….corrupt`, while
 * what it uses instead is gone or smaller.
 * Why: it goes on with an older or an empty one without a word; what was in the damaged file can often still be read
 * (formats.md M21, appendix A).
 * Found: src/profile/put-aside.ts. A file that has grown beyond the damaged one since is taken as whole.
 * Repaired: not: the file was found damaged, and what came since is in the other.
 */

import path from 'node:path';
import type { PutAside } from '../../profile/put-aside.ts';
import { defineCheck } from '../check.ts';
import { isInside } from '../inside-profile.ts';
import { megabytes, programName } from '../wording.ts';

interface State {
  aside: PutAside;
  place: string;
}

export const filePutAside = defineCheck<State>({
  meta: {
    id: 'interference/file-put-aside',
    severity: 'info',
    title: 'A damaged file that the program put aside',
    looksFor:
      'Contacts, appointments, feeds and saved searches in files named “.corrupt”, where the file in use is gone or smaller.',
    why: 'The program could not read the file, put it aside and started with an older or an empty one. What was in it may still be readable.',
    repair: 'None: the file was found damaged. It is named, so that nobody deletes it.',
    example: 'feeds.json.corrupt has 5 KB, feeds.json has 2 bytes: the subscriptions are only in the first.',
    faults: ['formats.md M21', 'formats.md 9'],
  },

  find({ profile }) {
    return profile.putAside
      .filter(({ bytes, instead }) => bytes > 0 && (instead === null || instead < bytes))
      .map((aside) => {
        const place = isInside(profile, aside.file)
          ? path.relative(profile.path, aside.file).split(path.sep).join('/')
          : aside.file;
        return {
          subject: { kind: 'file', id: place },
          evidence: [{ file: place, note: `${megabytes(aside.bytes)}; ${besides(aside)}` }],
          state: { aside, place },
        };
      });
  },

  words({ state: { aside, place } }, { profile }) {
    const program = programName(profile.program);
    const backup =
      path.basename(aside.original) === 'feeds.json' ? ' or in feeds.json.backup, where there is one' : '';
    return {
      title: `${program} put ${path.basename(aside.original)} aside as damaged and uses less since`,
      detail: `${place} has ${megabytes(aside.bytes)}; ${besides(aside)}. If you miss ${contentOf(aside)}, they may still be in it${backup}: keep it, and look for an older ${path.basename(aside.original)} in your backups.`,
    };
  },
});

function besides({ original, instead }: PutAside): string {
  const name = path.basename(original);
  return instead === null ? `there is no ${name} now` : `${name} has only ${megabytes(instead)}`;
}

function contentOf({ original }: PutAside): string {
  const name = path.basename(original);
  if (/^(?:abook|history)/i.test(name)) return 'contacts';
  if (/^feed/i.test(name)) return 'feeds';
  if (/^local/i.test(name)) return 'appointments or tasks';
  return /^openpgp/i.test(name) ? 'decisions about OpenPGP keys' : 'saved searches';
}
