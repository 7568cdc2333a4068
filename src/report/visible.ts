/**
 * Makes text out of a profile harmless and honest to print (design.md 6.11): what a terminal would obey or hide is
 * written out. `\u{1b}` stands for an escape character, `\u{202e}` for one that turns the reading direction.
 */

/**
 * C0 and C1 controls (C1 holds the one-byte CSI), line and paragraph separators, everything that changes the reading
 * direction, characters without width that make two names look alike, invisible tags, lone surrogates.
 * ZWJ and ZWNJ stay: emoji and Persian need them.
 */
const obeyedOrHidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** One line of printable text; everything else is the same text. */
export function visible(text: string): string {
  return text.replace(obeyedOrHidden, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}

/** JSON text in which nothing is left for a terminal to obey. The value it stands for is the same. */
export function visibleJson(json: string): string {
  return json.replace(obeyedOrHidden, (found) => (found === '\n' ? found : unicodeEscapes(found)));
}

function unicodeEscapes(text: string): string {
  return Array.from(
    { length: text.length },
    (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
