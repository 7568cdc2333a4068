/**
 * Reads prefs.js and user.js as the program of that age reads them: what it sees, and where it gives up.
 * What could still be read by a more patient reader is salvage.ts.
 */

import { parseLegacy } from './legacy.ts';
import { parseModern } from './modern.ts';
import type { PrefGrammar, PrefsFile } from './prefs.ts';

/**
 * Reads a whole file, in time linear in its length. Never throws: what is wrong is in `problems`.
 * `source` is kept, not copied: do not change it afterwards.
 */
export const parsePrefs = (bytes: Uint8Array, grammar: PrefGrammar): PrefsFile =>
  grammar === 'modern' ? parseModern(bytes) : parseLegacy(bytes);
