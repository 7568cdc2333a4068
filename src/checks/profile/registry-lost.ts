/**
 * Looks for: profile folders in the folder of a mail program, and no list of profiles that could be read, or an empty one.
 * Why: without profiles.ini the program makes a new, empty profile at its next start; with one that cannot be read it
 * does not start at all (formats.md 1.2, R5). The profiles themselves are untouched.
 * Found: profiles.ini missing, empty, or without any entry, and folders with accounts or mail beside it.
 * Repaired: the list is written anew, with every such folder. What opens is what installs.ini says; else the only one,
 * or the one that was used last. A file that may not be read is left alone.
 */

import { Buffer } from 'node:buffer';
import { majorOf } from '../../profile/install.ts';
import { describePlace } from '../../profile/profile-place.ts';
import { freeName, nameOfFolder, profileSection, type Section } from '../../profile/registry-changes.ts';
import type { Neighbour, RootFacts } from '../../profile/root-facts.ts';
import type { Operation } from '../../repair/operation.ts';
import { defineCheck } from '../check.ts';
import { megabytes } from '../wording.ts';

interface State {
  holders: Neighbour[];
  /** The one that opens. */
  first: Neighbour;
}

export const registryLost = defineCheck<State>({
  meta: {
    id: 'profile/registry-lost',
    severity: 'error',
    title: 'The list of profiles is lost',
    looksFor:
      'Profiles with accounts or mail in the folder of the program, while profiles.ini, which lists them, is missing, empty or cannot be read.',
    why: 'Without the list the program starts with a new, empty profile, as if all mail were gone; with one that it may not read it does not start. Nothing happened to the profiles.',
    repair:
      'The list is written anew, with every profile that is found. What is there of the old one is kept.',
    faults: ['formats.md R5', 'pains.md P11'],
    needs: ['root'],
  },

  find({ root }) {
    if (root === null || !isLost(root)) return [];
    const holders = root.neighbours
      .filter(
        ({ exists, accounts, addresses, mailBytes }) =>
          exists && (accounts > 0 || addresses.length > 0 || mailBytes > 0),
      )
      .sort((a, b) => (b.lastUsed ?? 0) - (a.lastUsed ?? 0));
    const first = holders.find((holder) => isNamedBy(root, holder)) ?? holders[0];
    if (first === undefined) return [];
    const { state, file, unreadable } = root.registry;
    return [
      {
        subject: { kind: 'file', id: 'profiles.ini' },
        start: state === 'unreadable' ? 'fails' : 'safe',
        evidence: [
          { file, note: unreadable ?? stateWords[state] },
          ...holders.map((holder) => ({ file: holder.path, note: contentOf(holder) })),
        ],
        state: { holders, first },
      },
    ];
  },

  words({ state: { holders, first } }, { root }) {
    const registry = root?.registry;
    const where = `${holders.length === 1 ? 'Your profile is' : `${holders.length} profiles are`} still there: ${holders.map((holder) => `${holder.path} (${contentOf(holder)})`).join('; ')}.`;
    if (registry?.state === 'unreadable') {
      return {
        title: 'The list of profiles cannot be read',
        detail: `${registry.file}: ${registry.unreadable ?? 'it cannot be read'}. The program does not start until it can be. ${where} Give yourself the right to read the file, or move it away and look again.`,
      };
    }
    return {
      title: registry?.state === 'missing' ? 'The list of profiles is gone' : 'The list of profiles is empty',
      detail: `At its next start the program makes a new, empty profile, as if all mail were gone. ${where}${holders.length === 1 ? '' : ` ${first.path} would be the one that opens.`}`,
    };
  },

  repair({ state: { holders, first } }, { root }) {
    if (root === null || root.registry.state === 'unreadable') return null;
    return {
      title: `Write the list of profiles anew${holders.length === 1 ? '' : `, with ${holders.length} profiles; ${first.path} opens`}`,
      risk: 'settings',
      operations: [newList(root, holders, first)],
    };
  },
});

const stateWords = {
  missing: 'there is no such file',
  empty: 'nothing stands in it',
  unreadable: 'it cannot be read',
  present: 'no profile stands in it',
};

/**
 * A folder that was only named by hand need not be that of a program: then something of the program has to lie there.
 */
function isLost({ registry, leftInstalls }: RootFacts): boolean {
  const { state, profiles, hidden, root } = registry;
  if (state === 'missing') return root.kind !== 'given' || leftInstalls !== null;
  // One that is too large for mailmend may be read by the program.
  if (state === 'unreadable') return !/^it is larger/.test(registry.unreadable ?? '');
  return state === 'empty' || (profiles.length === 0 && hidden.length === 0);
}

const isNamedBy = ({ leftInstalls, registry }: RootFacts, { path }: Neighbour): boolean =>
  (leftInstalls ?? []).some(({ descriptor }) => descriptor === describePlace(registry.root, path).text);

/** As the program writes it: names, places, one default, and for each installation the profile that it opened. */
function newList(root: RootFacts, holders: readonly Neighbour[], first: Neighbour): Operation {
  const { registry } = root;
  const names: string[] = [];
  const sections: [string, Section][] = holders.map((holder, index) => {
    const name = freeName({ profiles: [], hidden: [] }, nameOfFolder(holder.path), names);
    names.push(name);
    const keys = profileSection(registry, name, holder.path);
    return [`Profile${index}`, holder === first ? new Map([...keys, ['Default', '1']]) : keys];
  });
  sections.push([
    'General',
    new Map([
      ['StartWithLastProfile', '1'],
      ['Version', '2'],
    ]),
  ]);
  for (const [hash, descriptor] of openedBy(root, holders, first)) {
    sections.push([
      `Install${hash}`,
      new Map([
        ['Default', descriptor],
        ['Locked', '1'],
      ]),
    ]);
  }
  const end = registry.root.platform === 'win32' ? '\r\n' : '\n';
  const text = sections.map(([name, keys]) =>
    [`[${name}]`, ...[...keys].map(([key, value]) => `${key}=${value}`), '', ''].join(end),
  );
  return {
    op: 'write',
    path: registry.file,
    content: Buffer.from(text.join('')).toString('base64'),
    mode: registry.state === 'missing' ? 0o644 : null,
    why: 'the program shows the profiles that stand here',
  };
}

/** What installs.ini still says. An installation that it does not know gets the only profile, unless it would refuse it. */
function openedBy(root: RootFacts, holders: readonly Neighbour[], first: Neighbour): Map<string, string> {
  const place = ({ path }: Neighbour): string => describePlace(root.registry.root, path).text;
  const places = new Set(holders.map(place));
  const known = (root.leftInstalls ?? []).filter(({ descriptor }) => places.has(descriptor));
  const opened = new Map(known.map(({ hash, descriptor }) => [hash, descriptor]));
  if (holders.length > 1) return opened;
  for (const { install, byInstallSection } of root.choices) {
    const isNewer = (majorOf(first.version) ?? 0) > (majorOf(install.version) ?? 0);
    if (byInstallSection && !isNewer && !opened.has(install.hash)) opened.set(install.hash, place(first));
  }
  return opened;
}

const contentOf = ({ addresses, mailBytes }: Neighbour): string =>
  `${addresses.length === 0 ? 'no address' : addresses.join(', ')}; ${megabytes(mailBytes)} of mail`;
