/**
 * Hosts that a password does not travel far to: this computer, and the network at home or at work.
 * By the name alone: nothing is looked up.
 */

/** This computer: bridges and local proxies (Proton Bridge, DavMail). */
export function isLoopback(host: string): boolean {
  const name = plain(host);
  return (
    name === 'localhost' || name.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(name) || name === '::1'
  );
}

/** A private address, a name without a dot, or one under a domain that is never in the public name service. */
export function isPrivateNetwork(host: string): boolean {
  const name = plain(host);
  if (/^(10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(name)) return true;
  if (/^f(e[89ab]|[cd])[0-9a-f]{0,2}:/.test(name)) return true;
  return !/[.:]/.test(name) || privateDomains.some((domain) => name.endsWith(domain));
}

const privateDomains = [
  '.local',
  '.lan',
  '.internal',
  '.intranet',
  '.home',
  '.home.arpa',
  '.corp',
  '.localdomain',
];

const plain = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
