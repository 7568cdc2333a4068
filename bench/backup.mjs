/**
 * How long `mailmend backup` takes, which reads, writes, syncs, reads back and compares, beside `cp -a` and `sha256sum`
 * of the same files, in one run, round-robin: a few large mail folders (mbox), and many small files (maildir).
 *
 *   npm run build && node bench/backup.mjs               prints a table
 *   node bench/backup.mjs --self-test                    small, and checks that what is measured is what is meant
 */

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fs from 'fs-extra';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const mailmend = path.join(project, 'dist/cli/main.js');
const selfTest = process.argv.includes('--self-test');
const shapes = selfTest
  ? { 'large files': { files: 2, bytes: 100_000 }, 'small files': { files: 20, bytes: 2000 } }
  : { 'large files': { files: 4, bytes: 250_000_000 }, 'small files': { files: 10_000, bytes: 8000 } };
const rounds = selfTest ? 1 : 3;

function makeProfile(home, { files, bytes }) {
  const profile = path.join(home, 'profile');
  const mail = path.join(profile, 'Mail/pop.example.org');
  fs.ensureDirSync(mail);
  fs.writeFileSync(path.join(profile, 'prefs.js'), 'user_pref("a.b", 1);\n');
  fs.writeFileSync(path.join(profile, '.parentlock'), '');
  for (let n = 0; n < files; n++) fs.writeFileSync(path.join(mail, `F${n}`), randomBytes(bytes));
  return profile;
}

/** Whole processes; what is written is gone before the next one begins, and none has to wait for another's writing. */
function timed(command, words, home) {
  fs.removeSync(path.join(home, 'copy'));
  spawnSync('sync');
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, HOME: home },
    maxBuffer: 1e9,
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}: ${stderr}`);
  return { ms, stdout };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

for (const [shape, size] of Object.entries(shapes)) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mailmend-bench-'));
  try {
    const profile = makeProfile(home, size);
    const copy = path.join(home, 'copy');
    const script = `cp -a "${profile}" "${copy}" && cd "${copy}" && find . -type f -print0 | xargs -0 sha256sum`;
    const backup = [mailmend, 'backup', profile, '--to', copy, '--json'];
    const contenders = {
      'cp -a, then sha256sum': ['sh', ['-c', script]],
      'the same, synced': ['sh', ['-c', `${script} && sync -f "${copy}"`]],
      'mailmend backup': [process.execPath, backup],
    };
    const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    const last = {};
    for (let round = 0; round < rounds; round++) {
      for (const [name, [command, words]] of Object.entries(contenders)) {
        last[name] = timed(command, words, home);
        times[name].push(last[name].ms);
      }
    }
    const megabytes = (size.files * size.bytes) / 1e6;
    const base = median(times['cp -a, then sha256sum']);
    console.log(
      `${shape}: ${size.files} files, ${megabytes.toFixed(1)} MB, ${rounds} rounds, Node ${process.version}`,
    );
    for (const [name, all] of Object.entries(times)) {
      const ms = median(all);
      const speed = ((megabytes / ms) * 1000).toFixed(0).padStart(5);
      console.log(
        `${name.padEnd(24)} ${ms.toFixed(0).padStart(6)} ms ${speed} MB/s  ${(ms / base).toFixed(2).padStart(5)} x cp and sha256sum`,
      );
    }
    if (selfTest) {
      const { files, complete } = JSON.parse(last['mailmend backup'].stdout);
      // The settings file is one more, the lock file is left out.
      if (files !== size.files + 1 || !complete) throw new Error(`mailmend copied ${files} files`);
      const summed = last['cp -a, then sha256sum'].stdout.trim().split('\n').length;
      if (summed !== size.files + 2) throw new Error(`sha256sum read ${summed} files`);
    }
  } finally {
    fs.removeSync(home);
  }
}
if (selfTest) console.log('self-test passed');
