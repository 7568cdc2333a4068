/**
 * Which program a process is, as /proc tells it (Linux; elsewhere null). Reads only; mailmend ends no process.
 */

import { type Proc, systemProc } from './proc.ts';

export interface Process {
  pid: number;
  /** As people know it ("Thunderbird"), else the name of its executable. Not yet fit for a terminal. */
  name: string;
  /** The command line, words joined by blanks; "" when the system does not tell. Not yet fit for a terminal. */
  command: string;
}

const families: [RegExp, string][] = [
  [/thunderbird/i, 'Thunderbird'],
  [/betterbird/i, 'Betterbird'],
  [/postbox/i, 'Postbox'],
  [/seamonkey/i, 'SeaMonkey'],
  [/icedove/i, 'Icedove'],
];

/** Null when there is no such process, or the system does not tell. */
export function whoHolds(pid: number, proc: Proc = systemProc): Process | null {
  const comm = proc.text(`${pid}/comm`)?.replace(/\n$/, '');
  if (comm === undefined) return null;
  const words = (proc.text(`${pid}/cmdline`) ?? '').replace(/\0+$/, '').split('\0');
  // `comm` is cut at 15 bytes and may name a thread; the executable's own name says more.
  const executable = words[0]?.split('/').at(-1) || comm;
  return { pid, name: familyName(executable) ?? familyName(comm) ?? executable, command: words.join(' ') };
}

/**
 * The mail program that still holds a file which was deleted under it: its lock lives on in a file that no path
 * names, so that nothing but its open handles tells. Null when there is none to be seen.
 */
export function holderOfDeleted(path: string, proc: Proc = systemProc): Process | null {
  for (const pid of proc.names('')) {
    // Looking at the handles of every process would be slow; only those of the family matter.
    if (!/^\d+$/.test(pid) || familyName(proc.text(`${pid}/comm`) ?? '') === null) continue;
    const handles = proc.names(`${pid}/fd`);
    if (handles.some((handle) => proc.link(`${pid}/fd/${handle}`) === `${path} (deleted)`)) {
      return whoHolds(Number(pid), proc);
    }
  }
  return null;
}

/** By its name, or by the folder that its executable lies in, as its helpers do. */
export function isMailProgram(pid: number, proc: Proc = systemProc): boolean {
  const executable = (proc.text(`${pid}/cmdline`) ?? '').split('\0')[0] ?? '';
  return [proc.text(`${pid}/comm`) ?? '', executable].some((name) => familyName(name) !== null);
}

const familyName = (name: string): string | null =>
  families.find(([pattern]) => pattern.test(name))?.[1] ?? null;
