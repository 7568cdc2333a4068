/**
 * The main job on an invented profile with five faults, in a temporary folder: see it, check it, repair it, make a
 * diagnostic profile, take everything back. Nothing of this computer's own profiles is looked at.
 *
 *   npm run demo        (builds first)
 */

import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fs from 'fs-extra';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mailmend-demo-'));
const root = path.join(home, '.thunderbird');
const profile = path.join(root, 'abcd1234.default-release');

fs.copySync(path.join(project, 'fixtures/profiles/plain/files'), profile);
fs.writeFileSync(
  path.join(root, 'profiles.ini'),
  '[Profile0]\nName=default-release\nIsRelative=1\nPath=abcd1234.default-release\nDefault=1\n\n[General]\nStartWithLastProfile=1\nVersion=2\n',
);

const prefs = path.join(profile, 'prefs.js');
const spoilt = fs
  .readFileSync(prefs, 'utf8')
  // A port pasted behind the server name: Thunderbird crashes at every start.
  .replace(
    '"mail.server.server1.hostname", "imap.example.org"',
    '"mail.server.server1.hostname", "imap.example.org:993"',
  )
  // A list that has lost Local Folders.
  .replace('"account1,account2"', '"account1"')
  // A sender whose outgoing server is not in the list any more.
  .replace('user_pref("mail.smtpservers", "smtp1");', 'user_pref("mail.smtpservers", "smtp1,smtp7");')
  // A set-up that broke off: a server and an identity that belong to nothing.
  .concat(
    'user_pref("mail.server.server5.type", "imap");\n',
    'user_pref("mail.server.server5.hostname", "imap.old-provider.example");\n',
    'user_pref("mail.server.server5.userName", "alice@old-provider.example");\n',
    'user_pref("mail.identity.id5.useremail", "alice@old-provider.example");\n',
  );
fs.writeFileSync(prefs, spoilt, { mode: 0o600 });

function mailmend(...words) {
  console.log(`\n$ mailmend ${words.join(' ')}`);
  const { status } = spawnSync(process.execPath, [path.join(project, 'dist/cli/main.js'), ...words], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, HOME: home, USERPROFILE: home, APPDATA: home },
    cwd: home,
  });
  return status;
}

console.log(`An invented profile with five faults was made in ${profile}`);
const exits = [
  mailmend('profiles', '--root', root),
  mailmend('check', profile),
  mailmend('repair', profile, '--apply'),
  mailmend('check', profile),
  mailmend('diagnostic-profile', profile, '--account', 'alice@example.org', '--apply'),
  mailmend('diagnostic-profile', profile, '--remove', '--apply'),
  mailmend('undo', profile, '--list'),
];
const wanted = [0, 1, 0, 0, 0, 0, 0];
const asWanted = exits.every((exit, nth) => exit === wanted[nth]);
console.log(
  asWanted
    ? `\nThe demonstration went as it should. It lies in ${home}; look around, then delete that folder.`
    : `\nThe demonstration did not go as it should: exits ${exits.join(' ')}, expected ${wanted.join(' ')}.`,
);
process.exit(asWanted ? 0 : 1);
