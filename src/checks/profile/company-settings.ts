/**
 * Looks for: settings that the administrator of the computer has made for the program: policies.json, AutoConfig, locked
 * default settings.
 * Why: they count more than the profile. What they fix cannot be repaired in it, and what seems to be wrong may be meant.
 * Found: in the installed programs that may open the profile; the files are read as data, never run.
 * Repaired: never. An AutoConfig file that is named and not there keeps the program from starting: told.
 */

import type { EnforcedPref } from '../../profile/enforced.ts';
import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';

type State =
  | { kind: 'sets'; file: string; prefs: EnforcedPref[] }
  | { kind: 'unclear'; file: string; why: string; missing: boolean };

/** Of these, mail can suffer; there are hundreds of others. */
const ofMail = /^(?:mail|mailnews|network|offline|security|signon|ldap_2|calendar|extensions|general)\b/;
const shown = 12;

export const companySettings = defineCheck<State>({
  meta: {
    id: 'profile/company-settings',
    severity: 'info',
    title: 'Settings of the administrator',
    looksFor:
      'Settings that whoever looks after the computer has made for the program: a policy (policies.json), AutoConfig, or locked settings of the installation.',
    why: 'They count more than yours, and come back at every start. mailmend does not repair what they fix.',
    repair: 'None: ask whoever looks after the computer.',
    faults: ['formats.md P6'],
    needs: ['machine'],
  },

  skip({ machine }) {
    if (machine?.platform === 'win32')
      return 'policies that an administrator keeps in the registry of Windows are in no file, and are not seen';
    if (machine?.platform === 'darwin')
      return 'policies that an administrator keeps in a configuration profile of macOS are not seen';
    return null;
  },

  find({ profile: { company } }) {
    const files = [...new Set(company.prefs.map(({ file }) => file))];
    const sets = files.map((file): State => {
      return { kind: 'sets', file, prefs: company.prefs.filter((pref) => pref.file === file) };
    });
    const unclear = company.unclear.map((one): State => ({ kind: 'unclear', ...one }));
    return [...sets, ...unclear].flatMap((state) => {
      const mattering = state.kind === 'sets' ? state.prefs.filter(({ name }) => ofMail.test(name)) : [];
      if (state.kind === 'sets' && mattering.length === 0) return [];
      const missing = state.kind === 'unclear' && state.missing;
      return [
        {
          subject: { kind: 'file' as const, id: state.kind === 'sets' ? state.file : `${state.file} itself` },
          severity: missing ? ('error' as const) : ('info' as const),
          start: missing ? ('fails' as const) : ('safe' as const),
          evidence:
            state.kind === 'unclear'
              ? [{ file: state.file, note: state.why }]
              : mattering.slice(0, shown).map(({ file, line, name, value, how }) => ({
                  file,
                  line,
                  note: `${name} = ${JSON.stringify(value)}, ${how === 'locked' ? 'locked' : 'at every start'}`,
                })),
          state: state.kind === 'sets' ? { ...state, prefs: mattering } : state,
        },
      ];
    });
  },

  words({ state }, { profile }) {
    const program = programName(profile.program);
    if (state.kind === 'sets') {
      const names = state.prefs.slice(0, shown).map(({ name }) => name);
      return {
        title: `The administrator of this computer sets ${state.prefs.length === 1 ? 'one setting' : `${state.prefs.length} settings`} of ${program}`,
        detail: `${state.file} fixes ${names.join(', ')}${state.prefs.length > shown ? ' and others' : ''}. They count more than the settings of the profile; mailmend does not repair what they fix. If one of them is wrong, ask whoever looks after the computer.`,
      };
    }
    return state.missing
      ? {
          title: `${program} is told to read a file of the administrator that is not there`,
          detail: `${state.file}: ${state.why}. ${program} then says that it failed to read the configuration file, and ends. Install the program again, or ask whoever looks after the computer. Your profile is not to blame.`,
        }
      : {
          title: `A file of the administrator could not be understood in full`,
          detail: `${state.file}: ${state.why}.`,
        };
  },
});
