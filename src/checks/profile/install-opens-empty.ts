/**
 * Looks for: an installed program that opens an empty profile, or will make one, while another profile of the same
 * place holds the mail.
 * Why: since version 68 each installation has a profile of its own. After a reinstallation into another folder, or a
 * change to Snap, Flatpak or the Store, it starts with a new empty one; the mail seems gone (formats.md R4).
 * Found: what the program opens has no account and no mail, and exactly one or more others have both.
 * Repaired: where one profile holds the mail, the installation is pointed to it. Otherwise the owner has to choose.
 */

import type { Neighbour, RootFacts } from '../../profile/root-facts.ts';
import type { StartChoice } from '../../profile/start-choice.ts';
import type { IniChange } from '../../repair/operation.ts';
import { defineCheck } from '../check.ts';
import { megabytes } from '../wording.ts';

/** Bytes: indexes of empty folders, which a program makes by itself. */
const trifle = 64 * 1024;

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

  find({ root }) {
    if (root === null) return [];
    return root.choices
      .filter((choice) => opensNothing(choice, root))
      .flatMap((choice) => {
        const holders = root.neighbours.filter(
          (neighbour) => neighbour.exists && neighbour.addresses.length > 0 && neighbour.mailBytes > trifle,
        );
        if (holders.length === 0) return [];
        return [
          {
            subject: { kind: 'install' as const, id: choice.install.hash },
            evidence: [
              { file: root.registry.file, note: choice.why },
              ...holders.map((holder) => ({ file: holder.path, note: describe(holder) })),
            ],
            state: { choice, holders },
          },
        ];
      });
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
          : `Mail is in ${holders.length} profiles: ${holders.map((one) => `${one.path} (${describe(one)})`).join('; ')}. Start the one that you want with the profile manager (thunderbird -P), or name it with --only after you have looked at each.`
      } Nothing of it is lost.`,
    };
  },

  repair({ state: { choice, holders } }, { root }) {
    const holder = holders[0];
    const { hash } = choice.install;
    if (
      root === null ||
      holders.length !== 1 ||
      !holder?.entry ||
      // Programs that look at Default=1 alone, and what the environment says, no section of profiles.ini changes.
      !choice.byInstallSection ||
      choice.reason === 'environment' ||
      root.registry.importedInstalls !== null
    )
      return null;
    const section = `Install${hash}`;
    const ini = root.registry.ini;
    const changes: IniChange[] = [
      {
        section,
        key: 'Default',
        from: ini?.get(section, 'Default')?.value ?? null,
        to: holder.entry.descriptor,
      },
      { section, key: 'Locked', from: ini?.get(section, 'Locked')?.value ?? null, to: '1' },
    ];
    return {
      title: `Let the program open the profile with your mail ("${holder.entry.name}")`,
      risk: 'settings',
      operations: [
        {
          op: 'edit-ini',
          path: root.registry.file,
          changes: changes.filter(({ from, to }) => from !== to),
          why: 'this installation opens the profile that is named here',
        },
      ],
    };
  },
});

/** It opens a profile without accounts and mail, or makes a new one. A profile made for a test is empty on purpose. */
function opensNothing(choice: StartChoice, root: RootFacts): boolean {
  if (choice.outcome === 'new-profile') return root.registry.profiles.length > 0;
  if (choice.outcome !== 'profile') return false;
  const opened = root.neighbours.find((neighbour) => neighbour.path === choice.path);
  return opened?.exists === true && opened.addresses.length === 0 && opened.mailBytes < trifle;
}

const describe = (holder: Neighbour): string =>
  `${holder.addresses.length > 0 ? holder.addresses.join(', ') : 'no address'}, ${megabytes(holder.mailBytes)} of mail`;
