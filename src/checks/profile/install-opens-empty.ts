/**
 * Looks for: an installed program that opens an empty profile, or will make one, while another profile of the same
 * place holds the mail.
 * Why: since version 68 each installation has a profile of its own. After a reinstallation into another folder, or a
 * change to Snap, Flatpak or the Store, it starts with a new empty one; the mail seems gone (formats.md R4).
 * Found: what the program opens has no account and no mail, and one or more others have both. Where another installed
 * program opens such a one, the empty one may well be meant, and is only mentioned.
 * Repaired: where one profile holds the mail and no newer program has used it, the installation is pointed to it.
 * Otherwise the owner has to choose.
 */

import { majorOf } from '../../profile/install.ts';
import { describePlace } from '../../profile/profile-place.ts';
import { edit, freeName, listProfile, nameOfFolder, openByInstall } from '../../profile/registry-changes.ts';
import type { Neighbour, RootFacts } from '../../profile/root-facts.ts';
import type { StartChoice } from '../../profile/start-choice.ts';
import { defineCheck } from '../check.ts';
import { megabytes } from '../wording.ts';
import { blockerOf } from './settings-state.ts';

/** Bytes below Mail, ImapMail and News: less is what a program makes by itself, more is somebody's mail. */
const empty = 8 * 1024;
const mailOfSomebody = 64 * 1024;

interface State {
  choice: StartChoice;
  holders: Neighbour[];
}

export const installOpensEmpty = defineCheck<State>({
  meta: {
    id: 'profile/install-opens-empty',
    severity: 'error',
    title: 'The program opens an empty profile',
    looksFor:
      'An installed program that opens an empty profile, or would make a new one, while your mail is in another profile.',
    why: 'Every installation of Thunderbird has a profile of its own. After it was installed anew, it can start with an empty one, as if all mail were gone.',
    repair: 'The program is pointed to the profile that holds the mail. The empty one stays where it is.',
    faults: ['formats.md R4', 'pains.md P02', 'postbox.md 8.3 R10'],
    needs: ['root', 'machine'],
  },

  find({ root, profile }) {
    if (root === null) return [];
    const holders = root.neighbours.filter(
      ({ exists, addresses, mailBytes }) => exists && addresses.length > 0 && mailBytes > mailOfSomebody,
    );
    const isOpened = root.choices.some(({ path }) => holders.some((holder) => holder.path === path));
    return (
      root.choices
        .filter((choice) => holders.length > 0 && opensNothing(choice, root))
        // What looks empty because its settings are damaged is not another profile's turn.
        .filter(({ path }) => path !== profile.path || blockerOf(profile) === null)
        .map((choice) => ({
          subject: { kind: 'install' as const, id: choice.install.hash },
          severity: isOpened ? ('info' as const) : ('error' as const),
          evidence: [
            { file: root.registry.file, note: choice.why },
            ...holders.map((holder) => ({ file: holder.path, note: describe(holder) })),
          ],
          state: { choice, holders },
        }))
    );
  },

  words({ state: { choice, holders } }) {
    const holder = holders[0];
    return {
      title:
        choice.outcome === 'new-profile'
          ? 'The program would start with a new, empty profile'
          : 'The program opens an empty profile, and your mail is in another one',
      detail: `${choice.why} ${
        holders.length === 1 && holder !== undefined
          ? `Your mail is in ${holder.path} (${describe(holder)}).`
          : `Mail is in ${holders.length} profiles: ${holders.map((one) => `${one.path} (${describe(one)})`).join('; ')}. Choose the one that you want: mailmend profiles use <its folder>.`
      } Nothing of it is lost.`,
    };
  },

  repair({ state: { choice, holders } }, { root }) {
    const holder = holders[0];
    if (
      root === null ||
      holders.length !== 1 ||
      holder === undefined ||
      // One that stands in the list and is not seen comes first (profile/registry-hole, profile/registry-entry-wrong).
      (holder.entry === null && isHidden(root, holder)) ||
      // Programs that look at Default=1 alone, and what the environment says, no section of profiles.ini changes.
      !choice.byInstallSection ||
      choice.reason === 'environment' ||
      root.registry.importedInstalls !== null ||
      // It would refuse to open it (profile/newer-version).
      (majorOf(holder.version) ?? 0) > (majorOf(choice.install.version) ?? 0)
    )
      return null;
    const { registry } = root;
    const name = holder.entry?.name ?? freeName(registry, nameOfFolder(holder.path));
    const descriptor = describePlace(registry.root, holder.path).text;
    const listing = holder.entry === null ? listProfile(registry, name, holder.path) : [];
    return {
      title: `${holder.entry === null ? 'Enter the profile with your mail in the list, and let' : 'Let'} the program open ${holder.entry === null ? 'it' : 'the profile with your mail'} ("${name}")`,
      risk: 'settings',
      operations: [
        ...edit(registry.file, listing, 'the program shows the profiles that stand here'),
        ...openByInstall(registry, choice.install.hash, holder.entry?.descriptor ?? descriptor),
      ],
    };
  },
});

const isHidden = ({ registry, misread }: RootFacts, { path }: Neighbour): boolean =>
  registry.hidden.some((entry) => entry.path === path) || misread.some(({ folder }) => folder === path);

/** It opens a profile without accounts and mail, or makes a new one. */
function opensNothing(choice: StartChoice, root: RootFacts): boolean {
  if (choice.outcome === 'new-profile') return root.registry.profiles.length > 0;
  if (choice.outcome !== 'profile') return false;
  const opened = root.neighbours.find((neighbour) => neighbour.path === choice.path);
  return opened?.exists === true && opened.addresses.length === 0 && opened.mailBytes < empty;
}

const describe = (holder: Neighbour): string =>
  `${holder.addresses.length > 0 ? holder.addresses.join(', ') : 'no address'}, ${megabytes(holder.mailBytes)} of mail`;
