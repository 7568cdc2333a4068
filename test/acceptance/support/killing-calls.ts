/**
 * The calls by which a process changes files, as strace sees them, and killing the process at any one of them: at its
 * entry, before the kernel does it. Only the first thread is traced: it does all of mailmend's work on files.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool } from './machine.ts';
import { type Ended, type MailmendCall, runMailmend } from './mailmend-process.ts';

/** One call below a folder. */
export interface ChangingCall {
  name: string;
  /** It is the n-th of its name, from 1. */
  number: number;
  /** What it names, with the parts that differ from run to run left out. */
  where: string;
}

/** `utimensat` sets times, `lsetxattr` attributes; `write` is that of the journal and of new files. */
const changing =
  'rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,mkdir,mkdirat,fsync,fdatasync,chmod,fchmod,chown,fchown,lchown,utimensat,lsetxattr,write,pwrite64'.split(
    ',',
  );

export interface Traced extends Ended {
  /** Those that name something below `folder`, in order. */
  calls: ChangingCall[];
}

/** @param kill where the process dies; null: it runs to its end. */
export async function traceMailmend(
  call: MailmendCall,
  folder: string,
  kill: Pick<ChangingCall, 'name' | 'number'> | null,
): Promise<Traced> {
  const logs = mkdtempSync(join(tmpdir(), 'mailmend-calls-'));
  const log = join(logs, 'strace.log');
  const expressions = [`trace=${changing.join(',')}`, 'signal=none'];
  if (kill !== null) expressions.push(`inject=${kill.name}:signal=KILL:when=${kill.number}`);
  // No --seccomp-bpf, fast as it is: with it no signal is injected.
  const options = ['-y', '-s', '0', '-o', log, ...expressions.flatMap((one) => ['-e', one])];
  try {
    const ended = await runMailmend({
      ...call,
      within: ({ file, args }) => ({
        file: findTool('strace') ?? 'strace',
        args: [...options, file, ...args],
      }),
    });
    return { ...ended, calls: callsIn(readFileSync(log, 'utf8'), folder) };
  } finally {
    rmSync(logs, { recursive: true });
  }
}

/** `rename("/a", "/b") = 0`. */
function callsIn(log: string, folder: string): ChangingCall[] {
  const seen = new Map<string, number>();
  const calls: ChangingCall[] = [];
  for (const line of log.split('\n')) {
    const [, name, rest = ''] = /^(\w+)\((.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    if (rest.includes(folder)) calls.push({ name, number, where: places(rest, folder) });
  }
  return calls;
}

/** The paths alone, without the id of the run, which is a time, and the times in a name. */
function places(text: string, folder: string): string {
  return text
    .split(/["<>]/)
    .filter((part) => part.startsWith(folder))
    .map((part) => part.slice(folder.length))
    .join(' -> ')
    .replaceAll(/\d{8}T\d{9}Z-[0-9a-f]+/g, 'run')
    .replaceAll(/-?\d{15,}/g, 'ns');
}
