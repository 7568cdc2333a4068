/**
 * A fresh profile beside the old one, as the guide wants it for the test: "is the fault in the profile?" (postbox.md
 * 8.1 A17). The old profile and its default mark are not touched.
 * Belongs here: what is made and entered in profiles.ini. Taking it away again is remove-diagnostic.ts.
 */

import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { writePrefs } from '../formats/prefs/print.ts';
import type { Account } from '../profile/accounts.ts';
import { rulesOf } from '../profile/path-rules.ts';
import type { Profile } from '../profile/profile.ts';
import type { Registry } from '../profile/registry.ts';
import { freeName, listProfile } from '../profile/registry-changes.ts';
import type { ImapTwin } from '../providers/imap-twins.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { Operation } from '../repair/operation.ts';
import { type DiagnosticMark, diagnosticName, markFile, printMark } from './diagnostic-mark.ts';
import type { FoundDiagnostic } from './find-diagnostics.ts';
import { freshAccountPrefs } from './fresh-account.ts';
import { askAtStart, registryBefore, requireList } from './registry-entry.ts';

export interface DiagnosticRequest {
  profile: Profile;
  registry: Registry;
  /** Those that the root has already, the newest first. */
  others: readonly FoundDiagnostic[];
  account: Account | null;
  as: ImapTwin | null;
  uiVersion: number | null;
  now: Date;
}

export interface Diagnostic {
  name: string;
  /** Absolute. */
  path: string;
  operations: Operation[];
}

/**
 * @param fs to find a name that is free. Nothing is written.
 * @throws MailmendError NO_ROOT (3): no list that it could be entered in.
 */
export function planDiagnostic(fs: ReadableFileSystem, request: DiagnosticRequest): Diagnostic {
  const { profile, registry, account, now } = request;
  requireList(registry);
  const { join } = rulesOf(registry.root.path);
  const name = freeName(registry, diagnosticName);
  const parent = profilesFolder(fs, registry);
  const path = freeFolder(fs, parent, `${profile.path}\0${now.toISOString()}`);
  const mark: DiagnosticMark = {
    made: now.toISOString(),
    of: profile.path,
    // With another one there already, the question at the start is no longer the owner's own choice.
    before: request.others.at(-1)?.mark.before ?? registryBefore(registry),
  };
  const operations: Operation[] = [
    ...(fs.stat(parent) === null ? [makeFolder(parent, 'the folder for profiles is not there yet')] : []),
    makeFolder(path, 'the fresh profile'),
    write(join(path, 'times.json'), times(now), 'as the program gives one to every new profile'),
    write(join(path, markFile), printMark(mark), 'so that mailmend knows it again for --remove'),
    ...(account === null ? [] : [settings(request, account, join(path, 'prefs.js'))]),
    {
      op: 'edit-ini',
      path: registry.file,
      changes: listProfile(registry, name, path),
      why: `so that the program lists the fresh profile${alsoSeen(registry)}`,
    },
    {
      op: 'edit-ini',
      path: registry.file,
      changes: askAtStart(registry),
      why: 'the program asks at its start which profile to open, so that none is opened by mistake',
    },
  ];
  return {
    name,
    path,
    operations: operations.filter((operation) => !('changes' in operation) || operation.changes.length > 0),
  };
}

function settings({ profile, as, uiVersion }: DiagnosticRequest, account: Account, path: string): Operation {
  return write(
    path,
    writePrefs(freshAccountPrefs(profile, account, { as, uiVersion })),
    'this one account; nothing is fetched at the start and nothing is deleted on the server',
  );
}

/** Of a profile that was made and not yet used (formats.md 1.3). */
const times = (now: Date): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify({ created: now.getTime(), firstUse: null }, null, 2)}\n`);

const makeFolder = (path: string, why: string): Operation => ({ op: 'make-folder', path, mode: 0o700, why });

const write = (path: string, content: Uint8Array, why: string): Operation => ({
  op: 'write',
  path,
  content: Buffer.from(content).toString('base64'),
  mode: 0o600,
  why,
});

/** A fresh profile that fills a gap in the numbers lets the program count on. */
function alsoSeen({ hidden }: Registry): string {
  const names = hidden.filter(({ cause }) => cause === 'gap').map(({ name, section }) => name ?? section);
  if (names.length === 0) return '';
  return `; it fills a gap in the numbers, so ${names.map((name) => `"${name}"`).join(', ')} will be listed again, too`;
}

/** Where the programs put profiles: `Profiles` on Windows and macOS, the root itself on Linux. */
function profilesFolder(fs: ReadableFileSystem, { root }: Registry): string {
  const { join } = rulesOf(root.path);
  const inside = join(root.path, 'Profiles');
  return root.platform !== 'linux' || fs.stat(inside)?.kind === 'folder' ? inside : root.path;
}

/** Eight letters and digits and a name, as the programs make them. */
function freeFolder(fs: ReadableFileSystem, parent: string, seed: string): string {
  const { join } = rulesOf(parent);
  for (let n = 0; ; n++) {
    const digest = createHash('sha256').update(`${seed}\0${n}`).digest();
    const salt = [...digest.subarray(0, 8)]
      .map((byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'[byte % 36])
      .join('');
    const path = join(parent, `${salt}.diagnostic`);
    if (fs.lstat(path) === null) return path;
  }
}
