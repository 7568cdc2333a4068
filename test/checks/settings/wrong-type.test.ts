import { describe, expect, it } from 'vitest';
import { wrongType } from '../../../src/checks/settings/wrong-type.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { carol, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const one = 'mail.server.server1.';
const with1 = (name: string, value: string | number | boolean) =>
  profileFromPrefs(healthyWith({ [name]: value }));

describe('a value of the wrong type', () => {
  it.each<[string, string | number | boolean, unknown, string]>([
    [`${one}port`, '993', 993, 'default port'],
    [`${one}socketType`, ' 3 ', 3, 'without encryption'],
    ['mail.smtpserver.smtp1.try_ssl', '2', 2, 'without encryption'],
    ['mail.smtpserver.smtp1.authMethod', '3', 3, 'plain password'],
  ])('is ignored where it matters: %s = %j', (name, value, right, effect) => {
    const facts = with1(name, value);
    expect(gravity(wrongType, facts)).toBe('error safe');
    expect(onlyFinding(wrongType, facts).finding.title).toContain('alice@example.org');
    expect(onlyFinding(wrongType, facts).finding.detail).toContain(effect);
    expect(lineChanges(wrongType, facts)).toEqual([
      `${name}: ${JSON.stringify(value)} -> ${JSON.stringify(right)}`,
    ]);
    repaired(wrongType, facts);
  });

  it('takes mail from the server when it should be left there', () => {
    const name = 'mail.server.server4.leave_on_server';
    const facts = profileFromPrefs(healthyWith(carol, { [name]: 'true' }));
    expect(onlyFinding(wrongType, facts).finding.detail).toContain('removes mail from the server');
    expect(lineChanges(wrongType, facts)).toEqual([`${name}: "true" -> true`]);
  });

  it.each<[string, number | boolean, unknown]>([
    [`${one}hostname`, 5, 'imap.example.org'],
    [`${one}type`, true, 'imap'],
    [`${one}userName`, 5, 'alice@example.org'],
  ])('costs the account or the line: %s; the rest of the profile says what it was', (name, value, right) => {
    const facts = with1(name, value);
    expect(gravity(wrongType, facts)).toBe('error loses');
    expect(lineChanges(wrongType, facts)).toEqual([`${name}: ${value} -> ${JSON.stringify(right)}`]);
    repaired(wrongType, facts);
  });

  it('may be a user name of digits, when nothing says otherwise', () => {
    const facts = profileFromPrefs(
      healthyWith({
        [`${one}userName`]: 4711,
        'mail.identity.id1.fcc_folder': null,
        'mail.identity.id1.draft_folder': null,
      }),
    );
    expect(lineChanges(wrongType, facts)).toEqual([`${one}userName: 4711 -> "4711"`]);
  });

  it.each<[string, string | number | boolean]>([
    [`${one}port`, '99300'],
    [`${one}port`, '993a'],
    [`${one}socketType`, '7'],
    [`${one}socketType`, true],
    ['mail.account.account1.identities', 1],
    ['mail.identity.id1.useremail', 1],
    [`${one}directory-rel`, 5],
  ])('is not guessed: %s = %j', (name, value) => {
    expect(lineChanges(wrongType, with1(name, value))).toBeNull();
  });

  it.each<[string, string | number]>([
    [`${one}hidden`, 'true'],
    [`${one}valid`, 'false'],
    [`${one}empty_trash_on_exit`, 'true'],
    [`${one}retainBy`, '2'],
    ['mail.server.server4.delete_by_age_from_server', 'true'],
    ['mail.server.server4.num_days_to_leave_on_server', '1'],
    ['mail.server.server4.leave_on_server', 'false'],
  ])('is never put into force when that could hide an account or take mail away: %s = %j', (name, value) => {
    const facts = profileFromPrefs(healthyWith(carol, { [name]: value }));
    expect(lineChanges(wrongType, facts)).toBeNull();
    expect(onlyFinding(wrongType, facts).finding.detail).toContain('for you to say');
  });

  it('only falls back to a default elsewhere', () => {
    const facts = with1(`${one}check_time`, '5');
    expect(gravity(wrongType, facts)).toBe('warning safe');
    expect(lineChanges(wrongType, facts)).toEqual([`${one}check_time: "5" -> 5`]);
  });

  it('with a built-in default is dropped while loading, unless another line says it properly', () => {
    const facts = with1('mail.account.lastKey', '2');
    expect(lineChanges(wrongType, facts)).toEqual(['mail.account.lastKey: "2" -> 2']);
    expect(onlyFinding(wrongType, facts).finding.evidence[0]?.line).toBeGreaterThan(0);
    repaired(wrongType, facts);
    const twice = profileFromPrefs(`${healthyWith()}user_pref("mail.account.lastKey", "9");\n`);
    expect(foundBy(wrongType, twice)).toEqual([]);
  });

  it('is left to those that miss what it should hold: the lists, links, and Local Folders', () => {
    expect(foundBy(wrongType, with1('mail.accountmanager.accounts', 1))).toEqual([]);
    expect(foundBy(wrongType, with1('mail.smtpservers', 1))).toEqual([]);
    expect(foundBy(wrongType, with1('mail.account.account1.server', 1))).toEqual([]);
    expect(foundBy(wrongType, with1('mail.accountmanager.localfoldersserver', 2))).toEqual([]);
  });

  it('does no harm in leftovers, nor where the program does not care', () => {
    expect(foundBy(wrongType, with1('mail.server.server7.port', '993'))).toEqual([]);
    expect(foundBy(wrongType, with1(`${one}of_my_own`, '993'))).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `// mine\nuser_pref("${one}port", "993");\n` });
    expect(lineChanges(wrongType, facts)).toBeNull();
    const { finding } = onlyFinding(wrongType, facts);
    expect(finding.evidence[0]).toMatchObject({ file: 'user.js', line: 2 });
    expect(finding.detail).toContain('user.js (line 2)');
  });
});
