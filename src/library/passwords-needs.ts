/**
 * What the owner will be asked for once saved logins are gone: which password, where, and whether it is one that has to
 * be made anew at the provider. Told before anything is written.
 */

import { domainToUnicode } from 'node:url';
import type { Profile } from '../profile/profile.ts';
import { providerOfServer } from '../providers/find-provider.ts';
import type { Protocol } from '../providers/provider.ts';

const protocols: Readonly<Record<string, Protocol>> = {
  imap: 'imap',
  imaps: 'imap',
  mailbox: 'pop3',
  pop3: 'pop3',
  smtp: 'smtp',
  smtps: 'smtp',
};

/** Without the look-up key of a row of today it is not told. */
export function needOf(profile: Profile, origin: string, username: string | null): string {
  const known = username !== null && username !== '';
  if (origin.startsWith('oauth://'))
    return signInNeed(profile, origin.slice('oauth://'.length), known ? username : 'The account');
  const who = known ? ` of ${username}` : '';
  const [, scheme = '', host = ''] = /^([a-z0-9+.-]+):\/\/([^/:]*)/.exec(origin) ?? [];
  const protocol = protocols[scheme];
  const name = domainToUnicode(host) || host || origin;
  if (protocol === undefined) return `The password${who} for ${name}.`;
  const provider = providerOfServer(host, protocol, username ?? '');
  const wantsAppPassword = provider?.takes[protocol]?.includes('app-password') === true;
  const purpose = protocol === 'smtp' ? 'for sending' : 'for fetching';
  return wantsAppPassword
    ? `The password${who} for ${name} (${purpose}). ${provider.name} takes an app password: one that cannot be looked up again has to be made anew there.`
    : `The password${who} for ${name} (${purpose}).`;
}

/** Calendars and address books of the same provider sign in with the same row. */
function signInNeed(profile: Profile, issuer: string, who: string): string {
  const domain = issuer.split('.').slice(-2).join('.');
  const shares = profile.calendars.filter(({ uri }) => hostOf(uri).endsWith(domain) || isGoogle(issuer, uri));
  const also =
    shares.length === 0 ? '' : ` Calendars that share it: ${shares.map(({ name }) => name).join(', ')}.`;
  return `${who} has to sign in once more at ${issuer}, in a window of the provider.${also}`;
}

const isGoogle = (issuer: string, uri: string): boolean =>
  issuer === 'accounts.google.com' && /(^|\.)google(apis|usercontent)?\.com$/.test(hostOf(uri));

const hostOf = (uri: string): string => (URL.canParse(uri) ? new URL(uri).hostname : '');
