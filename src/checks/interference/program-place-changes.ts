/**
 * Looks for: a program that ran from a place with a new name at every start: an AppImage (Linux), or an app that macOS
 * runs from a hidden copy because it still carries the mark of a download.
 * Why: since version 68 a program knows its profile by the folder that it runs from (formats.md 1.2). In a new folder it
 * takes itself for a new installation and may begin with an empty profile (R4; providers.md D16). Updates fail there, too.
 * Found: by LastPlatformDir in compatibility.ini. That it already happened so is told by the `[Install…]` section of just
 * this folder in profiles.ini (seen with 153.7: the next start made a new profile); without it the program may have its
 * own way to keep its profile, and it is only mentioned.
 * Repaired: not: where a program lies is not mailmend's to change.
 */

import path from 'node:path';
import { installHash } from '../../formats/city-hash.ts';
import type { RootFacts } from '../../profile/root-facts.ts';
import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';

interface State {
  kind: 'appimage' | 'translocated';
  folder: string;
}

const places: readonly [State['kind'], RegExp][] = [
  // The runtime mounts the image at .mount_ and letters drawn by lot, in the folder for temporary files.
  ['appimage', /\/\.mount_[^/]+(?:\/|$)/],
  ['translocated', /\/AppTranslocation\/[0-9a-f-]{36}\//i],
];

export const programPlaceChanges = defineCheck<State>({
  meta: {
    id: 'interference/program-place-changes',
    severity: 'warning',
    title: 'The program runs from a place that changes at every start',
    looksFor:
      'Profiles that were last opened by an AppImage, or by an app that macOS ran from a hidden place because it was started where it was downloaded.',
    why: 'Thunderbird remembers its profile by the folder that it runs from. When that folder has another name at the next start, it can begin with a new, empty profile, as if all mail were gone.',
    repair: 'None: how to start the program with this profile, or where to put it, is told.',
    example:
      'Thunderbird was started as an AppImage: profiles.ini has an entry for /tmp/.mount_ThundeAb12Cd, which will never be there again.',
    faults: ['formats.md R4', 'providers.md D16'],
  },

  find({ profile, root }) {
    const folder = profile.compatibility?.platformDir ?? '';
    const kind = places.find(([, pattern]) => pattern.test(folder))?.[0];
    if (kind === undefined) return [];
    return [
      {
        subject: { kind: 'profile', id: profile.name ?? path.basename(profile.path) },
        severity: remembers(root, folder) ? 'warning' : 'info',
        evidence: [{ file: 'compatibility.ini', note: `last opened by the program in ${folder}` }],
        state: { kind, folder },
      },
    ];
  },

  words({ state: { kind, folder } }, { profile, root }) {
    const program = programName(profile.program);
    const way = root?.entry?.name ? `-P "${root.entry.name}"` : `--profile "${profile.path}"`;
    const next = remembers(root, folder) ? 'The next one begins' : 'The next one may begin';
    const risk = `It remembers its profile by the folder that it runs from, and that has another name at each start. ${next} with a new, empty profile; your mail stays in this one.`;
    return kind === 'appimage'
      ? {
          title: `${program} runs as an AppImage, from another folder each time`,
          detail: `${risk} Start it with ${way}, or unpack the AppImage into a folder that stays (--appimage-extract) and start it there.`,
        }
      : {
          title: `macOS runs ${program} from a hidden place that changes`,
          detail: `That happens to an app that is started where it was downloaded or unpacked. ${risk} Nor can it update itself. Quit ${program}, move it to Applications with the Finder, and start it there; if it opens empty, start it with ${way}.`,
        };
  },
});

/** On macOS the program itself lies beside the folder that it notes. */
function remembers(root: RootFacts | null, platformDir: string): boolean {
  const program = platformDir.replace(/\/Resources$/, '/MacOS');
  return root?.registry.installs.some(({ hash }) => hash === installHash(program)) ?? false;
}
