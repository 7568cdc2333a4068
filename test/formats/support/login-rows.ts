/**
 * Rows of a logins.json as Thunderbird 153 writes them. The blobs are real ones of invented values (nss.md 10).
 */

export const aesBlob =
  'MEMEEPgAAAAAAAAAAAAAAAAAAAEwHQYJYIZIAWUDBAEqBBAsloNILwkfU7AnmkboNHpFBBBHhj/b5Jh0odNnBuwVTpZm';
export const tripleDesBlob =
  'MDoEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECNSGqAa2Mn/eBBDaNuRDd1Seh16IAX9O4Z9A';

export function loginRow(id: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    hostname: 'imap://imap.example.org',
    httpRealm: 'imap://imap.example.org',
    formSubmitURL: null,
    usernameField: '',
    passwordField: '',
    encryptedUsername: aesBlob,
    encryptedPassword: aesBlob,
    guid: `{00000000-0000-4000-8000-${String(id).padStart(12, '0')}}`,
    encType: 1,
    timeCreated: 1_795_401_521_385,
    timeLastUsed: 1_795_401_521_386,
    timePasswordChanged: 1_795_401_521_387,
    timesUsed: 3,
    syncCounter: 1,
    everSynced: false,
    ...changes,
  };
}

export function loginsText(rows: readonly unknown[], more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    nextId: rows.length + 1,
    logins: rows,
    potentiallyVulnerablePasswords: [],
    version: 3,
    ...more,
  });
}
