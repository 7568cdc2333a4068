/**
 * Which account is set up in a diagnostic profile, and whether it can be.
 */

import { hostOf } from '../migrate/fresh-account.ts';
import type { Account } from '../profile/accounts.ts';
import { hostFate } from '../profile/host-name.ts';
import type { Profile } from '../profile/profile.ts';
import { checkedOn, type ImapTwin, imapTwinOf } from '../providers/imap-twins.ts';
import { MailmendError, nextStep } from '../repair/error.ts';
import { accountKeys } from './check.ts';

/** @throws MailmendError: no such account, one that is not for mail, or one whose settings would harm the fresh profile. */
export function chosenAccount(profile: Profile, address: string): Account {
  const keys = accountKeys(profile, address) ?? [];
  const accounts = profile.accountList.accounts.filter(({ key }) => keys.includes(key));
  const mail = accounts.filter(({ server }) => server.type === 'imap' || server.type === 'pop3');
  const usable = mail.find(
    (account) => hostFate(account.server.type ?? '', hostOf(profile, account)) === 'accepted',
  );
  if (usable !== undefined) return usable;
  if (accounts.length > mail.length) {
    throw new MailmendError(
      'BAD_ARGUMENTS',
      2,
      `The account ${address} is neither IMAP nor POP; it cannot be set up in a diagnostic profile.`,
    );
  }
  throw new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `The account ${address} is damaged, and the same damage would spoil the fresh profile: its settings must be repaired first.`,
    [nextStep('See what is wrong with it.', 'check')],
  );
}

/** Null: it is IMAP already. @throws MailmendError: not known whether there is any. */
export function imapFor(profile: Profile, account: Account): ImapTwin | null {
  if (account.server.type === 'imap') return null;
  const host = hostOf(profile, account);
  const twin = imapTwinOf(host);
  if (twin !== null) return twin;
  throw new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `It is not known here whether ${host} also offers IMAP (as of ${checkedOn}). Ask the provider, or leave out --as imap: the POP account then leaves all mail on the server.`,
  );
}
