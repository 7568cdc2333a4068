/**
 * `diagnostic-profile` on folders of a real disk, from the fixtures: made, used, taken away, taken back. What the real
 * Thunderbird sees of it is test/acceptance/diagnostic-profile.test.ts.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../src/library/world.ts';
import { markFile } from '../../src/migrate/diagnostic-mark.ts';
import { diagnose, planDiagnosis, removeDiagnostic, takeBack } from '../support/diagnostic.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { testWorld } from '../support/test-world.ts';
import { treeListing } from '../support/tree-hash.ts';

const email = 'alice@example.org';

let folder = '';
let world: World;
let root = '';
let own = '';
let registry = '';

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-library-'));
  world = testWorld(folder, [{ folder: '/usr/lib/thunderbird', name: 'Thunderbird', version: '153.7.0' }]);
  const laidOut = layOutRoot(join(folder, 'root'), 'small', 'plain');
  ({ root, registry } = laidOut);
  own = laidOut.profiles[0] ?? '';
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const profilesIni = (): string => readFileSync(join(root, 'profiles.ini'), 'utf8');
/** All but what mailmend keeps. */
const tree = (): string[] => treeListing(root).filter((line) => !line.startsWith('./.mailmend'));

describe('making a diagnostic profile', () => {
  it('changes nothing before the yes', () => {
    const before = treeListing(root, { ctime: true });
    const { document, plan } = planDiagnosis(world, root, own, { account: email });
    expect(plan.operations.length).toBeGreaterThan(3);
    expect(document).toMatchObject({ applied: false, run: null, account: { email, type: 'imap' } });
    expect(treeListing(root, { ctime: true })).toEqual(before);
  });

  it('leaves the old profile and its default mark as they are, and undo gives every byte and time back', async () => {
    const before = tree();
    const ownBefore = treeListing(own);
    const { path, run } = await diagnose(world, root, own, { account: email });
    expect(treeListing(own)).toEqual(ownBefore);
    expect(profilesIni()).toContain('[Profile0]\nName=small\nIsRelative=1\nPath=small\nDefault=1\n');
    expect(profilesIni()).toContain('[InstallFDC34C9F024745EB]\nDefault=small\nLocked=1\n');
    expect(existsSync(path)).toBe(true);
    await takeBack(world, root, own, run);
    expect(tree()).toEqual(before);
  });

  it('says how to start it, and how to start the old one', async () => {
    const { document, path } = await diagnose(world, root, own);
    expect(document.start).toEqual({
      direct: `/usr/lib/thunderbird/thunderbird --no-remote --profile ${path}`,
      manager: '/usr/lib/thunderbird/thunderbird -ProfileManager',
      old: `/usr/lib/thunderbird/thunderbird --no-remote --profile ${own}`,
    });
    expect(document.account).toBeNull();
    expect(existsSync(join(path, 'prefs.js'))).toBe(false);
  });

  it('needs a list to enter it in', () => {
    const alone = layOutFixture('small', join(folder, 'home')).profile;
    const noRoot = expect.objectContaining({ code: 'NO_ROOT', exit: 3 });
    expect(() => planDiagnosis(world, null, alone)).toThrow(noRoot);
    expect(() => planDiagnosis(world, join(folder, 'home'), alone)).toThrow(noRoot);
    rmSync(join(root, 'profiles.ini'));
    symlinkSync('nowhere', join(root, 'profiles.ini'));
    expect(() => planDiagnosis(world, root, own)).toThrow(noRoot);
  });

  it('does not write through a link that profiles.ini is', () => {
    renameSync(join(root, 'profiles.ini'), join(folder, 'dotfiles.ini'));
    symlinkSync(join(folder, 'dotfiles.ini'), join(root, 'profiles.ini'));
    expect(() => planDiagnosis(world, root, own)).toThrow(/profiles\.ini is a link/);
  });

  it.each([
    ['nobody@example.org', 'No account in this profile has the address'],
    ['nobody', 'neither IMAP nor POP'],
  ])('is not for an account like %s', (address, said) => {
    expect(() => planDiagnosis(world, root, own, { account: address })).toThrow(said);
  });

  it('is not for an account whose server name would spoil the fresh profile as well', () => {
    const prefs = join(own, 'prefs.js');
    const text = readFileSync(prefs, 'utf8')
      .replace('server1.type", "imap"', 'server1.type", "pop3"')
      .replace('server1.hostname", "imap.example.org"', 'server1.hostname", "pop example.org"');
    writeFileSync(prefs, text);
    expect(() => planDiagnosis(world, root, own, { account: email })).toThrow('is damaged');
  });

  it('is not made of a diagnostic profile', async () => {
    const { path } = await diagnose(world, root, own);
    expect(() => planDiagnosis(world, root, path)).toThrow('is a diagnostic profile itself');
  });
});

describe('taking it away', () => {
  it('gives the list back byte for byte, and keeps the folder where undo finds it', async () => {
    const ownBefore = treeListing(own);
    const { path } = await diagnose(world, root, own, { account: email });
    const made = treeListing(path);
    const { run, document } = await removeDiagnostic(world, root, own);
    expect(document).toMatchObject({ remove: true, diagnostic: { path } });
    expect(profilesIni()).toBe(registry);
    expect(existsSync(path)).toBe(false);
    expect(treeListing(own)).toEqual(ownBefore);
    await takeBack(world, root, own, run);
    expect(treeListing(path)).toEqual(made);
  });

  it('takes the newest of several, whose names differ, and never leaves a gap', async () => {
    const made: string[] = [];
    const names: string[] = [];
    for (const hour of [12, 13, 14]) {
      const later = { ...world, now: () => new Date(`2026-11-23T${hour}:00:00Z`) };
      const { path, document } = await diagnose(later, root, own);
      made.push(path);
      names.push(document.diagnostic.name);
    }
    expect(new Set(names).size).toBe(3);
    const [first = '', second = '', third = ''] = made;
    expect((await removeDiagnostic(world, root, second)).path).toBe(second);
    expect(profilesIni()).not.toMatch(/Profile4/);
    expect(profilesIni()).toMatch(/\[Profile3\]/);
    expect(profilesIni()).toContain('StartWithLastProfile=0');
    expect((await removeDiagnostic(world, root, own)).path).toBe(third);
    expect((await removeDiagnostic(world, root, own)).path).toBe(first);
    expect(profilesIni()).toBe(registry);
    expect(() => planDiagnosis(world, root, own, { remove: true })).toThrow('There is no diagnostic profile');
  });

  it('is not done for another profile', async () => {
    await diagnose(world, root, own);
    expect(() => planDiagnosis(world, root, join(root, 'plain'), { remove: true })).toThrow(
      'There is no diagnostic profile',
    );
  });

  it('is kept with the runs of the old profile, also when the diagnostic one is named', async () => {
    const { path } = await diagnose(world, root, own);
    const { document } = await removeDiagnostic(world, root, path);
    expect(document.profile.path).toBe(own);
    expect(profilesIni()).toBe(registry);
  });

  it('can be done from any profile of the root when the old one is gone', async () => {
    const { path } = await diagnose(world, root, own);
    renameSync(own, join(folder, 'elsewhere'));
    expect(() => planDiagnosis(world, root, path, { remove: true })).toThrow('Name your own profile instead');
    await removeDiagnostic(world, root, join(root, 'plain'));
    expect(existsSync(path)).toBe(false);
  });

  it('works when the list does not name it any more', async () => {
    const { path } = await diagnose(world, root, own);
    writeFileSync(join(root, 'profiles.ini'), registry);
    await removeDiagnostic(world, root, own);
    expect(existsSync(path)).toBe(false);
    expect(profilesIni()).toBe(registry);
  });

  it('is refused while it holds mail, and everything stays', async () => {
    const { path } = await diagnose(world, root, own, { account: email });
    mkdirSync(join(path, 'Mail/Local Folders'), { recursive: true });
    writeFileSync(
      join(path, 'Mail/Local Folders/Sent'),
      'From - x\nFrom: a@example.org\nSubject: s\n\nHello\n\n',
    );
    const before = treeListing(root);
    expect(() => planDiagnosis(world, root, own, { remove: true })).toThrow(
      expect.objectContaining({
        code: 'HOLDS_MAIL',
        exit: 3,
        message: expect.stringContaining('"Local Folders/Sent" (1 message)'),
      }),
    );
    expect(treeListing(root)).toEqual(before);
  });

  it('takes no folder for one without the note of mailmend, nor with a note that leads elsewhere', async () => {
    const other = join(root, 'plain');
    writeFileSync(
      join(other, markFile),
      JSON.stringify({ schema: 'mailmend/diagnostic-mark@1', made: '2030-01-01', of: '/etc' }),
    );
    expect(() => planDiagnosis(world, root, other, { remove: true })).toThrow(
      'Name your own profile instead',
    );
    writeFileSync(join(other, markFile), '{"schema":"something else"}');
    expect(() => planDiagnosis(world, root, own, { remove: true })).toThrow('There is no diagnostic profile');
  });
});
