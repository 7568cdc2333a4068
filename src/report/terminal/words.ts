/**
 * Values of documents in the words that the mail programs use in their own windows.
 */

import type { Finding, Risk, Severity } from '../../checks/finding.ts';
import { megabytes, programName } from '../../checks/wording.ts';
import type { SavedPassword, SheetAccount } from '../../library/documents/inspect.ts';
import type { ProfileHeader } from '../../library/documents/profile-header.ts';
import type { ReportContext } from './context.ts';

type Incoming = SheetAccount['incoming'];

export { megabytes as sizeInWords, programName };

/** `Connection security` in the account settings. */
export function securityInWords(security: Incoming['security']): string {
  switch (security) {
    case null:
      return 'a value that the program does not know';
    case 'none':
      return 'None';
    case 'starttls':
      return 'STARTTLS';
    case 'starttls-if-available':
      return 'STARTTLS, if available';
    case 'tls':
      return 'SSL/TLS';
  }
}

/** `Authentication method` in the account settings; without encryption the program says so about a password. */
export function authenticationInWords(
  authentication: Incoming['authentication'],
  security: Incoming['security'],
): string {
  switch (authentication) {
    case null:
      return 'a value that the program does not know';
    case 'none':
      return 'No authentication';
    case 'password':
      return security === 'none' ? 'Password, transmitted insecurely' : 'Normal password';
    case 'encrypted-password':
      return 'Encrypted password';
    case 'kerberos':
      return 'Kerberos / GSSAPI';
    case 'ntlm':
      return 'NTLM';
    case 'tls-certificate':
      return 'TLS certificate';
    case 'any-secure':
      return 'Any secure method (no longer supported)';
    case 'any':
      return 'Any method (insecure, no longer supported)';
    case 'oauth2':
      return 'OAuth2 (sign-in window of the provider)';
  }
}

export function typeInWords(type: string): string {
  const names: Record<string, string> = {
    imap: 'IMAP (mail stays on the server)',
    pop3: 'POP (mail is fetched to this computer)',
    none: 'Local Folders (mail on this computer only)',
    nntp: 'News',
    rss: 'Feeds',
    im: 'Chat',
    ews: 'Exchange (EWS)',
    graph: 'Exchange (Microsoft Graph)',
  };
  return names[type] ?? type;
}

/** Null: no password is needed, so there is nothing to say. */
export function passwordInWords(saved: SavedPassword): string | null {
  switch (saved) {
    case null:
      return null;
    case 'missing':
      return 'no, the program asks for it';
    case 'saved':
      return 'yes (not tried)';
    case 'readable':
      return 'yes, and it can be read';
    case 'locked':
      return 'yes, locked by the primary password';
    case 'unreadable':
      return 'yes, but it can no longer be read';
  }
}

export function riskInWords(risk: Risk): string {
  switch (risk) {
    case 'none':
      return 'No setting, password or mail is touched.';
    case 'settings':
      return 'Only settings change; no password and no mail is touched.';
    case 'passwords':
      return 'Saved passwords are touched, so it is done only when you ask for it by name.';
    case 'mail':
      return 'Mail files are touched, so it is done only when you ask for it by name.';
  }
}

export const severityInWords: Record<Severity, string> = { error: 'Error', warning: 'Warning', info: 'Note' };

/** Planned without being named: design.md 4. */
export const isPlainRepair = ({ repair }: Finding): boolean =>
  repair?.byName !== true && (repair?.risk === 'none' || repair?.risk === 'settings');

/** `1 line`, `3 lines`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return number === 1 ? `1 ${one}` : `${number.toLocaleString('en-US')} ${many}`;
}

/** `2026-11-23 18:30` where the owner lives. */
export function timeInWords(iso: string, context: Pick<ReportContext, 'timeZone'>): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const parts = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    ...(context.timeZone === undefined ? {} : { timeZone: context.timeZone }),
  });
  return parts.format(date);
}

/** A value with blanks where they do not show is put in quotes: a blank can be the fault. */
export function value(text: string): string {
  return /^\s|\s$|\s\s/.test(text) ? JSON.stringify(text) : text;
}

/** `"default-release"`, or the folder's own name where no profiles.ini names it. */
export function profileName({ name, path }: Pick<ProfileHeader, 'name' | 'path'>): string {
  return name === null ? `"${path.split(/[/\\]/).findLast((part) => part !== '') ?? path}"` : `"${name}"`;
}

/** Also at the beginning of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
