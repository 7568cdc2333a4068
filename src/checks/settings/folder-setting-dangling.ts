/**
 * Looks for: a folder for sent mail, drafts, templates, archives or junk on an account that is not there.
 * Why: such settings hold the address of a folder, which no longer fits when host or user of its server change, or its
 * account is removed: "could not be copied to your Sent folder" (formats.md 3.3, A19, postbox.md 8.5 O2).
 * Found: in the identities of accounts and the junk settings of their servers, by the server in the address. A folder
 * that is only not there yet, the program makes.
 * Repaired: where it is the account's own folder under its former host or user, it is led to the present one; else the
 * setting goes, and the program takes the account's own folder.
 */

import type { Account } from '../../profile/accounts.ts';
import { identityPrefix } from '../../profile/identities.ts';
import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { accountsOfIdentity } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import type { WantedPref } from '../pref-operations.ts';
import { prefRepair } from '../pref-repair.ts';
import { danglingUri, folderPathOf, remapped } from './dangling-folders.ts';
import { ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  name: string;
  uri: string;
  what: string;
  who: string;
  accounts: string[];
  /** Null: the setting goes. */
  to: string | null;
  /** Goes with the setting. */
  companion: string;
  severity: 'error' | 'warning' | 'info';
}

const ofIdentity: Readonly<Record<string, { what: string; companion: string }>> = {
  fcc_folder: { what: 'copies of sent mail', companion: 'fcc_folder_picker_mode' },
  draft_folder: { what: 'drafts', companion: 'drafts_folder_picker_mode' },
  stationery_folder: { what: 'templates', companion: 'tmpl_folder_picker_mode' },
  archive_folder: { what: 'archived mail', companion: 'archives_folder_picker_mode' },
};
const ofServer = ['spamActionTargetAccount', 'spamActionTargetFolder'];

export const folderSettingDangling = defineCheck<State>({
  meta: {
    id: 'settings/folder-setting-dangling',
    severity: 'warning',
    title: 'A folder for sent mail, drafts or junk on an account that is not there',
    looksFor:
      'Folders that an account puts sent mail, drafts, templates, archived mail or junk into, where their account does not exist any more or has another server name.',
    why: 'The program does not find the folder: copies of sent mail and drafts cannot be stored there, and it says so only after sending.',
    repair:
      'A folder of the account itself, under its former server or user name, is led to the present one. Otherwise the setting is taken out, and the program uses the account’s own folder. No mail is moved.',
    faults: ['formats.md A19', 'postbox.md 8.5 O2', 'formats.md 3.3'],
  },

  find({ profile }) {
    return found(profile).map((state) => ({
      subject: { kind: 'preference', id: state.name },
      evidence: [prefEvidence(profile, state.name)],
      state,
      severity: state.severity,
      accounts: state.accounts,
    }));
  },

  words({ state: { what, who, uri, name, to } }, { profile }) {
    const after =
      to === null
        ? 'Without the setting the program uses the account’s own folder.'
        : 'The account has such a folder under its present server.';
    return {
      title: `${who}: the folder for ${what} is on an account that is not there`,
      detail: `The setting names ${whereOf(uri)}, which no account has. ${after}${userJsNote(profile, [name])}`,
    };
  },

  repair({ state: { name, to, companion, what, who } }, { profile }) {
    const wanted: WantedPref[] = [
      { name, to },
      ...(to === null && companion !== '' ? [{ name: companion, to: null }] : []),
    ];
    const title =
      to === null
        ? `Let ${who} use its own folder for ${what}`
        : `Lead ${who} to its present folder for ${what}`;
    return prefRepair(profile, title, wanted, 'no account has a folder of that address');
  },
});

/** `"Sent" at imap://alice@imap.example.org`. */
function whereOf(uri: string): string {
  const folder = folderPathOf(uri);
  const account = uri.replace(/^([^:]+:\/\/[^/]*).*$/s, '$1');
  return folder === '' ? account : `"${folder}" at ${account}`;
}

function found(profile: Profile): State[] {
  const seen = new Set<string>();
  return profile.accountList.accounts
    .flatMap((account) => [...inIdentities(profile, account), ...inJunkSettings(profile, account)])
    .filter(({ name }) => !seen.has(name) && seen.add(name));
}

function inIdentities(profile: Profile, account: Account): State[] {
  return account.identities.flatMap(({ key, email, folderUris }) => {
    const owners = accountsOfIdentity(profile, key);
    return folderUris.flatMap(({ pref, uri }): State[] => {
      const leaf = pref.slice(identityPrefix(key).length);
      const about = ofIdentity[leaf];
      if (about === undefined || danglingUri(profile, uri) === null) return [];
      const isOff = profile.prefs.bool(`${identityPrefix(key)}fcc`) === false;
      return [
        {
          ...{ name: pref, uri, what: about.what, who: email || key, accounts: owners },
          to: owners.length === 1 ? remapped(profile, uri, account.server) : null,
          companion: identityPrefix(key) + about.companion,
          severity: leaf === 'fcc_folder' && !isOff ? 'error' : 'warning',
        },
      ];
    });
  });
}

function inJunkSettings(profile: Profile, { key, server }: Account): State[] {
  const prefix = serverPrefix(server.key);
  return ofServer.flatMap((leaf): State[] => {
    const uri = profile.prefs.string(prefix + leaf) ?? '';
    if (uri === '' || danglingUri(profile, uri) === null) return [];
    return [
      {
        ...{ name: prefix + leaf, uri, what: 'junk', who: ownerOfAccount(profile, key), accounts: [key] },
        to: remapped(profile, uri, server),
        // Back to the account's own Junk folder.
        companion: leaf === 'spamActionTargetFolder' ? `${prefix}moveTargetMode` : '',
        // Nothing goes there as long as junk is not moved.
        severity: profile.prefs.bool(`${prefix}moveOnSpam`) === true ? 'warning' : 'info',
      },
    ];
  });
}
