/**
 * mailmend built as it is shipped, in a folder of its own, for tests that run it as a process.
 */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../..', import.meta.url));

export interface BuiltMailmend {
  /** The program, for node. */
  main: string;
  remove(): void;
}

/** Types are checked elsewhere (npm run typecheck). @throws Error with the words of the compiler. */
export function buildMailmend(): BuiltMailmend {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-built-')));
  copyFileSync(join(project, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  const tsc = join(project, 'node_modules/.bin/tsc');
  const build = ['-p', join(project, 'tsconfig.build.json'), '--noCheck', '--outDir', join(folder, 'dist')];
  const { status, stdout } = spawnSync(tsc, build, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed: ${stdout}`);
  return { main: join(folder, 'dist/cli/main.js'), remove: () => rmSync(folder, { recursive: true }) };
}
