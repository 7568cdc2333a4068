import { describe, expect, it } from 'vitest';
import { identityDangling } from '../../../src/checks/settings/identity-dangling.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'mail.account.account1.identities';
const withList = (list: string, more: Record<string, string | null> = {}) =>
  profileFromPrefs(healthyWith({ [name]: list }, more));

describe('the list of senders of an account', () => {
  it.each(['id1,id7', 'id7,id1'])('sheds one that does not exist: %j', (list) => {
    const facts = withList(list);
    expect(gravity(identityDangling, facts)).toBe('error safe');
    expect(onlyFinding(identityDangling, facts).finding.title).toBe(
      'The account alice@example.org has a sender that does not exist',
    );
    expect(lineChanges(identityDangling, facts)).toEqual([`${name}: "${list}" -> "id1"`]);
    repaired(identityDangling, facts);
  });

  it.each(['id1, ', ' id1 , ', 'id1, ,id1'])('makes the program crash over a mere blank: %j', (list) => {
    const facts = withList(list);
    expect(gravity(identityDangling, facts)).toBe('error fails');
    expect(onlyFinding(identityDangling, facts).finding.detail).toContain('every time it is started');
    expect(lineChanges(identityDangling, facts)).toEqual([`${name}: "${list}" -> "id1"`]);
    repaired(identityDangling, facts);
  });

  it('takes the one unused sender of the same address when nothing else is left', () => {
    expect(lineChanges(identityDangling, withList('id7'))).toEqual([`${name}: "id7" -> "id1"`]);
    expect(lineChanges(identityDangling, withList(' '))).toEqual([`${name}: " " -> "id1"`]);
  });

  it('keeps the empty sender when there is no other, for the owner to fill in', () => {
    const elsewhere = {
      'mail.identity.id1.useremail': 'zoe@elsewhere.example',
      'mail.identity.id1.fcc_folder': null,
      'mail.identity.id1.draft_folder': null,
    };
    const facts = withList('id7', elsewhere);
    expect(lineChanges(identityDangling, facts)).toBeNull();
    expect(onlyFinding(identityDangling, facts).finding.detail).toContain('enter your name and address');
  });

  it('still sheds the blank then', () => {
    const facts = withList('id7, ', {
      'mail.identity.id1.useremail': 'zoe@elsewhere.example',
      'mail.identity.id1.fcc_folder': null,
      'mail.identity.id1.draft_folder': null,
    });
    expect(lineChanges(identityDangling, facts)).toEqual([`${name}: "id7, " -> "id7"`]);
  });

  it.each([' id1', 'id1 ', 'id1,', 'id1,,id1'])('is in order with %j: the program reads that', (list) => {
    expect(foundBy(identityDangling, withList(list))).toEqual([]);
  });

  it('may be missing: an account need not send', () => {
    expect(foundBy(identityDangling, profileFromPrefs(healthyWith({ [name]: null })))).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${name}", "id1,id7");\n` });
    expect(lineChanges(identityDangling, facts)).toBeNull();
    expect(onlyFinding(identityDangling, facts).finding.detail).toContain('user.js (line 1)');
  });
});
