/**
 * Begins a check: its file, its test, its fixture, and its place in the list of its cause.
 *
 *   npm run new-check -- <cause>/<name>          e.g. settings/reply-to-malformed
 *
 * What it makes type-checks and lints; its tests fail until the check finds something (CONTRIBUTING.md).
 */

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const causes = ['profile', 'settings', 'passwords', 'leftovers', 'interference', 'storage'];
const [id = ''] = process.argv.slice(2);
const [, cause, name] = /^([a-z]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id) ?? [];
if (name === undefined || !causes.includes(cause)) {
  console.error(
    `usage: npm run new-check -- <cause>/<name>\ncause: ${causes.join(', ')}; name: words joined by -`,
  );
  process.exit(2);
}

const variable = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const source = `src/checks/${cause}/${name}.ts`;
const test = `test/checks/${cause}/${name}.test.ts`;
const fixture = `fixtures/profiles/${name}`;
const list = `src/checks/${cause}/index.ts`;

const taken = [source, test, fixture].filter((file) => fs.existsSync(path.join(project, file)));
if (taken.length > 0) {
  console.error(`There already: ${taken.join(', ')}. Nothing was changed.`);
  process.exit(1);
}

const listed = addToList(fs.readFileSync(path.join(project, list), 'utf8'));
write(source, checkText());
write(test, testText());
makeFixture();
fs.writeFileSync(path.join(project, list), listed);
run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', source, test, list]);

console.log(`Made:
  ${source}        what it looks for, find, words, repair
  ${test}   the broken profile, and the near miss
  ${fixture}/   the broken profile on disk: break it, then write README.md and expected.json
  ${list}              its place in the order of the checks: move it to where it belongs
Next: write find() and see the test pass:
  npx vitest run ${test}
  npx vitest run test/fixtures.test.ts -t ${name}
Then: npm run readme`);

function write(file, text) {
  fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  fs.writeFileSync(path.join(project, file), text);
}

function run(program, words) {
  execFileSync(program, words, { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] });
}

function addToList(text) {
  const end = text.lastIndexOf('];');
  if (end < 0) throw new Error(`${list} holds no list of checks`);
  return `import { ${variable} } from './${name}.ts';\n${text.slice(0, end)}  ${variable},\n${text.slice(end)}`;
}

/** A copy of `small`, to be broken by hand and recorded again. */
function makeFixture() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailmend-new-check-'));
  try {
    run(process.execPath, ['scripts/lay-out-fixture.mjs', 'small', folder]);
    run(process.execPath, ['scripts/make-fixture.mjs', path.join(folder, 'small'), name, '--base', 'small']);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  fs.mkdirSync(path.join(project, fixture, 'files'), { recursive: true });
  write(
    `${fixture}/README.md`,
    `# ${name}\n\nSay what happened to this profile, what the program does with it, and what mailmend should say.\n`,
  );
  const finding = { check: id, severity: 'warning', subject: { kind: 'profile', id: name }, repaired: false };
  write(
    `${fixture}/expected.json`,
    `{\n  "healthy": false,\n  "findings": [\n    ${JSON.stringify(finding)}\n  ],\n  "start": "safe",\n  "mail": "safe"\n}\n`,
  );
}

function checkText() {
  return `/**
 * Looks for: (one line).
 * Why: what the program does with it, and where that is known from (source, or measured with which version).
 * Found: which facts tell it, and what looks like it and is in order.
 * Repaired: what is changed, or why nothing is.
 */

import { defineCheck } from '../check.ts';

export const ${variable} = defineCheck<null>({
  meta: {
    id: '${id}',
    severity: 'warning',
    title: 'In a few words',
    looksFor: 'A full sentence, for the owner of the mail.',
    why: 'A full sentence, for the owner of the mail.',
    repair: 'None.',
    faults: [],
  },

  find({ profile }) {
    const isBroken = profile.accountList.items.includes('replace this');
    if (!isBroken) return [];
    return [
      {
        subject: { kind: 'profile', id: profile.name ?? profile.path },
        evidence: [{ file: 'prefs.js', note: 'what is to be seen there' }],
        state: null,
      },
    ];
  },

  words() {
    return { title: 'What is wrong, with the names that the owner knows', detail: 'What it means, and what to do.' };
  },
});
`;
}

function testText() {
  return `import { describe, expect, it } from 'vitest';
import { ${variable} } from '../../../src/checks/${cause}/${name}.ts';
import { foundBy, gravity } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

/** What breaks the healthy profile: preferences by name; null takes one out. */
const broken = profileFromPrefs(healthyWith({}));
/** What looks like it and is in order. */
const nearMiss = profileFromPrefs(healthyWith({}));

describe('${id}', () => {
  it('is found', () => {
    expect(foundBy(${variable}, broken), 'find() of ${source} finds nothing yet').toHaveLength(1);
    expect(gravity(${variable}, broken)).toBe('warning safe');
  });

  it('is not found where all is in order', () => {
    expect(foundBy(${variable}, nearMiss)).toEqual([]);
  });
});
`;
}
