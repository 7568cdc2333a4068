import { describe, expect, it } from 'vitest';
import {
  isNeverUsed,
  looksLikeProfile,
  programOf,
  readCompatibility,
} from '../../src/profile/profile-folder.ts';
import { type Recorded, recordedTree } from './support/recorded-tree.ts';

const folder = '/home/anna/.thunderbird/ab12cd34.default';

describe('what looks like a profile (design.md 3)', () => {
  const holding = (name: string, item: Recorded[string] = ''): boolean =>
    looksLikeProfile(recordedTree('linux', { [`${folder}/${name}`]: item }), folder);

  it.each([
    'prefs.js',
    'prefs-1.js',
    'prefs-27.js',
    'Invalidprefs.js',
    'compatibility.ini',
    'times.json',
    'logins.json',
    'key3.db',
    'key4.db',
    'signons.sqlite',
    'signons3.txt',
    'Mail/Local Folders/Inbox',
    'ImapMail/imap.example.org/INBOX',
  ])('any of its files is enough: %s', (name) => {
    expect(holding(name)).toBe(true);
  });

  it.each(['prefs.js.bak', 'prefs-x.js', 'cert9.db', 'profiles.ini', 'Mail.txt', 'mail/Inbox'])(
    'others are not: %s',
    (name) => {
      expect(holding(name)).toBe(false);
    },
  );

  it('a file called Mail is not, a link called Mail is', () => {
    expect(holding('Mail', 'x')).toBe(false);
    expect(holding('Mail', { link: '/mnt/mail' })).toBe(true);
    expect(holding('prefs.js/x')).toBe(false);
  });

  it('nor is what is not there, is a file, or may not be read', () => {
    const fs = recordedTree('linux', { [`${folder}/prefs.js`]: '' }, { locked: [folder] });
    expect(looksLikeProfile(fs, folder)).toBe(false);
    expect(looksLikeProfile(fs, `${folder}/prefs.js`)).toBe(false);
    expect(looksLikeProfile(fs, '/nowhere')).toBe(false);
  });

  it('on Windows as well', () => {
    const path = 'C:\\Mail\\ab12cd34.default';
    expect(looksLikeProfile(recordedTree('win32', { [`${path}\\key4.db`]: '' }), path)).toBe(true);
  });
});

describe('a profile that was made and never opened', () => {
  it('holds times.json and nothing else (R14)', () => {
    expect(isNeverUsed(recordedTree('linux', { [`${folder}/times.json`]: '{}' }), folder)).toBe(true);
    expect(
      isNeverUsed(
        recordedTree('linux', { [`${folder}/times.json`]: '{}', [`${folder}/prefs.js`]: '' }),
        folder,
      ),
    ).toBe(false);
    expect(isNeverUsed(recordedTree('linux', { [folder]: null }), folder)).toBe(false);
  });
});

describe('compatibility.ini (formats.md 1.3)', () => {
  const read = (text: string | Uint8Array) =>
    readCompatibility(recordedTree('linux', { [`${folder}/compatibility.ini`]: text }), folder);

  it('says which program used the profile last', () => {
    expect(
      read(
        '[Compatibility]\nLastVersion=153.7.0_20261110162734/20261110162734\nLastOSABI=Linux_x86_64-gcc3\nLastPlatformDir=/usr/lib/thunderbird\nLastAppDir=/usr/lib/thunderbird\n',
      ),
    ).toEqual({
      version: '153.7.0',
      osAbi: 'Linux_x86_64-gcc3',
      platformDir: '/usr/lib/thunderbird',
      appDir: '/usr/lib/thunderbird',
      lastLine: 2,
    });
  });

  it.each([
    ['LastVersion=7.0.60_20240321/20240321', '7.0.60'],
    ['LastVersion=102.0b3_1/1', '102.0b3'],
    ['LastVersion=Safe Mode', null],
    ['LastVersion=', null],
    ['', null],
  ])('%s is version %s', (line, version) => {
    expect(read(`[Compatibility]\n${line}\n`)?.version).toBe(version);
  });

  it('is there without a word in it, or not there', () => {
    expect(read('garbage')).toEqual({
      version: null,
      osAbi: null,
      platformDir: null,
      appDir: null,
      lastLine: null,
    });
    expect(readCompatibility(recordedTree('linux', { [folder]: null }), folder)).toBeNull();
    expect(read('x'.repeat(70_000))).toBeNull();
  });
});

describe('the program of a profile', () => {
  it.each([
    ['/usr/lib/thunderbird', 'thunderbird'],
    ['/opt/betterbird', 'betterbird'],
    ['/home/betterbird/apps/thunderbird', 'thunderbird'],
    ['C:\\Program Files (x86)\\Postbox', 'postbox'],
    ['/Applications/Postbox.app/Contents/MacOS', 'postbox'],
    ['/Applications/Thunderbird Beta.app/Contents/Resources', 'thunderbird'],
    ['/usr/lib/icedove', 'thunderbird'],
    ['/usr/lib/seamonkey', 'seamonkey'],
    ['/srv/programs/mail', 'unknown'],
  ] as const)('run from %s is %s', (directory, program) => {
    const compatibility = {
      version: null,
      osAbi: null,
      platformDir: directory,
      appDir: null,
      lastLine: null,
    };
    expect(programOf(compatibility, 'unknown')).toBe(program);
  });

  it('is that of the root where nothing tells', () => {
    expect(programOf(null, 'postbox')).toBe('postbox');
  });
});
