/**
 * /proc from a record: texts and links by path relative to /proc.
 */

import type { Proc } from '../../../src/system/proc.ts';

export function recordedProc(texts: Record<string, string>, links: Record<string, string> = {}): Proc {
  const paths = [...Object.keys(texts), ...Object.keys(links)];
  return {
    text: (path) => texts[path] ?? null,
    link: (path) => links[path] ?? null,
    names(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
      return [...new Set(below.map((path) => path.split('/')[0] ?? ''))];
    },
  };
}
