/**
 * `diagnostic-profile`: the plan for a fresh profile beside the old one, or for taking it away again, and how to start it.
 */

import { planDiagnostic } from '../migrate/diagnostic-profile.ts';
import { findDiagnostics, planRemoval } from '../migrate/remove-diagnostic.ts';
import { uiVersionOf } from '../migrate/ui-version.ts';
import type { Account } from '../profile/accounts.ts';
import type { Install } from '../profile/install.ts';
import { rulesFor } from '../profile/path-rules.ts';
import type { Profile } from '../profile/profile.ts';
import type { RootFacts } from '../profile/root-facts.ts';
import { type ImapTwin, imapTwinOf } from '../providers/imap-twins.ts';
import { MailmendError } from '../repair/error.ts';
import type { Operation, Plan } from '../repair/operation.ts';
import { makePlan } from '../repair/plan.ts';
import { accountKeys } from './check.ts';
import { commandLine } from './command-line.ts';
import { describeOperation } from './describe-operations.ts';
import type { DiagnosticProfileDocument } from './documents/diagnostic-profile.ts';
import { gatherFacts, readSelected } from './gather-facts.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface DiagnosticOptions {
  /** An address; null: an empty profile, in which the program offers the set-up. */
  account: string | null;
  as: 'imap' | null;
  remove: boolean;
}

type Planned = { document: DiagnosticProfileDocument; plan: Plan };

interface Draft {
  name: string;
  path: string;
  operations: Operation[];
  account: DiagnosticProfileDocument['account'];
  /** The profile that is in doubt. */
  old: string;
}

/** @throws MailmendError NO_ROOT (3), HOLDS_MAIL (3), BAD_ARGUMENTS (2), NO_SUCH_PATH (2) when there is none to remove. */
export function planDiagnosticProfile(
  world: World,
  selected: SelectedProfile,
  options: DiagnosticOptions,
): Planned {
  const { profile, root, machine } = gatherFacts(world, selected);
  if (root === null || selected.root === null) {
    throw new MailmendError(
      'NO_ROOT',
      3,
      `No profiles.ini lists ${profile.path}, so there is no place to enter a fresh profile in. Nothing was changed.`,
      [
        {
          say: 'Name the folder that holds profiles.ini.',
          command: commandLine(
            ['mailmend', 'diagnostic-profile', profile.path, '--root', '<folder>'],
            world.platform,
          ),
        },
      ],
    );
  }
  const install =
    root.choices[0]?.install ?? machine?.installs.find(({ program }) => program === profile.program) ?? null;
  const draft = options.remove
    ? removal(world, selected, root)
    : creation(world, profile, root, install, options);
  const plan = makePlan(world.fs, {
    profile: profile.path,
    folders: [...new Set([selected.root.path, profile.path])],
    operations: draft.operations,
    now: world.now(),
  });
  const lock = machine?.lock ?? { state: 'unknown' as const, pid: null, how: '' };
  return {
    plan,
    document: {
      schema: 'mailmend/diagnostic-profile@1',
      complete: true,
      profile: profileHeader(world, profile, lock),
      remove: options.remove,
      as: options.as,
      diagnostic: { name: draft.name, path: draft.path, root: selected.root.path },
      account: draft.account,
      start: startCommands(world, profile, install, draft),
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

function creation(
  world: World,
  profile: Profile,
  root: RootFacts,
  install: Install | null,
  options: DiagnosticOptions,
): Draft {
  const account = options.account === null ? null : chosenAccount(profile, options.account);
  const as = options.as === null || account === null ? null : imapFor(account);
  const { name, path, operations } = planDiagnostic(world.fs, {
    profile,
    registry: root.registry,
    account,
    as,
    uiVersion: uiVersionOf(install?.version ?? null),
    now: world.now(),
  });
  const type = as !== null || account?.server.type !== 'pop3' ? ('imap' as const) : ('pop3' as const);
  return {
    name,
    path,
    operations,
    old: profile.path,
    account:
      account === null
        ? null
        : { email: options.account ?? '', type, server: as?.host ?? account.server.host ?? '' },
  };
}

/** @throws MailmendError: no such account, or one that does not connect to a mail server. */
function chosenAccount(profile: Profile, address: string): Account {
  const keys = accountKeys(profile, address) ?? [];
  const account = profile.accountList.accounts.find(({ key }) => keys.includes(key));
  if (account === undefined) {
    throw new MailmendError(
      'BAD_ARGUMENTS',
      2,
      `The account ${address} is damaged: its settings must be repaired first.`,
    );
  }
  if (account.server.type !== 'imap' && account.server.type !== 'pop3') {
    throw new MailmendError(
      'BAD_ARGUMENTS',
      2,
      `The account ${address} is neither IMAP nor POP; it cannot be set up in a diagnostic profile.`,
    );
  }
  return account;
}

function imapFor(account: Account): ImapTwin | null {
  if (account.server.type === 'imap') return null;
  const twin = imapTwinOf(account.server.host ?? '');
  if (twin !== null) return twin;
  throw new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `It is not known here whether ${account.server.host} also offers IMAP. Ask the provider, or leave out --as imap: the POP account then leaves all mail on the server.`,
  );
}

function removal(world: World, selected: SelectedProfile, root: RootFacts): Draft {
  const found = findDiagnostics(
    world.fs,
    root.registry,
    root.neighbours.filter(({ exists }) => exists),
  );
  const wanted =
    found.find(({ path }) => path === selected.path) ?? found.find(({ mark }) => mark.of === selected.path);
  if (wanted === undefined) {
    throw new MailmendError('NO_SUCH_PATH', 2, `There is no diagnostic profile of ${selected.path}.`, [
      { say: 'See which profiles there are.', command: 'mailmend profiles' },
    ]);
  }
  const diagnostic = readSelected(world, { ...selected, path: wanted.path, name: wanted.name });
  return {
    name: wanted.name,
    path: wanted.path,
    operations: planRemoval(world.fs, root.registry, wanted, diagnostic),
    account: null,
    old: wanted.mark.of,
  };
}

/** The direct way, the profile manager, and the old profile. */
function startCommands(
  world: World,
  profile: Profile,
  install: Install | null,
  draft: Draft,
): DiagnosticProfileDocument['start'] {
  const program = executable(world, profile, install);
  return {
    direct: commandLine([...program, '--no-remote', '--profile', draft.path], world.platform),
    manager: commandLine([...program, '-ProfileManager'], world.platform),
    old: commandLine([...program, '--no-remote', '--profile', draft.old], world.platform),
  };
}

function executable(world: World, profile: Profile, install: Install | null): string[] {
  const { join } = rulesFor(world.platform);
  const name = profile.program === 'unknown' ? 'thunderbird' : profile.program;
  if (install === null) return [name];
  if (install.kind === 'flatpak' && install.container !== null) return ['flatpak', 'run', install.container];
  if (install.kind === 'snap') return [install.container ?? name];
  if (world.platform === 'win32') return [join(install.directory, `${name}.exe`)];
  return [join(install.directory, world.platform === 'darwin' && name === 'postbox' ? 'postbox-bin' : name)];
}
