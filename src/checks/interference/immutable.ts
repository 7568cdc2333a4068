/**
 * Looks for: files and folders of the profile with the mark "immutable" or "append only", which the system keeps from
 * being changed by anybody, administrators included.
 * Why: permissions look right, and still nothing is saved (formats.md R12; providers.md D17, D18; postbox.md A19). People
 * set the mark to keep settings as they are, and forget it; backup and security programs set it, too.
 * Found: by what the system tells of each file (src/system/file-marks.ts), Linux and macOS.
 * Repaired: not: on Linux only an administrator can, and the mark may be wanted. The command is told.
 */

import path from 'node:path';
import type { FixedFile } from '../../system/file-marks.ts';
import { defineCheck } from '../check.ts';
import { isInside } from '../inside-profile.ts';
import { programName } from '../wording.ts';
import { effectsOn, inShell, namedInTitle, placeOf } from './kept-from-writing.ts';

const shown = 10;
/** More files than these are not named one by one in a command. */
const fewEnough = 5;

export const immutable = defineCheck<FixedFile[]>({
  meta: {
    id: 'interference/immutable',
    severity: 'error',
    title: 'Files that the system lets nobody change',
    looksFor:
      'Settings, passwords, mail folders, indexes and address books that carry the mark "immutable" or "append only" (Linux), or are locked (macOS).',
    why: 'The program cannot save to them whatever their permissions say, and often does not say so: changed settings come back, mail cannot be stored or deleted.',
    repair: 'None: the mark may be there on purpose. The command that takes it off is told.',
    example:
      'To keep the settings as they are, prefs.js was once marked with chattr +i, and the mark was forgotten.',
    faults: ['formats.md R12', 'providers.md D17', 'providers.md D18', 'postbox.md 8.1 A19'],
    needs: ['machine'],
  },

  find({ profile, machine }) {
    const files = machine?.fixedFiles ?? [];
    if (files.length === 0) return [];
    return [
      {
        subject: { kind: 'profile', id: profile.name ?? path.basename(profile.path) },
        evidence: files.slice(0, shown).map((file) => ({
          file: placeOf(profile.path, file.path),
          note: `marked ${file.kind === 'immutable' ? 'immutable: nobody may change it' : 'append only: it may only grow'}`,
        })),
        state: files,
      },
    ];
  },

  words({ state: files }, { profile, machine }) {
    const program = programName(profile.program);
    const paths = files.map((file) => file.path);
    const one = files.length === 1;
    const mac = machine?.platform === 'darwin';
    const few = paths.length <= fewEnough;
    const places = few
      ? paths
      : [profile.path, ...paths.filter((at) => !isInside(profile, at) && at !== profile.path)];
    const command = [
      files.some(({ setBy }) => setBy === 'administrator') ? 'sudo ' : '',
      mac ? 'chflags ' : 'chattr ',
      few ? '' : '-R ',
      mac ? marksOfMac(files) : '-i -a',
    ].join('');
    return {
      title: `The system lets nobody change ${namedInTitle(profile.path, paths)}`,
      detail: `${one ? 'It carries' : 'They carry'} a mark that shuts out ${program} as well. ${effectsOn(profile.path, paths)}. If that is not what you want, close ${program} and take the mark off: ${command} ${inShell(places)}. Nothing in ${one ? 'it' : 'them'} is damaged by the mark.`,
    };
  },
});

/** Only an administrator may name the marks of the system. */
const marksOfMac = (files: readonly FixedFile[]): string =>
  files.some(({ setBy }) => setBy === 'administrator')
    ? 'nouchg,nouappnd,noschg,nosappnd'
    : 'nouchg,nouappnd';
