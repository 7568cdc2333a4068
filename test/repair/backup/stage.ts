/**
 * A small profile in memory and a folder for its backup, with the calls that a person would make.
 */

import type { CopyTools } from '../../../src/repair/backup/copy.ts';
import { type Backup, type BackupOptions, makeBackup } from '../../../src/repair/backup/make.ts';
import { listSources, type Source } from '../../../src/repair/backup/source.ts';
import { targetState } from '../../../src/repair/backup/target.ts';
import { type VerifiedBackup, verifyBackup } from '../../../src/repair/backup/verify.ts';
import type { WritableFileSystem } from '../../../src/repair/file-system.ts';
import { createMemory, type Memory, type Tree } from '../support/memory.ts';

export const profile = '/home/alice/p.default';
export const folder = '/usb/mail';

export const tree: Tree = {
  '/home': null,
  '/home/alice': null,
  [profile]: { mode: 0o700 },
  [`${profile}/.mailmend`]: null,
  [`${profile}/.parentlock`]: '',
  [`${profile}/Mail`]: { mode: 0o750 },
  [`${profile}/Mail/Empty`]: '',
  [`${profile}/Mail/Inbox`]: 'From - Mon\nSubject: x\n\nx\n',
  [`${profile}/Mail/Sent\n`]: { text: 'From - Tue\n', mode: 0o640 },
  [`${profile}/prefs.js`]: 'user_pref("a", 1);\n',
  '/home/alice/profiles.ini': '[Profile0]\n',
  '/data': null,
  '/data/Archive': 'From - Wed\n',
  '/usb': null,
};

export const sources: Source[] = [
  { from: profile, into: 'profile', why: 'the profile', without: { '.parentlock': 'a lock' } },
  { from: '/data', into: 'outside/1', why: 'mail' },
  { from: '/home/alice/profiles.ini', into: 'registry/profiles.ini', why: 'it lists' },
];

/** With a link in the profile. memfs renames what a link leads to instead of the link; here it does as disks do. */
export function stage(changes: Tree = {}): Memory {
  const { fs, module } = createMemory({ ...tree, ...changes });
  module.symlinkSync('prefs.js', `${profile}/link`);
  const rename = (from: string, to: string): void => {
    if (fs.lstat(from)?.kind === 'link') {
      module.symlinkSync(fs.readLink(from), to);
      fs.unlink(from);
    } else fs.rename(from, to);
  };
  return { fs: { ...fs, rename }, module };
}

const identity = { path: profile, device: '1', inode: '7' };

export const toolsOf = ({ module }: Memory): CopyTools => ({
  symlink: (target, at) => module.symlinkSync(target, at),
  forgetCached: () => {},
});

/** @param fs the memory's own, or one around it that fails. */
export async function backup(
  memory: Memory,
  fs: WritableFileSystem = memory.fs,
  options: Partial<BackupOptions> & { tools?: CopyTools; of?: Source[] } = {},
): Promise<Backup> {
  const { kind: state } = targetState(fs, folder);
  if (state === 'finished' || state === 'occupied' || state === 'no-folder') throw new Error(state);
  const { tools = toolsOf(memory), of = sources, ...rest } = options;
  const listing = await listSources(fs, of);
  return makeBackup(
    fs,
    tools,
    {
      folder,
      state,
      identity,
      sources: of,
      listing,
      leftOut: [],
      head: { by: '0', profile: { path: profile, name: 'p', program: 'thunderbird', version: null } },
    },
    { now: () => new Date('2026-11-23T12:00:00Z'), ...rest },
  );
}

export const verify = ({ fs }: Pick<Memory, 'fs'>, at = folder): Promise<VerifiedBackup> =>
  verifyBackup(fs, at, { forgetCached: () => {} });

export const textAt = ({ fs }: Memory, inBackup: string): string =>
  Buffer.from(fs.readFile(`${folder}/${inBackup}`)).toString();
