/**
 * key4.db as NSS lays it out (nss.md 1), with nothing in it that opens anything.
 */

import Database from 'better-sqlite3';
import { pbes2Blob } from '../../formats/support/write-der.ts';

export interface Key4Parts {
  /** Bytes of item1 and item2 of the row `password`; null = no such row. */
  password?: { salt: number; check: Uint8Array } | null;
  keys?: { id: number; type: '3des' | 'aes256'; value?: Uint8Array; keyId?: string; objectClass?: string }[];
  /** Ids of rows in metaData. */
  macs?: string[];
  withMetaData?: boolean;
}

const keyTypes = { '3des': '00000015', aes256: '0000001f' };

export function key4Bytes({ password, keys = [], macs = [], withMetaData = true }: Key4Parts): Buffer {
  const database = new Database(':memory:');
  try {
    database.exec(
      'CREATE TABLE nssPrivate (id PRIMARY KEY UNIQUE ON CONFLICT ABORT, a0, a1, a3, a11, a100, a102, a161)',
    );
    const key = database.prepare('INSERT INTO nssPrivate VALUES (?, ?, ?, ?, ?, ?, ?, NULL)');
    const hex = (text: string): Buffer => Buffer.from(text, 'hex');
    for (const {
      id,
      type,
      value = pbes2Blob(1),
      keyId = 'f8000000000000000000000000000001',
      objectClass = '00000004',
    } of keys) {
      key.run(id, hex(objectClass), hex('01'), hex('a5005a'), value, hex(keyTypes[type]), hex(keyId));
    }
    if (withMetaData) {
      database.exec('CREATE TABLE metaData (id PRIMARY KEY UNIQUE ON CONFLICT REPLACE, item1, item2)');
      const row = database.prepare('INSERT INTO metaData VALUES (?, ?, ?)');
      if (password) row.run('password', Buffer.alloc(password.salt, 1), password.check);
      for (const mac of macs) row.run(mac, Buffer.alloc(40), null);
    }
    return Buffer.from(database.serialize());
  } finally {
    database.close();
  }
}
