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
import { describePlace } from '../profile/profile-place.ts';
import type { Registry } from '../profile/registry.ts';
import type { ImapTwin } from '../providers/imap-twins.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { IniChange, Operation } from '../repair/operation.ts';
import { type DiagnosticMark, diagnosticName, markFile, printMark } from './diagnostic-mark.ts';
import { freshAccountPrefs } from './fresh-account.ts';

export interface DiagnosticRequest {
  profile: Profile;
  registry: Registry;
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

/** @param fs to find a name that is free. Nothing is written. */
export function planDiagnostic(fs: ReadableFileSystem, request: DiagnosticRequest): Diagnostic {
  const { profile, registry, account, as, uiVersion, now } = request;
  const { root } = registry;
  const { join } = rulesOf(root.path);
  const name = freeName(registry);
  const parent = profilesFolder(fs, registry);
  const path = freeFolder(fs, parent, `${profile.path}\0${now.toISOString()}`);
  const mark: DiagnosticMark = {
    made: now.toISOString(),
    of: profile.path,
    startWithLastProfile: registry.startFact?.value ?? null,
  };
  const operations: Operation[] = [];
  if (fs.stat(parent) === null) {
    operations.push({
      op: 'make-folder',
      path: parent,
      mode: 0o700,
      why: 'the folder for profiles is not there yet',
    });
  }
  operations.push(
    { op: 'make-folder', path, mode: 0o700, why: 'the fresh profile' },
    write(join(path, markFile), printMark(mark), 'so that mailmend knows it again for --remove'),
  );
  if (account !== null) {
    const prefs = writePrefs(freshAccountPrefs(profile, account, { as, uiVersion }));
    operations.push(
      write(
        join(path, 'prefs.js'),
        prefs,
        'this one account; nothing is fetched at the start and nothing is deleted on the server',
      ),
    );
  }
  operations.push(
    {
      op: 'edit-ini',
      path: registry.file,
      changes: entry(registry, name, path),
      why: 'so that the program lists the fresh profile',
    },
    {
      op: 'edit-ini',
      path: registry.file,
      changes: [
        { section: 'General', key: 'StartWithLastProfile', from: registry.startFact?.value ?? null, to: '0' },
      ].filter(({ from, to }) => from !== to),
      why: 'the program asks at its start which profile to open, so that none is opened by mistake',
    },
  );
  return {
    name,
    path,
    operations: operations.filter((operation) => !('changes' in operation) || operation.changes.length > 0),
  };
}

const write = (path: string, content: Uint8Array, why: string): Operation => ({
  op: 'write',
  path,
  content: Buffer.from(content).toString('base64'),
  mode: 0o600,
  why,
});

/** Names are looked up by the first match, so it must be the only one (formats.md 1.2). */
function freeName({ profiles, hidden }: Registry): string {
  const taken = new Set([...profiles, ...hidden].map((profile) => profile.name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? diagnosticName : `${diagnosticName} ${n}`;
    if (!taken.has(name)) return name;
  }
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

/** Under the first number at which the program's count ends, so that it is seen. */
function entry(registry: Registry, name: string, path: string): IniChange[] {
  const { ini } = registry;
  let number = 0;
  while (ini !== null && ini.keys(`Profile${number}`).length > 0) number++;
  const section = `Profile${number}`;
  const place = describePlace(registry.root, path);
  const set = (key: string, to: string): IniChange => ({ section, key, from: null, to });
  const changes = [set('Name', name), set('IsRelative', place.relative ? '1' : '0'), set('Path', place.text)];
  const isNew = ini === null || registry.version === null;
  return isNew && registry.state === 'missing'
    ? [...changes, { section: 'General', key: 'Version', from: null, to: '2' }]
    : changes;
}
