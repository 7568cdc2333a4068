/**
 * Where an administrator's settings are found, and which of them count.
 */

import { describe, expect, it } from 'vitest';
import type { Install } from '../../src/profile/install.ts';
import { readCompanySettings } from '../../src/system/company-settings.ts';
import { recordedTree } from '../profile/support/recorded-tree.ts';

const folder = '/usr/lib/thunderbird';

const install: Install = {
  program: 'thunderbird',
  name: 'Thunderbird',
  version: '153.7.0',
  buildId: null,
  directory: folder,
  platformDirectory: folder,
  hash: 'FDC34C9F024745EB',
  formerDirectory: null,
  formerHash: null,
  kind: 'native',
  container: null,
  platform: 'linux',
};

const settings = (files: Record<string, string>, of: Partial<Install> = {}) =>
  readCompanySettings(recordedTree('linux', { [folder]: null, ...files }), [{ ...install, ...of }]);

const policy = (name: string, status: string): string =>
  JSON.stringify({ policies: { Preferences: { [name]: { Value: 1, Status: status } } } });

const named = (name: string, obscure = 0): string =>
  `pref("general.config.filename", "${name}");\npref("general.config.obscure_value", ${obscure});\n`;

describe('settings of an administrator', () => {
  it('are none where there are no such files', () => {
    expect(settings({})).toEqual({ prefs: [], unclear: [] });
  });

  it('stand in the policies of the installation; those of the whole computer count instead', () => {
    const own = { [`${folder}/distribution/policies.json`]: policy('mail.own', 'locked') };
    expect(settings(own).prefs).toMatchObject([{ name: 'mail.own', how: 'locked', by: 'policy' }]);
    const wide = { ...own, '/etc/thunderbird/policies/policies.json': policy('mail.wide', 'user') };
    expect(settings(wide).prefs).toMatchObject([{ name: 'mail.wide', how: 'start' }]);
  });

  it('are not those that the owner may change', () => {
    expect(settings({ [`${folder}/distribution/policies.json`]: policy('mail.a', 'default') }).prefs).toEqual(
      [],
    );
  });

  it('stand in the AutoConfig file that the default settings name, and in locked defaults', () => {
    const { prefs, unclear } = settings({
      [`${folder}/defaults/pref/office.js`]: `${named('office.cfg')}pref("mail.locked", true, locked);\n`,
      [`${folder}/office.cfg`]:
        '//\nlockPref("mail.a", 1);\npref("mail.b", 2);\ndefaultPref("mail.c", 3);\nclearPref("mail.d");\n',
    });
    expect(prefs.map(({ name, value, how, by, line }) => [name, value, how, by, line])).toEqual([
      ['mail.locked', true, 'locked', 'installation', 3],
      ['mail.a', 1, 'locked', 'autoconfig', 2],
      ['mail.b', 2, 'start', 'autoconfig', 3],
      ['mail.d', null, 'start', 'autoconfig', 5],
    ]);
    expect(unclear).toEqual([]);
  });

  it('say so where a file is missing, damaged, or a program', () => {
    const start = { [`${folder}/defaults/pref/office.js`]: named('office.cfg') };
    expect(settings(start).unclear).toMatchObject([{ file: `${folder}/office.cfg`, missing: true }]);
    expect(settings({ ...start, [`${folder}/office.cfg`]: '//\nalert(1);' }).unclear).toMatchObject([
      { missing: false, why: expect.stringContaining('does not run') },
    ]);
    expect(settings({ [`${folder}/distribution/policies.json`]: '{' }).unclear).toMatchObject([
      { why: expect.stringContaining('ignores all of it') },
    ]);
  });

  it('are not looked for in a sandbox, where the paths are other ones', () => {
    const files = { [`${folder}/distribution/policies.json`]: policy('mail.own', 'locked') };
    expect(settings(files, { kind: 'flatpak' })).toEqual({ prefs: [], unclear: [] });
  });
});
