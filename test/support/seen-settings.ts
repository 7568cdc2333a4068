/**
 * The settings of one profile as two witnesses tell them, in the words of `inspect`: what the real Thunderbird sees
 * (a dump of test/acceptance/support) and what mailmend says (`inspect --json`). Where they agree, the two are equal.
 * Belongs here: the translation of Thunderbird's names. Passwords are apart: a dump knows more of them, the user name.
 */

import type { InspectDocument } from '../../src/library/documents/inspect.ts';
import type { Authentication, Security } from '../../src/profile/connection.ts';
import type { Dump, DumpedLdap, DumpedServer } from '../acceptance/support/dump-types.ts';

type Account = InspectDocument['accounts'][number];
type Incoming = Account['incoming'];
type Book = InspectDocument['addressBooks'][number];
type Directory = InspectDocument['directories'][number];

export interface SeenSettings {
  accounts: (Pick<Account, 'key' | 'name' | 'default' | 'identities'> & {
    incoming: Omit<Incoming, 'replaces'>;
  })[];
  outgoing: Omit<InspectDocument['outgoing'][number], 'savedPassword'>[];
  /** Those that Thunderbird shows. */
  addressBooks: Omit<Book, 'shown'>[];
  directories: Omit<Directory, 'uri'>[];
  /** Those that Thunderbird shows, by id: it has no order of its own. */
  calendars: Omit<InspectDocument['calendars'][number], 'shown'>[];
  /** By id, for the same reason. */
  addons: InspectDocument['addons'];
}

export function seenByMailmend(document: InspectDocument): SeenSettings {
  return {
    accounts: document.accounts.map(({ incoming: { replaces: _, ...incoming }, ...account }) => ({
      key: account.key,
      name: account.name,
      default: account.default,
      incoming,
      identities: account.identities,
    })),
    outgoing: document.outgoing.map(({ savedPassword: _, ...server }) => server),
    addressBooks: document.addressBooks
      .filter((book) => book.shown && book.format !== 'ldap')
      .map(({ shown: _, ...book }) => book),
    directories: document.directories.map(({ uri: _, ...directory }) => directory),
    calendars: document.calendars
      .filter(({ shown }) => shown)
      .map(({ shown: _, ...calendar }) => calendar)
      .sort(byId),
    addons: document.addons.toSorted(byId),
  };
}

export function seenByThunderbird(dump: Dump): SeenSettings {
  return {
    accounts: dump.accounts.flatMap(({ server, ...account }) =>
      server === null ? [] : [accountOf(server, account)],
    ),
    outgoing: dump.outgoing.map((server) => ({
      key: server.key,
      type: server.type,
      default: server.isDefault,
      description: server.description || null,
      server: server.hostname ?? new URL(server.uri).hostname,
      port: outgoingPort(server),
      username: fromBytes(server.username),
      security: securities[server.socketType] ?? null,
      authentication: authentications[server.authMethod] ?? null,
    })),
    addressBooks: dump.addressBooks.map(({ name, fileName, isCardDAV, cards, lists }) => ({
      name,
      file: fileName,
      format: isCardDAV === true ? 'carddav' : 'sqlite',
      cards: cards ?? null,
      lists: lists?.length ?? null,
    })),
    directories: dump.ldap.map(directoryOf),
    calendars: dump.calendars.map((calendar) => ({ ...calendar, uri: calendar.uri ?? '' })).sort(byId),
    addons: dump.addons
      .filter(({ type }) => type === 'extension' || type === 'theme')
      .map(({ id, name, version, isActive }) => ({ id, name, version, enabled: isActive }))
      .sort(byId),
  };
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

function accountOf(
  server: DumpedServer,
  { key, isDefault, identities }: Pick<Dump['accounts'][number], 'key' | 'isDefault' | 'identities'>,
): SeenSettings['accounts'][number] {
  return {
    key,
    name: server.prettyName,
    default: isDefault,
    incoming: {
      key: server.key,
      type: server.type,
      server: server.hostname,
      port: server.port === -1 ? null : server.port,
      username: server.username,
      security: securities[server.socketType] ?? null,
      authentication: authentications[server.authMethod] ?? null,
      directory: server.localPath,
      storage: storages[server.store] ?? null,
    },
    identities: identities.map((identity) => ({
      key: identity.key,
      email: identity.email ?? '',
      name: identity.fullName ?? '',
      outgoing: identity.smtpServerKey || null,
    })),
  };
}

/** Its settings say 0 where it takes the usual port when it connects; Exchange has an address, which says it. */
function outgoingPort({ port, type, socketType, uri }: Dump['outgoing'][number]): number {
  if (type === 'smtp') return port || (socketType === 'SSL' ? 465 : 587);
  const { port: inAddress, protocol } = new URL(uri);
  return Number(inAddress || (protocol === 'https:' ? 443 : 80));
}

/** It reads user names of outgoing servers byte by byte, and sends those bytes. */
const fromBytes = (text: string): string => Buffer.from(text, 'latin1').toString();

function directoryOf({
  prefId,
  name,
  lDAPURL,
  authDn,
  maxHits,
}: DumpedLdap): SeenSettings['directories'][number] {
  const url = new URL(lDAPURL ?? 'ldap://');
  const tls = url.protocol === 'ldaps:';
  return {
    key: prefId.replace(/^ldap_2\.servers\./, ''),
    name,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1') || null,
    port: Number(url.port || (tls ? 636 : 389)),
    baseDn: decodeURIComponent(url.pathname.replace(/^\//, '')),
    bindDn: authDn || null,
    security: tls ? 'tls' : 'none',
    maxHits,
  };
}

/** Keys of accounts and outgoing servers, each with whether a password or token was found for it; null: not asked. */
export type FoundPasswords = Record<string, boolean | null>;

export function passwordsFoundByMailmend({ accounts, outgoing }: InspectDocument): FoundPasswords {
  const found = [...accounts, ...outgoing].map(({ key, savedPassword }): [string, boolean | null] => [
    key,
    savedPassword === null ? null : savedPassword !== 'missing',
  ]);
  return Object.fromEntries(found);
}

/** Thunderbird is also asked where mailmend says that none is needed; `like` says where that was. */
export function passwordsFoundByThunderbird(
  { accounts, outgoing }: Dump,
  like: FoundPasswords,
): FoundPasswords {
  const asked = [
    ...accounts.map(({ key, server }) => ({ key, secrets: server })),
    ...outgoing.map(outgoingSecrets),
  ];
  const found = asked.map(({ key, secrets }): [string, boolean | null] => {
    const secret = secrets?.effectivePassword ?? secrets?.effectiveRefreshToken;
    return [key, secret === undefined || secret.locked || like[key] === null ? null : secret.found];
  });
  return Object.fromEntries(found);
}

const outgoingSecrets = (server: Dump['outgoing'][number]) => ({ key: server.key, secrets: server });

/** Numbers that this version has no name for stand as numbers. */
const securities: Record<string, Security> = {
  plain: 'none',
  '1': 'starttls-if-available',
  alwaysSTARTTLS: 'starttls',
  SSL: 'tls',
};

const authentications: Record<string, Authentication> = {
  none: 'none',
  old: 'password',
  passwordCleartext: 'password',
  passwordEncrypted: 'encrypted-password',
  GSSAPI: 'kerberos',
  NTLM: 'ntlm',
  External: 'tls-certificate',
  secure: 'any-secure',
  '8': 'any-secure',
  anything: 'any',
  '9': 'any',
  OAuth2: 'oauth2',
};

const storages: Record<string, 'mbox' | 'maildir'> = { mbox: 'mbox', maildir: 'maildir' };
