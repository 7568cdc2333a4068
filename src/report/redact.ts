/**
 * `--redact`: a document without the names of people, to be shown to others. Addresses, user names, hosts of people,
 * the home folder and the names that people give to things are replaced by pseudonyms; servers of the large providers,
 * settings and numbers stay. What comes out still fits the document's schema.
 */

import type { InspectDocument } from '../library/documents/inspect.ts';
import { createPseudonyms, type Pseudonyms } from './pseudonyms.ts';

export type Redact = <Value>(value: Value) => Value;

export const withoutRedaction: Redact = (value) => value;

/** Fields that hold words of the document's own, never of people. */
const ownWords = new Set(
  'schema addons authentication cause check code counted format kind op opens program risk savedPassword security severity state storage type'.split(
    ' ',
  ),
);

type Replace = (text: string, names: Pseudonyms) => string;

/** By the field that holds it, or by that and the list it stands in. */
const fields: Record<string, Replace> = {
  username: (text, names) => names.user(text),
  email: (text, names) => (text.includes('@') ? names.address(text) : names.user(text)),
  host: (text, names) => names.host(text),
  server: (text, names) => names.host(text),
  replaces: (text, names) => names.host(text),
  origin: uri,
  realm: (text, names) =>
    /^[a-z0-9+.-]+:\/\//i.test(text) && !text.includes(' ') ? uri(text, names) : names.text(text),
  'identities.name': (text, names) => names.label('person', text),
  'accounts.name': (text, names) =>
    text.includes('@') || text === 'Local Folders' ? names.text(text) : names.label('name', text),
  'outgoing.description': (text, names) => names.label('name', text),
  // Made of the name: ldap_2.servers.SmithFamily.
  'directories.key': (text, names) => names.label('key', text),
  'directories.name': (text, names) => names.label('directory', text),
  'directories.baseDn': (text, names) => names.label('dn', text),
  'directories.bindDn': (text, names) => names.label('dn', text),
  'directories.uri': uri,
  'calendars.name': (text, names) => names.label('calendar', text),
  'calendars.uri': uri,
  'addressBooks.name': (text, names) => names.label('book', text),
  'folders.path': folderPath,
  'folders.file': (text, names) => names.label('file', text),
};

/**
 * @param sheet of the profile that the documents are about, where it can be had: its names are learned first, so that
 * the first account is account-1 in every document.
 * @param home the owner's home folder.
 */
export function createRedact(sheet: InspectDocument | null, home: string): Redact {
  const names = createPseudonyms(home);
  const redact: Redact = (value) => {
    // Twice: a name can stand in a text before the field that tells that it is one.
    walk(value, '', names);
    return walk(value, '', names) as typeof value;
  };
  if (sheet !== null) redact(sheet);
  return redact;
}

/** @param place the field, with the list it stands in: `accounts.name`. */
function walk(value: unknown, place: string, names: Pseudonyms): unknown {
  const field = place.slice(place.lastIndexOf('.') + 1);
  if (ownWords.has(field)) return value;
  if (typeof value === 'string') return (fields[place] ?? fields[field] ?? asText)(value, names);
  if (Array.isArray(value)) return value.map((item) => walk(item, place, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, walk(item, `${field}.${key}`, names)]),
  );
}

const asText: Replace = (text, names) => names.text(text);

/** Scheme and host; the path can hold user names, folder names and tokens. */
function uri(text: string, names: Pseudonyms): string {
  const match = /^([a-z][a-z0-9+.-]*:)\/\/(?:[^/?#@]*@)?([^/?#:]*)(:\d+)?([/?#].*)?$/i.exec(text);
  if (match === null) return names.label('uri', text);
  const [, scheme = '', host = '', port = '', rest = ''] = match;
  return `${scheme}//${names.host(host)}${port}${rest.length > 1 ? '/...' : rest}`;
}

const ownFolders = new Set(
  'inbox sent drafts trash junk templates archives archive outbox spam [gmail] unsent'.split(' '),
);

function folderPath(text: string, names: Pseudonyms): string {
  return text
    .split('/')
    .map((part) => (part === '' || ownFolders.has(part.toLowerCase()) ? part : names.label('folder', part)))
    .join('/');
}
