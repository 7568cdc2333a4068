/**
 * The plan for a diagnostic profile on each system: where its folder goes, what is in it, how it is listed.
 */

import { describe, expect, it } from 'vitest';
import { parseMark } from '../../src/migrate/diagnostic-mark.ts';
import { type Diagnostic, planDiagnostic } from '../../src/migrate/diagnostic-profile.ts';
import type { FoundDiagnostic } from '../../src/migrate/find-diagnostics.ts';
import type { Platform } from '../../src/profile/places.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { profileFromPrefs } from '../support/profile-from-prefs.ts';
import { roots, rootWith } from './support/registry.ts';

const registryText =
  '[Profile0]\nName=default-release\nIsRelative=1\nPath=Profiles/abcd.default-release\nDefault=1\n\n[General]\nStartWithLastProfile=1\nVersion=2\n\n';
const settings = [
  'user_pref("mail.account.account1.server", "server1");',
  'user_pref("mail.accountmanager.accounts", "account1");',
  'user_pref("mail.server.server1.type", "imap");',
  'user_pref("mail.server.server1.hostname", "imap.example.org");',
  'user_pref("mail.server.server1.userName", "alice@example.org");',
].join('\n');
const now = new Date('2026-11-23T12:00:00Z');

interface Asked {
  text?: string;
  others?: FoundDiagnostic[];
  account?: boolean;
}

function planOn(
  platform: Platform,
  { text = registryText, others = [], account = false }: Asked = {},
): Diagnostic {
  const { fs, registry } = rootWith(platform, text);
  const { profile } = profileFromPrefs(settings);
  return planDiagnostic(fs, {
    profile,
    registry,
    others,
    account: account ? (profile.accountList.accounts[0] ?? null) : null,
    as: null,
    uiVersion: 61,
    now,
  });
}

const changesOf = (operation: Operation | undefined): string[] =>
  operation !== undefined && 'changes' in operation && operation.op === 'edit-ini'
    ? operation.changes.map(({ section, key, to }) => `[${section}] ${key}=${to}`)
    : [];

describe('a diagnostic profile', () => {
  it.each([
    ['linux', /^\/home\/alice\/\.thunderbird\/[a-z0-9]{8}\.diagnostic$/, /^[a-z0-9]{8}\.diagnostic$/],
    [
      'darwin',
      /^\/Users\/alice\/Library\/Thunderbird\/Profiles\/[a-z0-9]{8}\.diagnostic$/,
      /^Profiles\/[a-z0-9]{8}\.diagnostic$/,
    ],
    [
      'win32',
      /^C:\\Users\\alice\\AppData\\Roaming\\Thunderbird\\Profiles\\[a-z0-9]{8}\.diagnostic$/,
      /^Profiles\/[a-z0-9]{8}\.diagnostic$/,
    ],
  ] as const)(
    'on %s lies where the program puts profiles, and is listed by the way from the root',
    (platform, place, listed) => {
      const { path, operations } = planOn(platform);
      expect(path).toMatch(place);
      const entry = operations.find(({ op }) => op === 'edit-ini');
      const written = changesOf(entry).find((change) => change.startsWith('[Profile1] Path='));
      expect(written?.slice('[Profile1] Path='.length)).toMatch(listed);
      expect(changesOf(entry)).toContain('[Profile1] IsRelative=1');
      const folder =
        platform === 'linux' ? [] : [`${roots[platform]}${platform === 'win32' ? '\\' : '/'}Profiles`];
      expect(operations.filter(({ op }) => op === 'make-folder').map((one) => one.path)).toEqual([
        ...folder,
        path,
      ]);
    },
  );

  it('is the question at the start as a step of its own, with its own reason', () => {
    const { operations } = planOn('linux');
    expect(operations.map(({ op }) => op)).toEqual(['make-folder', 'write', 'write', 'edit-ini', 'edit-ini']);
    expect(changesOf(operations[4])).toEqual(['[General] StartWithLastProfile=0']);
    expect(operations[4]?.why).toContain('asks at its start');
  });

  it('has no such step where the program asks already', () => {
    const { operations } = planOn('linux', { text: registryText.replace('Profile=1', 'Profile=0') });
    expect(operations.map(({ op }) => op)).toEqual(['make-folder', 'write', 'write', 'edit-ini']);
  });

  it('is private, and its files are', () => {
    for (const operation of planOn('linux', { account: true }).operations) {
      if (operation.op === 'make-folder') expect(operation.mode).toBe(0o700);
      if (operation.op === 'write') expect(operation.mode).toBe(0o600);
    }
  });

  it('holds what a profile holds that was never used, and the note of mailmend, without an account, and its settings with one', () => {
    const files = (diagnostic: Diagnostic): string[] =>
      diagnostic.operations
        .filter(({ op }) => op === 'write')
        .map(({ path }) => path.split('/').at(-1) ?? '');
    expect(files(planOn('linux'))).toEqual(['times.json', 'mailmend-diagnostic.json']);
    expect(files(planOn('linux', { account: true }))).toEqual([
      'times.json',
      'mailmend-diagnostic.json',
      'prefs.js',
    ]);
  });

  it('gets a name that no profile has, seen or hidden', () => {
    const called = (name: string, index: number): string =>
      `[Profile${index}]\nName=${name}\nIsRelative=1\nPath=p${index}\n`;
    expect(planOn('linux').name).toBe('Diagnostic profile (mailmend)');
    const text = called('Diagnostic profile (mailmend)', 0) + called('Diagnostic profile (mailmend) 2', 5);
    expect(planOn('linux', { text }).name).toBe('Diagnostic profile (mailmend) 3');
  });

  it('gets a folder that is not there yet', () => {
    const { path } = planOn('linux');
    const { fs, registry } = rootWith('linux', registryText);
    const taken = { ...fs, lstat: (at: string) => (at === path ? fs.lstat(roots.linux) : fs.lstat(at)) };
    const { profile } = profileFromPrefs(settings);
    const request = { profile, registry, others: [], account: null, as: null, uiVersion: null, now };
    expect(planDiagnostic(taken, request).path).not.toBe(path);
  });

  it('remembers how profiles.ini was before the first of several', () => {
    const noteOf = (diagnostic: Diagnostic) => {
      const note = diagnostic.operations.find(({ path }) => path.endsWith('mailmend-diagnostic.json'));
      return note?.op === 'write' ? parseMark(Buffer.from(note.content, 'base64')) : null;
    };
    const first = noteOf(planOn('linux'));
    expect(first).toEqual({
      made: now.toISOString(),
      of: '/home/alice/.thunderbird/abcd.default-release',
      before: {
        startWithLastProfile: '1',
        defaultProfile: '/home/alice/.thunderbird/Profiles/abcd.default-release',
        installs: [],
      },
    });
    if (first === null) throw new Error('no note');
    const text = registryText.replace('Profile=1', 'Profile=0');
    const others = [{ entry: null, name: 'first', path: '/first', mark: first }];
    expect(noteOf(planOn('linux', { text, others }))?.before).toEqual(first.before);
  });

  it('says which hidden profiles come back with it', () => {
    const gap = `${registryText}[Profile2]\nName=lost\nIsRelative=1\nPath=lost\n`;
    expect(planOn('linux', { text: gap }).operations[3]?.why).toContain('so "lost" will be listed again');
  });
});

describe('the note in a diagnostic profile', () => {
  it.each([
    '',
    '[]',
    'null',
    '{"schema":"mailmend/diagnostic-mark@2","made":"x","of":"/x"}',
    '{"schema":"mailmend/diagnostic-mark@1","made":1,"of":"/x"}',
  ])('is not one when it is %j', (text) => {
    expect(parseMark(Buffer.from(text))).toBeNull();
  });

  it('gives nothing that could not stand in profiles.ini', () => {
    const hostile = {
      schema: 'mailmend/diagnostic-mark@1',
      made: 'x',
      of: '/x',
      before: {
        startWithLastProfile: '1\n[Profile9]\nPath=/etc',
        defaultProfile: 7,
        installs: [null, { hash: 4 }, { hash: 'A', default: 'x\0', locked: '1' }],
      },
    };
    expect(parseMark(Buffer.from(JSON.stringify(hostile)))?.before).toEqual({
      startWithLastProfile: null,
      defaultProfile: null,
      installs: [{ hash: 'A', default: null, locked: '1' }],
    });
  });
});
