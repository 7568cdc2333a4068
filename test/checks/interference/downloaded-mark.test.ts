import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { downloadedMark } from '../../../src/checks/interference/downloaded-mark.ts';
import type { DownloadMark } from '../../../src/system/download-marks.ts';
import type { Machine } from '../../../src/system/machine.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

const prefs: DownloadMark = { path: `${profilePath}/prefs.js`, by: 'Safari' };

const facts = (downloadMarks: DownloadMark[] | undefined, platform: NodeJS.Platform): Facts => ({
  ...profileFromPrefs('user_pref("a", 1);'),
  machine: { platform, downloadMarks } as Machine,
});

describe('the mark of a download', () => {
  it('is on no file of most profiles', () => {
    expect(foundBy(downloadedMark, facts([], 'darwin'))).toEqual([]);
    expect(foundBy(downloadedMark, facts(undefined, 'linux'))).toEqual([]);
  });

  it('is mentioned on macOS, with who set it and how it goes', () => {
    const { finding } = onlyFinding(downloadedMark, facts([prefs], 'darwin'));
    expect(gravity(downloadedMark, facts([prefs], 'darwin'))).toBe('info safe');
    expect(finding.title).toBe('A file of the profile is marked as downloaded');
    expect(finding.evidence).toEqual([{ file: 'prefs.js', note: 'marked as downloaded by Safari' }]);
    expect(finding.detail).toContain(`xattr -dr com.apple.quarantine ${profilePath}`);
  });

  it('is mentioned on Windows', () => {
    const key = { path: `${profilePath}/key4.db`, by: null };
    const { finding } = onlyFinding(downloadedMark, facts([{ ...prefs, by: null }, key], 'win32'));
    expect(finding.title).toBe('2 files of the profile are marked as downloaded');
    expect(finding.evidence[1]?.note).toBe('marked as downloaded');
    expect(finding.detail).toContain(`-LiteralPath '${profilePath}' | Unblock-File`);
  });
});
