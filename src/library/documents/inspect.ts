/**
 * `mailmend inspect --json`: the settings sheet (design.md 5).
 */

import { z } from 'zod';
import type { DropReason } from '../../profile/accounts.ts';
import type { Authentication, Security } from '../../profile/connection.ts';
import { documentBase, leftOut } from './document.ts';
import { profileHeader } from './profile-header.ts';

const security = z.enum(['none', 'starttls-if-available', 'starttls', 'tls']) satisfies z.ZodType<Security>;

const authentication = z.enum([
  'none',
  'password',
  'encrypted-password',
  'kerberos',
  'ntlm',
  'tls-certificate',
  'any-secure',
  'any',
  'oauth2',
]) satisfies z.ZodType<Authentication>;

const storage = z.enum(['mbox', 'maildir']);

const why = z.string().describe('The reason in words.');

const savedPassword = z
  .enum(['missing', 'saved', 'readable', 'locked', 'unreadable'])
  .nullable()
  .describe(
    '`saved`: a row is there, it was not tried; `readable`, `locked`, `unreadable`: it was (`--unlock`). Null: none is needed, or the store is not one that is read.',
  );

const connection = {
  server: z
    .string()
    .nullable()
    .describe('As in prefs.js, Unicode kept; for Exchange the host of its address.'),
  port: z.number().int().nullable().describe('The one in effect; null for types without a port.'),
  username: z.string().describe('"" if none.'),
  security: security.nullable().describe('Null: a number that no program knows.'),
  authentication: authentication.nullable().describe('Null: a number that no program knows.'),
};

const incoming = z.object({
  key: z.string(),
  type: z.string().describe('imap, pop3, nntp, none (Local Folders), rss, ews …'),
  ...connection,
  replaces: z
    .string()
    .nullable()
    .describe(
      'What prefs.js has, where the program cannot use it and puts `server` in its place when it starts.',
    ),
  directory: z.string().nullable().describe('The absolute path that the program would use.'),
  storage: storage.nullable().describe('Null: a kind of store that the program does not have.'),
});

const identity = z.object({
  key: z.string(),
  email: z.string(),
  name: z.string(),
  outgoing: z.string().nullable().describe('Key of the outgoing server; null: the default one.'),
});

const account = z.object({
  key: z.string(),
  name: z.string(),
  default: z.boolean(),
  added: z.boolean().describe('Not in the list of accounts: the program adds it when it starts.'),
  incoming,
  identities: z.array(identity),
  savedPassword,
});

const dropReason = z.enum([
  'no-server',
  'server-of-earlier-account',
  'server-without-type',
  'server-without-host',
  'unknown-type',
  'host-refused',
  'host-malformed',
  'host-crashes',
  'duplicate-server',
]) satisfies z.ZodType<DropReason>;

const droppedAccount = z.object({
  key: z.string(),
  reason: dropReason,
  why,
});

const outgoingServer = z.object({
  key: z.string(),
  type: z.string().describe('smtp, ews, graph'),
  default: z.boolean(),
  description: z.string().nullable(),
  ...connection,
  savedPassword,
});

const addressBook = z.object({
  name: z.string(),
  file: z.string().nullable().describe('Name of the file; null where there is none.'),
  format: z.enum(['sqlite', 'mork', 'ldap', 'carddav', 'other']),
  cards: z.number().int().nullable(),
  lists: z.number().int().nullable(),
  shown: z
    .boolean()
    .nullable()
    .describe('False: the program does not list it. Null: it could not be looked at.'),
});

const directory = z.object({
  key: z.string(),
  name: z.string(),
  uri: z.string(),
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  baseDn: z.string().nullable(),
  bindDn: z.string().nullable(),
  security: security.nullable(),
  maxHits: z.number().int().nullable(),
});

const calendar = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  uri: z.string(),
  disabled: z.boolean(),
  shown: z.boolean().describe('False: the program does not list it, since its database cannot be opened.'),
});

const folder = z.object({
  account: z.string().nullable().describe('Key of the account.'),
  path: z.string().describe('As the program shows it, with / between the levels.'),
  file: z.string().nullable(),
  storage,
  bytes: z.number().nullable(),
  messages: z.number().int().nullable(),
  deleted: z.number().int().nullable(),
  counted: z.enum(['index', 'store']).nullable(),
});

const addon = z.object({
  id: z.string(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  enabled: z.boolean().nullable(),
});

export const inspectDocument = z.object({
  ...documentBase('inspect'),
  profile: profileHeader,
  accounts: z.array(account).describe('Those that the program would show, in its order.'),
  dropped: z.array(droppedAccount).describe('Those in the list that the program would not show.'),
  hidden: z.array(z.string()).describe('Keys of accounts that the program keeps and does not show.'),
  outgoing: z.array(outgoingServer).describe('Those that the program would show, in its order.'),
  outgoingDropped: z
    .array(z.object({ key: z.string(), why }))
    .describe(
      'Those in the list that it would not show: all of them when one is of a type that it cannot make.',
    ),
  addressBooks: z.array(addressBook),
  directories: z.array(directory).describe('LDAP.'),
  calendars: z.array(calendar),
  folders: z.array(folder).describe('As far as it is known without reading the mail itself.'),
  addons: z.array(addon),
  leftOut,
});

export type InspectDocument = z.infer<typeof inspectDocument>;
export type SheetAccount = z.infer<typeof account>;
export type SheetOutgoing = z.infer<typeof outgoingServer>;
export type SavedPassword = z.infer<typeof savedPassword>;
