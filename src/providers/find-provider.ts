/**
 * Which provider a server belongs to: by its host, and where providers share one, by the address.
 * Belongs here: the table as a whole. What stands in it is in the files of the providers.
 */

import { google } from './google.ts';
import { comcast, fastmail, gmx, icloud, proton, webDe, zoho } from './mailbox-providers.ts';
import { exchange, microsoft365, outlook } from './microsoft.ts';
import { matchesHost, type Protocol, type Provider } from './provider.ts';
import { aol, att, yahoo } from './yahoo.ts';

export const providers: readonly Provider[] = [
  google,
  outlook,
  microsoft365,
  icloud,
  yahoo,
  aol,
  att,
  fastmail,
  comcast,
  proton,
  gmx,
  webDe,
  zoho,
  exchange,
];

/** Names of Microsoft's own mail, which has branches in many countries: hotmail.fr, outlook.de, live.co.uk. */
const microsoftBrands = /^(hotmail|outlook|live|msn)\.[a-z]{2,3}(\.[a-z]{2})?$/;

/**
 * @param address of the owner, or the user name: tells Outlook.com from Microsoft 365. "" where there is none.
 * @returns null: not in the table.
 */
export function providerOfServer(host: string, protocol: Protocol, address: string): Provider | null {
  const found = providers.filter((provider) => hasHost(provider, host, protocol));
  if (found.length < 2) return found[0] ?? null;
  const isPersonal = isPersonalMicrosoft(address);
  // For fetching the two ask the same; for sending nobody can tell without an address.
  if (isPersonal === null) return protocol === 'smtp' ? null : microsoft365;
  return isPersonal ? outlook : microsoft365;
}

/** Null: no provider of the table gives such addresses away. */
export function providerOfAddress(address: string): Provider | null {
  const domain = domainOf(address);
  if (domain === '') return null;
  const own = providers.find(({ mailDomains }) => mailDomains.includes(domain));
  if (own !== undefined) return own;
  if (domain.endsWith('.onmicrosoft.com')) return microsoft365;
  return microsoftBrands.test(domain) ? outlook : null;
}

/** Null: there is no address to tell by. */
function isPersonalMicrosoft(address: string): boolean | null {
  return address.includes('@') ? providerOfAddress(address)?.id === outlook.id : null;
}

function hasHost(provider: Provider, host: string, protocol: Protocol): boolean {
  const own = protocol === 'smtp' ? provider.outgoing : provider.incoming;
  return [...own, ...provider.former].some((pattern) => matchesHost(pattern, host));
}

const domainOf = (address: string): string => {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : address.slice(at + 1).toLowerCase();
};
