/**
 * Looks for: a proxy that is set and cannot be used: by hand without host or port, with a web address as its host, or a
 * configuration file without an address.
 * Why: a host without a port is passed over and the program connects directly, which a company network blocks; a host
 * that is no name cannot be reached, and nothing connects (postbox.md 8.1 A25).
 * Found: `network.proxy.type` 1 (by hand) and 2 (configuration file). Only SOCKS and the HTTPS proxy carry mail.
 * Repaired: a web address is freed of what is around the name. Whether there is to be a proxy at all only the owner
 * knows: told.
 */

import { hostFate } from '../../profile/host-name.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import type { WantedPref } from '../pref-operations.ts';
import { prefRepair } from '../pref-repair.ts';
import { cleanHost } from './host-malformed.ts';
import { userJsNote } from './user-js.ts';

interface State {
  kind: 'no-host' | 'no-port' | 'bad-host' | 'no-address';
  names: string[];
  host: string;
  /** Null: no name can be made out in it. */
  wanted: WantedPref[] | null;
}

const type = 'network.proxy.type';
const address = 'network.proxy.autoconfig_url';
const carriers = ['socks', 'ssl', 'http'].map((kind) => ({
  host: `network.proxy.${kind}`,
  port: `network.proxy.${kind}_port`,
}));

export const proxyUnusable = defineCheck<State>({
  meta: {
    id: 'settings/proxy-unusable',
    severity: 'warning',
    title: 'A proxy that cannot be used',
    looksFor:
      'A proxy that is set by hand without a name or with an impossible port, or one by a configuration file whose address is missing.',
    why: 'The program either connects without the proxy, which a company network blocks, or tries to reach a proxy that cannot exist and connects to nothing.',
    repair:
      'A proxy name that is written as a web address is reduced to the name. Otherwise nothing is done: whether a proxy is needed only you know.',
    faults: ['postbox.md 8.1 A25'],
  },

  find({ profile }) {
    return faults(profile).map((state) => ({
      subject: { kind: 'preference', id: state.names.at(-1) ?? type },
      evidence: [type, ...state.names].map((name) => prefEvidence(profile, name)),
      state,
      severity: state.kind === 'bad-host' ? 'error' : 'warning',
    }));
  },

  words({ state: { kind, host, names, wanted } }, { profile }) {
    const where = 'under Settings, General, Network & Disk Space, Connection';
    const words: Record<State['kind'], [title: string, detail: string]> = {
      'no-host': [
        'A proxy is switched on, and none is named',
        `The program connects without a proxy. If your network needs one, enter it ${where}; if not, choose "Use system proxy settings" there.`,
      ],
      'no-port': [
        `The proxy ${host} has no usable port`,
        `The program passes it over and connects without it. Enter its port ${where}, or choose "Use system proxy settings".`,
      ],
      'bad-host': [
        `The proxy "${host}" is not a name`,
        `The program cannot reach a proxy of that name, and so no mail server either. ${wanted === null ? `Correct it ${where}.` : 'Only the name belongs there.'}`,
      ],
      'no-address': [
        'The proxy is to come from a configuration file whose address is missing',
        `The program connects without a proxy. Enter the address ${where}, or choose "Use system proxy settings".`,
      ],
    };
    const [title, detail] = words[kind];
    return { title, detail: detail + userJsNote(profile, [type, ...names]) };
  },

  repair({ state: { wanted, host } }, { profile }) {
    if (wanted === null) return null;
    const why = `"${host}" is no name of a proxy`;
    return prefRepair(profile, `Change the name of the proxy to "${wanted[0]?.to}"`, wanted, why);
  },
});

function faults({ prefs }: Profile): State[] {
  const kind = prefs.int(type);
  if (kind === 2) {
    return prefs.string(address) ? [] : [{ kind: 'no-address', names: [address], host: '', wanted: null }];
  }
  if (kind !== 1) return [];
  const set = carriers.flatMap((names) => {
    const host = prefs.string(names.host) ?? '';
    return host === '' ? [] : [{ ...names, value: host, number: prefs.int(names.port) ?? 0 }];
  });
  if (set.length === 0) return [{ kind: 'no-host', names: [], host: '', wanted: null }];
  return set.flatMap(({ host, port, value, number }): State[] => {
    // A path is a SOCKS proxy of this computer; an IPv6 address is one of its own.
    if (value.startsWith('file:') || /^\[?[0-9a-f:]+\]?$/i.test(value)) return [];
    if (hostFate('smtp', value) !== 'accepted') {
      const cleaned = cleanHost('smtp', value);
      const portLine = cleaned?.port && number <= 0 ? [{ name: port, to: cleaned.port }] : [];
      const wanted = cleaned === null ? null : [{ name: host, to: cleaned.host }, ...portLine];
      return [{ kind: 'bad-host', names: [host], host: value, wanted }];
    }
    const isUsable = number >= 1 && number <= 65_535;
    return isUsable ? [] : [{ kind: 'no-port', names: [host, port], host: value, wanted: null }];
  });
}
