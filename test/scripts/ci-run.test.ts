import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../.ci/run', import.meta.url));
let project = '';

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'mailmend-ci-'));
  mkdirSync(join(project, '.ci'));
  cpSync(script, join(project, '.ci', 'run'));
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

/** A project whose README has this test command, and whose checks are these commands. */
function run(testCommand: string | null, checks: Record<string, string> = {}) {
  const block = testCommand === null ? '' : `<!-- test-command -->\n\`\`\`sh\n${testCommand}\n\`\`\`\n`;
  writeFileSync(join(project, 'README.md'), `# x\n\n${block}\n\`\`\`sh\nexit 9\n\`\`\`\n`);
  const scripts = {
    typecheck: 'true',
    lint: 'true',
    layers: 'true',
    'dead-code': 'true',
    build: 'true',
    'readme-check': 'true',
    'bench-self-test': 'true',
    ...checks,
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'x', scripts }));
  const { status, stdout } = spawnSync('bash', ['.ci/run'], { cwd: project, encoding: 'utf8' });
  const lines = stdout.trimEnd().split('\n');
  return { status, lines, last: lines.at(-1) };
}

const green = 'echo "CI=$CI" && echo "3 passed, 0 failed, 1 skipped"';

describe('.ci/run', () => {
  it('runs the test command of the README as it stands there, and ends with its count', () => {
    const { status, lines, last } = run(green);
    expect({ status, last }).toEqual({ status: 0, last: '3 passed, 0 failed, 1 skipped' });
    expect(lines.slice(0, 2)).toEqual([`== ${green}`, 'CI=true']);
  });

  it('fails when a check fails, after all of them ran', () => {
    const { status, lines, last } = run(green, { typecheck: 'false', build: 'echo built' });
    expect({ status, last }).toEqual({ status: 1, last: '3 passed, 1 failed, 1 skipped' });
    expect(lines).toContain('failed: npm run typecheck');
    expect(lines).toContain('built');
  });

  it.each([
    ['says so', 'echo "2 passed, 1 failed, 0 skipped"; exit 1', '2 passed, 1 failed, 0 skipped'],
    ['does not say so', 'echo "2 passed, 0 failed, 0 skipped"; exit 1', '2 passed, 1 failed, 0 skipped'],
    ['never gets to the tests', 'false', '0 passed, 1 failed, 0 skipped'],
    ['is not in the README', null, '0 passed, 1 failed, 0 skipped'],
  ])('fails when the test command fails and %s', (_how, command, last) => {
    expect(run(command)).toMatchObject({ status: 1, last });
  });
});
