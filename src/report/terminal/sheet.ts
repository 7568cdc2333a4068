/**
 * `mailmend inspect --sheet`: the guide's worksheet, to be printed and taken to the mail provider. Plain text, no
 * colours, no folders of this computer, no passwords; beside each value there is room for the right one.
 */

import type { InspectDocument, SheetAccount, SheetOutgoing } from '../../library/documents/inspect.ts';
import { type ReportContext, withoutColour } from './context.ts';
import { padTo } from './display-width.ts';
import { accountTitle } from './inspect.ts';
import { createPage, type Page } from './page.ts';
import { authenticationInWords, programName, securityInWords, timeInWords, value } from './words.ts';

const paperWidth = 76;
const blank = '_'.repeat(20);
const onServers = ['imap', 'pop3', 'ews', 'graph', 'nntp'];

export function sheetReport(document: InspectDocument, context: ReportContext): string {
  const page = createPage({ ...context, width: paperWidth, paint: withoutColour });
  addIntroduction(page, document, context);
  const accounts = document.accounts.filter(({ incoming }) => onServers.includes(incoming.type));
  if (accounts.length === 0) page.paragraph('There is no account with a mail server in this profile.');
  for (const [i, account] of accounts.entries()) {
    page.paragraph(`${i + 1}. ${accountTitle(account)}`);
    page.blank();
    addConnection(page, `Incoming mail (${protocol(account.incoming.type)})`, account.incoming);
    for (const server of outgoingOf(account, document)) addConnection(page, 'Outgoing mail (SMTP)', server);
    if (outgoingOf(account, document).length === 0)
      page.paragraph('Outgoing mail: no server is set up.', { indent: 3 });
    page.blank();
  }
  return page.text();
}

function addIntroduction(page: Page, { profile }: InspectDocument, context: ReportContext): void {
  const saved = profile.savedAt === null ? '' : `, as saved on ${timeInWords(profile.savedAt, context)}`;
  page.verbatim('SETTINGS OF MY MAIL ACCOUNTS');
  page.paragraph(`In use in ${programName(profile.program)}${saved}.`);
  page.blank();
  page.paragraph(
    'For the mail provider: please compare each line with what you ask of your customers, and write the right value beside it where it differs.',
  );
  page.paragraph(
    'Passwords are not on this sheet. Nobody at a mail provider needs yours; keep it to yourself.',
  );
  page.blank();
}

/** The servers that the identities of an account send through, in their order. */
function outgoingOf({ identities }: SheetAccount, { outgoing }: InspectDocument): SheetOutgoing[] {
  const used = identities.flatMap((identity) =>
    outgoing.filter((server) =>
      identity.outgoing === null ? server.default : server.key === identity.outgoing,
    ),
  );
  return [...new Set(used)];
}

function addConnection(
  page: Page,
  title: string,
  connection: SheetAccount['incoming'] | SheetOutgoing,
): void {
  page.verbatim(`${padTo(title, 49)}right, if different`, { indent: 3 });
  const { security, authentication } = connection;
  addRow(page, 'Server name', connection.server || 'none');
  addRow(page, 'Port', connection.port === null ? 'none' : String(connection.port));
  addRow(page, 'User name', connection.username || 'none');
  addRow(page, 'Connection security', securityInWords(security));
  addRow(page, 'Authentication', authenticationInWords(authentication, security));
  page.blank();
}

function addRow(page: Page, label: string, text: string): void {
  const row = padTo(label, 21) + value(text);
  const fits = row.length <= 47;
  page.verbatim(fits ? padTo(row, 49) + blank : row, { indent: 3 });
  if (!fits) page.verbatim(padTo('', 49) + blank, { indent: 3 });
}

function protocol(type: string): string {
  const names: Record<string, string> = {
    imap: 'IMAP',
    pop3: 'POP3',
    nntp: 'News',
    ews: 'Exchange',
    graph: 'Exchange',
  };
  return names[type] ?? type;
}
