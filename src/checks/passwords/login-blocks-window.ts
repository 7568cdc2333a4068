/**
 * Looks for: a saved password for a calendar or address book of a provider that signs in with OAuth2.
 * Why: any password saved for that server and user switches OAuth2 off for it, and the provider takes no password
 * there: the calendar or address book stays empty (formats.md 4.6, K9).
 * Found: a calendar (CalDAV) or address book (CardDAV) at a host that Thunderbird has a sign-in window for, and a row for
 * exactly that web address. The user name in the row is encrypted; where its length rules it out, it is not this one.
 * Repaired: the row is taken out and kept for undo.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { issuerOfDavHost } from '../../profile/oauth-registry.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { mayBeOf } from './look-ups.ts';
import { liveFile, liveRows, withoutRow } from './saved-rows.ts';

interface State {
  row: SavedLogin;
  what: string;
}

export const loginBlocksWindow = defineCheck<State>({
  meta: {
    id: 'passwords/login-blocks-window',
    severity: 'warning',
    title: 'A saved password keeps a calendar from signing in',
    looksFor:
      'A saved password for a calendar or address book at Google or Fastmail that signs in with OAuth2.',
    why: 'As long as the password is there, the program uses it and opens no sign-in window, and the provider refuses it.',
    repair: 'The row is taken out of the list of saved passwords, and kept for undo.',
    example:
      'A password is saved for https://apidata.googleusercontent.com, where the calendar of the account is.',
    faults: ['formats.md K9', 'pains.md P24'],
  },

  find({ profile }) {
    const file = liveFile(profile);
    if (file === null) return [];
    const seen = new Set<SavedLogin>();
    return davServers(profile).flatMap(({ origin, username, what }) =>
      liveRows(profile)
        .filter(
          (row) => row.origin === origin && (username === '' || mayBeOf(row, username)) && !seen.has(row),
        )
        .map((row) => {
          seen.add(row);
          return {
            subject: { kind: 'login' as const, id: row.guid ?? `${row.origin}#${row.id}` },
            evidence: [{ file: file.file, offset: row.offset, note: `a login saved for ${row.origin}` }],
            state: { row, what },
          };
        }),
    );
  },

  words({ state: { row, what } }) {
    return {
      title: `A password saved for ${row.origin} keeps ${what} from signing in`,
      detail:
        'The program tries this password first and then opens no sign-in window; the provider takes no password there. Mail is not affected.',
    };
  },

  repair({ state: { row, what } }, { profile }) {
    const operation = withoutRow(profile, row);
    if (operation === null) return null;
    return {
      title: `Take the password for ${row.origin} out of the saved passwords`,
      risk: 'passwords',
      operations: [{ ...operation, why: 'it keeps the program from opening the sign-in window' }],
      needs: [`For ${what} the provider asks you to sign in, in a window of its own.`],
    };
  },
});

interface DavServer {
  origin: string;
  /** "" where it is not set. */
  username: string;
  what: string;
}

/** Calendars and address books of the web that sign in with OAuth2. */
function davServers({ prefs, calendars }: Profile): DavServer[] {
  const ofCalendars = calendars
    .filter(({ type }) => type === 'caldav')
    .map(({ id, uri, name }) => ({
      uri,
      username: prefs.string(`calendar.registry.${id}.username`) ?? '',
      what: `the calendar "${name}"`,
    }));
  const ofBooks = prefs.children('ldap_2.servers.').map((key) => ({
    uri: prefs.string(`ldap_2.servers.${key}.carddav.url`) ?? '',
    username: prefs.string(`ldap_2.servers.${key}.carddav.username`) ?? '',
    what: `the address book "${prefs.string(`ldap_2.servers.${key}.description`) ?? key}"`,
  }));
  return [...ofCalendars, ...ofBooks].flatMap(({ uri, username, what }) => {
    const url = URL.canParse(uri) ? new URL(uri) : null;
    if (url === null || issuerOfDavHost(url.hostname) === null) return [];
    return [{ origin: url.origin, username, what }];
  });
}
