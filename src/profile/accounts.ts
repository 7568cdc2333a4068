/**
 * Accounts as the program's start-up makes them out of preferences: which it shows, which it drops and why, which it
 * adds, and what of them it deletes while doing so (formats.md 3.1 and 3.5, nsMsgAccountManager::LoadAccounts).
 * Belongs here: what a list of accounts is. The walk through it is load-accounts.ts; the values of servers and
 * identities are theirs to read.
 */

import { canonicalHost } from './host-name.ts';
import { type Identity, readIdentity } from './identities.ts';
import { loadAccounts } from './load-accounts.ts';
import type { Preferences } from './preferences.ts';
import { isExchange } from './server-types.ts';
import type { IncomingServer } from './servers.ts';
