/**
 * What error messages of the programs and of the servers mean, in our own words, and which checks look into it.
 * The messages themselves are in messages/. Names of hosts and addresses in a message are not words of it: they are
 * taken out before it is compared, and tell the provider, whose rules are added where sign-in is the matter.
 */

import { providerOfAddress, providerOfServer } from '../providers/find-provider.ts';
import { type Protocol, type Provider, takesOnlyOAuth } from '../providers/provider.ts';
import type { NextStep } from '../repair/error.ts';
import type { CheckId } from './finding.ts';
import { type KnownMessage, lookAtSignIn, type Topic } from './messages/known-message.ts';
import { messagesOfPrograms } from './messages/of-programs.ts';
import { messagesOfServers } from './messages/of-servers.ts';
import { messagesOfSetUp } from './messages/of-set-up.ts';
import { folded, readable } from './messages/plain-words.ts';

export interface MessageMeaning {
  message: string;
  meaning: string;
  checks: CheckId[];
  next: NextStep[];
}

/** Servers first: what they say is more exact than what the program says around it. */
export const knownMessages: readonly KnownMessage[] = [
  ...messagesOfServers,
  ...messagesOfSetUp,
  ...messagesOfPrograms,
];

/** Folded once, as every text is that they are looked for in. */
const searchKeys = knownMessages.map((known) => ({ known, ways: known.ways.map((way) => way.map(folded)) }));

/** A message of a program has a few lines; what somebody pastes behind it is not looked at. */
const maxLength = 20_000;

/** These say only that it did not work: where another one fits, it says why. */
const vague: readonly Topic[] = ['sending'];

/** The meanings whose words the text has, the most exact of each topic. Takes any text, in linear time. */
export function messagesLike(text: string): MessageMeaning[] {
  const { names, rest } = withoutNames(readable(text.slice(0, maxLength)));
  const words = folded(` ${rest} `);
  const fitting = searchKeys.flatMap(({ known, ways }) =>
    ways.some((way) => way.every((part) => words.includes(part))) ? [known] : [],
  );
  const exact = fitting.filter(
    (one, i) => fitting.findIndex((other) => other.topic === one.topic) === i && !isOutdone(one, fitting),
  );
  const provider = providerIn(names);
  const meanings = exact.map((one) => withProvider(one, provider));
  if (meanings.length > 0 || provider === null) return meanings;
  return [aboutProvider(provider)];
}

const isOutdone = ({ topic }: KnownMessage, fitting: readonly KnownMessage[]): boolean =>
  vague.includes(topic) && fitting.some((other) => !vague.includes(other.topic));

/** Addresses and host names: their last part has letters, unlike `5.7.139`. */
function withoutNames(text: string): { names: string[]; rest: string } {
  const names: string[] = [];
  const rest = text.replace(/[^\s<>"'“”„‚‘’«»(),;:/]+/g, (token) => {
    const name = token.replace(/[.!?]+$/, '');
    if (!isName(name)) return token;
    names.push(name);
    return ' ';
  });
  return { names, rest };
}

function isName(token: string): boolean {
  if (token.length > 320) return false;
  const host = token.slice(token.lastIndexOf('@') + 1);
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  return (
    labels.length > 1 &&
    labels.every((label) => /^[\p{L}\p{N}_-]+$/u.test(label)) &&
    /^\p{L}{2,}$/u.test(last)
  );
}

interface Provided {
  provider: Provider;
  protocol: Protocol;
}

/** The server tells more than the address, and the address tells which of two that share a server. */
function providerIn(names: readonly string[]): Provided | null {
  const address = names.find((name) => name.includes('@')) ?? '';
  for (const host of names.filter((name) => !name.includes('@'))) {
    for (const protocol of ['imap', 'smtp'] as const) {
      const provider = providerOfServer(host, protocol, address);
      if (provider !== null) return { provider, protocol };
    }
  }
  const provider = providerOfAddress(address);
  return provider === null ? null : { provider, protocol: 'imap' };
}

function withProvider(
  { topic, message, meaning, checks, next }: KnownMessage,
  provided: Provided | null,
): MessageMeaning {
  const rules = topic === 'sign-in' && provided !== null ? ` ${rulesOf(provided)}` : '';
  const isRefused =
    topic === 'sign-in' && provided !== null && takesOnlyOAuth(provided.provider, provided.protocol);
  return {
    message,
    meaning: `${meaning}${rules}`,
    checks: [...new Set<CheckId>(isRefused ? ['settings/sign-in-refused', ...checks] : checks)],
    next: [...next],
  };
}

function rulesOf({ provider, protocol }: Provided): string {
  const said = [
    ...(takesOnlyOAuth(provider, protocol)
      ? [`${provider.name} takes no password from mail programs: the authentication method has to be OAuth2.`]
      : []),
    ...provider.asks.filter(({ of }) => of.includes(protocol)).map(({ say }) => say),
  ];
  return said.length === 0 ? '' : `${provider.name} (as of ${provider.checkedOn}): ${said.join(' ')}`;
}

/** A message that is not known, from a server that is. */
function aboutProvider(provided: Provided): MessageMeaning {
  return {
    message: `A message of ${provided.provider.name}`,
    meaning: `mailmend does not know these words. What the provider asks, if it is about signing in: ${rulesOf(provided)}`,
    checks: ['settings/sign-in-conditions', 'settings/sign-in-refused'],
    next: [lookAtSignIn],
  };
}
