/**
 * `mailmend diagnostic-profile`: the plan, and afterwards how to start the fresh profile, what to try in it, and what
 * each outcome means (the guide's way of telling profile, account and network apart: postbox.md 8.1 A17, A18, A24, A25).
 */

import type { DiagnosticProfileDocument } from '../../library/documents/diagnostic-profile.ts';
import type { ReportContext } from './context.ts';
import { createPage, type Page } from './page.ts';
import { addNeeds, addOperation, addOutcome, totals } from './planned-change.ts';
import { addNext, addProfile, afterPlan, onlyNext } from './profile-lines.ts';
import { capitalised, programName } from './words.ts';

export function diagnosticPlanReport(document: DiagnosticProfileDocument, context: ReportContext): string {
  const page = createPage(context);
  const { plan, profile } = document;
  page.paragraph(intention(document), { tone: 'heading' });
  page.blank();
  addProfile(page, profile, context);
  if (!context.quiet) for (const operation of plan.operations) addOperation(page, operation, profile.path);
  page.blank();
  page.paragraph(`${totals(plan, false)}. Your own profile stays as it is.`, {
    tone: 'heading',
  });
  addNeeds(page, document.needs, context);
  return page.text();
}

function intention({ remove, diagnostic, account }: DiagnosticProfileDocument): string {
  if (remove) {
    return `mailmend would take the diagnostic profile "${diagnostic.name}" away again: its folder is moved aside, not deleted, and the list of profiles becomes what it was. Nothing has been changed yet.`;
  }
  const holds = account === null ? 'empty, without any account' : `with the account ${account.email} alone`;
  return `mailmend would make a fresh profile "${diagnostic.name}" beside your own, ${holds}. Nothing has been changed yet.`;
}

export function diagnosticNotDone(document: DiagnosticProfileDocument, context: ReportContext): string {
  const again = context.command(...diagnosticWords(document), '--apply');
  return onlyNext('Nothing was changed. To do it:', again, context);
}

/** The same call once more. */
export function diagnosticWords({ profile, account, as, remove }: DiagnosticProfileDocument): string[] {
  return [
    'diagnostic-profile',
    profile.path,
    ...(account === null ? [] : ['--account', account.email]),
    ...(as === null ? [] : ['--as', as]),
    ...(remove ? ['--remove'] : []),
  ];
}

export function diagnosticDone(document: DiagnosticProfileDocument, context: ReportContext): string {
  const page = createPage(context);
  const { remove, profile, diagnostic, start } = document;
  addOutcome(page, document, context);
  page.paragraph('Your own profile was not touched.');
  page.blank();
  if (remove) {
    addNext(page, 'Open your own profile again:', start.old);
    return afterPlan(page);
  }
  addHowToStart(page, document);
  addWhatToTry(page, document);
  addOutcomes(page, document, context);
  page.verbatim('When you are done', { tone: 'heading' });
  page.paragraph(
    `This takes "${diagnostic.name}" away again. It refuses if mail lies there that is nowhere else.`,
    { indent: 2 },
  );
  page.command(context.command('diagnostic-profile', profile.path, '--remove'), 4);
  addNext(
    page,
    `Quit ${programName(profile.program)} if it is open, then open the diagnostic profile:`,
    start.direct,
  );
  return afterPlan(page);
}

function addHowToStart(page: Page, { profile, diagnostic, start }: DiagnosticProfileDocument): void {
  const program = programName(profile.program);
  page.verbatim('How to start it', { tone: 'heading' });
  page.paragraph(`Quit ${program} first. This opens the diagnostic profile at once:`, { indent: 2 });
  page.command(start.direct, 4);
  // PowerShell takes a line that begins with a quote for a text.
  if (start.direct.startsWith('"'))
    page.paragraph('Paste it into the Run window (Windows key and R), or into the Command Prompt.', {
      indent: 2,
    });
  page.paragraph(
    `Or let ${program} ask: from now on it shows its list of profiles at every start. Choose "${diagnostic.name}" there.`,
    {
      indent: 2,
    },
  );
  page.command(start.manager, 4);
  page.paragraph(
    'In that list, never tick "Don\'t ask at startup": the list would not come again. Never press "Delete Profile": it can delete a profile with all of its mail.',
    { indent: 2, tone: 'caution' },
  );
  page.paragraph('Your own profile is opened with:', { indent: 2 });
  page.command(start.old, 4);
  page.blank();
}

function addWhatToTry(page: Page, { account }: DiagnosticProfileDocument): void {
  page.verbatim('What to try in it', { tone: 'heading' });
  const steps = [
    account === null
      ? 'Set up the account that does not work. Choose IMAP where your provider offers it, and install no add-ons.'
      : `Fetch the mail of ${account.email}. The password is asked for: none was carried over.`,
    'Open a message or two.',
    'Send a short message to yourself, and wait for it to arrive.',
  ];
  for (const [i, step] of steps.entries())
    page.labelled(`${i + 1}.`, step, { indent: 2, labelTone: 'plain' });
  if (account?.type === 'pop3') {
    page.paragraph(
      'The mail stays on the server: this profile deletes nothing there, and fetches only when you ask it to.',
      { indent: 2 },
    );
  }
  page.blank();
}

function addOutcomes(page: Page, { profile }: DiagnosticProfileDocument, context: ReportContext): void {
  const program = capitalised(programName(profile.program));
  page.verbatim('What it means', { tone: 'heading' });
  const outcomes: [outcome: string, meaning: string][] = [
    [
      'It works there',
      'The account and the network are in order; the fault lies in your own profile: a setting, an add-on or a damaged file. Your mail is still in your own profile.',
    ],
    [
      'The same fault there',
      'Your own profile is not to blame. Either the settings of the account are wrong or the provider has a fault, or something stands in between: a security program, a firewall, a VPN or a proxy. Compare the settings with those of the provider, and try another network.',
    ],
    [
      'No password is asked for',
      'The server was never reached: a password is asked for only after that. Look at server name, port and connection security, and at the network.',
    ],
    [
      'The password is refused',
      'The server was reached and says no: the password is wrong or old, or the provider asks for an app password or for OAuth2.',
    ],
    [`${program} does not start`, 'The fault lies in the program or the computer, not in your profile.'],
  ];
  for (const [outcome, meaning] of outcomes) {
    page.paragraph(outcome, { indent: 2, tone: 'heading' });
    page.paragraph(meaning, { indent: 4 });
  }
  page.paragraph('The settings to compare are printed by:', { indent: 2 });
  page.command(context.command('inspect', profile.path, '--sheet'), 4);
  page.blank();
}
