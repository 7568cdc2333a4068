/**
 * Looks for: an account that is set to keep each folder in one file while its folders hold one file for each message,
 * or the other way round, or to a kind of storage that the program does not have.
 * Why: the program reads the folders as what they are not: they look empty, though nothing is lost (formats.md A24).
 * Found: `storeContractID` against the folders on the disk, those that hold messages.
 * Repaired: where all of them are of one kind, that kind is entered. Mixed ones are told.
 */

import type { IncomingServer } from '../../profile/servers.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { megabytes } from '../wording.ts';
import { ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

type Kind = 'mbox' | 'maildir';

interface State {
  server: IncomingServer;
  /** Of the folders on the disk that hold messages. */
  kinds: Kind[];
  bytes: number;
}

const contracts: Record<Kind, string> = {
  mbox: '@mozilla.org/msgstore/berkeleystore;1',
  maildir: '@mozilla.org/msgstore/maildirstore;1',
};
const kindWords: Record<Kind, string> = {
  mbox: 'one file for each folder (mbox)',
  maildir: 'one file for each message (maildir)',
};

export const storageKindMismatch = defineCheck<State>({
  meta: {
    id: 'settings/storage-kind-mismatch',
    severity: 'error',
    title: 'An account that reads its folders as what they are not',
    looksFor: 'Accounts whose kind of mail storage does not fit the folders that are on the disk.',
    why: 'The program finds no message in the folders, although they are all there.',
    repair: 'When all folders of the account are of one kind, that kind is entered. No mail is touched.',
    faults: ['formats.md A24'],
  },

  find({ profile }) {
    const { accounts, added } = profile.accountList;
    return [...accounts, ...added].flatMap(({ server }) => {
      const mail = profile.serverMail.get(server.key)?.mail;
      const holding = (mail?.folders ?? []).filter(({ bytes }) => bytes > 0);
      const kinds = [...new Set(holding.map(({ storage }) => storage))];
      if (server.type === 'im' || kinds.length === 0 || kinds.every((kind) => kind === server.storage))
        return [];
      return [
        {
          subject: { kind: 'server' as const, id: server.key },
          evidence: [
            prefEvidence(profile, contractOf(server.key)),
            ...kinds.map((kind) => ({
              file: holding.find(({ storage }) => storage === kind)?.file ?? '',
              note: kindWords[kind],
            })),
          ],
          state: { server, kinds, bytes: mail?.bytes ?? 0 },
          severity: kinds.length === 1 ? ('error' as const) : ('warning' as const),
          accounts: accountsOfServer(profile, server.key),
        },
      ];
    });
  },

  words({ state: { server, kinds, bytes } }, { profile }) {
    const owner = ownerOfServer(profile, server.key);
    const set = server.storage === null ? 'a kind that the program does not have' : kindWords[server.storage];
    const [kind] = kinds;
    return {
      title: `${owner} does not read its mail folders as what they are`,
      detail:
        kinds.length === 1 && kind !== undefined
          ? `The account is set to ${set}; its ${megabytes(bytes)} on the disk are ${kindWords[kind]}. The folders look empty, and nothing is lost.${userJsNote(profile, [contractOf(server.key)])}`
          : `The account is set to ${set}, but folders of both kinds hold mail. Those of the other kind look empty, and nothing is lost. Which kind is wanted only you know; mail of the other kind can be imported.`,
    };
  },

  repair({ state: { server, kinds } }, { profile }) {
    const [kind, another] = kinds;
    if (kind === undefined || another !== undefined) return null;
    const wanted = [{ name: contractOf(server.key), to: contracts[kind] }];
    const title = `Let ${ownerOfServer(profile, server.key)} read its folders as ${kindWords[kind]}`;
    return prefRepair(profile, title, wanted, `the folders on the disk are ${kindWords[kind]}`);
  },
});

const contractOf = (serverKey: string): string => `${serverPrefix(serverKey)}storeContractID`;
