/**
 * Looks for: places in prefs.js that the program cannot read, and the settings that it loses there.
 * Why: it copies the file to Invalidprefs.js, goes on with what it understood, and writes only that back at its next
 * save (formats.md 2.3): what it did not see is gone. Gecko <= 59 stops at the first fault and loses all the rest.
 * Found: by parsing with the grammar of the program that used the profile last, beside a tolerant reading.
 * Repaired: the file is written anew with every setting that can still be read, also from Invalidprefs.js or a
 * half-saved prefs-N.js where prefs.js itself was cut short. The damaged file is kept. Nothing is written where nothing
 * would be regained of a file that was cut short: it would only look whole then.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { PrefValue } from '../../formats/prefs/prefs.ts';
import { writePrefs } from '../../formats/prefs/print.ts';
import { effectiveValues } from '../../formats/prefs/values.ts';
import type { PrefsText } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import type { Evidence } from '../finding.ts';
import { programName } from '../wording.ts';
import { isCutShort, type OtherCopy, otherCopy } from './cut-short.ts';

interface State {
  text: PrefsText;
  cutShort: boolean;
  /** Settings that only an older or half-saved copy still has, where prefs.js was cut short. */
  fromElsewhere: OtherCopy | null;
}

const shown = 5;

export const prefsDamaged = defineCheck<State>({
  meta: {
    id: 'profile/prefs-damaged',
    severity: 'error',
    title: 'A damaged settings file',
    looksFor: 'Places in prefs.js, the file with all settings, that the mail program cannot read.',
    why: 'The program skips what it cannot read, often with the lines around it, and saves the file without them: accounts, servers or identities vanish with the next start, silently.',
    repair:
      'The settings file is written anew with everything that can still be read. The damaged file is kept in the folder of the run.',
    faults: [
      'formats.md P1',
      'formats.md P2',
      'formats.md P4',
      'formats.md P7',
      'pains.md P12',
      'postbox.md 8.1 A19',
    ],
    blocksOthers: true,
  },

  find({ profile }) {
    const text = profile.prefsText;
    if (text === null || text.blank || text.parsed.problems.length === 0) return [];
    const cutShort = isCutShort(text);
    const fromElsewhere = cutShort ? otherCopy(profile, text) : null;
    return [
      {
        subject: { kind: 'file', id: text.file },
        start: cutShort || text.lost.length > 0 ? 'loses' : 'safe',
        evidence: evidenceOf(text, fromElsewhere),
        state: { text, cutShort, fromElsewhere },
      },
    ];
  },

  words({ state }, { profile }) {
    const line = state.text.parsed.problems[0]?.line ?? 1;
    return {
      title: `The settings file prefs.js ${state.cutShort ? 'was cut short' : 'is damaged'} in line ${line}`,
      detail: detailOf(state, programName(profile.program)),
    };
  },

  repair({ state: { text, cutShort, fromElsewhere } }, { profile }) {
    const regained = text.lost.length + (fromElsewhere?.entries.length ?? 0);
    if (cutShort && regained === 0) return null;
    const values = new Map<string, PrefValue>();
    for (const entry of fromElsewhere?.entries ?? []) values.set(entry.name, entry.value);
    for (const [name, entry] of effectiveValues(text.parsed)) values.set(name, entry.value);
    for (const entry of text.lost) values.set(entry.name, entry.value);
    const why =
      regained > 0
        ? `${count(regained, 'setting')} would be lost at the next start; the damaged file is kept`
        : 'without the damaged place, which nobody can read; the damaged file is kept';
    return {
      title: `Write prefs.js anew with all ${values.size} settings that can still be read`,
      risk: 'settings',
      operations: [
        {
          op: 'write',
          path: path.join(profile.path, text.file),
          content: Buffer.from(writePrefs(values)).toString('base64'),
          mode: null,
          why,
        },
      ],
    };
  },
});

const count = (n: number, word: string): string => (n === 1 ? `one ${word}` : `${n} ${word}s`);

function detailOf({ text, cutShort, fromElsewhere }: State, program: string): string {
  const lost = text.lost.length;
  const sentences: string[] = [];
  if (lost > 0) {
    sentences.push(
      `${program} does not see ${count(lost, 'setting')} that can still be read from the file, and drops ${lost === 1 ? 'it' : 'them'} the next time it saves.`,
    );
  }
  if (fromElsewhere !== null) {
    sentences.push(
      `${count(fromElsewhere.entries.length, 'more setting')} can be had from ${fromElsewhere.file}.`,
    );
  }
  if (sentences.length > 0) return sentences.join(' ');
  return cutShort
    ? `The file breaks off there, and what stood behind it is nowhere else in this profile. At its next start ${program} drops the accounts that have lost their settings. Before that, look for an older prefs.js in your backups. Your mail is still on the disk.`
    : `No setting can be read out of the damaged place. ${program} leaves it out the next time it saves; nothing else is lost.`;
}

function evidenceOf(text: PrefsText, fromElsewhere: OtherCopy | null): Evidence[] {
  const problems = text.parsed.problems.slice(0, shown).map((problem) => ({
    file: text.file,
    line: problem.line,
    offset: problem.offset,
    note: problemWords[problem.code],
  }));
  const lost = text.lost.slice(0, shown).map((entry) => ({
    file: text.file,
    line: entry.line,
    note: `${entry.name} stands here, and the program does not see it`,
  }));
  const copy =
    fromElsewhere === null
      ? []
      : [
          {
            file: fromElsewhere.file,
            note: `holds ${fromElsewhere.entries.length} settings that prefs.js has lost`,
          },
        ];
  return [...problems, ...lost, ...copy];
}

const problemWords: Record<PrefsText['parsed']['problems'][number]['code'], string> = {
  'unexpected-character': 'text that is no setting',
  'unterminated-string': 'a quotation mark is missing: everything up to the next one is swallowed',
  'unterminated-comment': 'a comment without an end',
  'bad-escape': 'a backslash followed by a character that the program does not accept there',
  'bad-number': 'a number that is none',
  'number-too-large': 'a number that is too large',
  'missing-comma': 'a comma is missing',
  'missing-parenthesis': 'a parenthesis is missing',
  'missing-semicolon': 'the semicolon at the end is missing: the next setting is swallowed with it',
  'unknown-keyword': 'a word that the program does not know',
  'unknown-value': 'a value that is neither text, number, true nor false',
  'attribute-not-allowed': 'a mark that is not allowed in this file',
  'nul-byte': 'zero bytes, as a power loss leaves them: the program reads no further',
};
