/**
 * An error message as it is pasted, brought to the words alone: no marks of a web page, no quoting, no accents, one kind
 * of quotes and blanks, lower case. Both sides of a comparison go through `folded`, so that it does not matter who
 * wrote ’ for ' or left an accent out.
 * Every step is one pass over the text.
 */

/** Of HTML only what messages hold; a name in angle brackets stays. */
const tag = /<\/?(?:a|b|br|code|div|em|i|li|ol|p|pre|span|strong|t[dhr]|table|tbody|u|ul)(?:\s[^<>]*)?\/?>/gi;
const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi;
const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  hellip: '…',
  laquo: '«',
  ldquo: '“',
  lsquo: '‘',
  lt: '<',
  mdash: '-',
  nbsp: ' ',
  ndash: '-',
  quot: '"',
  raquo: '»',
  rdquo: '”',
  rsquo: '’',
  shy: '',
};

/** Soft hyphens, zero-width characters and marks of direction. */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** The text as a reader sees it: no tags, no `&quot;`, no `>` of a quoted mail in front of its lines. */
export function readable(text: string): string {
  return text
    .replace(tag, ' ')
    .replace(entity, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return namedEntities[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    })
    .replace(unseen, '')
    .normalize('NFKC')
    .replace(/^[ \t]*>[> \t]*/gm, '');
}

/** Lower case, without accents, with plain quotes and single blanks. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[‘’‚‛′´`]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/\s+/g, ' ');
}
