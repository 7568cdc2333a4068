/**
 * Looks for: a disk under the profile that is full, has no room for more files, or may only be read.
 * Why: the program then saves neither settings nor mail, and a file that is cut short by a full disk is how settings,
 * indexes and address books are lost (formats.md P1, P3; postbox.md 8.4).
 * Found: by the file system's own numbers. The bounds: less than 16 MB do not hold one message with an attachment or a
 * database's journal; less than 256 MB do not hold a folder that is compacted.
 * Repaired: not: what may go from the disk only its owner knows.
 */

import path from 'node:path';
import type { DiskSpace } from '../../system/disk-space.ts';
import { defineCheck } from '../check.ts';
import type { Severity } from '../finding.ts';
import { megabytes, programName } from '../wording.ts';

const tooLittle = 16 * 1024 * 1024;
const little = 256 * 1024 * 1024;
const fewFiles = 100;

type State = DiskSpace & { kind: 'read-only' | 'full' | 'low' | 'files' };

export const diskFull = defineCheck<State>({
  meta: {
    id: 'interference/disk-full',
    severity: 'error',
    title: 'A disk without room, or one that may only be read',
    looksFor: 'A disk that has no room left for mail, or that the system lets nobody write to.',
    why: 'Neither mail nor settings can be saved, and files that are being written when the disk is full are cut short.',
    repair: 'None: make room, or have the disk looked at.',
    example: 'The profile lies on a disk with 3 MB left.',
    faults: ['formats.md P1', 'formats.md P3'],
    needs: ['machine'],
  },

  find({ profile, machine }) {
    const state = machine?.disk ? judged(machine.disk) : null;
    if (state === null) return [];
    return [
      {
        subject: { kind: 'profile', id: profile.name ?? path.basename(profile.path) },
        evidence: [{ file: profile.path, note: noteOf(state) }],
        severity: severityOf(state),
        ...(state.kind === 'low' ? {} : { start: 'loses' as const }),
        state,
      },
    ];
  },

  words({ state }, { profile }) {
    const program = programName(profile.program);
    if (state.kind === 'read-only') {
      return {
        title: 'The disk of the profile may only be read',
        detail: `Nothing can be saved on it: no mail, no setting. If it was not always so, the system has found faults on the disk and protects it: copy the profile to another disk first (mailmend backup --to <folder>), then have the disk looked at.`,
      };
    }
    if (state.kind === 'files') {
      return {
        title: `The disk of the profile takes only ${state.freeFiles} more files`,
        detail: `There is room left, but no room for names: ${program} cannot save mail or settings. Delete or move away many small files that are not part of the profile, such as old caches.`,
      };
    }
    return {
      title: `The disk of the profile has ${megabytes(state.freeBytes)} left`,
      detail:
        state.kind === 'full'
          ? `${program} cannot save mail or settings, and files that it writes may be cut short. Close it, make room on the disk, and start it only then. Do not make room inside the profile.`
          : `That is enough to open it, but not to compact a large folder or to fetch much mail. Make room on the disk before you do.`,
    };
  },
});

function judged(disk: DiskSpace): State | null {
  if (disk.isReadOnly) return { ...disk, kind: 'read-only' };
  if (disk.freeBytes < tooLittle) return { ...disk, kind: 'full' };
  if (disk.freeFiles !== null && disk.freeFiles < fewFiles) return { ...disk, kind: 'files' };
  return disk.freeBytes < little ? { ...disk, kind: 'low' } : null;
}

const severityOf = ({ kind }: State): Severity => (kind === 'low' ? 'warning' : 'error');

function noteOf({ kind, freeBytes, freeFiles }: State): string {
  if (kind === 'read-only') return 'the disk is mounted read-only';
  return kind === 'files' ? `${freeFiles} more files can be made` : `${megabytes(freeBytes)} are free`;
}
