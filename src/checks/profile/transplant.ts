/**
 * The lines that bring an account over from an older copy of the settings: under its own keys where they are free or
 * still its own, else under new ones; nothing that is there is overwritten with another account's settings.
 */

import type { PrefValue } from '../../formats/prefs/prefs.ts';
import { type Account, accountPrefix } from '../../profile/accounts.ts';
import { comparableHost } from '../../profile/host-name.ts';
import { type Identity, identityPrefix } from '../../profile/identities.ts';
import { outgoingPrefix, readOutgoing } from '../../profile/outgoing.ts';
import type { Preferences } from '../../profile/preferences.ts';
import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import type { WantedPref } from '../pref-operations.ts';

/** @param accounts of `older`. */
export function transplant(profile: Profile, older: Preferences, accounts: readonly Account[]): WantedPref[] {
  const work = new Work(profile, older);
  for (const account of accounts) work.bringOver(account);
  return work.wanted();
}

class Work {
  readonly #profile: Profile;
  readonly #older: Preferences;
  readonly #wanted = new Map<string, PrefValue>();
  readonly #listed: string[];
  readonly #outgoing: string[];
  /** Keys of identities and outgoing servers in the copy, with those that they have now. */
  readonly #brought = new Map<string, string>();

  constructor(profile: Profile, older: Preferences) {
    this.#profile = profile;
    this.#older = older;
    this.#listed = [...profile.accountList.items];
    this.#outgoing = [...profile.outgoing.listed];
  }

  bringOver({ key, server, identities }: Account): void {
    const { prefs } = this.#profile;
    const accountKey = this.#freeKey(
      'mail.account.',
      key,
      (name) => prefs.names(accountPrefix(name)).length === 0,
    );
    const isOwnServer = (name: string): boolean => this.#isRestOfServer(name, server.host ?? '');
    const serverKey = this.#freeKey('mail.server.', server.key, isOwnServer);
    const identityKeys = identities
      .filter((identity) => identity.prefNames.length > 0)
      .map((identity) => this.#once(identityPrefix(identity.key), () => this.#bringIdentity(identity)));
    this.#copy(serverPrefix(server.key), serverPrefix(serverKey));
    if (server.deferredTo !== null)
      this.#deliverLocally(`${serverPrefix(serverKey)}deferred_to_account`, server.deferredTo);
    this.#wanted.set(`${accountPrefix(accountKey)}server`, serverKey);
    if (identityKeys.length > 0)
      this.#wanted.set(`${accountPrefix(accountKey)}identities`, identityKeys.join(','));
    if (!this.#listed.includes(accountKey)) this.#listed.push(accountKey);
    this.#wanted.set('mail.accountmanager.accounts', this.#listed.join(','));
    this.#raiseCount(Number(/^account(\d{1,9})$/.exec(accountKey)?.[1] ?? 0));
  }

  wanted(): WantedPref[] {
    return [...this.#wanted].map(([name, to]) => ({ name, to }));
  }

  #bringIdentity(identity: Identity): string {
    const { prefs } = this.#profile;
    const isOwn = (key: string): boolean =>
      prefs.string(`${identityPrefix(key)}useremail`) === identity.email;
    const key = this.#freeKey('mail.identity.', identity.key, isOwn);
    this.#copy(identityPrefix(identity.key), identityPrefix(key));
    const { outgoing } = identity;
    if (outgoing !== null) {
      const outgoingKey = this.#once(outgoingPrefix(outgoing), () => this.#bringOutgoing(outgoing));
      this.#wanted.set(`${identityPrefix(key)}smtpServer`, outgoingKey);
    }
    return key;
  }

  /** @returns the key under which that server is, or will be, in the list. */
  #bringOutgoing(olderKey: string): string {
    const server = readOutgoing(this.#older).servers.find(({ key }) => key === olderKey);
    if (server === undefined || server.prefNames.length === 0) return olderKey;
    const isOwn = ({ host, username }: { host: string; username: string }): boolean =>
      comparableHost(host) === comparableHost(server.host) && username === server.username;
    const present = this.#profile.outgoing.servers.filter(isOwn);
    const listed = present.find(({ listed: inList }) => inList);
    if (listed !== undefined) return listed.key;
    const key = this.#freeKey('mail.smtpserver.', olderKey, (name) =>
      present.some((one) => one.key === name),
    );
    this.#copy(outgoingPrefix(olderKey), outgoingPrefix(key));
    if (!this.#outgoing.includes(key)) this.#outgoing.push(key);
    this.#wanted.set('mail.smtpservers', this.#outgoing.join(','));
    return key;
  }

  #once(branch: string, bring: () => string): string {
    const key = this.#brought.get(branch) ?? bring();
    this.#brought.set(branch, key);
    return key;
  }

  /** Into Local Folders as they are now, if that was meant and is there; else the account has its own Inbox. */
  #deliverLocally(name: string, target: string): void {
    const { accounts } = this.#profile.accountList;
    const local = accounts.filter((account) => account.server.type === 'none');
    const chosen = local.find((account) => account.key === target) ?? local[0];
    if (chosen === undefined) this.#wanted.delete(name);
    else this.#wanted.set(name, chosen.key);
  }

  /** What damage has left of it: no type, and no other host. */
  #isRestOfServer(key: string, host: string): boolean {
    const rest = this.#profile.servers.find((server) => server.key === key);
    return rest !== undefined && rest.type === null && (rest.host === null || rest.host === host);
  }

  /** The key itself when nothing is there under it, or only what is its own; else one above every number in use. */
  #freeKey(prefix: string, key: string, isOwn: (key: string) => boolean): string {
    const inUse = [
      ...this.#profile.prefs.children(prefix),
      ...[...this.#wanted.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length).split('.', 1)[0] ?? ''),
      ...(prefix === 'mail.account.' ? this.#listed : []),
    ];
    if (!inUse.includes(key) || (isOwn(key) && !this.#wasMade(prefix + key))) return key;
    const stem = key.replace(/\d+$/, '');
    const numbers = inUse.map((name) => (name.startsWith(stem) ? Number(name.slice(stem.length)) || 0 : 0));
    const floor = prefix === 'mail.account.' ? (this.#profile.accountList.lastKey ?? 0) : 0;
    return `${stem}${Math.max(floor, 0, ...numbers) + 1}`;
  }

  #wasMade(branch: string): boolean {
    return [...this.#wanted.keys()].some((name) => name.startsWith(`${branch}.`));
  }

  #copy(from: string, to: string): void {
    for (const name of this.#older.names(from)) {
      const value = this.#older.raw(name);
      if (value !== undefined) this.#wanted.set(to + name.slice(from.length), value);
    }
  }

  #raiseCount(number: number): void {
    const { lastKey } = this.#profile.accountList;
    const before = Number(this.#wanted.get('mail.account.lastKey') ?? lastKey ?? 0);
    if (lastKey !== null && before < number) this.#wanted.set('mail.account.lastKey', number);
  }
}
