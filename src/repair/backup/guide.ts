/**
 * README.txt of a backup: what the folder is, how to see that it is still whole, and how to put it back by hand, for
 * somebody who has nothing but this folder.
 */

import type { ManifestHead } from '../../formats/backup/manifest.ts';
import { visible } from '../visible.ts';

export function readmeText(head: ManifestHead): string {
  const { made, by, profile, sources, leftOut, notKept } = head;
  const outside = sources.filter(({ into }) => into.startsWith('outside/'));
  const name = profile.name === null ? '' : ` "${visible(profile.name)}"`;
  const lines = [
    `Backup of the mail profile${name}`,
    `made by mailmend ${by} at ${made}`,
    '',
    'It holds mail and saved passwords. Keep it where only you can get at it.',
    '',
    'The profile lay in:',
    `    ${visible(profile.path)}`,
    '',
    'WHAT IS HERE',
    '',
    '  profile/         the profile, file by file, as it was',
    ...outside.map(({ into, from, why }) => `  ${into.padEnd(16)} ${visible(`${from} (${why})`)}`),
    '  registry/        profiles.ini and installs.ini of that time, to look things up',
    '  SHA256SUMS       the fingerprint of every file',
    '  manifest.jsonl   the same with permissions and times, for mailmend',
    '  set-aside/       only where a backup was interrupted: older copies, not part of this backup',
    '',
    'IS IT STILL WHOLE?',
    '',
    '  mailmend backup --verify <this folder>',
    '',
    'or without mailmend, in this folder:',
    '',
    '  sha256sum --quiet -c SHA256SUMS      (Linux)',
    '  shasum -a 256 --quiet -c SHA256SUMS  (macOS)',
    '',
    'Do not open the copy with the mail program: that changes it. Copy it first.',
    '',
    'HOW TO PUT IT BACK',
    '',
    '  1. Quit the mail program, and wait until its windows are gone.',
    '  2. Rename the profile folder that is there now. Do not delete it.',
    '  3. Copy the folder "profile" to the place named above, under the old name. Copy, do not move.',
    '     On Linux and macOS, "cp -a" keeps permissions and times.',
    ...(outside.length === 0
      ? []
      : ['  4. Do the same for each folder in "outside": the places are listed above.']),
    `  ${outside.length === 0 ? 4 : 5}. Start the mail program.`,
  ];
  if (leftOut.length > 0) {
    lines.push('', 'WHAT IT LACKS', '');
    lines.push(...leftOut.map(({ what, reason }) => visible(`  ${what}: ${reason}`)));
  }
  if (notKept.length > 0)
    lines.push('', `The disk of this backup did not keep: ${notKept.join(', ')}. manifest.jsonl has them.`);
  return `${lines.join('\n')}\n`;
}
