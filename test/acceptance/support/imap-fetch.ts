/** FETCH of the scripted IMAP server: flags, sizes, and the parts of a message that Thunderbird asks for. */

import type { Message } from './imap-commands.ts';

/** @param rest what follows FETCH: a set of numbers and the items. Numbers and UIDs are the same here. */
export function fetchMessages(messages: Message[], rest: string): (string | Buffer)[] {
  const [, set = '', items = ''] = /^(\S+) (.*)$/s.exec(rest) ?? [];
  return messages
    .filter(({ uid }) => isInSet(set, uid, messages.length))
    .flatMap((message) => ['* ', `${message.uid} FETCH (`, ...fetchItems(message, items), ')\r\n']);
}

/** Such as 1:3,7,9:* — where * is the last message, and a range may run backwards. */
function isInSet(set: string, number: number, last: number): boolean {
  return set.split(',').some((range) => {
    const ends = range.split(':').map((end) => (end === '*' ? last : Number(end)));
    return number >= Math.min(...ends) && number <= Math.max(...ends);
  });
}

function fetchItems(message: Message, items: string): (string | Buffer)[] {
  const parts: (string | Buffer)[] = [`UID ${message.uid}`];
  if (/\bFLAGS\b/i.test(items)) parts.push(` FLAGS (${message.flags.join(' ')})`);
  if (/RFC822\.SIZE/i.test(items)) parts.push(` RFC822.SIZE ${message.raw.length}`);
  if (/INTERNALDATE/i.test(items)) parts.push(' INTERNALDATE "05-Jan-2026 09:00:00 +0000"');
  for (const [, section = '', from, count] of items.matchAll(
    /BODY(?:\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?/gi,
  )) {
    const whole = sectionOf(message.raw, section.toUpperCase());
    const start = Number(from ?? 0);
    const part = from === undefined ? whole : whole.subarray(start, start + Number(count));
    const origin = from === undefined ? '' : `<${from}>`;
    parts.push(` BODY[${section}]${origin} {${part.length}}\r\n`, part);
  }
  return parts;
}

function sectionOf(raw: Buffer, section: string): Buffer {
  const headEnd = raw.indexOf('\r\n\r\n') + 4;
  if (section === 'HEADER') return raw.subarray(0, headEnd);
  if (section === 'TEXT') return raw.subarray(headEnd);
  const fields = /^HEADER\.FIELDS \(([^)]*)\)/.exec(section);
  if (fields === null) return raw;
  const wanted = new Set(fields[1]?.split(/\s+/));
  const head = raw.toString('utf8', 0, headEnd - 4).split('\r\n');
  const lines = head.filter((line) => wanted.has(line.split(':')[0]?.toUpperCase() ?? ''));
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
}
