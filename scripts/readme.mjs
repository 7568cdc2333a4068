/**
 * Writes what README.md has from running code: the transcript of a check and a repair, and the list of checks.
 *
 *   npm run build && node scripts/readme.mjs           writes README.md
 *   npm run build && node scripts/readme.mjs --check   says whether the list of checks is up to date (CI)
 */

import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fs from 'fs-extra';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const readme = path.join(project, 'README.md');

function between(text, mark, content) {
  const start = text.indexOf(`<!-- ${mark} -->`);
  const end = text.indexOf(`<!-- /${mark} -->`);
  if (start < 0 || end < 0) throw new Error(`README.md has no place for ${mark}`);
  return `${text.slice(0, start)}<!-- ${mark} -->\n${content}\n${text.slice(end)}`;
}

async function checksTable() {
  const { allChecks } = await import(path.join(project, 'dist/checks/all-checks.js'));
  const rows = allChecks.map(({ meta }) => `| \`${meta.id}\` | ${meta.severity} | ${meta.looksFor} |`);
  return ['| check | mostly | looks for |', '|---|---|---|', ...rows, '', `${allChecks.length} checks.`].join(
    '\n',
  );
}

function transcript() {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'alice-'));
  const root = path.join(home, '.thunderbird');
  const profile = path.join(root, 'abcd1234.default-release');
  fs.copySync(path.join(project, 'fixtures/profiles/plain/files'), profile);
  fs.writeFileSync(
    path.join(root, 'profiles.ini'),
    '[Profile0]\nName=default-release\nIsRelative=1\nPath=abcd1234.default-release\nDefault=1\n\n[General]\nStartWithLastProfile=1\nVersion=2\n',
  );
  const prefs = path.join(profile, 'prefs.js');
  const spoilt = fs.readFileSync(prefs, 'utf8').replace('"imap.example.org");', '"imap.example.org:993");');
  fs.writeFileSync(prefs, spoilt, { mode: 0o600 });
  const run = (...words) => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(project, 'dist/cli/main.js'), ...words],
      {
        encoding: 'utf8',
        env: { ...process.env, HOME: home },
        cwd: home,
      },
    );
    // The temporary folder stands for the home of the owner; nothing else is changed.
    return `$ mailmend ${words.join(' ')}\n${stdout}${stderr}`.replaceAll(home, '/home/alice').trimEnd();
  };
  const text = [run('check', 'default-release'), run('repair', 'default-release', '--apply')].join('\n\n');
  fs.removeSync(home);
  return `\`\`\`console\n${text}\n\`\`\``;
}

const before = fs.readFileSync(readme, 'utf8');
const table = await checksTable();
if (process.argv.includes('--check')) {
  const current = between(before, 'checks', table) === before;
  if (!current) console.error('README.md: the list of checks is out of date; run `npm run readme`.');
  process.exit(current ? 0 : 1);
}
fs.writeFileSync(readme, between(between(before, 'checks', table), 'transcript', transcript()));
