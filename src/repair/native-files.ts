/**
 * What Node's own file calls lose: nanoseconds of times, and extended attributes.
 * Belongs here: the shape only. src/system/native.ts calls the operating system; without it node-file-system.ts falls
 * back to Node, which keeps times to about a microsecond and knows no extended attributes.
 */

export interface NativeFiles {
  /** Does not follow links. */
  setTimes(path: string, times: { atimeNs: bigint; mtimeNs: bigint }): void;
  extendedAttributes(path: string): Map<string, Uint8Array>;
  setExtendedAttribute(path: string, name: string, value: Uint8Array): void;
}
