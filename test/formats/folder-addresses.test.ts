/**
 * The two files that name folders by their addresses: filters and saved searches.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterTargets, withFilterTargets } from '../../src/formats/filter-rules.ts';
import { savedSearches, withSavedSearchUris } from '../../src/formats/virtual-folders.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (from: Uint8Array): string => new TextDecoder().decode(from);

const rules = [
  'version="9"',
  'logging="no"',
  'name="Rechnungen „Ü“ \\"x\\""',
  'enabled="yes"',
  'type="17"',
  'action="Mark read"',
  'action="Move to folder"',
  'actionValue="imap://a%40b@imap.example.org/Bills"',
  'condition="AND (subject,contains,bill)"',
  'name="Tagged"',
  'enabled="no"',
  'action="AddTag"',
  'actionValue="$label1"',
  'action="Copy to folder"',
  'actionValue="mailbox://nobody@Local%20Folders/Old"',
  'condition="ALL"',
  '',
].join('\r\n');

describe('filters', () => {
  it('name the folders that they move and copy to, and nothing else', () => {
    expect(filterTargets(bytes(rules))).toEqual([
      { filter: 'Rechnungen „Ü“ "x"', enabled: true, uri: 'imap://a%40b@imap.example.org/Bills', line: 8 },
      { filter: 'Tagged', enabled: false, uri: 'mailbox://nobody@Local%20Folders/Old', line: 15 },
    ]);
  });

  it('are changed in that one value, also to one that needs escapes', () => {
    const after = withFilterTargets(bytes(rules), ({ filter }) => (filter === 'Tagged' ? 'x"\\ü' : null));
    expect(text(after)).toBe(rules.replace('mailbox://nobody@Local%20Folders/Old', 'x\\"\\\\ü'));
    expect(filterTargets(after)[1]?.uri).toBe('x"\\ü');
  });

  it('keep every byte where nothing is to change, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        expect(withFilterTargets(noise, () => null)).toEqual(new Uint8Array(noise));
        expect(withSavedSearchUris(noise, () => null)).toEqual(new Uint8Array(noise));
      }),
    );
  });

  it('come back as they were written', () => {
    const uri = fc.string({ minLength: 1 }).filter((one) => !/[\r\n\ud800-\udfff]/.test(one));
    fc.assert(
      fc.property(uri, (to) => {
        const after = withFilterTargets(bytes(rules), () => to);
        expect(filterTargets(after).map((target) => target.uri)).toEqual([to, to]);
      }),
    );
  });
});

describe('saved searches', () => {
  const file = [
    'version=1',
    'uri=imap://a@imap.example.org/INBOX/Mine',
    'searchFolderFlag=1024',
    'scope=imap://a@imap.example.org/INBOX|imap://a@imap.example.org/Sent',
    'terms=AND (subject,contains,uri=x)',
    'searchOnline=false',
    'uri=mailbox://nobody@smart%20mailboxes/Inbox',
    'scope=*',
    'terms=ALL',
    '',
  ].join('\n');

  it('name the folder that shows them and those that they look through', () => {
    expect(savedSearches(bytes(file))).toEqual([
      {
        uri: 'imap://a@imap.example.org/INBOX/Mine',
        scopes: ['imap://a@imap.example.org/INBOX', 'imap://a@imap.example.org/Sent'],
        uriLine: 2,
        scopeLine: 4,
      },
      { uri: 'mailbox://nobody@smart%20mailboxes/Inbox', scopes: [], uriLine: 7, scopeLine: 8 },
    ]);
  });

  it('are changed in those addresses alone, line ends and all', () => {
    const renamed = (uri: string): string | null =>
      uri.includes('imap.example.org') ? uri.replace('imap.example.org', 'mail.example.org') : null;
    expect(text(withSavedSearchUris(bytes(file), renamed))).toBe(
      file.replaceAll('imap.example.org', 'mail.example.org'),
    );
    const windows = file.replaceAll('\n', '\r\n');
    expect(text(withSavedSearchUris(bytes(windows), renamed))).toBe(
      windows.replaceAll('imap.example.org', 'mail.example.org'),
    );
  });
});
