/**
 * How long it takes to open saved logins: one profile with a primary password beside NSS itself (libnss3, through
 * nss-logins.py), as a whole process and inside of one; then 100 profiles in one process, and one of 10,000 logins.
 *
 *   npm run build && node bench/passwords.mjs           prints tables
 *   node bench/passwords.mjs --self-test                small, and checks that both read the same logins
 */

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fs from 'fs-extra';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const built = (file) => import(path.join(project, 'dist', file));
const mailmend = path.join(project, 'dist/cli/main.js');
const vectors = path.join(project, 'fixtures/vectors');
const selfTest = process.argv.includes('--self-test');
const size = selfTest ? { rounds: 1, profiles: 3, logins: 50 } : { rounds: 7, profiles: 100, logins: 10_000 };
const password = 'hunter2 ünï';

const { unlockProfile } = await built('unlock/unlock-profile.js');
const { Secret } = await built('formats/secret.js');
const { createFileSystem } = await built('repair/node-file-system.js');
const { encryptSdr } = await built('formats/nss/sdr-encrypt.js');
const disk = createFileSystem();

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const row = (name, ms, unit = 'ms') =>
  console.log(`${name.padEnd(52)} ${ms.toFixed(ms < 10 ? 2 : 0).padStart(8)} ${unit}`);

function timed(command, words) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${command} ${words[0]}: ${stderr}`);
  return { ms, stdout };
}

async function opened(profile, primary) {
  const start = process.hrtime.bigint();
  const { logins } = await unlockProfile(disk, profile, {
    password: primary === null ? null : Secret.fromText(primary),
    file: 'logins.json',
  });
  const read = logins.filter(({ unreadable }) => unreadable === null).length;
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, read };
}

/** The same key store with many rows. */
async function withManyLogins(into) {
  fs.copySync(path.join(vectors, 'a-nopw-nss387'), into);
  const { keyStore } = await unlockProfile(disk, into, { password: null, file: null });
  const [key] = keyStore.keys;
  const logins = Array.from({ length: size.logins }, (_, i) => ({
    id: i + 1,
    hostname: `imap://host${i}.example.org`,
    httpRealm: `imap://host${i}.example.org`,
    formSubmitURL: null,
    usernameField: '',
    passwordField: '',
    encryptedUsername: encryptSdr(Secret.fromText(`user${i}@example.org`), key, randomBytes),
    encryptedPassword: encryptSdr(Secret.fromText(`invented ${i}`), key, randomBytes),
    guid: `{${i}}`,
    encType: 1,
  }));
  fs.writeFileSync(
    path.join(into, 'logins.json'),
    JSON.stringify({ nextId: size.logins + 1, logins, version: 3 }),
  );
}

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mailmend-bench-'));
try {
  const one = path.join(home, 'one');
  fs.copySync(path.join(vectors, 'b-pw-nss387'), one);
  const passwordFile = path.join(home, 'password');
  fs.writeFileSync(passwordFile, password);
  const hasNss = spawnSync('python3', ['-c', 'import ctypes; ctypes.CDLL("libnss3.so")']).status === 0;
  const contenders = {
    'node alone, whole process': () => timed(process.execPath, ['-e', '0']).ms,
    'mailmend passwords list --json, whole process': () =>
      timed(process.execPath, [
        mailmend,
        'passwords',
        'list',
        one,
        '--json',
        '--primary-password-file',
        passwordFile,
      ]).ms,
    'mailmend, opening alone, in one process': async () => (await opened(one, password)).ms,
    ...(hasNss
      ? {
          'python3 with NSS, whole process': () =>
            timed('python3', [path.join(project, 'bench/nss-logins.py'), one, passwordFile]).ms,
          'NSS, opening alone, in one process': () =>
            JSON.parse(
              timed('python3', [path.join(project, 'bench/nss-logins.py'), one, passwordFile]).stdout,
            ).ms,
        }
      : {}),
  };
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < size.rounds; round++)
    for (const [name, run] of Object.entries(contenders)) times[name].push(await run());
  console.log(
    `one profile with a primary password, 10 logins, ${size.rounds} rounds, Node ${process.version}`,
  );
  for (const [name, all] of Object.entries(times)) row(name, median(all));

  console.log(`${size.profiles} profiles in one process, each`);
  for (const [vector, primary] of [
    ['d-pw-tb153', password],
    ['b-pw-nss387', password],
    ['c-nopw-tb153', null],
    ['a-nopw-nss387', null],
  ]) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < size.profiles; i++) await opened(path.join(vectors, vector), primary);
    row(vector, Number(process.hrtime.bigint() - start) / 1e6 / size.profiles);
  }

  const many = path.join(home, 'many');
  await withManyLogins(many);
  const all = await opened(many, null);
  console.log(`${size.logins} logins in one profile`);
  row('each', (all.ms * 1000) / size.logins, 'µs');

  if (selfTest) {
    const own = await opened(one, password);
    const peer = hasNss
      ? JSON.parse(timed('python3', [path.join(project, 'bench/nss-logins.py'), one, passwordFile]).stdout)
          .read
      : own.read;
    if (own.read !== 10 || peer !== own.read || all.read !== size.logins)
      throw new Error(`mailmend read ${own.read}, NSS ${peer} of 10; ${all.read} of ${size.logins}`);
    console.log('self-test passed');
  }
} finally {
  fs.removeSync(home);
}
