/**
 * Records a folder as a fixture: fixtures/profiles/<name>/files and tree.json.
 *
 *   node scripts/make-fixture.mjs <folder> <name> [--profile <path>] [--base <fixture>] [--into <folder>]
 *
 * --profile  where in the folder the profile lies; without it the folder is the profile
 * --base     a fixture that this one was made from: files that are the same there are not kept twice
 * --into     another place than fixtures/profiles
 *
 * What is wrong with it in words (README.md) and what mailmend must find (expected.json) is written by hand:
 * see fixtures/profiles/README.md.
 */

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { profile: { type: 'string' }, base: { type: 'string' }, into: { type: 'string' } },
});
const [folder, name] = positionals;
if (folder === undefined || name === undefined) {
  console.error('usage: node scripts/make-fixture.mjs <folder> <name> [--profile <path>] [--base <fixture>]');
  process.exit(2);
}

const fixtures = values.into ?? fileURLToPath(new URL('../fixtures/profiles/', import.meta.url));
const fixture = path.join(fixtures, name);
const files = path.join(fixture, 'files');
const baseFiles = values.base === undefined ? null : path.join(fixtures, values.base, 'files');

fs.rmSync(files, { recursive: true, force: true });
fs.mkdirSync(files, { recursive: true });
const entries = readEntries('.');
const tree = {
  profile: values.profile ?? '.',
  ...(values.base === undefined ? {} : { base: values.base }),
  entries,
};
fs.writeFileSync(path.join(fixture, 'tree.json'), print(tree));

const kept = entries.filter((entry) => entry.kind === 'file' && isKept(entry.path));
for (const entry of kept) {
  const target = path.join(files, entry.path);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.copyFileSync(path.join(folder, entry.path), target);
  fs.chmodSync(target, 0o644);
}

const bytes = kept.reduce((sum, entry) => sum + fs.statSync(path.join(files, entry.path)).size, 0);
console.log(`${name}: ${entries.length} entries, ${kept.length} files kept, ${Math.ceil(bytes / 1024)} KB`);
for (const document of ['README.md', 'expected.json']) {
  if (!fs.existsSync(path.join(fixture, document))) console.log(`still to be written: ${name}/${document}`);
}

/** Folders stand before what is in them. */
function readEntries(relative) {
  const file = path.join(folder, relative);
  const stat = fs.lstatSync(file, { bigint: true });
  const mtimeNs = String(stat.mtimeNs);
  const mode = (Number(stat.mode) & 0o7777).toString(8).padStart(4, '0');
  if (stat.isSymbolicLink()) return [{ path: relative, kind: 'link', to: fs.readlinkSync(file), mtimeNs }];
  if (stat.isFile()) return [{ path: relative, kind: 'file', mode, mtimeNs }];
  if (!stat.isDirectory()) throw new Error(`${file} is neither file, folder nor link`);
  const children = fs.readdirSync(file).sort();
  const below = children.flatMap((child) => readEntries(path.posix.join(relative, child)));
  return [{ path: relative, kind: 'folder', mode, mtimeNs }, ...below];
}

function isKept(relative) {
  const original = baseFiles === null ? null : path.join(baseFiles, relative);
  if (original === null || !fs.existsSync(original)) return true;
  return !fs.readFileSync(original).equals(fs.readFileSync(path.join(folder, relative)));
}

/** One line for each entry, so that a change of one is a change of one line. */
function print({ entries, ...head }) {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`);
  const fields = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
  );
  return `{\n${fields.join('')}  "entries": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
