/**
 * signons.txt, signons2.txt and signons3.txt (nss.md 7): the saved logins of programs before Gecko 1.9.1, line by line.
 * Nobody has seen a header later than #2e; one is read like it.
 */

import type { StoredLogin } from './stored-login.ts';

export type SignonsText =
  | {
      state: 'read';
      /** `2c`, `2d`, `2e`, or what stands there. */
      version: string;
      logins: StoredLogin[];
      neverSaved: string[];
      /** The last entry is not whole: the file was cut off. */
      cutOff: boolean;
    }
  | { state: 'not-signons' };

const headline = /^#2([c-z])$/;

export function parseSignonsText(text: string): SignonsText {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const version = headline.exec(lines[0] ?? '')?.[1];
  if (version === undefined) return { state: 'not-signons' };
  const cursor = new Lines(lines.slice(1));
  const neverSaved: string[] = [];
  for (let line = cursor.next(); line !== null && line !== '.'; line = cursor.next()) neverSaved.push(line);
  const logins: StoredLogin[] = [];
  let cutOff = false;
  for (let place = cursor.next(); place !== null; place = cursor.next()) {
    if (place === '' && cursor.atEnd) break;
    cutOff = !readPlace(place, version, cursor, logins);
  }
  return { state: 'read', version: `2${version}`, logins, neverSaved, cutOff };
}

/** @returns false when the file ends before its last dot. */
function readPlace(place: string, version: string, cursor: Lines, logins: StoredLogin[]): boolean {
  const [, origin = place, realm] = /^(.+?)(?: \((.*)\))?$/.exec(place) ?? [];
  for (let field = cursor.next(); field !== '.'; field = cursor.next()) {
    const username = cursor.next();
    const passwordField = cursor.next();
    const password = cursor.next();
    const submit = version === 'c' ? '' : cursor.next();
    if (version > 'd') cursor.next();
    if (field === null || username === null || passwordField === null || password === null || submit === null)
      return false;
    const isForm = realm === undefined && (submit !== '' || version === 'c');
    logins.push({
      origin,
      realm: realm ?? null,
      formSubmitUrl: isForm ? submit : null,
      usernameField: field,
      passwordField: passwordField.replace(/^\*/, ''),
      encryptedUsername: username,
      encryptedPassword: password,
      guid: null,
      timeCreated: null,
      timeLastUsed: null,
      timePasswordChanged: null,
      timesUsed: null,
    });
  }
  return true;
}

class Lines {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  get atEnd(): boolean {
    return this.#at >= this.#lines.length;
  }

  next(): string | null {
    const line = this.#lines[this.#at] ?? null;
    this.#at += 1;
    return line;
  }
}
