import { describe, expect, it } from 'vitest';
import { type Install, knowsInstallSections, majorOf, rootsOf } from '../../src/profile/install.ts';
import { type Platform, type Root, rootAt } from '../../src/profile/places.ts';
import type { Program } from '../../src/profile/profile.ts';

const install = (program: Program, version: string | null, more: Partial<Install> = {}): Install => ({
  program,
  name: null,
  version,
  buildId: null,
  directory: '/opt/x',
  platformDirectory: '/opt/x',
  hash: '1',
  formerDirectory: null,
  formerHash: null,
  kind: 'native',
  container: null,
  platform: 'linux',
  ...more,
});

const root = (
  path: string,
  program: Program,
  kind = 'native',
  container: string | null = null,
  platform: Platform = 'linux',
): Root => ({
  ...rootAt(path, platform),
  program,
  kind,
  container,
});

describe('which programs know install sections', () => {
  it.each([
    ['thunderbird', '153.7.0', true],
    ['thunderbird', '68.0', true],
    ['thunderbird', '60.9.1', false],
    ['thunderbird', null, true],
    ['betterbird', '140.3.1', true],
    ['postbox', '7.0.60', false],
    ['seamonkey', '2.53.18', false],
  ] as const)('%s %s: %s', (program, version, knows) => {
    expect(knowsInstallSections(install(program, version))).toBe(knows);
  });

  it('by the major version', () => {
    expect(['153.7.0', '7', '102.0b3', '', 'Safe Mode', null].map(majorOf)).toEqual([
      153,
      7,
      102,
      null,
      null,
      null,
    ]);
  });
});

describe('which roots a program uses', () => {
  const native = root('/home/a/.thunderbird', 'thunderbird');
  const flathub = root(
    '/home/a/.var/app/org.mozilla.Thunderbird/.thunderbird',
    'thunderbird',
    'flatpak',
    'org.mozilla.Thunderbird',
  );
  const betterFlatpak = root(
    '/home/a/.var/app/eu.betterbird.Betterbird/.thunderbird',
    'betterbird',
    'flatpak',
    'eu.betterbird.Betterbird',
  );
  const snap = root('/home/a/snap/thunderbird/common/.thunderbird', 'thunderbird', 'snap', 'thunderbird');
  const icedove = root('/home/a/.icedove', 'thunderbird', 'icedove');
  const seamonkey = root('/home/a/.mozilla/seamonkey', 'seamonkey');
  const all = [native, flathub, betterFlatpak, snap, icedove, seamonkey];

  it.each([
    ['Thunderbird', install('thunderbird', '153.0'), [native]],
    ['Betterbird, which shares it', install('betterbird', '140.0'), [native]],
    ['Icedove', install('thunderbird', '38.0', { name: 'Icedove' }), [icedove]],
    ['SeaMonkey', install('seamonkey', '2.53'), [seamonkey]],
    [
      'a Flatpak',
      install('thunderbird', '140.0', { kind: 'flatpak', container: 'org.mozilla.Thunderbird' }),
      [flathub],
    ],
    [
      'another Flatpak',
      install('thunderbird', '140.0', { kind: 'flatpak', container: 'org.mozilla.thunderbird' }),
      [],
    ],
    [
      'Betterbird as a Flatpak',
      install('betterbird', '140.0', { kind: 'flatpak', container: 'eu.betterbird.Betterbird' }),
      [betterFlatpak],
    ],
    ['a Snap', install('thunderbird', '140.0', { kind: 'snap', container: 'thunderbird' }), [snap]],
  ] as const)('%s', (_, program, expected) => {
    expect(rootsOf(program, all)).toEqual(expected);
  });

  it('Postbox by its version, both where it is not known', () => {
    const five = root('/Users/a/Library/Application Support/Postbox', 'postbox');
    const six = root('/Users/a/Library/Application Support/PostboxApp', 'postbox');
    const roots = (version: string | null): Root[] => rootsOf(install('postbox', version), [five, six]);
    expect([roots('5.0.25'), roots('6.1.18'), roots('7.0.60'), roots(null)]).toEqual([
      [five],
      [six],
      [six],
      [five, six],
    ]);
  });

  it('MOZ_APP_DATA stands in for the root of every program outside a sandbox', () => {
    const moved = root('/data', 'unknown', 'moved');
    expect(rootsOf(install('thunderbird', '153.0'), [moved, native])).toEqual([moved]);
    expect(
      rootsOf(install('thunderbird', '140.0', { kind: 'snap', container: 'thunderbird' }), [moved, snap]),
    ).toEqual([snap]);
  });

  it('a root named by hand is taken by every program that it may belong to', () => {
    const given = rootAt('/mnt/old/.thunderbird', 'linux');
    const unclear = rootAt('/mnt/old/mail', 'linux');
    expect(rootsOf(install('betterbird', '140.0'), [given, unclear])).toEqual([given, unclear]);
    expect(rootsOf(install('postbox', '7.0'), [given, unclear])).toEqual([unclear]);
  });
});
