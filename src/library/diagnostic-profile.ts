/**
 * `diagnostic-profile`: the plan for a fresh profile beside the old one, or for taking it away again, and how to start it.
 */

import { planDiagnostic } from '../migrate/diagnostic-profile.ts';
import { type FoundDiagnostic, findDiagnostics } from '../migrate/find-diagnostics.ts';
import { hostOf } from '../migrate/fresh-account.ts';
import { planRemoval } from '../migrate/remove-diagnostic.ts';
import { uiVersionOf } from '../migrate/ui-version.ts';
import type { Install } from '../profile/install.ts';
import type { Profile } from '../profile/profile.ts';
import type { Neighbour, RootFacts } from '../profile/root-facts.ts';
import { MailmendError, nextStep } from '../repair/error.ts';
import type { Operation, Plan } from '../repair/operation.ts';
import { makePlan } from '../repair/plan.ts';
import { commandLine, nextCommand } from './command-line.ts';
import { describeOperation } from './describe-operations.ts';
import { chosenAccount, imapFor } from './diagnostic-account.ts';
import type { DiagnosticProfileDocument } from './documents/diagnostic-profile.ts';
import { gatherFacts, readMachine, readSelected } from './gather-facts.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { installOf, openCommand, startWords } from './start-command.ts';
import type { World } from './world.ts';

export interface DiagnosticOptions {
  /** An address; null: an empty profile, in which the program offers the set-up. */
  account: string | null;
  as: 'imap' | null;
  remove: boolean;
}

type Planned = { document: DiagnosticProfileDocument; plan: Plan };

interface Draft {
  /** The profile that is in doubt; what is replaced is kept with its runs. */
  owner: SelectedProfile;
  name: string;
  path: string;
  operations: Operation[];
  account: DiagnosticProfileDocument['account'];
}

/**
 * @throws MailmendError NO_ROOT (3): no list of profiles; HOLDS_MAIL (3); BAD_ARGUMENTS (2): no such account, or one that
 * cannot be set up; NO_SUCH_PATH (2): none to remove.
 */
export function planDiagnosticProfile(
  world: World,
  selected: SelectedProfile,
  options: DiagnosticOptions,
): Planned {
  const { profile, root, machine } = gatherFacts(world, selected);
  if (root === null || selected.root === null) throw noRoot(world, profile.path);
  const found = findDiagnostics(
    world.fs,
    root.registry,
    root.neighbours.filter(({ exists }) => exists),
  );
  const install = installOf(root, machine?.installs ?? [], profile.program);
  const draft = options.remove
    ? removal(world, selected, root, found, startWords(world, profile.program, install))
    : creation(world, selected, { profile, root, found, install }, options);
  const plan = makePlan(world.fs, {
    profile: draft.owner.path,
    folders: [...new Set([selected.root.path, draft.owner.path])],
    operations: draft.operations,
    now: world.now(),
  });
  const owner = draft.owner === selected ? profile : readSelected(world, draft.owner);
  return {
    plan,
    document: {
      schema: 'mailmend/diagnostic-profile@1',
      complete: true,
      profile: profileHeader(world, owner, readMachine(world, owner).lock),
      remove: options.remove,
      as: options.as,
      diagnostic: { name: draft.name, path: draft.path, root: selected.root.path },
      account: draft.account,
      start: startCommands(world, startWords(world, owner.program, install), draft),
      plan: { id: plan.id, operations: plan.operations.map(describeOperation) },
      applied: false,
      run: null,
      needs:
        draft.account === null || options.remove
          ? []
          : [`The password of ${draft.account.email}, when you fetch its mail.`],
    },
  };
}

function noRoot(world: World, profile: string): MailmendError {
  return new MailmendError(
    'NO_ROOT',
    3,
    `No profiles.ini lists ${profile}, so there is no place to enter a fresh profile in. Nothing was changed.`,
    [
      {
        say: 'Name the folder that holds profiles.ini.',
        command: commandLine(
          ['mailmend', 'diagnostic-profile', profile, '--root', '<folder>'],
          world.platform,
        ),
      },
    ],
  );
}

interface Around {
  profile: Profile;
  root: RootFacts;
  found: readonly FoundDiagnostic[];
  install: Install | null;
}

function creation(
  world: World,
  owner: SelectedProfile,
  { profile, root, found, install }: Around,
  options: DiagnosticOptions,
): Draft {
  const own = found.find(({ path }) => isSameFolder(world, path, owner.path));
  if (own !== undefined) throw isDiagnosticItself(world, own);
  const account = options.account === null ? null : chosenAccount(profile, options.account);
  const as = options.as === null || account === null ? null : imapFor(profile, account);
  const { name, path, operations } = planDiagnostic(world.fs, {
    profile,
    registry: root.registry,
    others: found,
    account,
    as,
    uiVersion: uiVersionOf(install?.version ?? null),
    now: world.now(),
  });
  const type = as !== null || account?.server.type !== 'pop3' ? ('imap' as const) : ('pop3' as const);
  return {
    owner,
    name,
    path,
    operations,
    account:
      account === null
        ? null
        : { email: options.account ?? '', type, server: as?.host ?? hostOf(profile, account) },
  };
}

function isDiagnosticItself(world: World, { mark }: FoundDiagnostic): MailmendError {
  return new MailmendError(
    'BAD_ARGUMENTS',
    2,
    'This is a diagnostic profile itself. Another one can be made for your own profile.',
    [
      {
        say: 'For the profile that it was made for:',
        command: nextCommand(world, 'diagnostic-profile', mark.of),
      },
    ],
  );
}

function removal(
  world: World,
  selected: SelectedProfile,
  root: RootFacts,
  found: readonly FoundDiagnostic[],
  program: readonly string[],
): Draft {
  const diagnostic =
    found.find(({ path }) => isSameFolder(world, path, selected.path)) ??
    found.find(({ mark }) => isSameFolder(world, mark.of, selected.path)) ??
    found.find(({ mark }) => ownerOf(world, root, mark.of) === undefined);
  if (diagnostic === undefined) {
    throw new MailmendError('NO_SUCH_PATH', 2, `There is no diagnostic profile of ${selected.path}.`, [
      nextStep('See which profiles there are.', 'profiles'),
    ]);
  }
  const { name, path, mark } = diagnostic;
  const owner = isSameFolder(world, path, selected.path) ? ownOf(world, selected, root, mark.of) : selected;
  const operations = planRemoval(world.fs, {
    registry: root.registry,
    diagnostic,
    content: readSelected(world, { ...selected, path, name }),
    others: found.length > 1,
    next: [
      {
        say: 'Open it once more. Move that mail to an IMAP account or save it as files; what is not needed, delete there.',
        command: openCommand(world, program, path),
      },
      {
        say: 'Then run the same command again.',
        command: nextCommand(world, 'diagnostic-profile', owner.path, '--remove'),
      },
    ],
  });
  return { owner, name, path, operations, account: null };
}

/** A diagnostic profile was named: its runs are kept with the profile that it was made for. */
function ownOf(world: World, selected: SelectedProfile, root: RootFacts, of: string): SelectedProfile {
  const owner = ownerOf(world, root, of);
  if (owner !== undefined) return { ...selected, path: owner.path, name: owner.entry?.name ?? null };
  throw new MailmendError(
    'NO_SUCH_PATH',
    2,
    `The profile that it was made for is no longer at ${of}. Name your own profile instead, wherever it is now.`,
    [nextStep('See which profiles there are.', 'profiles')],
  );
}

const ownerOf = (world: World, { neighbours }: RootFacts, of: string): Neighbour | undefined =>
  neighbours.find(({ exists, path }) => exists && isSameFolder(world, path, of));

function isSameFolder(world: World, one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [world.fs.realPath(one), world.fs.realPath(other)];
  return a !== null && a === b;
}

/** The direct way, the profile manager, and the old profile. */
function startCommands(
  world: World,
  program: readonly string[],
  draft: Draft,
): DiagnosticProfileDocument['start'] {
  return {
    direct: openCommand(world, program, draft.path),
    manager: commandLine([...program, '-ProfileManager'], world.platform),
    old: openCommand(world, program, draft.owner.path),
  };
}
