/**
 * Does this primary password open key4.db? Asked before a password is handed to Thunderbird, because a wrong one in
 * its prompt, followed by Cancel, makes version 153 die of SIGSEGV. The row `password` of metaData holds a salt and
 * a known text encrypted by PBES2 (nss.md).
 */

import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { derItems, parseDer } from '../../../src/formats/der.ts';

/** The hash of salt and password is chosen by the length of the salt. */
const hashBySaltLength = new Map([
  [20, 'sha1'],
  [32, 'sha256'],
  [48, 'sha384'],
  [64, 'sha512'],
]);

/** Null when it cannot be told: no file, or not of a form known here. */
export function primaryPasswordOpens(key4Db: string, password: string): boolean | null {
  if (!existsSync(key4Db)) return null;
  try {
    const { salt, item } = readPasswordRow(key4Db);
    const hash = hashBySaltLength.get(salt.length);
    if (hash === undefined) return null;
    // SEQUENCE { SEQUENCE { OID, SEQUENCE { SEQUENCE { OID, derivation }, SEQUENCE { OID, iv } } }, encrypted }
    const derivation = [0, 1, 0, 1];
    const secret = createHash(hash).update(salt).update(password, 'utf8').digest();
    const iterations = toNumber(elementAt(item, [...derivation, 1]));
    const keyLength = toNumber(elementAt(item, [...derivation, 2]));
    const key = pbkdf2Sync(secret, elementAt(item, [...derivation, 0]), iterations, keyLength, 'sha256');
    // NSS counts the DER header of this OCTET STRING, 04 0e, as the first two bytes of the vector.
    const iv = Buffer.concat([Buffer.from([0x04, 0x0e]), elementAt(item, [0, 1, 1, 1])]);
    return decrypts(key, iv, elementAt(item, [1]));
  } catch {
    return null;
  }
}

function decrypts(key: Buffer, iv: Buffer, encrypted: Uint8Array): boolean {
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  try {
    const text = Buffer.concat([decipher.update(encrypted), decipher.final()]).toString('latin1');
    return text === 'password-check';
  } catch {
    return false;
  }
}

function readPasswordRow(key4Db: string): { salt: Buffer; item: Buffer } {
  const database = new Database(readFileSync(key4Db));
  try {
    const row = database.prepare("SELECT item1 AS salt, item2 AS item FROM metaData WHERE id = 'password'");
    return row.get() as { salt: Buffer; item: Buffer };
  } finally {
    database.close();
  }
}

/** Content of the DER element that is reached by these positions. */
function elementAt(der: Buffer, path: number[]): Uint8Array {
  const element = path.reduce((value, position) => derItems(value)?.[position] ?? null, parseDer(der));
  return element?.content ?? new Uint8Array();
}

function toNumber(content: Uint8Array): number {
  return Buffer.from(content).readUIntBE(0, content.length);
}
