/**
 * News servers of before Thunderbird 3 saved user name and password as two logins, `…/#username` and `…/#password`, each
 * with its value as the password (nss.md 7). Here they become one.
 */

export interface HalfLogin<Value> {
  origin: string;
  password: Value;
}

export interface NewsPair<Value> {
  /** Address of the server or group, without the mark. */
  origin: string;
  /** Numbers of the two in the list that was given. */
  halves: [username: number, password: number];
  username: Value;
  password: Value;
}

const half = /^((?:news|nntp):\/\/.+?)\/?#(username|password)$/i;

/** Halves without their other one stay alone. */
export function newsPairs<Value>(logins: readonly HalfLogin<Value>[]): NewsPair<Value>[] {
  const names = new Map<string, number>();
  const passwords = new Map<string, number>();
  for (const [index, { origin }] of logins.entries()) {
    const [, address, kind] = half.exec(origin) ?? [];
    if (address === undefined || kind === undefined) continue;
    const halves = kind.toLowerCase() === 'username' ? names : passwords;
    if (!halves.has(address)) halves.set(address, index);
  }
  return [...names].flatMap(([origin, name]) => {
    const at = passwords.get(origin);
    const [username, password] = [logins[name], at === undefined ? undefined : logins[at]];
    if (at === undefined || username === undefined || password === undefined) return [];
    return [
      {
        origin,
        halves: [name, at] as [number, number],
        username: username.password,
        password: password.password,
      },
    ];
  });
}
