/**
 * Messages and cards of a scenario as bytes: the same scenario gives the same bytes. Every fifth message has an
 * attachment, and each holds a line that starts with "From ", the trap for parsers of mbox files.
 */

import { createHash } from 'node:crypto';
import type { ScenarioAccount, ScenarioCard, ScenarioFolder } from './scenario.ts';

/** A folder with its messages written out; lines end with CR LF. */
export interface RenderedFolder extends Omit<ScenarioFolder, 'messages' | 'subfolders'> {
  messages: string[];
  subfolders: RenderedFolder[];
}

/** `place` names account and parent folders; it makes the Message-IDs of two folders differ. */
export function renderFolders(folders: ScenarioFolder[], place: string): RenderedFolder[] {
  return folders.map((folder) => {
    const here = `${place}/${folder.name}`;
    return {
      ...folder,
      messages: Array.from({ length: folder.messages ?? 0 }, (_, index) => renderMessage(here, index)),
      subfolders: renderFolders(folder.subfolders ?? [], here),
    };
  });
}

export function countFolders(folders: RenderedFolder[]): number {
  return folders.reduce((count, folder) => count + 1 + countFolders(folder.subfolders), 0);
}

function renderMessage(place: string, index: number): string {
  const id = `${hash('sha1', place, 'hex').slice(0, 10)}.${index}@mailmend.example`;
  const date = new Date(Date.UTC(2026, 0, 5, 9) + index * 3607 * 1000).toUTCString().replace('GMT', '+0000');
  const sender = index % 7;
  const head = [
    `From: Sender ${sender} <sender${sender}@example.org>`,
    'To: Alice Example <alice@example.org>',
    `Subject: ${encodedWord(`Message ${index} in ${place}`)}`,
    `Date: ${date}`,
    `Message-ID: <${id}>`,
    'MIME-Version: 1.0',
  ];
  const text = [
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    `This is message number ${index} of ${place}.`,
    '',
    'From the start of a line: a trap for parsers.',
    `Grüße aus Köln, №${index} ✓`,
    '',
  ];
  const lines = index % 5 === 4 ? [...head, ...withAttachment(text, id)] : [...head, ...text];
  return lines.join('\r\n');
}

function withAttachment(text: string[], id: string): string[] {
  const boundary = '----mailmend';
  return [
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    ...text,
    `--${boundary}`,
    'Content-Type: application/octet-stream; name="attached.bin"',
    'Content-Disposition: attachment; filename="attached.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    hash('sha512', id, 'base64'),
    `--${boundary}--`,
    '',
  ];
}

/** RFC 2047, only where it is needed. */
function encodedWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

/** vCard 4.0. */
export function renderCard(card: ScenarioCard, book: string): string {
  const digits = hash('sha1', `${book}/${card.displayName}`, 'hex');
  const uid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${uid}`,
    `FN:${card.displayName}`,
    `N:${card.lastName ?? ''};${card.firstName ?? ''};;;`,
    ...card.emails.map((email, index) => `EMAIL${index === 0 ? ';PREF=1' : ''}:${email}`),
    ...(card.nickName === undefined ? [] : [`NICKNAME:${card.nickName}`]),
    'END:VCARD',
    '',
  ].join('\r\n');
}

function hash(algorithm: string, text: string, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(text).digest(encoding);
}

/** Accounts whose folders come from the scripted server. */
export function isDownloaded({ type, folders }: ScenarioAccount): boolean {
  return type === 'imap' && folders !== undefined;
}
