/**
 * A login of an older store as it stands there, encrypted: one shape for signons.sqlite and signons*.txt (nss.md 7).
 */

export interface StoredLogin {
  origin: string;
  realm: string | null;
  formSubmitUrl: string | null;
  usernameField: string;
  passwordField: string;
  /** Base64 of a blob, or `~` and base64 of the text itself. */
  encryptedUsername: string;
  encryptedPassword: string;
  guid: string | null;
  /** Milliseconds since 1970. */
  timeCreated: number | null;
  timeLastUsed: number | null;
  timePasswordChanged: number | null;
  timesUsed: number | null;
}
