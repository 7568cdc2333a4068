/**
 * How long `mailmend check` and `inspect` take on a large profile, beside what the disk and the system's own tools need
 * for the same files, in one run, round-robin.
 *
 *   npm run build && node bench/check.mjs               prints a table
 *   node bench/check.mjs --self-test                    small, and checks that what is measured is what is meant
 */

import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fs from 'fs-extra';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const mailmend = path.join(project, 'dist/cli/main.js');
const selfTest = process.argv.includes('--self-test');
const size = selfTest ? { folders: 20, prefs: 200, rounds: 1 } : { folders: 5000, prefs: 20_000, rounds: 7 };

/** A POP account with many folders, and preferences of an add-on. */
function makeProfile(home) {
  const profile = path.join(home, 'profile');
  const mail = path.join(profile, 'Mail/pop.example.org');
  fs.ensureDirSync(mail);
  for (let n = 0; n < size.folders; n++) {
    const folder = n % 10 === 0 ? mail : path.join(mail, `F${n - (n % 10)}.sbd`);
    fs.ensureDirSync(folder);
    fs.writeFileSync(
      path.join(folder, `F${n}`),
      'From - Mon Nov 23 2026\r\nSubject: x\r\nFrom: a@example.org\r\n\r\nx\r\n',
    );
    fs.writeFileSync(path.join(folder, `F${n}.msf`), '');
  }
  const lines = [
    ['mail.account.account1.identities', 'id1'],
    ['mail.account.account1.server', 'server1'],
    ['mail.accountmanager.accounts', 'account1'],
    ['mail.identity.id1.useremail', 'a@example.org'],
    ['mail.server.server1.directory-rel', '[ProfD]Mail/pop.example.org'],
    ['mail.server.server1.hostname', 'pop.example.org'],
    ['mail.server.server1.port', 995],
    ['mail.server.server1.socketType', 3],
    ['mail.server.server1.type', 'pop3'],
    ['mail.server.server1.userName', 'a'],
    ...Array.from({ length: size.prefs }, (_, n) => [`extensions.many.value${n}`, `some text number ${n}`]),
  ].map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  fs.writeFileSync(path.join(profile, 'prefs.js'), lines.join(''));
  return profile;
}

function timed(command, words, home) {
  const start = process.hrtime.bigint();
  const { status, stdout } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, HOME: home },
    maxBuffer: 1e9,
  });
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, status, stdout };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mailmend-bench-'));
try {
  const profile = makeProfile(home);
  const contenders = {
    'node alone': [process.execPath, ['-e', '0']],
    'find (lists and stats the same files)': ['find', [profile, '-printf', '%s %p\n']],
    'mailmend inspect --json': [process.execPath, [mailmend, 'inspect', profile, '--json']],
    'mailmend check --json': [process.execPath, [mailmend, 'check', profile, '--json']],
  };
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const last = {};
  for (let round = 0; round < size.rounds; round++) {
    for (const [name, [command, words]] of Object.entries(contenders)) {
      last[name] = timed(command, words, home);
      times[name].push(last[name].ms);
    }
  }
  const base = median(times['node alone']);
  console.log(
    `${size.folders} folders, ${size.prefs + 10} preferences, ${size.rounds} rounds, Node ${process.version}`,
  );
  for (const [name, all] of Object.entries(times)) {
    console.log(
      `${name.padEnd(40)} ${median(all).toFixed(0).padStart(6)} ms  ${(median(all) / base).toFixed(2).padStart(6)} x node alone`,
    );
  }
  if (selfTest) {
    const sheet = JSON.parse(last['mailmend inspect --json'].stdout);
    const found = last['find (lists and stats the same files)'].stdout
      .split('\n')
      .filter((line) => /\/F\d+$/.test(line));
    if (sheet.folders.length !== size.folders || found.length !== size.folders) {
      throw new Error(
        `inspect saw ${sheet.folders.length} folders, find ${found.length}, there are ${size.folders}`,
      );
    }
    if (
      JSON.parse(last['mailmend check --json'].stdout).findings.some(({ severity }) => severity !== 'info')
    ) {
      throw new Error('the profile of the benchmark is not a healthy one');
    }
    console.log('self-test passed');
  }
} finally {
  fs.removeSync(home);
}
