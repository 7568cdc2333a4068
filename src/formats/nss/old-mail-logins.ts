/**
 * Mail logins of before Thunderbird 3 in the form of today (nss.md 7): the user name stood in the address, the field
 * names were `\=username=\` and `\=password=\`, news servers had two entries. Web rows of #2c and #2d named the port.
 */

export interface ClearOldLogin {
  origin: string;
  realm: string | null;
  formSubmitUrl: string | null;
  username: string;
}

const mailSchemes = new Set(['imap', 'mailbox', 'pop3', 'smtp', 'news', 'ldap', 'nntp']);
const defaultPorts: Readonly<Record<string, string>> = {
  imap: '143',
  mailbox: '110',
  pop3: '110',
  smtp: '25',
  news: '119',
  nntp: '119',
  ldap: '389',
};
const address = /^([a-z0-9]+):\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^/:#]*)(?::(\d+))?([/?#].*)?$/i;
/** `host:port` of an HTTP sign-in, with its realm. */
const bareHost = /^([^/:\s]+|\[[^\]]+\])(?::(\d+))$/;

/** Several where the scheme cannot be known. One that is in the form of today comes back as it is. */
export function convertOldLogin(login: ClearOldLogin): ClearOldLogin[] {
  const host = bareHost.exec(login.origin);
  if (host !== null) return webLogins(login, host[1] ?? '', host[2] ?? '');
  const [, scheme = '', user, name = '', port, rest = ''] = address.exec(login.origin) ?? [];
  const kind = scheme.toLowerCase();
  if (!mailSchemes.has(kind)) return [login];
  const isModern = user === undefined && login.realm !== null && port === undefined;
  if (isModern) return [login];
  const today = kind === 'pop3' ? 'mailbox' : kind === 'nntp' ? 'news' : kind;
  const keepsPort =
    port !== undefined && port !== defaultPorts[kind] && (today === 'news' || today === 'ldap');
  const origin = `${today}://${name}${keepsPort ? `:${port}` : ''}`;
  const realm = today === 'ldap' ? `${origin}${rest}` : origin;
  const username = login.username !== '' ? login.username : decoded(user ?? '');
  return [{ origin, realm, formSubmitUrl: null, username }];
}

function webLogins(login: ClearOldLogin, host: string, port: string): ClearOldLogin[] {
  if (login.realm === null) return [login];
  if (port === '80') return [{ ...login, origin: `http://${host}` }];
  if (port === '443') return [{ ...login, origin: `https://${host}` }];
  return ['http', 'https'].map((scheme) => ({ ...login, origin: `${scheme}://${host}:${port}` }));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
