/**
 * Looks for: an Inbox of local folders or a POP account that is empty or gone while the program's own notes count mail.
 * Why: an antivirus program that finds one bad message takes the file that holds them all; a compaction that broke off
 * leaves the same picture. The next look of the program writes its notes anew, and no trace is left (formats.md M5, D22).
 * Found: src/profile/emptied-inboxes.ts. IMAP has its mail on the server; maildir keeps each message in its own file.
 * Repaired: not at all: whether a copy is whole has to be seen in the mail itself, which no check opens.
 */

import path from 'node:path';
import type { EmptiedInbox } from '../../profile/emptied-inboxes.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { isInside } from '../inside-profile.ts';
import { ownerOfServer } from '../settings/owner-names.ts';
import { megabytes, programName } from '../wording.ts';

interface State {
  inbox: EmptiedInbox;
  /** Relative to the profile where they lie in it. */
  place: string;
  remains: { place: string; bytes: number }[];
}

export const inboxEmptied = defineCheck<State>({
  meta: {
    id: 'interference/inbox-emptied',
    severity: 'error',
    title: 'An Inbox that something has emptied or taken away',
    looksFor:
      'An Inbox of Local Folders or of a POP account that is empty or gone although the mail program counted messages in it.',
    why: 'An antivirus program that finds one bad message can take the whole Inbox with it, since all its messages are in one file. A compaction that broke off can leave the same.',
    repair:
      'None: mailmend does not put mail files back by itself. It names what lies beside the Inbox and where to look.',
    example: 'Inbox has 0 bytes, its index counts 20 messages, and #PB#Inbox beside it holds mail.',
    faults: [
      'formats.md M5',
      'formats.md M6',
      'formats.md D22',
      'postbox.md 8.4 F2',
      'postbox.md 8.6 AV1',
      'pains.md P28',
      'providers.md D1',
    ],
  },

  find({ profile }) {
    return profile.emptiedInboxes.map((inbox) => {
      const placeOf = (file: string): string =>
        isInside(profile, file) ? path.relative(profile.path, file).split(path.sep).join('/') : file;
      const remains = inbox.remains.map(({ file, bytes }) => ({ place: placeOf(file), bytes }));
      return {
        subject: { kind: 'folder', id: placeOf(inbox.file) },
        evidence: [
          { file: placeOf(inbox.file), note: inbox.isGone ? 'it is gone' : 'it has 0 bytes' },
          { file: placeOf(inbox.countedBy), note: `counts ${messages(inbox.messages)} in it` },
          ...remains.map(({ place, bytes }) => ({
            file: place,
            note: `${megabytes(bytes)}; may hold the mail`,
          })),
        ],
        state: { inbox, place: placeOf(inbox.file), remains },
        start: 'loses',
        mailAtRisk: true,
        accounts: accountsOfServer(profile, inbox.serverKey),
      };
    });
  },

  words({ state: { inbox, place, remains } }, { profile }) {
    const program = programName(profile.program);
    const size = inbox.bytes === null ? '' : ` (${megabytes(inbox.bytes)})`;
    const left = remains.map((one) => `${one.place} (${megabytes(one.bytes)})`).join(', ');
    const beside =
      left === ''
        ? 'No copy of it lies beside it.'
        : `Beside it lies what may still hold the mail: ${left}. Do not delete any of it.`;
    const onServer =
      profile.prefs.bool(`${serverPrefix(inbox.serverKey)}leave_on_server`) === true
        ? ' Its settings leave mail on the server: look at the web page of your mail provider too.'
        : '';
    return {
      title: `The Inbox of ${ownerOfServer(profile, inbox.serverKey)} is ${inbox.isGone ? 'gone' : 'empty'}, and ${messages(inbox.messages)} should be in it`,
      detail: `${program} counted ${messages(inbox.messages)}${size} in ${place}. Most often an antivirus program has taken the whole file because of one message. For now change nothing, and do not start ${program} while the antivirus program watches the profile. Look in the quarantine of that program for ${path.basename(place)} and let it be put back; then look in your backups. ${beside}${onServer} mailmend does not put mail files back: copy the one that holds the mail to a safe place first.`,
    };
  },
});

const messages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`);
