/**
 * Looks for: a profile in a folder that a sync program or a network server keeps.
 * Why: mail folders are large files that change at their ends, with indexes that must match. A sync program copies one
 * without the other, makes second versions, or takes a file away while it is open; locks over a network do not always
 * hold (formats.md R11; providers.md D13; pains.md P44).
 * Found: src/system/storage-place.ts, by path, marks of sync programs and mounts.
 * Repaired: not: where the profile should live is the owner's choice; the way is told.
 */

import path from 'node:path';
import type { StoragePlace } from '../../system/storage-place.ts';
import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';

export const syncedFolder = defineCheck<StoragePlace>({
  meta: {
    id: 'interference/synced-folder',
    severity: 'warning',
    title: 'A profile in a synced folder or on a network disk',
    looksFor: 'Profiles that lie where Dropbox, OneDrive, iCloud and the like, or a server, keep them.',
    why: 'The mail program takes itself for the only one that touches these files. When another one copies, replaces or locks them at the same time, mail, indexes and settings stop matching each other.',
    repair: 'None: the profile has to be moved by you; the steps are told.',
    example: 'The profile lies in the OneDrive folder, so that two computers can use it.',
    faults: ['formats.md R11', 'providers.md D13', 'pains.md P44'],
    needs: ['machine'],
  },

  find({ profile, machine }) {
    const place = machine?.place ?? null;
    if (place === null) return [];
    return [
      {
        subject: { kind: 'profile', id: profile.name ?? path.basename(profile.path) },
        evidence: [{ file: profile.path, note: `${place.folder} is kept by ${place.name}` }],
        state: place,
      },
    ];
  },

  words({ state: { kind, name, folder } }, { profile }) {
    const program = programName(profile.program);
    const what =
      kind === 'synced'
        ? `${name} copies what lies in ${folder}, also while ${program} writes to it, and may bring back older files.`
        : `${folder} is on ${name}. When the connection breaks, ${program} loses what it was writing, and two computers may open the profile at once.`;
    return {
      title: kind === 'synced' ? `The profile lies in a folder of ${name}` : `The profile lies on ${name}`,
      detail: `${what} Safer: close ${program} on every computer, copy the folder of the profile to a place outside of ${folder}, and give it to the program: mailmend profiles relink ${profile.name ?? '<name>'} <new folder>. Keep the old folder until you have seen all your mail in the new place.`,
    };
  },
});
