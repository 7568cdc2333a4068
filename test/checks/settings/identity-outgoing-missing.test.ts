import { describe, expect, it } from 'vitest';
import { identityOutgoingMissing } from '../../../src/checks/settings/identity-outgoing-missing.ts';
import { outgoingTypeUnknown } from '../../../src/checks/settings/outgoing-type-unknown.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const link = 'mail.identity.id1.smtpServer';
const second: PrefRecord = {
  'mail.smtpservers': 'smtp2,smtp3',
  'mail.smtpserver.smtp2.hostname': 'smtp.two.example',
  'mail.smtpserver.smtp3.hostname': 'smtp.three.example',
  'mail.smtp.defaultserver': 'smtp2',
};

describe('an address whose outgoing server is not in the list', () => {
  it('cannot send; a server whose lines are all there goes back into the list', () => {
    const facts = profileFromPrefs(healthyWith(second));
    expect(gravity(identityOutgoingMissing, facts)).toBe('error safe');
    expect(onlyFinding(identityOutgoingMissing, facts).finding.title).toMatch(
      /^alice@example\.org cannot send/,
    );
    expect(lineChanges(identityOutgoingMissing, facts)).toEqual([
      'mail.smtpservers: "smtp2,smtp3" -> "smtp2,smtp3,smtp1"',
    ]);
    repaired(identityOutgoingMissing, facts);
  });

  it('also when the whole list is gone', () => {
    const facts = profileFromPrefs(healthyWith({ 'mail.smtpservers': null }));
    expect(lineChanges(identityOutgoingMissing, facts)).toEqual(['mail.smtpservers: null -> "smtp1"']);
  });

  it('uses the default when that is the only server, or in its domain', () => {
    const only = profileFromPrefs(
      healthyWith({ [link]: 'smtp9', 'mail.smtpserver.smtp1.hostname': 'mail.hoster.example' }),
    );
    expect(lineChanges(identityOutgoingMissing, only)).toEqual([`${link}: "smtp9" -> null`]);
    const fits = profileFromPrefs(
      healthyWith(second, {
        [link]: 'smtp9',
        'mail.smtpservers': 'smtp1,smtp2',
        'mail.smtp.defaultserver': 'smtp1',
      }),
    );
    expect(lineChanges(identityOutgoingMissing, fits)).toEqual([`${link}: "smtp9" -> null`]);
    repaired(identityOutgoingMissing, fits);
  });

  it('is not sent through another provider unasked', () => {
    const facts = profileFromPrefs(healthyWith(second, { [link]: 'smtp9' }));
    expect(lineChanges(identityOutgoingMissing, facts)).toBeNull();
    expect(onlyFinding(identityOutgoingMissing, facts).finding.detail).toContain(
      'Choose its outgoing server',
    );
  });

  it('cannot send through a listed key of which nothing is left, nor through one of an unknown type', () => {
    const ghost = profileFromPrefs(healthyWith({ [link]: 'smtp9', 'mail.smtpservers': 'smtp1,smtp9' }));
    expect(onlyFinding(identityOutgoingMissing, ghost).finding.title).toContain('("smtp9") does not exist');
    expect(lineChanges(identityOutgoingMissing, ghost)).toEqual([`${link}: "smtp9" -> null`]);
    const owl = profileFromPrefs(
      healthyWith({
        [link]: 'owl1',
        'mail.smtpservers': 'smtp1,owl1',
        'mail.smtpserver.owl1.type': 'owl',
        'mail.smtpserver.owl1.hostname': 'x.example',
      }),
    );
    expect(onlyFinding(identityOutgoingMissing, owl).finding.title).toContain(
      'of a type that the program does not have',
    );
    expect(lineChanges(identityOutgoingMissing, owl)).toEqual([`${link}: "owl1" -> null`]);
  });

  it('never puts a server of an unknown type back into the list', () => {
    const listed = profileFromPrefs(
      healthyWith(second, {
        [link]: 'owl1',
        'mail.smtpservers': 'smtp2,smtp3,owl1',
        'mail.smtpserver.owl1.type': 'owl',
        'mail.smtpserver.owl1.hostname': 'x.example',
      }),
    );
    const after = repaired(outgoingTypeUnknown, listed);
    expect(lineChanges(identityOutgoingMissing, after)).toBeNull();
  });

  it('is in order without any server of its own, and of no interest outside the accounts', () => {
    expect(foundBy(identityOutgoingMissing, profileFromPrefs(healthyWith({ [link]: null })))).toEqual([]);
    const leftover = {
      'mail.identity.id9.useremail': 'x@example.org',
      'mail.identity.id9.smtpServer': 'smtp9',
    };
    expect(foundBy(identityOutgoingMissing, profileFromPrefs(healthyWith(leftover)))).toEqual([]);
  });

  it('is found once for each address', () => {
    const facts = profileFromPrefs(healthyWith(bob, second));
    expect(foundBy(identityOutgoingMissing, facts).map(({ problem }) => problem.accounts)).toEqual([
      ['account1'],
      ['account3'],
    ]);
  });

  it('is told, not repaired, when user.js sets the link', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${link}", "smtp9");\n` });
    expect(lineChanges(identityOutgoingMissing, facts)).toBeNull();
    expect(onlyFinding(identityOutgoingMissing, facts).finding.detail).toContain('user.js (line 1)');
  });
});
