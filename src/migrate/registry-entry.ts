/**
 * A diagnostic profile in profiles.ini: entered at the end of the program's count, so that it is seen; taken out again
 * without a gap, and with the default and the question at the start as they were before (formats.md 1.2).
 * Belongs here: which keys change. What is in the folder, and whether it may go, is decided elsewhere.
 */

import type { RegisteredInstall, RegisteredProfile, Registry } from '../profile/registry.ts';
import { changesOf, countedSections, type Section } from '../profile/registry-changes.ts';
import { MailmendError, type NextStep, nextStep } from '../repair/error.ts';
import type { IniChange } from '../repair/operation.ts';
import type { DiagnosticMark, RegistryBefore } from './diagnostic-mark.ts';

/** @throws MailmendError NO_ROOT (3): there is no list that a profile could be entered in so that the program sees it. */
export function requireList({ file, state, unreadable, hidden }: Registry): void {
  if (state === 'missing')
    throw noList(`There is no ${file}, so there is no list to enter a fresh profile in.`);
  if (state === 'unreadable') throw noList(`${file} cannot be read: ${unreadable ?? 'unknown reason'}.`);
  const broken = hidden.find(({ cause }) => cause === 'no-is-relative');
  if (broken === undefined) return;
  throw noList(
    `[${broken.section}] in ${file} has no IsRelative line, so the program would not see a profile behind it.`,
    nextStep('Put the list of profiles right first.', 'repair', '--only', 'profile/registry-hole'),
  );
}

function noList(message: string, ...next: NextStep[]): MailmendError {
  return new MailmendError('NO_ROOT', 3, `${message} Nothing was changed.`, next);
}

/** The state that unlisting goes back to. */
export function registryBefore({ startFact, profiles, installs }: Registry): RegistryBefore {
  return {
    startWithLastProfile: startFact?.value ?? null,
    defaultProfile: profiles.find(({ defaultFact }) => defaultFact?.value === '1')?.path ?? null,
    installs: installs.map((install) => ({
      hash: install.hash,
      default: install.default?.value ?? null,
      locked: install.lockedFact?.value ?? null,
    })),
  };
}

/** The program asks which profile to open. */
export const askAtStart = ({ startFact }: Registry): IniChange[] =>
  changesOf('General', startSection(startFact?.value ?? null), startSection('0'));

/** The question at the start as it was. */
export const askAsBefore = ({ startFact }: Registry, { before }: DiagnosticMark): IniChange[] =>
  changesOf('General', startSection(startFact?.value ?? null), startSection(before.startWithLastProfile));

const startSection = (value: string | null): Section =>
  new Map(value === null ? [] : [['StartWithLastProfile', value]]);

/**
 * Without the profile: the last section moves into its place, as the program itself does it, since a gap would hide every
 * later profile. Where it has become the default, the earlier one is that again.
 */
export function unlistProfile(
  registry: Registry,
  entry: RegisteredProfile,
  mark: DiagnosticMark,
): IniChange[] {
  const before = countedSections(registry);
  const left = registry.profiles.filter((profile) => profile !== entry);
  const after = [...before];
  if (entry.defaultFact?.value === '1') {
    const heir = heirOf(left, mark);
    const section = heir === undefined ? undefined : before[heir.index];
    if (heir !== undefined && section !== undefined)
      after[heir.index] = new Map([...section, ['Default', '1']]);
  }
  const last = after.pop();
  if (last !== undefined && entry.index < after.length) after[entry.index] = last;
  return [
    ...before.flatMap((section, index) =>
      changesOf(`Profile${index}`, section, after[index] ?? new Map<string, string>()),
    ),
    ...registry.installs
      .filter((install) => install.profile === entry && install.default?.file === 'profiles.ini')
      .flatMap((install) => installAsBefore(install, left, mark)),
  ];
}

/** The one that had the mark; else the one that the diagnostic profile was made for. None when one has it already. */
function heirOf(left: readonly RegisteredProfile[], mark: DiagnosticMark): RegisteredProfile | undefined {
  if (left.some(({ defaultFact }) => defaultFact?.value === '1') || mark.before.defaultProfile === null)
    return undefined;
  return (
    left.find(({ path }) => path === mark.before.defaultProfile) ?? left.find(({ path }) => path === mark.of)
  );
}

/**
 * An installation without a profile of its own makes a new, empty one at its next start. So it gets back the one that it
 * had, and only one that had none before is left without.
 */
function installAsBefore(
  { hash, default: chosen, lockedFact }: RegisteredInstall,
  left: readonly RegisteredProfile[],
  mark: DiagnosticMark,
): IniChange[] {
  const earlier = mark.before.installs.find((install) => install.hash === hash);
  const heir =
    left.find(({ descriptor }) => descriptor === earlier?.default) ??
    (earlier === undefined ? undefined : left.find(({ path }) => path === mark.of));
  const now = installSection(chosen?.value ?? null, lockedFact?.value ?? null);
  const wanted = heir === undefined ? new Map() : installSection(heir.descriptor, earlier?.locked ?? null);
  return changesOf(`Install${hash}`, now, wanted);
}

const installSection = (chosen: string | null, locked: string | null): Section =>
  new Map([
    ...(chosen === null ? [] : [['Default', chosen] as const]),
    ...(locked === null ? [] : [['Locked', locked] as const]),
  ]);
