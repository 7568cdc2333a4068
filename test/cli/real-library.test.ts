/**
 * The commands with the real library, on a small profile with a broken server name: see it, learn what is wrong, repair
 * it, take it back. Looking leaves no trace.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as library from '../../src/index.ts';
import { documentSchemas } from '../../src/library/documents/json-schemas.ts';
import { treeListing } from '../support/tree-hash.ts';
import { call, type Outcome } from './support/fake-io.ts';

const prefs = `user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account2.server", "server2");
user_pref("mail.account.lastKey", 2);
user_pref("mail.accountmanager.accounts", "account1,account2");
user_pref("mail.accountmanager.defaultaccount", "account1");
user_pref("mail.accountmanager.localfoldersserver", "server2");
user_pref("mail.identity.id1.fullName", "Alice \\u001b[2J Example");
user_pref("mail.identity.id1.smtpServer", "smtp1");
user_pref("mail.identity.id1.useremail", "alice@example.org");
user_pref("mail.server.server1.directory-rel", "[ProfD]ImapMail/imap.example.org");
user_pref("mail.server.server1.hostname", "imap.example.org:993");
user_pref("mail.server.server1.port", 993);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "alice@example.org");
user_pref("mail.server.server2.directory-rel", "[ProfD]Mail/Local Folders");
user_pref("mail.server.server2.hostname", "Local Folders");
user_pref("mail.server.server2.type", "none");
user_pref("mail.server.server2.userName", "nobody");
user_pref("mail.smtp.defaultserver", "smtp1");
user_pref("mail.smtpserver.smtp1.hostname", "smtp.example.org");
user_pref("mail.smtpserver.smtp1.port", 465);
user_pref("mail.smtpserver.smtp1.try_ssl", 3);
user_pref("mail.smtpserver.smtp1.username", "alice@example.org");
user_pref("mail.smtpservers", "smtp1");
user_pref("mail.ui-rdf.version", 61);
`;

let root = '';
let profile = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'mailmend-cli-'));
  profile = path.join(root, 'it is.default');
  for (const folder of ['ImapMail/imap.example.org', 'Mail/Local Folders']) {
    mkdirSync(path.join(profile, folder), { recursive: true });
  }
  writeFileSync(path.join(profile, 'prefs.js'), prefs);
  writeFileSync(
    path.join(root, 'profiles.ini'),
    '[General]\nStartWithLastProfile=1\nVersion=2\n\n[Profile0]\nName=work\nIsRelative=1\nPath=it is.default\nDefault=1\n',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

const mailmend = (...words: string[]): Promise<Outcome> => call([...words, '--root', root], { library });

describe('looking at a profile', () => {
  it('leaves no trace, whatever is asked', async () => {
    const before = treeListing(root, { ctime: true });
    const calls: [words: string[], code: number][] = [
      [[], 1],
      [['profiles'], 0],
      [['inspect'], 0],
      [['inspect', '--sheet'], 0],
      [['check', 'work'], 1],
      [['check', profile, '--json'], 1],
      [['check', '--redact', '--verbose'], 1],
      [['repair'], 0],
      [['repair', '--json'], 0],
      [['undo'], 0],
      [['undo', '--list'], 0],
      [['diagnostic-profile'], 0],
      [['explain', 'host-malformed'], 0],
    ];
    for (const [words, code] of calls) {
      const outcome = await mailmend(...words);
      expect([words, outcome.code, outcome.stderr]).toEqual([words, code, '']);
      expect(outcome.stdout).not.toContain('\u001b');
    }
    expect(treeListing(root, { ctime: true })).toEqual(before);
  });

  it.each(['profiles', 'inspect', 'check', 'repair', 'undo', 'diagnostic-profile'] as const)(
    'gives a document of %s that fits its schema',
    async (name) => {
      const { stdout } = await mailmend(name, '--json');
      expect(documentSchemas[name].safeParse(JSON.parse(stdout)).error).toBeUndefined();
    },
  );

  it('names nobody with --redact', async () => {
    for (const name of ['profiles', 'inspect', 'check', 'repair']) {
      const { stdout } = await mailmend(name, '--json', '--redact');
      expect(stdout).not.toMatch(/alice|example\.org/i);
    }
  });
});

describe('putting it right', () => {
  it('changes the one line, the check is quiet then, and undo gives every byte back', async () => {
    const before = treeListing(root);
    const { run } = JSON.parse((await mailmend('repair', 'work', '--apply', '--json')).stdout);
    expect(readFileSync(path.join(profile, 'prefs.js'), 'utf8')).toBe(
      prefs.replace('imap.example.org:993', 'imap.example.org'),
    );
    expect((await mailmend('check', 'work')).code).toBe(0);
    expect((await mailmend('repair', 'work')).stdout).toContain('There is nothing to repair');

    const undone = await mailmend('undo', 'work', '--apply');
    expect(undone.stdout).toContain(`Run ${run} was taken back.`);
    const withoutRuns = treeListing(root).filter((line) => !line.startsWith('./.mailmend'));
    expect(withoutRuns).toEqual(before);
  });

  it('can be saved, reviewed and applied later, but not when something changed since', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mailmend-plan-'));
    try {
      const file = path.join(folder, 'plan.json');
      expect((await mailmend('repair', 'work', '--out', file)).code).toBe(0);
      writeFileSync(path.join(profile, 'prefs.js'), `${prefs}// changed\n`);
      const refused = await mailmend('apply', file, '--apply');
      expect(refused.code).toBe(3);
      writeFileSync(path.join(profile, 'prefs.js'), prefs);
      rmSync(file);
      await mailmend('repair', 'work', '--out', file);
      const done = await mailmend('apply', file, '--apply');
      expect([done.code, done.stderr]).toEqual([0, '']);
      expect((await mailmend('check', 'work')).code).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
