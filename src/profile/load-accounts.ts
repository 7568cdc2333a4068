/**
 * The walk of the program's start-up through the list of accounts: it makes the server of each, and drops the account
 * where that fails (formats.md 3.5, nsMsgAccountManager::LoadAccounts and createKeyedServer).
 * Measured with Thunderbird 153.7 on 2026-11-23, on some 600 servers.
 * Belongs here: the fate of each account by its server. What an account is otherwise is accounts.ts.
 */

import type { DroppedAccount, DropReason } from './accounts.ts';
import { canonicalHost, hostFate, replacedHost } from './host-name.ts';
import { isScripted } from './server-types.ts';
import type { IncomingServer } from './servers.ts';

/** Types for which Thunderbird 153 and later have a server; `movemail` went with 91. */
export const incomingTypes: readonly string[] = ['imap', 'pop3', 'none', 'nntp', 'rss', 'im', 'ews', 'graph'];

export interface LoadedServer {
  server: IncomingServer;
  /** Its name as the program has it after the start: `<key>.invalid` in place of one that it cannot use. */
  host: string;
}

export interface LoadedAccount extends LoadedServer {
  key: string;
}

type Failure = Pick<DroppedAccount, 'reason' | 'erased' | 'keptBy'>;

const fails = (reason: DropReason, { erased = true, keptBy = null }: Partial<Failure> = {}): Failure => ({
  reason,
  erased,
  keptBy,
});

/** The servers and accounts that the program has made so far. */
export class AccountLoader {
  readonly accounts: LoadedAccount[] = [];
  readonly dropped: DroppedAccount[] = [];
  readonly #servers: ReadonlyMap<string, IncomingServer>;
  readonly #byServer = new Map<string, LoadedAccount>();
  /** By type and host: those that a later server could be a duplicate of. */
  readonly #neighbours = new Map<string, LoadedAccount[]>();
  /** Servers that are there although their account was dropped: a later account that names one is kept. */
  readonly #leftBehind = new Map<string, LoadedServer>();
  /** Since the last time that the name of a POP or news server was replaced. */
  #imapLoaded = false;

  constructor(servers: readonly IncomingServer[]) {
    this.#servers = new Map(servers.map((server) => [server.key, server]));
  }

  load(key: string, serverKey: string | null): void {
    const made = this.#makeFor(serverKey);
    if ('server' in made) this.#keep({ key, ...made });
    else this.dropped.push({ key, serverKey, ...made });
  }

  #keep(account: LoadedAccount): void {
    this.accounts.push(account);
    this.#byServer.set(account.server.key, account);
    const place = placeOf(account.server);
    const neighbours = this.#neighbours.get(place);
    if (neighbours === undefined) this.#neighbours.set(place, [account]);
    else neighbours.push(account);
  }

  #makeFor(serverKey: string | null): LoadedServer | Failure {
    if (serverKey === null) return fails('no-server', { erased: false });
    const same = this.#byServer.get(serverKey);
    if (same !== undefined) return fails('server-of-earlier-account', { erased: false, keptBy: same.key });
    return this.#leftBehind.get(serverKey) ?? this.make(serverKey);
  }

  /** The server of this key, or why the program cannot make one. */
  make(serverKey: string): LoadedServer | Failure {
    const server = this.#servers.get(serverKey);
    if (server === undefined || !server.type) return fails('server-without-type');
    const { type, host } = server;
    if (host === null || host === '') return fails('server-without-host');
    if (!incomingTypes.includes(type)) return fails('unknown-type', { erased: !server.isWaitedFor });
    switch (hostFate(type, host)) {
      case 'crash':
        return fails('host-crashes', { erased: false });
      case 'refused':
        return fails('host-refused');
      case 'account-erased':
        if (type === 'imap') this.#leaveBehind(server);
        return fails('host-malformed');
      case 'host-overwritten':
        return this.#withReplacedHost(server) ?? fails('host-malformed');
      case 'accepted': {
        const neighbours = this.#neighbours.get(placeOf(server)) ?? [];
        const twin = neighbours.find((account) => isDuplicate(account.server, server));
        if (twin !== undefined) return fails('duplicate-server', { keptBy: twin.key });
        if (type === 'imap' && !server.hidden) this.#imapLoaded = true;
        return { server, host };
      }
    }
  }

  /**
   * A POP or news server looks through the filters of all servers while its name is replaced. Where those of an IMAP
   * account were not opened before, that makes the server a second time on the way, and the account is dropped as a
   * duplicate of itself (measured in 34 orders of accounts). Null: so it is.
   */
  #withReplacedHost(server: IncomingServer): LoadedServer | null {
    const renamed = { server, host: replacedHost(server.key) };
    if (!isScripted(server.type)) return renamed;
    const isDropped = this.#imapLoaded;
    this.#imapLoaded = false;
    if (isDropped) this.#leaveBehind(server);
    return isDropped ? null : renamed;
  }

  #leaveBehind(server: IncomingServer): void {
    this.#leftBehind.set(server.key, { server, host: replacedHost(server.key) });
  }
}

const placeOf = ({ type, host }: IncomingServer): string => `${type} ${canonicalHost(host ?? '')}`;

/**
 * Same type, host, port and user: the program refuses the later one. An empty user of the later one matches any, and
 * Local Folders have no port to compare but what the later one sets (nsMsgAccountManager::findServerInternal).
 */
export function isDuplicate(earlier: IncomingServer, later: IncomingServer): boolean {
  return (
    earlier.type === later.type &&
    (later.type === 'none' ? later.port === null : earlier.port === later.port) &&
    (later.username === '' || earlier.username === later.username) &&
    canonicalHost(earlier.host ?? '') === canonicalHost(later.host ?? '')
  );
}
