/**
 * Takes a diagnostic profile away again: out of profiles.ini, the question at the start as it was, the folder moved
 * aside. Refused while it holds mail that is nowhere else.
 */

import { rulesOf } from '../profile/path-rules.ts';
import type { Profile } from '../profile/profile.ts';
import type { RegisteredProfile, Registry } from '../profile/registry.ts';
import { MailmendError } from '../repair/error.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { IniChange, Operation } from '../repair/operation.ts';
import { type DiagnosticMark, markFile, parseMark } from './diagnostic-mark.ts';
import { countMessages, keptOnServer } from './only-here.ts';

export interface FoundDiagnostic {
  entry: RegisteredProfile | null;
  name: string;
  path: string;
  mark: DiagnosticMark;
}

const largestMark = 64 * 1024;

/** The diagnostic profiles of a root, by the note in their folder; the newest first. */
export function findDiagnostics(
  fs: ReadableFileSystem,
  registry: Registry,
  paths: readonly { path: string; name: string | null }[],
): FoundDiagnostic[] {
  const { join } = rulesOf(registry.root.path);
  return paths
    .flatMap(({ path, name }) => {
      const at = join(path, markFile);
      if (fs.lstat(at)?.kind !== 'file') return [];
      const mark = parseMark(fs.readFile(at, { limit: largestMark }));
      const entry = registry.profiles.find((profile) => profile.path === path) ?? null;
      return mark === null ? [] : [{ entry, name: name ?? path, path, mark }];
    })
    .sort((a, b) => (a.mark.made < b.mark.made ? 1 : -1));
}

/** @throws MailmendError HOLDS_MAIL (3): mail in it that no server keeps. */
export function planRemoval(
  fs: ReadableFileSystem,
  registry: Registry,
  { entry, path, mark }: FoundDiagnostic,
  profile: Profile,
): Operation[] {
  refuseWithMail(fs, profile);
  const changes: IniChange[] = entry === null ? [] : withoutEntry(registry, entry);
  const operations: Operation[] = [];
  if (changes.length > 0) {
    operations.push({
      op: 'edit-ini',
      path: registry.file,
      changes,
      why: 'the diagnostic profile is no longer listed',
    });
  }
  const start = registry.startFact?.value ?? null;
  if (start !== mark.startWithLastProfile) {
    operations.push({
      op: 'edit-ini',
      path: registry.file,
      changes: [
        { section: 'General', key: 'StartWithLastProfile', from: start, to: mark.startWithLastProfile },
      ],
      why: 'the question at the start is as it was before',
    });
  }
  operations.push({ op: 'move-aside', path, why: 'the diagnostic profile; it is kept, nothing is deleted' });
  return operations;
}

/** Local folders, drafts, sent copies, and POP mail of which the server does not hold every message any more. */
function refuseWithMail(fs: ReadableFileSystem, profile: Profile): void {
  const onlyHere = [...profile.serverMail].flatMap(([key, { mail }]) => {
    const server = profile.servers.find((candidate) => candidate.key === key);
    if (server?.type === 'imap') return [];
    return mail.folders.filter((folder) => {
      if (folder.bytes === 0 || folder.path === 'Trash') return false;
      const isInbox = server?.type === 'pop3' && folder.path === 'Inbox';
      return !isInbox || countMessages(fs, folder.file) > keptOnServer(fs, profile, key);
    });
  });
  if (onlyHere.length === 0) return;
  const names = onlyHere.map((folder) => `"${folder.path}"`).join(', ');
  throw new MailmendError(
    'HOLDS_MAIL',
    3,
    `The diagnostic profile holds mail that may be nowhere else, in ${names}. Nothing was changed.`,
    [
      {
        say: 'Start it once more, and move that mail to an IMAP account or save it as files. Then run the same command again.',
        command: null,
      },
    ],
  );
}

/** The last section moves into the gap, as the program itself does it: a gap would hide every later profile. */
function withoutEntry(registry: Registry, entry: RegisteredProfile): IniChange[] {
  const { ini } = registry;
  if (ini === null) return [];
  const last = registry.profiles.reduce((a, b) => (a.index > b.index ? a : b));
  const remove = (section: string): IniChange[] =>
    ini.keys(section).map((key) => ({ section, key, from: ini.get(section, key)?.value ?? null, to: null }));
  const installs: IniChange[] = registry.installs
    .filter((install) => install.profile === entry && install.default?.file === 'profiles.ini')
    .map((install) => ({
      section: `Install${install.hash}`,
      key: 'Default',
      from: install.default?.value ?? null,
      to: null,
    }));
  if (last === entry) return [...remove(entry.section), ...installs];
  const keys = new Set([...ini.keys(entry.section), ...ini.keys(last.section)]);
  const moved = [...keys].map((key) => ({
    section: entry.section,
    key,
    from: ini.get(entry.section, key)?.value ?? null,
    to: ini.get(last.section, key)?.value ?? null,
  }));
  return [...moved.filter(({ from, to }) => from !== to), ...remove(last.section), ...installs];
}
