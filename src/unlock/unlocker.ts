/**
 * `--unlock`: lets checks know which saved logins can be read, without telling them a password. The key stores are
 * opened once, which takes time; what they open is then looked at for every tree that a plan would make.
 */

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { withKeyRows } from '../formats/nss/key4-file.ts';
import { furtherKey, type KeyStoreRows } from '../formats/nss/key4-write.ts';
import type { Secret } from '../formats/secret.ts';
import { sqliteEngine } from '../formats/sqlite.ts';
import { listFolder, readFileBytes } from '../profile/file-bytes.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { sha256 } from '../repair/hash.ts';
import { openKeyStore } from './open-key-store.ts';
import type { MendedKeyStore, OpenedRow, UnlockedFacts, UnlockedKey, UnlockedKeyStore } from './opened.ts';
import { type OtherKeyStore, otherKeyStores } from './other-key-stores.ts';
import { loginsOf, openPassPhrase } from './unlock-profile.ts';

/** What checks may know about the profile as this file system shows it. */
export type Unlocker = (view: ReadableFileSystem) => UnlockedFacts;

const maxBytes = 64 * 1024 * 1024;
const lists = /^logins(-backup)?\.json$|^logins\.json(-\d+)?\.corrupt(-\d+)?$/;
const passPhrase = 'encrypted-openpgp-passphrase.txt';

/** @param password the primary password; null: none was given. */
export async function makeUnlocker(
  fs: ReadableFileSystem,
  profile: string,
  password: Secret | null,
): Promise<Unlocker> {
  const own = await openKeyStore(fs, profile, password);
  const others = await otherKeyStores(fs, profile, own.file, password);
  const known = new Map([[hashOf(fs, profile, own.file), own]]);
  const needed = neededKeys(fs, profile, own, others);
  const mended = await mend(fs, profile, own, needed);
  if (mended !== null) known.set(sha256(Buffer.from(mended.content, 'base64')), mended.store);
  return (view) => {
    const file =
      view.stat(path.join(profile, 'key4.db')) === null && own.file !== 'key4.db' ? own.file : 'key4.db';
    const store = known.get(hashOf(view, profile, file)) ?? unknownStore(file);
    return {
      store: { file: store.file, state: store.state, why: store.why },
      rows: rowsOf(view, profile, store, others),
      openPgp: openPassPhrase(view, path.join(profile, passPhrase), store).state,
      openPgpAside: namesOf(view, profile)
        .filter((name) => name.startsWith(`${passPhrase}.corrupt`))
        .map((name) => ({
          file: name,
          readable: openPassPhrase(view, path.join(profile, name), store).state === 'read',
        })),
      mended:
        store === own && mended !== null
          ? { content: mended.content, from: mended.from, seals: mended.seals }
          : null,
    };
  };
}

const unknownStore = (file: UnlockedKeyStore['file']): UnlockedKeyStore => ({
  file,
  state: 'damaged',
  why: 'it is another one than when it was opened',
  keys: [],
  writable: null,
});

function rowsOf(
  view: ReadableFileSystem,
  profile: string,
  store: UnlockedKeyStore,
  others: readonly OtherKeyStore[],
): Map<string, Map<number, OpenedRow>> {
  const files = namesOf(view, profile).filter((name) => lists.test(name));
  return new Map(
    files.map((file) => {
      const elsewhere = others.map((other) => ({
        ...other,
        rows: loginsOf(view, profile, file, other.store),
      }));
      const rows = loginsOf(view, profile, file, store).map(
        ({ saved, username, unreadable, emptied, refused }, index): [number, OpenedRow] => {
          const by = elsewhere.find(({ rows: opened }) => opened[index]?.unreadable === null);
          const openedBy = unreadable === null ? null : (by?.name ?? null);
          return [saved.offset, { username, unreadable, emptied, refused, openedBy }];
        },
      );
      return [file, new Map(rows)];
    }),
  );
}

interface NeededKey {
  from: string;
  key: UnlockedKey;
}

/** Keys of other stores that open what the own one does not, and own ones that the program refuses. */
function neededKeys(
  fs: ReadableFileSystem,
  profile: string,
  own: UnlockedKeyStore,
  others: readonly OtherKeyStore[],
): NeededKey[] {
  const needed: NeededKey[] = own.keys
    .filter(({ mac }) => mac === 'missing' || mac === 'wrong')
    .map((key) => ({ from: own.file ?? '', key }));
  const opens = (store: UnlockedKeyStore): number =>
    [...rowsOf(fs, profile, store, []).values()]
      .flatMap((rows) => [...rows.values()])
      .filter(({ unreadable }) => unreadable === null).length +
    (openPassPhrase(fs, path.join(profile, passPhrase), store).state === 'read' ? 1 : 0);
  let reached = { ...own, keys: own.keys };
  for (const { name, store } of others) {
    for (const key of store.keys) {
      const isThere = reached.keys.some((one) => Buffer.compare(one.value.bytes, key.value.bytes) === 0);
      const further = { ...reached, keys: [...reached.keys, key] };
      if (isThere || opens(further) <= opens(reached)) continue;
      needed.push({ from: name, key });
      reached = further;
    }
  }
  return needed;
}

async function mend(
  fs: ReadableFileSystem,
  profile: string,
  own: UnlockedKeyStore,
  needed: readonly NeededKey[],
): Promise<(MendedKeyStore & { store: UnlockedKeyStore }) | null> {
  const engine = sqliteEngine();
  const read = readFileBytes(fs, path.join(profile, 'key4.db'), maxBytes);
  if (needed.length === 0 || own.writable === null || engine === null || read.state !== 'read') return null;
  const rows: KeyStoreRows = { metaData: [], nssPrivate: [] };
  const takenIds = new Set(own.writable.takenIds);
  for (const { key } of needed) {
    const made = await furtherKey(
      { cipher: key.cipher, value: key.value },
      { ...own.writable, takenIds },
      randomBytes,
    );
    rows.metaData.push(...made.rows.metaData);
    rows.nssPrivate.push(...made.rows.nssPrivate);
    takenIds.add(made.key.id);
  }
  const written = withKeyRows(engine, read.bytes, rows);
  if (written.state !== 'written') return null;
  const ownName = own.file ?? '';
  return {
    content: Buffer.from(written.bytes).toString('base64'),
    from: [...new Set(needed.map(({ from }) => from).filter((from) => from !== ownName))],
    seals: needed.some(({ from }) => from === ownName),
    store: {
      ...own,
      keys: [...needed.map(({ key }) => ({ ...key, mac: 'verified' as const })), ...own.keys],
      writable: { ...own.writable, takenIds },
    },
  };
}

const namesOf = (view: ReadableFileSystem, profile: string): string[] =>
  listFolder(view, profile)
    .filter(({ kind }) => kind === 'file')
    .map(({ name }) => name)
    .sort();

/** "" where there is no file. */
function hashOf(view: ReadableFileSystem, profile: string, file: string | null): string {
  if (file === null) return '';
  const read = readFileBytes(view, path.join(profile, file), maxBytes);
  return read.state === 'read' ? sha256(read.bytes) : '';
}
