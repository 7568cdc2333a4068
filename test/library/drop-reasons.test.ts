/**
 * Every reason for which the program would not show an account has words, with the names that belong to it.
 */

import { describe, expect, it } from 'vitest';
import { dropReasonInWords } from '../../src/library/drop-reasons.ts';
import type { DropReason } from '../../src/profile/accounts.ts';

const inWords = (reason: DropReason): string =>
  dropReasonInWords({ key: 'account3', reason, serverKey: 'server3', keptBy: 'account1', erased: true });

describe('why an account would be dropped', () => {
  it.each([
    ['no-server', 'no incoming server is entered for it'],
    ['server-of-earlier-account', 'its server server3 already belongs to account1'],
    ['server-without-type', 'its server server3 has no type such as IMAP or POP, or does not exist'],
    ['server-without-host', 'its server server3 has no name'],
    ['unknown-type', 'its server server3 is of a type that the program does not know'],
    ['host-refused', 'the program does not accept the name of its server server3'],
    ['host-malformed', 'the name of its server server3 has a blank, an @ or a slash in it'],
    ['host-crashes', 'the name of its server server3 has a colon in it, over which the program crashes'],
    ['duplicate-server', 'it has the same server and user as account1'],
  ] as const)('%s', (reason, words) => {
    expect(inWords(reason)).toBe(words);
  });

  it('is told without keys as well', () => {
    const reason = { key: 'account3', serverKey: null, keptBy: null, erased: false } as const;
    expect(dropReasonInWords({ ...reason, reason: 'duplicate-server' })).toBe(
      'it has the same server and user as an earlier account',
    );
  });
});
