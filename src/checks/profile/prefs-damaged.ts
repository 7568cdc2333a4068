/**
 * Looks for: places in prefs.js that the program cannot read, and the settings that it loses there.
 * Why: it copies the file to Invalidprefs.js, goes on with what it understood, and writes only that back at its next
 * save (formats.md 2.3): what it did not see is gone. Gecko <= 59 stops at the first fault and loses all the rest.
 * Found: by parsing with the grammar of the program that used the profile last, beside a tolerant reading.
 * Repaired: the file is written anew with every setting that can still be read, also from Invalidprefs.js or a
 * half-saved prefs-N.js where prefs.js itself was cut. The damaged file is kept.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { PrefEntry, PrefValue } from '../../formats/prefs/prefs.ts';
import { writePrefs } from '../../formats/prefs/print.ts';
import { salvagePrefs } from '../../formats/prefs/salvage.ts';
import { effectiveValues } from '../../formats/prefs/values.ts';
import type { PrefsText, Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import type { Evidence } from '../finding.ts';
import { programName } from '../wording.ts';

interface State {
  text: PrefsText;
  /** Settings that only an older or half-saved copy still has, where prefs.js was cut short. */
  fromElsewhere: { file: string; entries: PrefEntry[] } | null;
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
      'formats.md P12',
      'postbox.md 8.1 A19',
    ],
    blocksOthers: true,
  },

  find({ profile }) {
    const text = profile.prefsText;
    if (text === null || text.blank) return [];
    if (text.parsed.problems.length === 0) return [];
    const cut = isCut(text);
    const fromElsewhere = cut ? betterCopy(profile, text) : null;
    return [
      {
        subject: { kind: 'file', id: text.file },
        start: 'loses',
        evidence: evidenceOf(text, fromElsewhere),
        state: { text, fromElsewhere },
      },
    ];
  },

  words({ state: { text, fromElsewhere } }, { profile }) {
    const program = programName(profile.program);
    const lost = text.lost.length;
    const first = text.parsed.problems[0];
    const where = first === undefined ? 'at its end' : `in line ${first.line}`;
    const more =
      fromElsewhere === null
        ? ''
        : ` ${fromElsewhere.entries.length} more settings are still in ${fromElsewhere.file}.`;
    return {
      title: `The settings file prefs.js is damaged ${where}`,
      detail:
        lost === 0 && fromElsewhere === null
          ? `${program} skips the damaged place. No complete setting can be read out of it, so compare your accounts with what you remember.`
          : `${program} does not see ${count(lost, 'setting')} that can still be read from the file, and drops ${lost === 1 ? 'it' : 'them'} the next time it saves.${more}`,
    };
  },

  repair({ state: { text, fromElsewhere } }, { profile }) {
    const values = new Map<string, PrefValue>();
    for (const entry of fromElsewhere?.entries ?? []) values.set(entry.name, entry.value);
    for (const [name, entry] of effectiveValues(text.parsed)) values.set(name, entry.value);
    for (const entry of text.lost) values.set(entry.name, entry.value);
    const content = Buffer.from(writePrefs(values)).toString('base64');
    return {
      title: `Write prefs.js anew with all ${values.size} settings that can still be read`,
      risk: 'settings',
      operations: [
        {
          op: 'write',
          path: path.join(profile.path, text.file),
          content,
          mode: null,
          why: `${count(text.lost.length + (fromElsewhere?.entries.length ?? 0), 'setting')} would be lost at the next start; the damaged file is kept`,
        },
      ],
    };
  },
});

const count = (n: number, word: string): string => (n === 1 ? `one ${word}` : `${n} ${word}s`);

/**
 * The program ends the file with `);` and a line end: without it, or with zero bytes in it, the save was cut off
 * (formats.md 2.3). Only then may another copy know more; beside a file that is merely spoilt in one line it would
 * bring back what was removed long ago.
 */
function isCut(text: PrefsText): boolean {
  return !text.complete || text.parsed.problems.some((problem) => problem.code === 'nul-byte');
}

/**
 * Of a file that was cut short, the other copy that knows most. A quarantined or half-saved copy is read tolerantly;
 * only names that prefs.js has nothing of are taken from it.
 */
function betterCopy(profile: Profile, text: PrefsText): State['fromElsewhere'] {
  const seen = new Set([...effectiveValues(text.parsed).keys(), ...text.lost.map((entry) => entry.name)]);
  let best: State['fromElsewhere'] = null;
  for (const older of profile.generations) {
    const byName = new Map(salvagePrefs(older.parsed.source).map((entry) => [entry.name, entry]));
    const entries = [...byName.values()].filter((entry) => !seen.has(entry.name));
    if (entries.length > (best?.entries.length ?? 0)) best = { file: older.file, entries };
  }
  return best;
}

function evidenceOf(text: PrefsText, fromElsewhere: State['fromElsewhere']): Evidence[] {
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
