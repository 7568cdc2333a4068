/**
 * README.txt of a backup: all that somebody may have who needs it, years later.
 */

import { expect, it } from 'vitest';
import type { ManifestHead } from '../../../src/formats/backup/manifest.ts';
import { readmeText } from '../../../src/repair/backup/guide.ts';

const head: ManifestHead = {
  format: 'mailmend/backup-manifest@1',
  made: '2026-11-23T18:30:00.000Z',
  by: '0.1.0',
  profile: { path: '/home/alice/p.default', name: null, program: 'thunderbird', version: null },
  sources: [{ into: 'profile', from: '/home/alice/p.default', why: 'the profile' }],
  leftOut: [],
  notCopied: [],
  notKept: [],
};

it('says what it is, how to check it, and how to put it back', () => {
  const text = readmeText(head);
  expect(text).toContain('Backup of the mail profile\nmade by mailmend 0.1.0 at 2026-11-23T18:30:00.000Z\n');
  expect(text).toContain('The profile lay in:\n    /home/alice/p.default\n');
  expect(text).toContain('sha256sum --quiet -c SHA256SUMS');
  expect(text).toContain('Do not delete it.');
  expect(text).toContain('  4. Start the mail program.\n');
  expect(text).not.toContain('WHAT IT LACKS');
  expect(text).not.toContain('outside');
});

it('says what else belongs to it, what it lacks and what its disk does not keep', () => {
  const text = readmeText({
    ...head,
    profile: { ...head.profile, name: 'work\u001b[2J' },
    sources: [...head.sources, { into: 'outside/1', from: '/data/mail', why: 'the mail of server1' }],
    leftOut: [{ what: '/p/Inbox', reason: 'the disk reported an error' }],
    notKept: ['permissions'],
  });
  expect(text).toContain('Backup of the mail profile "work\\u001b[2J"');
  expect(text).toContain('  outside/1        /data/mail (the mail of server1)\n');
  expect(text).toContain('  4. Do the same for each folder in "outside"');
  expect(text).toContain('  5. Start the mail program.\n');
  expect(text).toContain('WHAT IT LACKS\n\n  /p/Inbox: the disk reported an error\n');
  expect(text).toContain('The disk of this backup did not keep: permissions.');
});
