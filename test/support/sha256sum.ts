/**
 * `sha256sum -c` of the GNU coreutils: what somebody has who has no mailmend.
 */

import { spawnSync } from 'node:child_process';

const program = 'sha256sum';

/** What macOS and BusyBox bring along knows other options. */
export const hasSha256sum =
  spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.includes('GNU') ?? false;

/** Whether every file that `SHA256SUMS` in the folder names is as it says there, and every line can be read. */
export const fitsSums = (folder: string): boolean =>
  spawnSync(program, ['--strict', '--quiet', '-c', 'SHA256SUMS'], { cwd: folder }).status === 0;
