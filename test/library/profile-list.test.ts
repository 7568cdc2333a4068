/**
 * `profiles use`, `register` and `relink` on folders of a real disk: the list as the program reads it afterwards, and
 * taken back. That the real Thunderbird opens what they say is test/acceptance/profile-list.test.ts.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  profilesRegisterDocument,
  profilesRelinkDocument,
  profilesUseDocument,
} from '../../src/library/documents/profiles-change.ts';
import { planRegister } from '../../src/library/profiles-register.ts';
import { planUse } from '../../src/library/profiles-use.ts';
import { selectProfile } from '../../src/library/select.ts';
import { undoRun } from '../../src/library/undo.ts';
import type { World } from '../../src/library/world.ts';
import { acquireProfileLock } from '../../src/system/profile-lock.ts';
import { carriedOut, planToRegister, planToRelink, planToUse } from '../support/change-list.ts';
import { select } from '../support/diagnostic.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { type InstalledProgram, testWorld } from '../support/test-world.ts';
import { treeListing } from '../support/tree-hash.ts';

const thunderbird: InstalledProgram = {
  folder: '/usr/lib/thunderbird',
  name: 'Thunderbird',
  version: '153.7.0',
};
const beta: InstalledProgram = { ...thunderbird, folder: '/opt/thunderbird' };

let folder = '';
let world: World;
let root = '';
let own = '';
let other = '';

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-list-'));
  world = testWorld(folder, [thunderbird]);
  const laidOut = layOutRoot(join(folder, 'root'), 'small', 'plain');
  root = laidOut.root;
  [own = '', other = ''] = laidOut.profiles;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const profilesIni = (): string => readFileSync(join(root, 'profiles.ini'), 'utf8');
const tree = (): string[] => treeListing(root).filter((line) => !line.startsWith('./.mailmend'));
/** The profile that a plain call of mailmend is about: the one that opens. */
const opens = (): string => {
  const selection = selectProfile(world, { argument: null, roots: [root] });
  return selection.kind === 'one' ? selection.profile.path : 'several';
};

async function takenBack(profile: string, run: string): Promise<void> {
  const selected = select(world, profile, root);
  await undoRun(world, selected, { run, signal: new AbortController().signal, runs: null });
}

describe('profiles use', () => {
  it('lets the installation open it, and nothing else changes; undo gives every byte back', async () => {
    const before = tree();
    const listed = profilesIni();
    expect(opens()).toBe(own);
    const change = planToUse(world, root, other);
    expect(tree()).toEqual(before);
    expect(profilesUseDocument.strict().parse(change.document)).toEqual(change.document);
    expect(change.document.installs).toMatchObject([{ opens: 'profile', profile: other }]);
    const run = await carriedOut(world, change);
    expect(profilesIni()).toBe(listed.replace('\nDefault=small\nLocked', '\nDefault=plain\nLocked'));
    expect(opens()).toBe(other);
    expect(planToUse(world, root, other).plan.operations).toEqual([]);
    await takenBack(other, run);
    expect(tree()).toEqual(before);
  });

  it('asks which installation is meant, and takes one, or all', async () => {
    world = testWorld(folder, [thunderbird, beta]);
    const question = planUse(world, select(world, other, root), { install: null });
    expect(question).toMatchObject({ installs: [{ folder: thunderbird.folder }, { folder: beta.folder }] });
    const all = planToUse(world, root, other, 'all');
    expect(all.document.installs.map(({ profile }) => profile)).toEqual([other, other]);
    await carriedOut(world, planToUse(world, root, other, beta.folder));
    const hash = all.document.installs[1]?.hash;
    expect(profilesIni()).toContain(`[Install${hash}]\nDefault=plain\nLocked=1`);
    expect(profilesIni()).toContain('[InstallFDC34C9F024745EB]\nDefault=small\nLocked=1');
    expect(() => planToUse(world, root, other, '/nowhere')).toThrow('No installed program');
  });

  it('marks the default profile where no program has a profile of its own', async () => {
    mkdirSync(join(folder, 'bare'));
    world = testWorld(join(folder, 'bare'));
    writeFileSync(join(root, 'profiles.ini'), profilesIni().replace(/\[Install[\s\S]*$/, ''));
    await carriedOut(world, planToUse(world, root, other));
    expect(profilesIni()).toContain('[Profile0]\nName=small\nIsRelative=1\nPath=small\n\n');
    expect(profilesIni()).toContain('[Profile1]\nName=plain\nIsRelative=1\nPath=plain\nDefault=1\n');
  });

  it('ends the question at the start, since the profile is to open', async () => {
    writeFileSync(join(root, 'profiles.ini'), profilesIni().replace('LastProfile=1', 'LastProfile=0'));
    await carriedOut(world, planToUse(world, root, own));
    expect(profilesIni()).toContain('StartWithLastProfile=1');
    expect(opens()).toBe(own);
  });

  it('writes to installs.ini while the program still imports that', async () => {
    writeFileSync(join(root, 'profiles.ini'), profilesIni().replace('Version=2\n', ''));
    writeFileSync(join(root, 'installs.ini'), '[FDC34C9F024745EB]\nDefault=small\nLocked=1\n');
    await carriedOut(world, planToUse(world, root, other));
    expect(readFileSync(join(root, 'installs.ini'), 'utf8')).toContain('Default=plain');
    expect(opens()).toBe(other);
  });

  it('says when the program will refuse it', () => {
    const file = join(other, 'compatibility.ini');
    writeFileSync(file, readFileSync(file, 'utf8').replace('LastVersion=153', 'LastVersion=160'));
    expect(planToUse(world, root, other).document.notes).toEqual([expect.stringContaining('will refuse')]);
  });

  it('is refused for a profile that no list names, and while a program has one of them open', async () => {
    const alone = layOutFixture('small', join(folder, 'home')).profile;
    expect(() => planUse(world, select(world, alone, null), { install: null })).toThrow(
      expect.objectContaining({ code: 'NO_ROOT', exit: 3 }),
    );
    const change = planToUse(world, root, other);
    const { fs, locks } = world;
    const lock = acquireProfileLock({ fs, locks, profilePath: other, platform: 'linux' });
    try {
      await expect(carriedOut(world, change)).rejects.toMatchObject({ code: 'PROFILE_IN_USE', exit: 3 });
    } finally {
      lock.release();
    }
  });
});

describe('profiles register', () => {
  const strange = 'Work; old # [é] 日本 =x';

  it('enters a folder from anywhere, under its own name, and back out byte for byte', async () => {
    const { profile } = layOutFixture('small', join(folder, 'home'));
    const at = join(folder, 'home', strange);
    renameSync(profile, at);
    const before = [...tree(), ...treeListing(at)];
    const change = planToRegister(world, root, at);
    expect(profilesRegisterDocument.strict().parse(change.document)).toEqual(change.document);
    const run = await carriedOut(world, change);
    expect(profilesIni()).toContain(`[Profile2]\nName=${strange}\nIsRelative=0\nPath=${at}\n`);
    expect(select(world, at, root)).toMatchObject({ name: strange, path: at });
    expect(opens()).toBe(own);
    expect(planToRegister(world, root, at).plan.operations).toEqual([]);
    await takenBack(at, run);
    expect([...tree(), ...treeListing(at)]).toEqual(before);
  });

  it('gives it a name of its own', () => {
    mkdirSync(join(root, 'Profiles'));
    const at = join(root, 'Profiles', 'abcd1234.small');
    renameSync(layOutFixture('maildir', join(folder, 'home')).profile, at);
    const { document } = planToRegister(world, root, at);
    expect(document.entry.name).toBe('small 2');
    expect(document.plan.operations[0]?.lines).toContain('+ [Profile2] Path=Profiles/abcd1234.small');
    expect(() => planToRegister(world, root, at, 'plain')).toThrow('called "plain" already');
  });

  it.each([
    ['what is no profile', () => folder, 'NOT_A_PROFILE', 2],
    ['what is not there', () => join(folder, 'nowhere'), 'NO_SUCH_PATH', 2],
    ['a file', () => join(own, 'prefs.js'), 'NOT_A_FOLDER', 2],
    ['a folder inside another profile', () => join(own, 'copy'), 'BAD_ARGUMENTS', 2],
  ])('refuses %s', (_what, at, code, exit) => {
    layOutFixture('small', join(folder, 'home'));
    renameSync(join(folder, 'home', 'small'), join(own, 'copy'));
    expect(() => planToRegister(world, root, at())).toThrow(expect.objectContaining({ code, exit }));
  });

  it('needs a list, and asks for one where there are several', () => {
    const { profile } = layOutFixture('small', join(folder, 'home'));
    const request = { folder: profile, name: null };
    expect(() => planRegister(world, { ...request, roots: [] })).toThrow(
      expect.objectContaining({ code: 'NO_ROOT', exit: 3 }),
    );
    const second = layOutRoot(join(folder, 'second'), 'maildir').root;
    expect(planRegister(world, { ...request, roots: [root, second] })).toMatchObject({
      roots: [{ path: root }, { path: second }],
    });
    rmSync(join(root, 'profiles.ini'));
    expect(() => planToRegister(world, root, profile)).toThrow(
      expect.objectContaining({ code: 'NO_ROOT', exit: 3 }),
    );
  });
});

describe('profiles relink', () => {
  it('points the entry to the folder, and the installation with it', async () => {
    const moved = join(folder, 'disk; 1');
    renameSync(own, moved);
    const change = planToRelink(world, root, 'small', moved);
    expect(profilesRelinkDocument.strict().parse(change.document)).toEqual(change.document);
    expect(change.document).toMatchObject({ former: own, entry: { name: 'small', path: moved }, notes: [] });
    await carriedOut(world, change);
    expect(profilesIni()).toContain(`[Profile0]\nName=small\nIsRelative=0\nPath=${moved}\nDefault=1\n`);
    expect(profilesIni()).toContain(`[InstallFDC34C9F024745EB]\nDefault=${moved}\nLocked=1\n`);
    expect(opens()).toBe(moved);
  });

  it('finds the entry by its section and by its former folder, too', () => {
    const moved = join(folder, 'moved');
    renameSync(own, moved);
    for (const name of ['Profile0', own]) {
      expect(planToRelink(world, root, name, moved).document.entry.name).toBe('small');
    }
    expect(() => planToRelink(world, root, 'nobody', moved)).toThrow('called "nobody"');
  });

  it('makes no second entry for one folder, and says where the former one stays', () => {
    expect(() => planToRelink(world, root, 'small', other)).toThrow('stands in the list already');
    const { profile } = layOutFixture('maildir', join(folder, 'home'));
    expect(planToRelink(world, root, 'small', profile).document.notes).toEqual([
      expect.stringContaining(own),
    ]);
    expect(existsSync(own)).toBe(true);
    expect(planToRelink(world, root, 'small', own).plan.operations).toEqual([]);
  });
});
