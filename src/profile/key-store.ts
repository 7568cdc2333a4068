/**
 * What a profile has to open its saved logins with: key4.db or the older key3.db, and cert9.db, which hides every
 * password when it is damaged (formats.md 4.2, 4.3). Nothing is decrypted.
 * Belongs here: the files side by side. key4.db from within is key4.ts.
 */

import path from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type DatabaseProblem, type OpenOptions, openDatabase } from './database.ts';
import { listFolder, readFileBytes } from './file-bytes.ts';
import { type Key4, readKey4 } from './key4.ts';

export interface KeyStore {
  key4: Key4;
  key3: { state: 'present' | 'missing' | 'empty' | 'not-berkeley-db' | 'unreadable' };
  cert9: {
    state: 'present' | DatabaseProblem;
    /** What SQLite or the system says; null when there is nothing to say. */
    why: string | null;
    /** NSS cannot open the pair: no login can be read although key4.db is fine. Missing and empty do no harm. */
    hidesPasswords: boolean;
  };
  /** The list of security modules; harmless when missing or damaged. */
  hasPkcs11: boolean;
  /** Names of older login stores: signons.sqlite, signons.txt, signons2.txt, signons3.txt. */
  signons: string[];
  /** The file that NSS takes its keys from: key4.db as soon as it is there, even if it cannot be used. */
  live: 'key4.db' | 'key3.db' | null;
}

/** Berkeley DB 1.85, hash; big-endian on every machine (nss.md 6.1). */
const berkeleyMagic = 0x00061561;
/** Damage for which NSS cannot open cert9.db. A missing or empty one it makes anew (measured with 153.7). */
const harmful: readonly DatabaseProblem[] = ['not-sqlite', 'truncated', 'damaged'];

export function readKeyStore(fs: ReadableFileSystem, profile: string, options: OpenOptions = {}): KeyStore {
  const names = listFolder(fs, profile)
    .filter((entry) => entry.kind !== 'folder')
    .map((entry) => entry.name);
  const key4 = readKey4(fs, profile, options);
  const key3 = readKey3(fs, profile);
  return {
    key4,
    key3,
    cert9: readCert9(fs, profile, options),
    hasPkcs11: names.includes('pkcs11.txt'),
    signons: names.filter((name) => /^signons(\d*\.txt|\.sqlite)$/.test(name)),
    live: key4.state !== 'missing' ? 'key4.db' : key3.state !== 'missing' ? 'key3.db' : null,
  };
}

function readKey3(fs: ReadableFileSystem, profile: string): KeyStore['key3'] {
  const file = readFileBytes(fs, path.join(profile, 'key3.db'), 64 * 1024 * 1024);
  if (file.state === 'missing') return { state: 'missing' };
  if (file.state !== 'read') return { state: 'unreadable' };
  if (file.size === 0) return { state: 'empty' };
  const magic = file.bytes.length < 4 ? null : Buffer.from(file.bytes).readUInt32BE(0);
  return { state: magic === berkeleyMagic ? 'present' : 'not-berkeley-db' };
}

function readCert9(fs: ReadableFileSystem, profile: string, options: OpenOptions): KeyStore['cert9'] {
  const opened = openDatabase(fs, path.join(profile, 'cert9.db'), { ...options, memoryOnly: true });
  if (opened.state !== 'open') {
    const why = opened.state === 'missing' ? null : opened.why;
    return { state: opened.state, why, hidesPasswords: harmful.includes(opened.state) };
  }
  try {
    const check = opened.database.quickCheck();
    if (check.sound) return { state: 'present', why: null, hidesPasswords: false };
    return { state: 'damaged', why: check.why, hidesPasswords: true };
  } finally {
    opened.database.close();
  }
}
