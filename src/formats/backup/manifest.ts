/**
 * `manifest.jsonl` of a backup: what was copied, with everything that a file is besides its bytes. One JSON object a
 * line: a head, one line for each file, folder and link, and an end that holds the number of entries and the sha256 of
 * all lines before it. Lines, so that a damaged one costs one entry, and that a million entries need no text of their
 * size in one piece.
 * Belongs here: the shape, printing and parsing. Parsed entries are names to compare with, never paths to open.
 */

import { createHash } from 'node:crypto';

export const manifestFormat = 'mailmend/backup-manifest@1';

/** What stands at the top of a backup and holds copies; everything else there is about the backup. */
export const copyRoots = ['profile', 'outside', 'registry'] as const;

export interface ManifestHead {
  format: typeof manifestFormat;
  /** ISO 8601, when it was finished. */
  made: string;
  /** Version of mailmend. */
  by: string;
  profile: { path: string; name: string | null; program: string; version: string | null };
  /** Where the parts of the backup come from. */
  sources: { into: string; from: string; why: string }[];
  /** What the backup lacks. Not empty: it is not complete. */
  leftOut: { what: string; reason: string }[];
  /** What no backup needs: lock files, pipes. */
  notCopied: { what: string; reason: string }[];
  /** What the disk of the backup does not keep: permissions … */
  notKept: string[];
}

interface EntryBase {
  /** Within the backup, with forward slashes: `profile/Mail/Local Folders/Inbox`. */
  path: string;
  /** Octal digits. */
  mode: string;
  uid: number;
  gid: number;
  /** Nanoseconds since 1970. */
  mtimeNs: string;
  /** Extended attributes: name to base64. */
  attributes: Record<string, string>;
}

export interface FileEntry extends EntryBase {
  kind: 'file';
  size: number;
  sha256: string;
}

export interface FolderEntry extends EntryBase {
  kind: 'folder';
}

export interface LinkEntry extends EntryBase {
  kind: 'link';
  target: string;
  /** The disk of the backup cannot hold links: this line is all there is of it. */
  onlyNoted: boolean;
}

export type ManifestEntry = FileEntry | FolderEntry | LinkEntry;

export interface Manifest {
  head: ManifestHead;
  entries: ManifestEntry[];
}

/** `damage` in words; empty for a manifest that is as it was printed. */
export interface ParsedManifest {
  /** Null: its first line cannot be read. */
  head: ManifestHead | null;
  entries: ManifestEntry[];
  damage: string[];
}

/** The lines, each with its end. The order of entries is kept. */
export function* printManifest({ head, entries }: Manifest): Generator<string> {
  const hash = createHash('sha256');
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line(head);
  for (const entry of entries) yield line(entry);
  yield `${JSON.stringify({ entries: entries.length, sha256: hash.digest('hex') })}\n`;
}

/** Never throws. Linear: every byte is looked at once for line ends, once by the hash and once by JSON. */
export function parseManifest(bytes: Uint8Array): ParsedManifest {
  const lines = linesOf(bytes);
  const end = parseEnd(lines.at(-1));
  const body = end === null ? lines : lines.slice(0, -1);
  const head = parseHead(body[0]);
  const damage: string[] = [];
  if (head === null) damage.push('its first line cannot be read');
  const entries: ManifestEntry[] = [];
  const seen = new Set<string>();
  let unreadable = 0;
  for (const line of body.slice(1)) {
    const entry = parseEntry(line);
    if (entry === null) unreadable++;
    else if (seen.has(entry.path)) damage.push(`it names ${entry.path} twice`);
    else {
      seen.add(entry.path);
      entries.push(entry);
    }
  }
  if (unreadable > 0) damage.push(`${unreadable} of its lines cannot be read`);
  if (end === null) damage.push('its end is missing');
  else if (end.entries !== body.length - 1 || end.sha256 !== sha256OfLines(body))
    damage.push('it was changed after the backup was made');
  return { head, entries, damage };
}

/**
 * `profile/Mail/Inbox`: relative, within one of the folders that hold copies, no empty part, `.`, `..` or NUL.
 */
export function isCopyPath(path: string): boolean {
  const [root, ...rest] = path.split('/');
  if (!copyRoots.some((one) => one === root) || path.includes('\0')) return false;
  return rest.every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Each with its line end, where it has one. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(0x0a, start);
    const end = found === -1 ? bytes.length : found + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

function sha256OfLines(lines: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line);
  return hash.digest('hex');
}

type Fields = Record<string, unknown>;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseLine(line: Uint8Array | undefined): Fields | null {
  if (line === undefined) return null;
  try {
    return fieldsOf(JSON.parse(decoder.decode(line)));
  } catch {
    return null;
  }
}

function parseEnd(line: Uint8Array | undefined): { entries: number; sha256: string } | null {
  const { entries, sha256 } = parseLine(line) ?? {};
  return typeof entries === 'number' && typeof sha256 === 'string' ? { entries, sha256 } : null;
}

function parseHead(line: Uint8Array | undefined): ManifestHead | null {
  const fields = parseLine(line);
  const profile = fieldsOf(fields?.profile);
  if (fields === null || profile === null || fields.format !== manifestFormat) return null;
  const { made, by } = fields;
  const { path } = profile;
  if (typeof made !== 'string' || typeof by !== 'string' || typeof path !== 'string') return null;
  return {
    format: manifestFormat,
    made,
    by,
    profile: {
      path,
      name: textOrNull(profile.name),
      program: textOrNull(profile.program) ?? 'unknown',
      version: textOrNull(profile.version),
    },
    sources: records(fields.sources, 'into', 'from', 'why'),
    leftOut: records(fields.leftOut, 'what', 'reason'),
    notCopied: records(fields.notCopied, 'what', 'reason'),
    notKept: list(fields.notKept).filter((item): item is string => typeof item === 'string'),
  };
}

function parseEntry(line: Uint8Array): ManifestEntry | null {
  const fields = parseLine(line);
  const base = fields === null ? null : parseBase(fields);
  if (fields === null || base === null) return null;
  const { kind, size, sha256, target, onlyNoted } = fields;
  if (kind === 'folder') return { ...base, kind };
  if (kind === 'link' && typeof target === 'string')
    return { ...base, kind, target, onlyNoted: onlyNoted === true };
  const sound = typeof size === 'number' && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256);
  return kind === 'file' && sound ? { ...base, kind, size, sha256 } : null;
}

function parseBase(fields: Fields): EntryBase | null {
  const { path, mode, uid, gid, mtimeNs } = fields;
  const attributes = fieldsOf(fields.attributes);
  if (typeof path !== 'string' || !isCopyPath(path) || attributes === null) return null;
  if (typeof mode !== 'string' || typeof uid !== 'number' || typeof gid !== 'number') return null;
  if (typeof mtimeNs !== 'string' || !/^-?\d{1,30}$/.test(mtimeNs)) return null;
  const values = Object.entries(attributes).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return { path, mode, uid, gid, mtimeNs, attributes: Object.fromEntries(values) };
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The items that have all these fields as texts. */
function records<Key extends string>(value: unknown, ...keys: Key[]): Record<Key, string>[] {
  return list(value).flatMap((item) => {
    const fields = fieldsOf(item);
    if (fields === null || keys.some((key) => typeof fields[key] !== 'string')) return [];
    return [Object.fromEntries(keys.map((key) => [key, fields[key]])) as Record<Key, string>];
  });
}
