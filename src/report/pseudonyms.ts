/**
 * Names of people and their hosts, and what stands for them in redacted output: the same name always gets the same
 * pseudonym, numbered in the order in which names are met.
 * Belongs here: names and texts. Which fields of a document hold names is redact.ts.
 */

import { isPublicHost } from './public-hosts.ts';

export interface Pseudonyms {
  address(address: string): string;
  /** A user name: an address, or a name that is used alone. */
  user(name: string): string;
  host(host: string): string;
  /** The name of a person, a folder, a calendar …: `<kind>-1`. */
  label(kind: string, name: string): string;
  /** Replaces every name met so far, and every address, in a text. */
  text(text: string): string;
}

/** Words that would make nonsense of sentences and settings if they were replaced wherever they stand. */
const ordinaryWords = new Set(
  'account admin all and contact email imap info inbox local mail mailbox name none office password pop3 root sent server smtp test the user web'.split(
    ' ',
  ),
);

/** Labels of host names that say what a host does, not whose it is. */
const serviceLabels = new Set(
  'autoconfig autodiscover caldav calendar carddav contacts dav exchange imap imaps in incoming ldap mail mailhost mx news nntp out outgoing owa pop pop3 relay secure secureimap smtp smtps ssl webmail www'.split(
    ' ',
  ),
);

export function createPseudonyms(home: string): Pseudonyms {
  const numbers = new Map<string, Map<string, number>>();
  const words = new Map<string, string>();
  const phrases = new Map<string, string>();
  const domains = new Set<string>();

  const number = (kind: string, name: string): number => {
    const known = numbers.get(kind) ?? new Map<string, number>();
    numbers.set(kind, known);
    const found = known.get(name) ?? known.size + 1;
    known.set(name, found);
    return found;
  };

  const remember = (name: string, pseudonym: string): void => {
    if (name.length < 3 || ordinaryWords.has(name.toLowerCase())) return;
    const target = /^[\p{L}\p{N}_.+'-]+$/u.test(name) ? words : phrases;
    if (!target.has(name)) target.set(name, pseudonym);
  };

  const host: Pseudonyms['host'] = (typed) => {
    const name = typed.toLowerCase().replace(/\.$/, '');
    if (name === '' || isPublicHost(name)) return typed;
    const domain = domainOf(name, domains);
    domains.add(domain);
    const service = name
      .slice(0, -domain.length)
      .split('.')
      .filter((label) => label !== '')
      .map((label) => (serviceLabels.has(label) ? label : 'x'));
    return [...service, `domain-${number('domain', domain)}.invalid`].join('.');
  };

  const address: Pseudonyms['address'] = (typed) => {
    const at = typed.lastIndexOf('@');
    const local = typed.slice(0, at);
    const pseudonym = `account-${number('account', typed.toLowerCase())}`;
    remember(local, pseudonym);
    return `${pseudonym}@${host(typed.slice(at + 1))}`;
  };

  const user: Pseudonyms['user'] = (name) => {
    if (name === '') return name;
    if (/.@./.test(name)) return address(name);
    const known = words.get(name) ?? phrases.get(name);
    const pseudonym = known ?? `user-${number('user', name)}`;
    remember(name, pseudonym);
    return pseudonym;
  };

  const word = (token: string): string => {
    const known = words.get(token);
    if (known !== undefined) return known;
    if (/[^@]@[^@]/.test(token)) return addressLike(token);
    // A folder named after a host that was taken already: imap.example-1.org.
    const plain = token.replace(/-\d+(?=\.[^.]*$)/, '').toLowerCase();
    const own = [...domains].some((domain) => plain === domain || plain.endsWith(`.${domain}`));
    return own ? host(plain) : token;
  };

  /** `alice@example.org`, also the `alice%40example.org@imap.example.org` of a folder's address. */
  const addressLike = (token: string): string => {
    const at = token.lastIndexOf('@');
    const local = token.slice(0, at);
    if (!/%40/i.test(local)) return address(token);
    return `${encodeURIComponent(user(local.replace(/%40/gi, '@')))}@${host(token.slice(at + 1))}`;
  };

  const text: Pseudonyms['text'] = (given) => {
    let result = withoutHome(given, home);
    for (const [phrase, pseudonym] of phrases) result = result.replaceAll(phrase, pseudonym);
    return result.replace(/[\p{L}\p{N}_.%+'@-]+/gu, (found) => {
      const end = found.replace(/[.'-]+$/, '').length;
      return word(found.slice(0, end)) + found.slice(end);
    });
  };

  const label: Pseudonyms['label'] = (kind, name) => {
    if (name === '') return name;
    const pseudonym = `${kind}-${number(kind, name)}`;
    if (kind === 'person') remember(name, pseudonym);
    return pseudonym;
  };

  const account = home.split(/[/\\]/).findLast((part) => part !== '');
  if (account !== undefined) remember(account, 'user');
  return { address, user, host, label, text };
}

/** The part of a host that belongs to somebody: a domain already met, else its last two labels (three in `co.uk`). */
function domainOf(host: string, known: ReadonlySet<string>): string {
  const labels = host.split('.');
  const met = labels.map((_, i) => labels.slice(i).join('.')).find((domain) => known.has(domain));
  if (met !== undefined) return met;
  const second = labels.at(-2) ?? '';
  const national = labels.length > 2 && (labels.at(-1) ?? '').length === 2 && second.length <= 3;
  return labels.slice(national ? -3 : -2).join('.');
}

/** `/home/alice/x` as `~/x`, also with the doubled backslashes of a quoted Windows path. */
function withoutHome(text: string, home: string): string {
  if (home.length < 2) return text;
  const forms = [...new Set([home, home.replaceAll('\\', '\\\\'), encodeURI(home)])];
  return forms.reduce(
    (result, form) =>
      result
        .split(form)
        .reduce((joined, part) => joined + (/^[\p{L}\p{N}_.-]/u.test(part) ? form : '~') + part),
    text,
  );
}
