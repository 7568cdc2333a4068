/**
 * Addresses in preferences can carry a password (`https://user:secret@host/`): it reaches no output (design.md 6.10).
 */

/** The address with the password in it left out; the user stays. */
export function withoutPassword(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#:]*):[^/?#]*@/i, '$1@');
}
