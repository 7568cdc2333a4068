/**
 * `SHA256SUMS` as `sha256sum` of the GNU coreutils writes and `sha256sum -c` reads it: so a backup can be checked without
 * mailmend. A name with a line break or a backslash is escaped, and its line then begins with a backslash (coreutils
 * manual, "cksum output modes"; `\r` since 9.0).
 */

export interface Sum {
  /** Relative to the folder of the file, with forward slashes. */
  path: string;
  /** Hex. */
  sha256: string;
}

export function* printSums(sums: Iterable<Sum>): Generator<string> {
  for (const { path, sha256 } of sums) {
    const escaped = path.replace(/[\\\n\r]/g, (found) => escapes[found] ?? found);
    yield `${escaped === path ? '' : '\\'}${sha256}  ${escaped}\n`;
  }
}

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };
