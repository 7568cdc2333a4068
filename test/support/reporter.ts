/**
 * The end of every test run: what was skipped, by name and with the reason, and one plain last line,
 * `N passed, N failed, N skipped`. With CI set, a skip fails the run, unless the kernel forbids what the test needs.
 */

import { writeSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { SkipReason } from '../acceptance/support/needs.ts';

interface Skipped extends SkipReason {
  name: string;
}

export default class ClosingLine implements Reporter {
  #passed = 0;
  #failed = 0;
  #skipped: Skipped[] = [];

  onInit(): void {
    // Last of all, whatever the other reporters print, and also when the run broke off.
    process.once('exit', () => this.#close());
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const cases = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => cases.filter((test) => test.result().state === state);
    // A file that cannot be loaded, a hook that throws, a promise that nobody awaits: failures without a test.
    const broken = modules.filter(
      (module) => !module.ok() && ![...module.children.allTests('failed')].length,
    );
    this.#passed = inState('passed').length;
    this.#failed = inState('failed').length + broken.length + unhandledErrors.length;
    this.#skipped = inState('skipped').map((test) => ({ name: nameOf(test), ...reasonOf(test) }));
  }

  #close(): void {
    const lines = this.#skipped.map(({ name, reason }) => `skipped: ${name} (${reason})`);
    const notAllowed = this.#skipped.filter(({ kernelForbids }) => !kernelForbids);
    if (isCi() && notAllowed.length > 0) {
      lines.push(`${notAllowed.length} skipped that must run in CI`);
      process.exitCode = 1;
    }
    const failed = process.exitCode ? Math.max(1, this.#failed) : this.#failed;
    lines.push(`${this.#passed} passed, ${failed} failed, ${this.#skipped.length} skipped`);
    writeSync(1, `\n${lines.join('\n')}\n`);
  }
}

function isCi(): boolean {
  return !['', '0', 'false', undefined].includes(process.env.CI);
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}

/** On the test, or on the nearest suite around it. */
function reasonOf(test: TestCase): SkipReason {
  let task: TestCase | TestCase['parent'] = test;
  for (;;) {
    const { skipReason } = task.meta();
    if (skipReason !== undefined) return skipReason;
    if (task.type === 'module') return { reason: 'no reason given', kernelForbids: false };
    task = task.parent;
  }
}
