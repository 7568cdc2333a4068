/**
 * `mail.ui-rdf.version` of a program: which of its start-up migrations a profile has behind it (formats.md 3.8).
 */

/** By the first number of the version; measured with 153 and 156. */
const known: ReadonlyMap<number, number> = new Map([
  [153, 61],
  [156, 62],
]);

/** Null: not known. A profile without it counts as new, and its program writes the right one at its first start. */
export function uiVersionOf(programVersion: string | null): number | null {
  return known.get(Number.parseInt(programVersion ?? '', 10)) ?? null;
}
