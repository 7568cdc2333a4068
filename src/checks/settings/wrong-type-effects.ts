/**
 * What the program does with a setting of the wrong type (formats.md 3.5, Appendix B; measured with 153.7).
 */

const graveNames = [
  'type',
  'hostname',
  'userName',
  'username',
  'port',
  'socketType',
  'try_ssl',
  'authMethod',
  'identities',
  'smtpServer',
  'useremail',
  'leave_on_server',
  'directory',
  'directory-rel',
  'deferred_to_account',
  'accounts',
  'smtpservers',
];

/** The account or its mail fails because of it; the others only fall back to a harmless default. */
export const isGrave = (name: string): boolean => graveNames.includes(leafOf(name));

/** The next start drops the account, or the line itself. */
export const isDropped = (name: string): boolean =>
  /^mail\.server\.[^.]+\.(type|hostname|userName)$/.test(name);

export function effectOf(name: string): string {
  if (name.endsWith('.userName'))
    return 'At its next start it deletes the line, and the account has no user name.';
  if (isDropped(name)) return 'At its next start it takes the account out of its list.';
  return effects[leafOf(name)] ?? 'It goes by its own default.';
}

export const leafOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

const effects: Readonly<Record<string, string>> = {
  accounts: 'It shows no account.',
  smtpservers: 'It has no outgoing server.',
  hostname: 'It has no server to connect to.',
  port: 'It uses the default port instead.',
  socketType: 'It connects without encryption instead.',
  try_ssl: 'It connects without encryption instead.',
  authMethod: 'It signs in with the plain password instead.',
  leave_on_server: 'It removes mail from the server after fetching it.',
  'directory-rel': 'It looks for the mail in another folder.',
  directory: 'It looks for the mail in another folder.',
  identities: 'The account has no sender.',
  useremail: 'The sender has no address.',
  smtpServer: 'It sends through the default server.',
};
