/**
 * policies.json: what an administrator sets for everybody who uses an installation. Only what fixes preferences is read:
 * the policy `Preferences`, and those that stand for single ones (modules/policies of 153.7).
 * Never throws.
 */

import type { PrefValue } from './prefs/prefs.ts';

export interface PolicyPref {
  name: string;
  /** Null where the policy takes the owner's value away. */
  value: PrefValue | null;
  /** `user`: set at every start; `default`: the owner's own value counts more. */
  status: 'locked' | 'user' | 'default' | 'clear';
  /** 1-based; of the policy. */
  line: number;
}

export interface PoliciesFile {
  prefs: PolicyPref[];
  /** Names of all policies in it. */
  policies: string[];
  /** It is no JSON, or has no `policies`: the program then ignores all of it. */
  usable: boolean;
}

const nothing: PoliciesFile = { prefs: [], policies: [], usable: false };

export function parsePolicies(bytes: Uint8Array): PoliciesFile {
  const text = new TextDecoder('utf-8').decode(bytes);
  const policies = fieldsOf(fieldsOf(jsonOf(text))?.policies);
  if (policies === null) return nothing;
  const lineOf = lineFinder(text);
  const prefs = [
    ...Object.entries(fieldsOf(policies.Preferences) ?? {}).flatMap(([name, given]) => {
      const pref = preference(name, given);
      return pref === null ? [] : [{ ...pref, line: lineOf(name) }];
    }),
    ...Object.entries(policies).flatMap(([policy, given]) =>
      fixedBy(policy, given).map((pref) => ({ ...pref, line: lineOf(policy) })),
    ),
  ];
  return { prefs, policies: Object.keys(policies), usable: true };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const fieldsOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;

/** A bare value is the old form, and locks. */
function preference(name: string, given: unknown): Omit<PolicyPref, 'line'> | null {
  if (isValue(given)) return { name, value: given, status: 'locked' };
  const fields = fieldsOf(given);
  if (fields === null) return null;
  const { Status: status, Value: value } = fields;
  if (status === 'clear') return { name, value: null, status };
  if (!isValue(value)) return null;
  return { name, value, status: status === 'locked' || status === 'user' ? status : 'default' };
}

const isValue = (value: unknown): value is PrefValue =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isInteger(value));

const tlsVersions = new Map<unknown, number>([
  ['tls1', 1],
  ['tls1.1', 2],
  ['tls1.2', 3],
  ['tls1.3', 4],
]);
const proxyModes = new Map<unknown, number>([
  ['none', 0],
  ['system', 5],
  ['manual', 1],
  ['autoDetect', 4],
  ['autoConfig', 2],
]);

/** Policies with a name of their own that fix a preference which matters for mail. */
function fixedBy(policy: string, given: unknown): Omit<PolicyPref, 'line'>[] {
  const locked = (name: string, value: PrefValue | undefined): Omit<PolicyPref, 'line'>[] =>
    value === undefined ? [] : [{ name, value, status: 'locked' }];
  switch (policy) {
    case 'SSLVersionMin':
      return locked('security.tls.version.min', tlsVersions.get(given));
    case 'SSLVersionMax':
      return locked('security.tls.version.max', tlsVersions.get(given));
    case 'PasswordManagerEnabled':
    case 'OfferToSaveLogins':
      return locked('signon.rememberSignons', typeof given === 'boolean' ? given : undefined);
    case 'Proxy': {
      const fields = fieldsOf(given);
      return fields?.Locked === true ? locked('network.proxy.type', proxyModes.get(fields.Mode)) : [];
    }
    default:
      return [];
  }
}

/** Where a name first stands as a key; 1 where it is written with escapes. */
function lineFinder(text: string): (name: string) => number {
  const lines = new Map<string, number>();
  let line = 1;
  let at = 0;
  for (const { 1: name = '', index } of text.matchAll(/"([^"\\\n]*)"\s*:/g)) {
    for (; at < index; at++) if (text[at] === '\n') line++;
    if (!lines.has(name)) lines.set(name, line);
  }
  return (name) => lines.get(name) ?? 1;
}
