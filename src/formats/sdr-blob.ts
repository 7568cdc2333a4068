/**
 * The container of a saved user name or password (nss.md 2): base64 of DER, or, in very old stores, `~` and plain base64.
 * Belongs here: taking it apart. What it says about itself is sdr.ts; opening it is nss/sdr-decrypt.ts.
 */

import { derItems, derOctets, derOid, parseDer } from './der.ts';

export type SdrCipher = '3des' | 'aes256' | 'unknown';

export type SdrBlob =
  | {
      state: 'ok';
      cipher: SdrCipher;
      /** Lower-case hex. */
      keyId: string;
      vector: Uint8Array;
      encrypted: Uint8Array;
    }
  /** Not encrypted at all: the bytes of the text itself. */
  | { state: 'obfuscated'; plain: Uint8Array | null }
  | { state: 'not-base64' | 'not-der' };

const ciphers: ReadonlyMap<string, { cipher: SdrCipher; ivLength: number }> = new Map([
  ['1.2.840.113549.3.7', { cipher: '3des', ivLength: 8 }],
  ['2.16.840.1.101.3.4.1.42', { cipher: 'aes256', ivLength: 16 }],
]);

export function parseSdrBlob(base64: string): SdrBlob {
  // Decided by the mark, not by encType (nss.md 3).
  if (base64.startsWith('~')) return { state: 'obfuscated', plain: decodeBase64(base64.slice(1)) };
  const bytes = decodeBase64(base64);
  if (bytes === null) return { state: 'not-base64' };
  const [keyId, algorithm, data, ...rest] = derItems(parseDer(bytes)) ?? [];
  const [oid, iv, ...parameters] = derItems(algorithm) ?? [];
  const id = derOctets(keyId);
  const name = derOid(oid);
  const vector = derOctets(iv);
  const encrypted = derOctets(data);
  const whole = rest.length === 0 && parameters.length === 0;
  if (!whole || encrypted === null || id === null || name === null || vector === null) {
    return { state: 'not-der' };
  }
  const known = ciphers.get(name);
  if (known !== undefined && known.ivLength !== vector.length) return { state: 'not-der' };
  const cipher = known?.cipher ?? 'unknown';
  return { state: 'ok', cipher, keyId: Buffer.from(id).toString('hex'), vector, encrypted };
}

/** The standard alphabet, padded; white space between is let pass, as NSS does. */
function decodeBase64(text: string): Uint8Array | null {
  const compact = text.replace(/[\t\n\r ]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return null;
  return Buffer.from(compact, 'base64');
}
