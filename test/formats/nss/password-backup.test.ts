import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPasswordBackup, sealPasswordBackup } from '../../../src/formats/nss/password-backup.ts';
import { Secret } from '../../../src/formats/secret.ts';
import { countedRandom } from './support/counted-random.ts';

const secret = (text: string): Secret => new Secret(Buffer.from(text));
const content = Buffer.from('{"logins":["invented pässword"]}');
const passPhrase = secret('six invented wörds');
let file: Uint8Array;

beforeAll(async () => {
  file = await sealPasswordBackup(content, passPhrase, countedRandom());
});

interface Envelope extends Record<string, unknown> {
  kdf: Record<string, unknown>;
}

const members = (): Envelope => JSON.parse(Buffer.from(file).toString());
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** Changed by somebody who knows how the checksum is made. */
function changed(change: (envelope: Envelope) => void): Uint8Array {
  const envelope = members();
  change(envelope);
  const { schema, kdf, cipher, iv, check, tag, data } = envelope;
  const { name, N, r, p, salt } = kdf;
  const header = JSON.stringify({ schema, kdf: { name, N, r, p, salt }, cipher, iv });
  const sha256 = createHash('sha256').update(`${header}\n${check}\n${tag}\n${data}`).digest('base64');
  return bytesOf({ ...envelope, sha256 });
}

const flipFirst = (text: unknown): string => {
  const bytes = Buffer.from(String(text), 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
};

describe('a password backup', () => {
  it('gives back under its pass phrase what was put in, byte for byte', async () => {
    const opened = await openPasswordBackup(file, passPhrase);
    expect(opened.state === 'opened' && Buffer.from(opened.content).equals(content)).toBe(true);
  });

  it('may be empty, and may be large', async () => {
    for (const size of [0, 3_000_000]) {
      const sealed = await sealPasswordBackup(Buffer.alloc(size, 7), passPhrase, countedRandom());
      const opened = await openPasswordBackup(sealed, passPhrase);
      expect(opened.state === 'opened' && opened.content.length).toBe(size);
    }
  });

  it('says how it was made, and shows nothing of what is in it', () => {
    expect(members()).toMatchObject({
      schema: 'mailmend/password-backup@1',
      kdf: { name: 'scrypt', N: 131_072, r: 8, p: 1 },
      cipher: 'aes-256-gcm',
    });
    expect(Buffer.from(file).includes('invented')).toBe(false);
  });

  it('opens after an editor laid it out on many lines', async () => {
    const laidOut = Buffer.from(`${JSON.stringify(members(), null, 2).replaceAll('\n', '\r\n')}\r\n`);
    expect((await openPasswordBackup(laidOut, passPhrase)).state).toBe('opened');
  });

  it.each(['six invented words', 'six invented wörds ', 'SIX INVENTED WÖRDS', ''])(
    'tells a wrong pass phrase (%j) from damage',
    async (wrong) => {
      expect(await openPasswordBackup(file, secret(wrong))).toEqual({ state: 'wrong-pass-phrase' });
    },
  );
});

describe('a password backup that is not as it was made', () => {
  it('is refused with any one byte changed, and not as a wrong pass phrase', async () => {
    const states = new Set<string>();
    for (let at = 0; at < file.length; at++) {
      for (const mask of [0x01, 0x20, 0x80]) {
        const other = Uint8Array.from(file);
        other[at] = (other[at] ?? 0) ^ mask;
        states.add((await openPasswordBackup(other, passPhrase)).state);
      }
    }
    expect([...states].sort()).toEqual(['damaged', 'not-a-backup']);
  });

  it('is damaged when cut short anywhere behind its name', async () => {
    for (let length = 40; length < file.length; length++) {
      expect((await openPasswordBackup(file.subarray(0, length), passPhrase)).state).toBe('damaged');
    }
  });

  it('is refused when only content, tag or header was changed and the checksum made anew', async () => {
    const content = changed((envelope) => Object.assign(envelope, { data: flipFirst(envelope.data) }));
    const tag = changed((envelope) => Object.assign(envelope, { tag: flipFirst(envelope.tag) }));
    const vector = changed((envelope) => Object.assign(envelope, { iv: flipFirst(envelope.iv) }));
    const salt = changed((envelope) => Object.assign(envelope.kdf, { salt: flipFirst(envelope.kdf.salt) }));
    expect((await openPasswordBackup(content, passPhrase)).state).toBe('damaged');
    expect((await openPasswordBackup(tag, passPhrase)).state).toBe('damaged');
    expect((await openPasswordBackup(vector, passPhrase)).state).toBe('wrong-pass-phrase');
    expect((await openPasswordBackup(salt, passPhrase)).state).toBe('wrong-pass-phrase');
  });

  it.each([
    ['more memory than any backup takes', { N: 2 ** 22, r: 32 }],
    ['work for hours', { N: 2 ** 19, r: 8, p: 64 }],
    ['hardly any work', { N: 2 }],
    ['an N that is no power of two', { N: 131_071 }],
    ['an N that is no number', { N: '131072' }],
    ['an N beyond all numbers', { N: 1e300 }],
    ['no blocks', { r: 0 }],
    ['less than one thread', { p: -1 }],
    ['half a thread', { p: 0.5 }],
    ['another function', { name: 'none' }],
    ['no salt', { salt: '' }],
    ['an endless salt', { salt: 'AAAA'.repeat(1000) }],
    ['what no backup has', { extra: 1 }],
  ])('is refused before its key is derived when it asks for %s', async (_what, parameters) => {
    const hostile = changed((envelope) => Object.assign(envelope.kdf, parameters));
    const opened = await openPasswordBackup(hostile, passPhrase);
    expect(opened).toEqual({ state: 'damaged', why: expect.stringContaining('kdf') });
  });

  it.each([
    ['an initial vector of another length', { iv: 'AAAA' }],
    ['a short tag', { tag: 'AAAAAA==' }],
    ['a short check value', { check: 'AAAA' }],
    ['base64 with something between', { data: 'AA AA' }],
    ['another cipher', { cipher: 'aes-256-ecb' }],
    ['no content', { data: undefined }],
  ])('is refused with %s', async (_what, parameters) => {
    const hostile = changed((envelope) => Object.assign(envelope, parameters));
    expect((await openPasswordBackup(hostile, passPhrase)).state).toBe('damaged');
  });

  it('is too new when a later mailmend made it, whatever else stands in it', async () => {
    const later = bytesOf({ schema: 'mailmend/password-backup@2', anything: true });
    expect(await openPasswordBackup(later, passPhrase)).toEqual({ state: 'too-new', version: 2 });
  });

  it.each(['', '{}', 'null', '[]', 'a letter', '{"schema":"mailmend/plan@1"}'])(
    'is no backup at all when it is %j',
    async (text) => {
      expect(await openPasswordBackup(Buffer.from(text), passPhrase)).toEqual({ state: 'not-a-backup' });
    },
  );
});
