/**
 * The envelope of a password backup: which members it has, and how large anything in it may be. A file from somebody
 * else must not make mailmend derive a key for hours or take all memory.
 * Belongs here: text -> checked members. What is done with them is password-backup.ts.
 */

import { z } from 'zod';

const schemaName = 'mailmend/password-backup@';
const version = 1;
/** Bytes. The logins of a profile are some 100 kB. */
const maxFile = 64 * 1024 * 1024;
/** Bytes that scrypt may take: 128 N r. A backup of ours takes 128 MiB. */
const maxMemory = 512 * 1024 * 1024;
/** N r p: eight times the work of a backup of ours. */
const maxWork = 2 ** 23;

const base64 = (least: number, most = least): z.ZodType<string> =>
  z.string().refine((text) => {
    const bytes = Buffer.from(text, 'base64');
    // Node skips what is no base64; only what prints again as the same text is one.
    return bytes.length >= least && bytes.length <= most && bytes.toString('base64') === text;
  });

const whole = (least: number, most: number): z.ZodNumber => z.number().int().min(least).max(most);

const envelope = z.strictObject({
  schema: z.literal(`${schemaName}${version}`),
  kdf: z
    .strictObject({
      name: z.literal('scrypt'),
      N: whole(2 ** 10, 2 ** 22),
      r: whole(1, 64),
      p: whole(1, 64),
      salt: base64(16, 64),
    })
    .refine(
      ({ N, r, p }) => Number.isInteger(Math.log2(N)) && 128 * N * r <= maxMemory && N * r * p <= maxWork,
    ),
  cipher: z.literal('aes-256-gcm'),
  iv: base64(12),
  check: base64(32),
  tag: base64(16),
  data: base64(0, maxFile),
  sha256: base64(32),
});

export type PasswordBackupEnvelope = z.infer<typeof envelope>;

export type ReadEnvelope =
  | { state: 'read'; envelope: PasswordBackupEnvelope }
  | { state: 'damaged'; why: string }
  | { state: 'not-a-backup' }
  | { state: 'too-new'; version: number };

/** Never throws. */
export function openEnvelope(bytes: Uint8Array): ReadEnvelope {
  const beginning = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  if (!beginning.includes(schemaName)) return { state: 'not-a-backup' };
  if (bytes.length > maxFile) return { state: 'damaged', why: 'it is larger than any password backup' };
  const json = parse(bytes);
  if (json === null) return { state: 'damaged', why: 'it is cut short or changed: it is no JSON' };
  const found = versionOf(json);
  if (found !== null && found > version) return { state: 'too-new', version: found };
  const read = envelope.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { state: 'damaged', why: `${issue?.path.join('.') || 'a member'} is not what it should be` };
  }
  return { state: 'read', envelope: read.data };
}

/** What GCM and the check value authenticate beside the content: always the same bytes for the same members. */
export function printHeader({
  schema,
  kdf: { name, N, r, p, salt },
  cipher,
  iv,
}: Pick<PasswordBackupEnvelope, 'schema' | 'kdf' | 'cipher' | 'iv'>): Uint8Array {
  return Buffer.from(JSON.stringify({ schema, kdf: { name, N, r, p, salt }, cipher, iv }));
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function versionOf(json: unknown): number | null {
  const read = z
    .object({ schema: z.string().regex(/^mailmend\/password-backup@[1-9]\d{0,5}$/) })
    .safeParse(json);
  return read.success ? Number(read.data.schema.slice(schemaName.length)) : null;
}
