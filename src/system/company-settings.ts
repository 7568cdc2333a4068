/**
 * What an administrator has set for the installed programs: policies.json, AutoConfig and locked default settings. All
 * of it is read as data; nothing is run. Policies in the registry of Windows and in configuration profiles of macOS are
 * in no file that could be read here.
 */

import { type ConfigCall, decodeConfig, parseConfig } from '../formats/auto-config.ts';
import { parsePolicies } from '../formats/policies-json.ts';
import type { CompanySettings, EnforcedPref } from '../profile/enforced.ts';
import type { Install } from '../profile/install.ts';
import { rulesOf } from '../profile/path-rules.ts';
import { listFolder } from '../profile/profile-folder.ts';
import { readSmallFile } from '../profile/small-file.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';

const maxBytes = 1024 * 1024;
/** The program shifts every byte of an AutoConfig file by this, unless it is told otherwise. */
const usualShift = 13;

/** Settings for the whole computer, on Linux (XREDirProvider: SysConfD). */
const systemFolder = '/etc/thunderbird';

/** Of all these programs. A Flatpak or package of the Store lies where its own view of the disk is another one. */
export function readCompanySettings(fs: ReadableFileSystem, installs: readonly Install[]): CompanySettings {
  const found = installs.filter(({ kind }) => kind === 'native').map((install) => ofInstall(fs, install));
  return { prefs: found.flatMap(({ prefs }) => prefs), unclear: found.flatMap(({ unclear }) => unclear) };
}

function ofInstall(fs: ReadableFileSystem, install: Install): CompanySettings {
  const { join } = rulesOf(install.platformDirectory);
  const folders = [install.platformDirectory, ...(install.platform === 'linux' ? [systemFolder] : [])];
  const own = join(install.platformDirectory, 'distribution', 'policies.json');
  const wide = rulesOf(systemFolder).join(systemFolder, 'policies', 'policies.json');
  const parts = [
    // The file for the whole computer counts instead of that of the installation.
    (install.platform === 'linux' ? fromPolicies(fs, wide) : null) ?? fromPolicies(fs, own),
    ...fromDefaults(fs, folders),
  ];
  const settings = parts.filter((part) => part !== null);
  return {
    prefs: settings.flatMap(({ prefs }) => prefs),
    unclear: settings.flatMap(({ unclear }) => unclear),
  };
}

/** Null: there is no such file. */
function fromPolicies(fs: ReadableFileSystem, file: string): CompanySettings | null {
  const text = readSmallFile(fs, file, maxBytes);
  if (text.state === 'missing') return null;
  if (text.state === 'unreadable') return { prefs: [], unclear: [{ file, why: text.why, missing: false }] };
  const { prefs, usable } = parsePolicies(text.bytes);
  const unclear = usable
    ? []
    : [{ file, why: 'it is not what the program expects, so the program ignores all of it', missing: false }];
  return {
    prefs: prefs.flatMap(({ name, value, status, line }): EnforcedPref[] =>
      status === 'default'
        ? []
        : [{ name, value, how: status === 'locked' ? 'locked' : 'start', by: 'policy', file, line }],
    ),
    unclear,
  };
}

function fromDefaults(fs: ReadableFileSystem, folders: readonly string[]): CompanySettings[] {
  const files = folders.flatMap((folder) => defaultFiles(fs, folder));
  const calls = files.flatMap((file) => {
    const text = readSmallFile(fs, file, maxBytes);
    return text.state === 'present'
      ? parseConfig(decodeConfig(text.bytes, 0), true).calls.map((call) => ({ ...call, file }))
      : [];
  });
  const locked = calls
    .filter((call) => call.locked)
    .map(({ name, value, file, line }): EnforcedPref => {
      return { name, value, how: 'locked', by: 'installation', file, line };
    });
  const named = calls.findLast(({ name }) => name === 'general.config.filename')?.value;
  const shift = calls.findLast(({ name }) => name === 'general.config.obscure_value')?.value;
  return [
    { prefs: locked, unclear: [] },
    ...(typeof named === 'string' && named !== ''
      ? [fromAutoConfig(fs, folders, named, typeof shift === 'number' ? shift : usualShift)]
      : []),
  ];
}

/** `defaults/pref/*.js` and its other spellings, by name, as the program goes through them. */
function defaultFiles(fs: ReadableFileSystem, folder: string): string[] {
  const { join } = rulesOf(folder);
  const places = [
    join(folder, 'defaults', 'pref'),
    join(folder, 'defaults', 'preferences'),
    join(folder, 'pref'),
  ];
  return places.flatMap((place) =>
    (listFolder(fs, place) ?? [])
      .filter(({ name, kind }) => kind !== 'folder' && name.endsWith('.js'))
      .map(({ name }) => join(place, name))
      .sort(),
  );
}

function fromAutoConfig(
  fs: ReadableFileSystem,
  folders: readonly string[],
  name: string,
  shift: number,
): CompanySettings {
  const possible = folders.map((folder) => rulesOf(folder).join(folder, name));
  for (const file of possible) {
    const text = readSmallFile(fs, file, maxBytes);
    if (text.state === 'missing') continue;
    if (text.state === 'unreadable') return { prefs: [], unclear: [{ file, why: text.why, missing: false }] };
    const { calls, code } = parseConfig(decodeConfig(text.bytes, shift), false);
    const why =
      'it holds a program of its own, which mailmend does not run; it may set more than is told here';
    return {
      prefs: calls.flatMap((call) => fromCall(call, file)),
      unclear: code ? [{ file, why, missing: false }] : [],
    };
  }
  const file = possible[0] ?? name;
  return {
    prefs: [],
    unclear: [{ file, why: 'the installation names it, and it is not there', missing: true }],
  };
}

function fromCall({ call, name, value, line }: ConfigCall, file: string): EnforcedPref[] {
  if (call === 'defaultPref' || call === 'unlockPref') return [];
  const how = call === 'lockPref' ? 'locked' : 'start';
  return [{ name, value: call === 'clearPref' ? null : value, how, by: 'autoconfig', file, line }];
}
