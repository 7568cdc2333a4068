/**
 * folderCache.json: what the program last knew of each folder, by the absolute path of its index (formats.md 5.7).
 * The paths are those of the computer that wrote it.
 */

export interface CachedFolder {
  /** With `/` on every system. */
  index: string;
  /** Null: never counted (-1) or not there. */
  messages: number | null;
  /** Bytes of the store; null: not known. */
  bytes: number | null;
}

/** Empty for what is no such file. Never throws. */
export function parseFolderCache(source: Uint8Array): CachedFolder[] {
  const root = parsed(source);
  if (!isRecord(root)) return [];
  return Object.entries(root).flatMap(([index, value]) =>
    isRecord(value)
      ? [
          {
            index: index.replaceAll('\\', '/'),
            messages: countOf(value.totalMsgs),
            bytes: countOf(value.folderSize),
          },
        ]
      : [],
  );
}

function parsed(source: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(source));
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
