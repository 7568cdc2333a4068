/**
 * The path in a macOS alias record. Old programs of the family (Gecko 1.9, Postbox 1 and 2) wrote the place of a profile
 * outside their root into profiles.ini as such a record in base64, and later ones still read it.
 * Layout: 8 bytes of header with the version at 6, then 142 (version 2) or 50 (version 3) bytes of fixed fields, then
 * tagged values of even length; tag 18 is the path within the volume, tag 19 where the volume is mounted.
 */

const fixedFields: Readonly<Record<number, number>> = { 2: 142, 3: 50 };
const tag = { end: -1, pathInVolume: 18, mountPoint: 19 };

/** The absolute path that the record names; null where `text` is no such record or holds no path. Never throws. */
export function macAliasPath(text: string): string | null {
  if (!/^[A-Za-z0-9+/]{40,}={0,2}$/.test(text)) return null;
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  const view = new DataView(bytes.buffer);
  const fixed = bytes.length > 8 ? fixedFields[view.getInt16(6)] : undefined;
  if (fixed === undefined) return null;
  const values = readTags(view, bytes, 8 + fixed);
  const path = values.get(tag.pathInVolume);
  if (path === undefined || path === '') return null;
  const mount = values.get(tag.mountPoint) ?? '/';
  return `${mount.endsWith('/') ? mount : `${mount}/`}${path.replace(/^\/+/, '')}`;
}

/** What is complete of the tagged values, as text. */
function readTags(view: DataView, bytes: Uint8Array, start: number): Map<number, string> {
  const values = new Map<number, string>();
  for (let at = start; at + 4 <= bytes.length; ) {
    const id = view.getInt16(at);
    const length = view.getUint16(at + 2);
    if (id === tag.end || at + 4 + length > bytes.length) break;
    values.set(id, new TextDecoder().decode(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length + (length % 2);
  }
  return values;
}
