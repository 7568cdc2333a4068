/**
 * Looks for: an incoming server whose name holds a port, an address, a blank or a path.
 * Why: Thunderbird dies at every start over one colon in an IMAP server name, and erases the account over a blank,
 * an @ or a slash (formats.md 3.5, A5, A6; measured with 153.7).
 * Found: by the fate that the start-up code gives the name. Only servers of listed accounts: the others are not loaded.
 * Repaired: what was typed around the name is taken away. A port in it is kept as port, and security with it, only
 * where the preferences have none of their own. An e-mail address says no server: then, as where no name can be made
 * out, the rest of the profile is asked (addresses of folders, saved logins).
 */

import { type HostFate, hostFate } from '../../profile/host-name.ts';
import { likelyHost } from '../../profile/lost-server-values.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck, type StartEffect } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, type WantedPref } from '../pref-operations.ts';
import { rekeyFolders } from '../rekey-folders.ts';
import { ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  server: IncomingServer;
  host: string;
  fate: HostFate;
  /** Null: no server name can be made out in it. */
  cleaned: Cleaned | null;
}

interface Cleaned {
  host: string;
  port: number | null;
}

const effects: Record<HostFate, StartEffect> = {
  accepted: 'safe',
  crash: 'fails',
  'account-erased': 'loses',
  'host-overwritten': 'loses',
  refused: 'loses',
};

const meaning: Record<HostFate, string> = {
  accepted: '',
  crash: 'The program closes at once, every time it is started, because it cannot read this name.',
  'account-erased':
    'At its next start the program takes the account out of its list, deletes the link to its identities and overwrites the server name.',
  'host-overwritten':
    'At its next start the program overwrites the server name, and the account can no longer connect.',
  refused: 'At its next start the program takes the account out of its list and deletes its settings.',
};

export const hostMalformed = defineCheck<State>({
  meta: {
    id: 'settings/host-malformed',
    severity: 'error',
    title: 'A server name that is not a name',
    looksFor:
      'An incoming server whose name has a port, a web address, an e-mail address, a blank or a slash in it, as happens when it is pasted.',
    why: 'Thunderbird does not check the name when it starts. With one colon in it (imap.example.org:993) it crashes at every start; with a blank, an @ or a slash it removes the account from its list.',
    repair:
      'Only the name itself is kept. A port that stood in it is entered as the port if none is set. The mail, the passwords and the other settings stay as they are.',
    faults: ['formats.md A5', 'formats.md A6', 'postbox.md 8.1 A2'],
  },

  find({ profile }) {
    return listedServers(profile).flatMap((server) => {
      const { type, host } = server;
      if (type === null || host === null || host === '') return [];
      const fate = hostFate(type, host);
      if (fate === 'accepted') return [];
      return [
        {
          subject: { kind: 'server', id: server.key },
          evidence: [prefEvidence(profile, `${serverPrefix(server.key)}hostname`)],
          state: { server, host, fate, cleaned: meantHost(profile, server, type, host) },
          start: effects[fate],
          accounts: accountsOfServer(profile, server.key),
        },
      ];
    });
  },

  words({ state: { server, host, fate, cleaned } }, { profile }) {
    const note = userJsNote(profile, [`${serverPrefix(server.key)}hostname`]);
    return {
      title: `The server name "${host}" is not a name`,
      detail:
        cleaned === null
          ? `${meaning[fate]} mailmend cannot tell which name was meant: look it up at your mail provider before you start the program. The account is ${ownerOfServer(profile, server.key)}.${note}`
          : `${meaning[fate]} The name meant is "${cleaned.host}", of the account ${ownerOfServer(profile, server.key)}.${note}`,
    };
  },

  repair({ state: { server, cleaned } }, { profile }) {
    if (cleaned === null) return null;
    const prefix = serverPrefix(server.key);
    const wanted: WantedPref[] = [{ name: `${prefix}hostname`, to: cleaned.host }];
    if (cleaned.port !== null && server.portSet === null) {
      wanted.push({ name: `${prefix}port`, to: cleaned.port });
      const tlsPort = cleaned.port === 993 || cleaned.port === 995;
      if (tlsPort && !profile.prefs.has(`${prefix}socketType`))
        wanted.push({ name: `${prefix}socketType`, to: 3 });
    }
    const why = `"${server.host}" is no server name; "${cleaned.host}" is`;
    const { prefs, operations, needs } = rekeyFolders(profile, server, { ...server, host: cleaned.host });
    const edit = editPrefsOperation(profile, [...wanted, ...prefs], why);
    const title = `Change the server name to "${cleaned.host}"`;
    return edit === null ? null : { title, risk: 'settings', operations: [edit, ...operations], needs };
  },
});

/** Null: neither the typed text nor the rest of the profile says a name. */
function meantHost(profile: Profile, server: IncomingServer, type: string, typed: string): Cleaned | null {
  const behindAt = /^[^:/]+@([^@:/]+)$/.exec(typed.trim())?.[1]?.toLowerCase();
  const isMailDomain = profile.identities.some(({ email }) => email.toLowerCase().endsWith(`@${behindAt}`));
  const cleaned = isMailDomain ? null : cleanHost(type, typed);
  if (cleaned !== null) return cleaned;
  const host = likelyHost(profile, server, type);
  return host === null ? null : { host, port: null };
}

/** The name in `imap://user@imap.example.org:993/`, null when the rest is no plain host name either. */
export function cleanHost(type: string, typed: string): Cleaned | null {
  const withoutScheme = typed
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/*/i, (scheme) => (scheme.includes('/') ? '' : scheme));
  const authority = withoutScheme.split('/', 1)[0] ?? '';
  const afterUser = authority.slice(authority.lastIndexOf('@') + 1).trim();
  const match = /^([^:]*?)(?::(\d{0,5}))?$/.exec(afterUser);
  const host = match?.[1] ?? '';
  const port = match?.[2] ? Number(match[2]) : null;
  const plain = /^[A-Za-z0-9_\u0080-\uffff-]+(\.[A-Za-z0-9_\u0080-\uffff-]+)*\.?$/.test(host);
  if (!plain || hostFate(type, host) !== 'accepted') return null;
  return { host, port: port !== null && port > 0 && port < 65_536 ? port : null };
}
