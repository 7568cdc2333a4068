import { describe, expect, it } from 'vitest';
import { filterTargetDangling } from '../../../src/checks/settings/filter-target-dangling.ts';
import { folderSettingDangling } from '../../../src/checks/settings/folder-setting-dangling.ts';
import { savedSearchDangling } from '../../../src/checks/settings/saved-search-dangling.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyWith } from '../../support/prefs-text.ts';
import { fileOf, type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

type Changes = Record<string, string | number | boolean | null>;

const with_ = (changes: Changes = {}, options: ProfileOptions = {}) =>
  profileFromPrefs(healthyWith(changes), options);
const fcc = 'mail.identity.id1.fcc_folder';
const present = 'imap://alice%40example.org@imap.example.org';
const former = 'imap://alice%40example.org@mail.old.example';
const gone = 'imap://zoe%40example.com@imap.example.com';

describe('the folder for sent mail', () => {
  it('under the former host or user of the account is led to the present one', () => {
    for (const uri of [`${former}/Sent`, 'imap://alice@imap.example.org/Sent']) {
      const facts = with_({ [fcc]: uri });
      expect(gravity(folderSettingDangling, facts)).toBe('error safe');
      expect(lineChanges(folderSettingDangling, facts)).toEqual([
        `${fcc}: ${JSON.stringify(uri)} -> "${present}/Sent"`,
      ]);
      repaired(folderSettingDangling, facts);
    }
  });

  it('on an account that is gone is no longer set: the program takes its own', () => {
    const facts = with_({ [fcc]: `${gone}/Sent`, 'mail.identity.id1.fcc_folder_picker_mode': '1' });
    expect(lineChanges(folderSettingDangling, facts)).toEqual([
      `${fcc}: "${gone}/Sent" -> null`,
      'mail.identity.id1.fcc_folder_picker_mode: "1" -> null',
    ]);
    expect(onlyFinding(folderSettingDangling, facts).finding.title).toContain('alice@example.org');
    repaired(folderSettingDangling, facts);
  });

  it('matters less where no copies are kept, and for drafts', () => {
    expect(
      gravity(folderSettingDangling, with_({ [fcc]: `${gone}/Sent`, 'mail.identity.id1.fcc': false })),
    ).toBe('warning safe');
    expect(gravity(folderSettingDangling, with_({ 'mail.identity.id1.draft_folder': `${gone}/D` }))).toBe(
      'warning safe',
    );
  });

  it('of junk goes back to the account’s own', () => {
    const junk = 'mail.server.server1.spamActionTargetFolder';
    const facts = with_({ [junk]: `${gone}/Spam`, 'mail.server.server1.moveTargetMode': 1 });
    expect(lineChanges(folderSettingDangling, facts)).toEqual([
      `${junk}: "${gone}/Spam" -> null`,
      'mail.server.server1.moveTargetMode: 1 -> null',
    ]);
    expect(gravity(folderSettingDangling, facts)).toBe('info safe');
    const moved = { [junk]: `${gone}/Spam`, 'mail.server.server1.moveOnSpam': true };
    expect(gravity(folderSettingDangling, with_(moved))).toBe('warning safe');
  });

  it.each<[string, string]>([
    ['its own account', `${present}/Sent`],
    ['Local Folders', 'mailbox://nobody@Local%20Folders/Sent'],
    ['the unified folders', 'mailbox://nobody@smart%20mailboxes/Sent'],
    ['a folder that is only not there yet', `${present}/Not%20there`],
    ['the host in capitals', 'imap://alice%40example.org@IMAP.example.org/Sent'],
    ['an account of an add-on', 'owl://alice@example.org/Sent'],
  ])('is in order on %s', (_name, uri) => {
    expect(foundBy(folderSettingDangling, with_({ [fcc]: uri }))).toEqual([]);
  });

  it('is in order on another account, also one that the list has lost', () => {
    const lost = { ...carol, 'mail.accountmanager.accounts': 'account1,account2' };
    const uri = 'mailbox://carol@pop.example.net/Sent';
    for (const more of [carol, lost]) {
      expect(foundBy(folderSettingDangling, profileFromPrefs(healthyWith(more, { [fcc]: uri })))).toEqual([]);
    }
  });

  it.each<[string, Changes]>([
    ['replaced its name', { 'mail.server.server1.hostname': 'server1.invalid' }],
    ['pasted a port to its name', { 'mail.server.server1.hostname': 'imap.example.org:993' }],
    ['lost its user', { 'mail.server.server1.userName': null }],
    ['lost its type', { 'mail.server.server1.type': null }],
  ])('is not judged while something has %s', (_name, changes) => {
    expect(foundBy(folderSettingDangling, with_(changes))).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = with_({}, { userJs: `user_pref("${fcc}", "${gone}/Sent");\n` });
    expect(lineChanges(folderSettingDangling, facts)).toBeNull();
    expect(onlyFinding(folderSettingDangling, facts).finding.detail).toContain('user.js (line 1)');
  });
});

const rules = (...filters: { name: string; uri: string; enabled?: boolean }[]): string =>
  `version="9"\nlogging="no"\n${filters
    .map(
      ({ name, uri, enabled = true }) =>
        `name="${name}"\nenabled="${enabled ? 'yes' : 'no'}"\ntype="17"\naction="Move to folder"\nactionValue="${uri}"\ncondition="ALL"\n`,
    )
    .join('')}`;
const place = 'ImapMail/imap.example.org/msgFilterRules.dat';
const filters = (text: string): ProfileOptions => ({ files: { [place]: text } });

describe('a filter', () => {
  it('whose folder is under the former host is led to the present one; others stay as they are', () => {
    const text = rules(
      { name: 'Work', uri: `${former}/Work` },
      { name: 'Kept', uri: `${present}/Kept` },
      { name: 'Away', uri: `${gone}/Away` },
    );
    const facts = with_({}, filters(text));
    expect(gravity(filterTargetDangling, facts)).toBe('warning safe');
    const { finding, problem, check } = onlyFinding(filterTargetDangling, facts);
    expect(finding.title).toContain('2 filters');
    expect(finding.evidence.map(({ line }) => line)).toEqual([7, 19]);
    const operations = check.repair?.(problem, facts)?.operations ?? [];
    expect(operations.map(({ op }) => op)).toEqual(['write']);
    expect(lineChanges(filterTargetDangling, facts)).toHaveLength(1);
  });

  it('has nothing left to lead anywhere after that', () => {
    const facts = with_({}, filters(rules({ name: 'Work', uri: `${former}/Work` })));
    expect(fileOf(repaired(filterTargetDangling, facts), place)).toBe(
      rules({ name: 'Work', uri: `${present}/Work` }),
    );
  });

  it('whose account or local folder is gone is told', () => {
    const away = with_({}, filters(rules({ name: 'Away', uri: `${gone}/Away` })));
    expect(lineChanges(filterTargetDangling, away)).toBeNull();
    const missing = 'mailbox://nobody@Local%20Folders/Old/Bills';
    const files = { [place]: rules({ name: 'Bills', uri: missing }), 'Mail/Local Folders/Inbox': '' };
    const facts = with_({}, { files });
    expect(onlyFinding(filterTargetDangling, facts).finding.detail).toContain('Old/Bills');
    expect(lineChanges(filterTargetDangling, facts)).toBeNull();
  });

  it('is in order: switched off, on a server that may have the folder, in a folder that is there', () => {
    const files = {
      [place]: rules(
        { name: 'Off', uri: `${gone}/Away`, enabled: false },
        { name: 'Server', uri: `${present}/Not%20fetched%20yet` },
        { name: 'Local', uri: 'mailbox://nobody@Local%20Folders/Bills' },
        { name: 'Own', uri: 'mailbox://nobody@Local%20Folders/Sent' },
      ),
      'Mail/Local Folders/Bills': '',
    };
    expect(foundBy(filterTargetDangling, with_({}, { files }))).toEqual([]);
  });

  it('of a folder that no account uses is nobody’s', () => {
    const files = { 'ImapMail/old.example/msgFilterRules.dat': rules({ name: 'x', uri: `${gone}/x` }) };
    expect(foundBy(filterTargetDangling, with_({}, { files }))).toEqual([]);
  });

  it('that could be of two accounts is told', () => {
    const ambiguous = rules({ name: 'x', uri: 'imap://alice@imap.example.org/x' });
    const twin = { 'mail.server.server3.userName': 'alice@example.com' };
    const facts = profileFromPrefs(healthyWith(bob, twin), filters(ambiguous));
    expect(lineChanges(filterTargetDangling, facts)).toBeNull();
  });
});

describe('a saved search', () => {
  const file = 'virtualFolders.dat';
  const searches = (uri: string, scope: string): ProfileOptions => ({
    files: {
      [file]: `version=1\nuri=${uri}\nscope=${scope}\nterms=AND (subject,contains,x)\nsearchOnline=false\n`,
    },
  });

  it('under the former host is led to the present one, in its place and in its scope', () => {
    const options = searches(`${former}/INBOX/Mine`, `${former}/INBOX|${present}/Sent`);
    const facts = with_({}, options);
    expect(gravity(savedSearchDangling, facts)).toBe('warning loses');
    expect(fileOf(repaired(savedSearchDangling, facts), file)).toContain(
      `uri=${present}/INBOX/Mine\nscope=${present}/INBOX|${present}/Sent\n`,
    );
  });

  it('that loses one of its folders only is kept by the program', () => {
    const options = searches(`${present}/INBOX/Mine`, `${gone}/INBOX|${present}/Sent`);
    expect(gravity(savedSearchDangling, with_({}, options))).toBe('warning safe');
    expect(lineChanges(savedSearchDangling, with_({}, options))).toBeNull();
  });

  it('is in order over all folders, and in the unified ones', () => {
    for (const options of [
      searches(`${present}/INBOX/Mine`, '*'),
      searches('mailbox://nobody@smart%20mailboxes/Inbox', `${present}/INBOX`),
    ]) {
      expect(foundBy(savedSearchDangling, with_({}, options))).toEqual([]);
    }
  });
});
