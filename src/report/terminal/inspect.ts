/**
 * `mailmend inspect`: every setting that matters for mail, account by account, in the words of the program's windows.
 */

import type { InspectDocument, SheetAccount, SheetOutgoing } from '../../library/documents/inspect.ts';
import type { ReportContext } from './context.ts';
import { createPage, type Field, type Page } from './page.ts';
import { addNext, addProfile } from './profile-lines.ts';
import {
  authenticationInWords,
  count,
  passwordInWords,
  programName,
  securityInWords,
  sizeInWords,
  typeInWords,
  value,
} from './words.ts';

type Fields = Field[];
const column = { indent: 2, column: 20 };

export function inspectReport(document: InspectDocument, context: ReportContext): string {
  const page = createPage(context);
  page.paragraph('Nothing was changed: mailmend has only looked.');
  page.blank();
  addProfile(page, document.profile, context);
  addAccounts(page, document);
  addDropped(page, document);
  addOutgoing(page, document);
  addOtherParts(page, document);
  addLeftOut(page, document.leftOut);
  addNext(
    page,
    'Let mailmend look for what is wrong; it only looks.',
    context.command('check', document.profile.path),
  );
  return page.text();
}

function addAccounts(page: Page, document: InspectDocument): void {
  if (document.accounts.length === 0) {
    page.paragraph(`${heading(document)} would show no account at all with this profile.`, { tone: 'bad' });
    page.blank();
  }
  for (const [i, account] of document.accounts.entries()) {
    const first = account.default ? ' (the default account)' : '';
    page.labelled(`Account ${i + 1}`, accountTitle(account) + first, { column: 11, tone: 'heading' });
    page.fields(
      [...incomingFields(account), ...identityFields(account, document), ...storeFields(account, document)],
      column,
    );
    page.blank();
  }
}

const heading = ({ profile }: InspectDocument): string =>
  profile.program === 'unknown' ? 'The mail program' : programName(profile.program);

/** `Work, alice@example.org`; the name alone where it says as much. */
export function accountTitle({ name, identities }: SheetAccount): string {
  const email = identities.find((identity) => identity.email !== '')?.email;
  return email === undefined || name === email
    ? value(name)
    : name === ''
      ? value(email)
      : `${value(name)}, ${value(email)}`;
}

function incomingFields({ incoming, savedPassword }: SheetAccount): Fields {
  const fields: Fields = [['Type', typeInWords(incoming.type)]];
  if (incoming.type === 'none' || incoming.type === 'rss') return fields;
  return [
    ...fields,
    ...connectionFields(incoming, 'Incoming server'),
    ...passwordField({ authentication: incoming.authentication, savedPassword }),
  ];
}

type Connection = Pick<SheetOutgoing, 'server' | 'port' | 'username' | 'security' | 'authentication'> & {
  replaces?: string | null;
};

function connectionFields(connection: Connection, serverLabel: string): Fields {
  return [
    [serverLabel, value(connection.server || 'none entered')],
    ...(connection.replaces ? ([['In place of', unusable(connection.replaces)]] satisfies Fields) : []),
    ...(connection.port === null ? [] : ([['Port', String(connection.port)]] satisfies Fields)),
    ['User name', value(connection.username || 'none')],
    ['Security', securityInWords(connection.security)],
    ['Authentication', authenticationInWords(connection.authentication, connection.security)],
  ];
}

const unusable = (name: string): string => `${value(name)}, a name that the program cannot use`;

function passwordField({
  authentication,
  savedPassword,
}: Pick<SheetOutgoing, 'authentication' | 'savedPassword'>): Fields {
  const words = passwordInWords(savedPassword);
  // With OAuth2 it is the provider's token that is kept.
  return words === null ? [] : [[authentication === 'oauth2' ? 'Sign-in saved' : 'Password saved', words]];
}

function identityFields(account: SheetAccount, { outgoing }: InspectDocument): Fields {
  return account.identities.map((identity, i) => {
    const who =
      identity.email === ''
        ? `an identity without an address (${identity.key})`
        : identity.name === ''
          ? value(identity.email)
          : `${value(identity.name)} <${value(identity.email)}>`;
    return [i === 0 ? 'Sends as' : 'and as', `${who}, through ${throughWhich(identity.outgoing, outgoing)}`];
  });
}

function throughWhich(key: string | null, outgoing: readonly SheetOutgoing[]): string {
  if (key === null) {
    const byDefault = outgoing.find((server) => server.default);
    return byDefault === undefined
      ? 'no server: there is no default one'
      : `${serverTitle(byDefault)} (the default)`;
  }
  const named = outgoing.find((server) => server.key === key);
  return named === undefined ? `${value(key)}, a server that does not exist` : serverTitle(named);
}

const serverTitle = ({ server, key }: SheetOutgoing): string => value(server || key);

function storeFields({ key, incoming }: SheetAccount, { folders }: InspectDocument): Fields {
  const own = folders.filter((folder) => folder.account === key);
  const bytes = own.reduce((sum, folder) => sum + (folder.bytes ?? 0), 0);
  const holds: Fields =
    own.length === 0 ? [] : [['Mail on this disk', `${count(own.length, 'folder')}, ${sizeInWords(bytes)}`]];
  return [
    ...holds,
    ['Folder', value(incoming.directory ?? 'none'), 'whole'],
    ['Kept as', keptAs(incoming.storage)],
  ];
}

function keptAs(storage: SheetAccount['incoming']['storage']): string {
  if (storage === null) return 'a kind of store that the program does not know';
  return storage === 'maildir' ? 'one file per message (maildir)' : 'one file per folder (mbox)';
}

function addDropped(page: Page, document: InspectDocument): void {
  if (document.dropped.length === 0) return;
  page.paragraph(`Accounts that ${programName(document.profile.program)} would drop at its next start`, {
    tone: 'bad',
  });
  page.fields(
    document.dropped.map(({ key, why }) => [value(key), why]),
    { indent: 2 },
  );
  page.blank();
}

function addOutgoing(page: Page, { outgoing, outgoingDropped }: InspectDocument): void {
  for (const server of outgoing) {
    const first = server.default ? ' (the default)' : '';
    const described = server.description === null ? '' : `, ${value(server.description)}`;
    page.labelled('Outgoing', serverTitle(server) + described + first, { column: 11, tone: 'heading' });
    page.fields([...connectionFields(server, 'Outgoing server'), ...passwordField(server)], column);
    page.blank();
  }
  if (outgoing.length === 0) {
    page.paragraph('No outgoing server: nothing can be sent with these settings.', { tone: 'caution' });
    page.fields(
      outgoingDropped.map(({ key, why }) => [value(key), why]),
      { indent: 2 },
    );
    page.blank();
  }
}

function addOtherParts(page: Page, document: InspectDocument): void {
  addList(page, 'Address books', document.addressBooks, ({ name, file, format, cards, lists }) => {
    const counted = cards === null ? 'not counted' : count(cards, 'card');
    const withLists = lists ? `, ${count(lists, 'list')}` : '';
    return [value(name), `${counted}${withLists} (${file === null ? format : value(file)})`];
  });
  addList(page, 'LDAP directories', document.directories, ({ name, uri, security, bindDn, maxHits }) => {
    const rest = [
      securityInWords(security),
      bindDn === null || bindDn === '' ? '' : `signs in as ${bindDn}`,
      maxHits === null ? '' : `at most ${maxHits} answers`,
    ];
    return [value(name), [value(uri), ...rest.filter((part) => part !== '')].join(', ')];
  });
  addList(page, 'Calendars', document.calendars, ({ name, type, uri, disabled }) => [
    value(name),
    `${type}${uri.startsWith('moz-storage') ? '' : ` ${value(uri)}`}${disabled ? ', switched off' : ''}`,
  ]);
  addList(page, 'Add-ons', document.addons, ({ id, name, version, enabled }) => [
    value(name ?? id),
    [version ?? 'version unknown', enabled === null ? '' : enabled ? 'on' : 'off']
      .filter((part) => part !== '')
      .join(', '),
  ]);
}

function addList<Item>(
  page: Page,
  title: string,
  items: readonly Item[],
  show: (item: Item) => [label: string, text: string],
): void {
  if (items.length === 0) return;
  page.verbatim(title, { tone: 'heading' });
  page.fields(items.map(show), { indent: 2, labelTone: 'plain' });
  page.blank();
}

export function addLeftOut(page: Page, leftOut: InspectDocument['leftOut']): void {
  if (leftOut.length === 0) return;
  page.verbatim('Not looked at', { tone: 'heading' });
  page.fields(
    leftOut.map(({ what, reason }) => [what, reason]),
    { indent: 2, labelTone: 'plain' },
  );
  page.blank();
}
