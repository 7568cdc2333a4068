/**
 * Looks for: files of the profile that carry the mark of a download.
 * Why: the profile was unpacked from a download or an attachment. Settings and mail work all the same; the system may
 * ask before it opens programs and add-ons among them (providers.md D8, D16).
 * Found: src/system/download-marks.ts, on macOS and Windows.
 * Repaired: not: nothing is wrong. How the mark is taken off is told.
 */

import path from 'node:path';
import type { DownloadMark } from '../../system/download-marks.ts';
import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';
import { inShell, placeOf } from './kept-from-writing.ts';

const shown = 5;

export const downloadedMark = defineCheck<DownloadMark[]>({
  meta: {
    id: 'interference/downloaded-mark',
    severity: 'info',
    title: 'A profile with the mark of a download',
    looksFor:
      'Settings, passwords and other files right in the profile that macOS or Windows has marked as coming from the internet.',
    why: 'The mark tells that the profile was unpacked from a download. Mail and settings work; add-ons that lie in it may be blocked.',
    repair: 'None is needed. The command that takes the mark off is told.',
    example: 'The profile was sent to the new computer as a ZIP file, and unpacked there.',
    faults: ['providers.md D8', 'providers.md D16'],
    needs: ['machine'],
  },

  find({ profile, machine }) {
    const marks = machine?.downloadMarks ?? [];
    if (marks.length === 0) return [];
    return [
      {
        subject: { kind: 'profile', id: profile.name ?? path.basename(profile.path) },
        evidence: marks.slice(0, shown).map((mark) => ({
          file: placeOf(profile.path, mark.path),
          note: `marked as downloaded${mark.by === null ? '' : ` by ${mark.by}`}`,
        })),
        state: marks,
      },
    ];
  },

  words({ state: marks }, { profile, machine }) {
    const command =
      machine?.platform === 'win32'
        ? `in PowerShell: Get-ChildItem -Recurse -LiteralPath '${profile.path.replaceAll("'", "''")}' | Unblock-File`
        : `in the Terminal: xattr -dr com.apple.quarantine ${inShell([profile.path])}`;
    return {
      title: `${marks.length === 1 ? 'A file' : `${marks.length} files`} of the profile ${marks.length === 1 ? 'is' : 'are'} marked as downloaded`,
      detail: `The profile was unpacked from a download. ${programName(profile.program)} reads and writes it all the same; the system may block add-ons in it. If that happens, close ${programName(profile.program)} and take the mark off, ${command}`,
    };
  },
});
