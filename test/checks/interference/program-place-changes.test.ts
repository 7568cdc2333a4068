import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { programPlaceChanges } from '../../../src/checks/interference/program-place-changes.ts';
import { installHash } from '../../../src/formats/city-hash.ts';
import type { RootFacts } from '../../../src/profile/root-facts.ts';
import { foundBy, onlyFinding } from '../../support/check-story.ts';
import { profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

const appImage = '/tmp/.mount_ThundeAb12Cd/usr/lib/thunderbird';
const bundle =
  '/private/var/folders/zy/jm0000gn/T/AppTranslocation/613DF902-6BE1-4C37-A4C2-349AA050923C/d/Thunderbird.app/Contents';

/** Last opened by the program in `folder`; `[Install…]` sections for these folders. */
function facts(folder: string, remembered: string[] = [], name: string | null = null): Facts {
  const made = profileFromPrefs('user_pref("a", 1);', {
    files: { 'compatibility.ini': `[Compatibility]\nLastPlatformDir=${folder}\n` },
  });
  const installs = remembered.map((directory) => ({ hash: installHash(directory) }));
  const root = { registry: { installs }, entry: name === null ? null : { name } } as unknown as RootFacts;
  return { ...made, root };
}

describe('a program that runs from a place with a new name at every start', () => {
  it.each([
    '/usr/lib/thunderbird',
    '/Applications/Thunderbird.app/Contents/Resources',
    '/home/alice/.mount/thunderbird',
    '/home/alice/AppTranslocation/Thunderbird.app/Contents/Resources',
  ])('is not one in %s', (folder) => {
    expect(foundBy(programPlaceChanges, facts(folder, [folder]))).toEqual([]);
  });

  it('is told when profiles.ini remembers such a place: the next start will not', () => {
    const { finding } = onlyFinding(programPlaceChanges, facts(appImage, [appImage], 'mine'));
    expect(finding).toMatchObject({
      severity: 'warning',
      title: 'Thunderbird runs as an AppImage, from another folder each time',
    });
    expect(finding.detail).toContain('The next one begins with a new, empty profile');
    expect(finding.detail).toContain('Start it with -P "mine"');
  });

  it('is only mentioned when it does not: such an image may bring its own way', () => {
    const { finding } = onlyFinding(programPlaceChanges, facts(appImage, ['/usr/lib/thunderbird']));
    expect(finding.severity).toBe('info');
    expect(finding.detail).toContain(`Start it with --profile "${profilePath}"`);
    expect(onlyFinding(programPlaceChanges, { ...facts(appImage), root: null }).finding.severity).toBe(
      'info',
    );
  });

  it('is one on macOS that was never moved from where it was downloaded', () => {
    const { finding } = onlyFinding(programPlaceChanges, facts(`${bundle}/Resources`, [`${bundle}/MacOS`]));
    expect(finding.severity).toBe('warning');
    expect(finding.detail).toContain('move it to Applications with the Finder');
  });
});
