/**
 * Looks for: a password that was saved before its provider stopped taking account passwords, and never changed since.
 * Why: if it is the account password, it is refused now; an app password may be as old and still right (formats.md 4.7,
 * postbox.md 8.6 I2).
 * Found: by the day of the last change in the row and the provider's day in the project's own table. A date is one weak
 * sign: it is told as info.
 * Repaired: only when asked for: the row is taken out, and the program asks for the password.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { providerOfAddress, providerOfServer } from '../../providers/find-provider.ts';
import { type PasswordEnd, type Protocol, type Provider, takesOnlyOAuth } from '../../providers/provider.ts';
import { defineCheck } from '../check.ts';
import { longDate } from '../settings/sign-in-refused.ts';
import { type LookUp, passwordLookUps, rowsFor } from './look-ups.ts';
import { liveFile, withoutRow } from './saved-rows.ts';
import { isoDay } from './token-shadowed.ts';

interface State {
  wanted: LookUp;
  row: SavedLogin;
  provider: Provider;
  end: PasswordEnd;
  saved: number;
}

export const loginBeforeCutOff = defineCheck<State>({
  meta: {
    id: 'passwords/login-before-cut-off',
    severity: 'info',
    title: 'A password from before the provider changed its rules',
    looksFor:
      'Saved passwords for Google, Yahoo or iCloud that were last changed before the day on which the provider stopped taking account passwords.',
    why: 'An account password of that time is refused today. An app password of that time can still be right.',
    repair:
      'Only when asked for: the row is taken out, kept for undo, and the program asks for the password.',
    example: 'The password for imap.gmail.com was last changed in January 2020.',
    faults: ['formats.md K7', 'postbox.md 8.6 I2', 'postbox.md 8.1 A14'],
  },

  find({ profile }) {
    const file = liveFile(profile);
    if (file === null) return [];
    const seen = new Set<SavedLogin>();
    return passwordLookUps(profile).flatMap((wanted) => {
      const protocol = wanted.isOutgoing ? 'smtp' : wanted.server.type === 'pop3' ? 'pop3' : 'imap';
      const provider = providerOfServer(wanted.host, protocol, wanted.server.username);
      // No password helps there at all: settings/sign-in-refused.
      if (provider === null || takesOnlyOAuth(provider, protocol)) return [];
      const end = endFor(provider, protocol, wanted.server.username);
      if (end === undefined) return [];
      return rowsFor(profile, wanted).flatMap((row) => {
        const saved = row.timePasswordChanged;
        if (saved === null || saved <= 0 || saved >= Date.parse(end.on) || seen.has(row)) return [];
        seen.add(row);
        return [
          {
            subject: { kind: 'login' as const, id: row.guid ?? `${row.origin}#${row.id}` },
            evidence: [
              {
                file: file.file,
                offset: row.offset,
                note: `a login saved for ${row.origin}, last changed on ${isoDay(saved)}`,
              },
            ],
            state: { wanted, row, provider, end, saved },
            accounts: wanted.accounts,
          },
        ];
      });
    });
  },

  words({ state: { wanted, provider, end, saved } }) {
    return {
      title: `The password of ${wanted.who} for ${wanted.host} is older than the rules of ${provider.name}`,
      detail: `It was last changed on ${isoDay(saved)}; on ${longDate(end.on)} ${end.say}. If it is the account password, it is refused now; an app password may still be right.`,
    };
  },

  repair({ state: { wanted, row } }, { profile }) {
    const operation = withoutRow(profile, row);
    if (operation === null) return null;
    return {
      title: `Take the old password for ${wanted.host} out of the saved passwords`,
      risk: 'passwords',
      operations: [
        { ...operation, why: 'it was saved before the provider stopped taking account passwords' },
      ],
      needs: [`The password of ${wanted.who} for ${wanted.host} is asked for.`],
    };
  },
});

/** Of several days the one for this kind of address: the first for the provider's own, the last for other domains. */
function endFor(provider: Provider, protocol: Protocol, address: string): PasswordEnd | undefined {
  const ends = provider.ends.filter(({ of, how }) => how === 'stopped' && of.includes(protocol));
  return providerOfAddress(address)?.id === provider.id ? ends[0] : ends.at(-1);
}
