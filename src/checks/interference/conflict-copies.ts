/**
 * Looks for: second versions of profile files that Dropbox, OneDrive, Syncthing and their like have made.
 * Why: two computers wrote one profile. Which version has what the owner misses no program can tell; one that lies among
 * the mail shows up as a folder of its own (formats.md 5.2, R11, M11, providers.md D13).
 * Found: src/profile/conflict-copies.ts. One finding for those that do no harm; one for each that is newer or larger than
 * the file that the program uses, where the owner's own things are in it; one for each among the mail.
 * Repaired: those that do no harm, when asked for: moved aside. The program never opens them.
 */

import path from 'node:path';
import type { ConflictCopy } from '../../profile/conflict-copies.ts';
import { oncePerProfile } from '../../profile/once.ts';
import type { Profile } from '../../profile/profile.ts';
import { accountsOfServer } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { isInside } from '../inside-profile.ts';
import { ownerOfServer } from '../settings/owner-names.ts';
import { megabytes, programName } from '../wording.ts';

interface State {
  kind: 'harmless' | 'fuller' | 'mail';
  copies: ConflictCopy[];
}

/** What an owner would miss: settings, passwords and their keys, certificates, contacts, appointments, OpenPGP keys. */
const ownThings =
  /^(?:prefs\.js|logins\.json|key[34]\.db|cert[89]\.db|abook.*\.(?:sqlite|mab)|history\.(?:sqlite|mab)|virtualFolders\.dat|encrypted-openpgp-passphrase\.txt|pubring\.gpg|secring\.gpg|training\.dat)$/i;
const ofPasswords = /^(?:logins|signons|key[34]|encrypted-openpgp)/i;

export const conflictCopies = defineCheck<State>({
  meta: {
    id: 'interference/conflict-copies',
    severity: 'warning',
    title: 'Second versions of files, made by a sync program',
    looksFor:
      'Files such as “prefs (conflicted copy 2026-11-23).js” that Dropbox, OneDrive, Google Drive, Nextcloud, Syncthing or Time Machine make when two computers have changed one file.',
    why: 'They say that two computers, or two programs, wrote to this profile: part of what you did may be in the one version and part in the other. Among the mail they show up as folders.',
    repair:
      'When asked for, copies of profile files that are older and no larger than the file in use are moved aside; the program never reads them. Others, and mail, are only named.',
    example:
      'Both abook.sqlite and a newer “abook (Alice’s conflicted copy 2026-11-23).sqlite” are in the profile.',
    faults: ['formats.md M9', 'formats.md M11', 'formats.md R11', 'providers.md D13', 'pains.md P44'],
  },

  find({ profile }) {
    return states(profile).map((state) => {
      const [first] = state.copies;
      const isOne = state.kind !== 'harmless' && first !== undefined;
      return {
        subject: isOne
          ? { kind: state.kind === 'mail' ? 'folder' : 'file', id: placeOf(profile, first.file) }
          : { kind: 'profile', id: profile.name ?? path.basename(profile.path) },
        evidence: state.copies.map((copy) => ({
          file: placeOf(profile, copy.file),
          note: `by ${copy.maker}; ${megabytes(copy.bytes)}, ${day(copy.mtimeNs)}; ${comparedWith(copy)}`,
        })),
        severity: state.kind === 'harmless' ? 'info' : 'warning',
        state,
        accounts: isOne && first.serverKey !== null ? accountsOfServer(profile, first.serverKey) : [],
      };
    });
  },

  words({ state: { kind, copies } }, { profile }) {
    const program = programName(profile.program);
    const [first] = copies;
    const apart = `Keep the profile in a folder that no sync program touches, and use it on one computer at a time.`;
    if (kind === 'harmless' || first === undefined) {
      return {
        title:
          copies.length === 1
            ? 'A second version of a profile file, made by a sync program, lies in the profile'
            : `${copies.length} second versions of profile files, made by a sync program, lie in the profile`,
        detail: `${program} does not read them, and they do no harm by themselves. They say that two computers wrote to this profile. ${apart}`,
      };
    }
    const name = path.basename(first.file);
    const own = path.basename(first.original);
    if (kind === 'mail') {
      const who = first.serverKey === null ? 'the profile' : ownerOfServer(profile, first.serverKey);
      return {
        title: `A second version of ${own} of ${who} shows up as a folder: ${name}`,
        detail: `${first.maker} made it when two computers had changed one file (${comparedWith(first)}). Mail in it may be nowhere else: open both folders, move over what is missing, and delete the second one only then. ${apart}`,
      };
    }
    return {
      title: `${name} may hold more than ${own}, which ${program} uses`,
      detail: `${first.maker} made it when two computers had changed one file (${comparedWith(first)}). ${first.instead === null ? `${own} itself is gone.` : `${program} uses ${own} and never reads the other.`} If something from about ${day(first.mtimeNs)} is missing, it may be there: keep it. ${apart}`,
    };
  },

  repair({ state: { kind, copies } }) {
    if (kind !== 'harmless') return null;
    const hasPasswords = copies.some(({ original }) => ofPasswords.test(path.basename(original)));
    return {
      title: `Move ${copies.length === 1 ? 'the second version' : `${copies.length} second versions`} aside`,
      risk: hasPasswords ? 'passwords' : 'settings',
      operations: copies.map(({ file, original }) => ({
        op: 'move-aside' as const,
        path: file,
        why: `a second version of ${path.basename(original)} that the program never reads`,
      })),
    };
  },
});

function states(profile: Profile): State[] {
  const inProfile = profile.conflictCopies.filter(
    ({ serverKey, file }) => serverKey === null && !namedBySettings(profile).includes(path.basename(file)),
  );
  const harmless = inProfile.filter((copy) => !isFuller(copy));
  const one = (kind: State['kind']) => (copy: ConflictCopy) => ({ kind, copies: [copy] });
  return [
    ...inProfile.filter(isFuller).map(one('fuller')),
    ...profile.conflictCopies.filter(({ serverKey }) => serverKey !== null).map(one('mail')),
    ...(harmless.length === 0 ? [] : [{ kind: 'harmless' as const, copies: harmless }]),
  ];
}

/** It is the owner's, and what the program uses is gone, older, or far smaller. */
function isFuller({ original, bytes, mtimeNs, instead }: ConflictCopy): boolean {
  if (!ownThings.test(path.basename(original))) return false;
  return instead === null || mtimeNs > instead.mtimeNs || bytes > instead.bytes * 2;
}

/** All settings that are texts, in one: a file whose name is in it is in use. */
const namedBySettings = oncePerProfile(({ prefs }) =>
  prefs
    .names('')
    .map((name) => prefs.string(name) ?? '')
    .join('\n'),
);

function comparedWith({ bytes, mtimeNs, instead, original }: ConflictCopy): string {
  const own = path.basename(original);
  if (instead === null) return `${own} is gone`;
  const age =
    mtimeNs === instead.mtimeNs ? 'as old as' : mtimeNs > instead.mtimeNs ? 'newer than' : 'older than';
  const size = bytes === instead.bytes ? 'as large' : bytes > instead.bytes ? 'larger' : 'smaller';
  return `${age} ${own} of ${day(instead.mtimeNs)}, and ${size}`;
}

const day = (mtimeNs: bigint): string => new Date(Number(mtimeNs / 1_000_000n)).toISOString().slice(0, 10);

const placeOf = (profile: Profile, file: string): string =>
  isInside(profile, file) ? path.relative(profile.path, file).split(path.sep).join('/') : file;
