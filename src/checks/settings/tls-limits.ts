/**
 * Looks for: limits on encryption that keep mail servers out: TLS 1.3 alone, nothing above TLS 1.1, or every cipher of
 * today switched off.
 * Why: most servers speak TLS 1.2 and 1.3; the connection then fails with a message that explains nothing (pains.md
 * P18, postbox.md 8.1 A5). 1 to 4 stand for TLS 1.0 to 1.3.
 * Found: the two limits together. A lowest above the highest, or a number that stands for no version, the program puts
 * aside and goes by its own. Where some account is encrypted.
 * Repaired: ciphers all switched off cannot work with any server: their lines go. The limits are told: somebody may have
 * set them for one old server.
 */

import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { connections } from './connections.ts';
import { userJsNote } from './user-js.ts';

interface State {
  kind: 'only-newest' | 'only-old' | 'no-cipher';
  names: string[];
}

const limitNames = ['security.tls.version.min', 'security.tls.version.max'];
/** What the program comes with: TLS 1.2 to 1.3. */
const own = { lowest: 3, highest: 4 };

/** Names of its ciphers without the common beginning; of these every one is on (153.7). */
const ciphers = [
  ...['ecdsa', 'rsa'].flatMap((key) =>
    [
      'aes_128_gcm_sha256',
      'aes_128_sha',
      'aes_256_gcm_sha384',
      'aes_256_sha',
      'chacha20_poly1305_sha256',
    ].map((cipher) => `security.ssl3.ecdhe_${key}_${cipher}`),
  ),
  ...['aes_128_gcm_sha256', 'aes_128_sha', 'aes_256_gcm_sha384', 'aes_256_sha'].map(
    (cipher) => `security.ssl3.rsa_${cipher}`,
  ),
  ...['aes_128_gcm_sha256', 'aes_256_gcm_sha384', 'chacha20_poly1305_sha256'].map(
    (cipher) => `security.tls13.${cipher}`,
  ),
];

export const tlsLimits = defineCheck<State>({
  meta: {
    id: 'settings/tls-limits',
    severity: 'error',
    title: 'Limits on encryption that keep mail servers out',
    looksFor:
      'Settings that allow only the newest or only long outdated kinds of encryption, or that switch all ciphers off.',
    why: 'The program and the server find no encryption that both accept: the connection fails, without a message that says why.',
    repair:
      'When every cipher is switched off, they are switched on again. Limits on the version are told only: somebody may have set them for one old server.',
    faults: ['pains.md P18', 'postbox.md 8.1 A5'],
  },

  find({ profile }) {
    const encrypted = connections(profile).filter(
      ({ security }) => security === 'tls' || security === 'starttls',
    );
    if (encrypted.length === 0) return [];
    return limits(profile).map((state) => ({
      subject: {
        kind: 'preference',
        id: state.kind === 'no-cipher' ? 'security.ssl3' : 'security.tls.version',
      },
      evidence: state.names.slice(0, 4).map((name) => prefEvidence(profile, name)),
      state,
      severity: state.kind === 'only-newest' ? 'warning' : 'error',
    }));
  },

  words({ state: { kind, names } }, { profile }) {
    const words: Record<State['kind'], [title: string, detail: string]> = {
      'only-newest': [
        'Only TLS 1.3 is allowed for encryption',
        'Mail servers that offer TLS 1.2 at most cannot be reached. If an account does not connect, take security.tls.version.min out of the settings (Config Editor).',
      ],
      'only-old': [
        'Only encryption that is long outdated is allowed',
        'TLS 1.2 and 1.3 are switched off, and nearly all mail servers refuse what is left. Take security.tls.version.min and security.tls.version.max out of the settings (Config Editor), unless they are meant for one old server that you cannot do without.',
      ],
      'no-cipher': [
        'All ciphers for encryption are switched off',
        'No encrypted connection can be made to any server.',
      ],
    };
    const [title, detail] = words[kind];
    return { title, detail: detail + userJsNote(profile, names) };
  },

  repair({ state: { kind, names } }, { profile }) {
    if (kind !== 'no-cipher') return null;
    return prefRepair(
      profile,
      'Switch the ciphers on again',
      names.map((name) => ({ name, to: null })),
      'without any cipher no encrypted connection can be made',
    );
  },
});

function limits({ prefs }: Profile): State[] {
  const least = prefs.int('security.tls.version.min') ?? own.lowest;
  const most = prefs.int('security.tls.version.max') ?? own.highest;
  const isTaken = least >= 1 && most <= own.highest && least <= most;
  const names = limitNames.filter((name) => prefs.has(name));
  const found: State[] = [];
  if (isTaken && least > 3) found.push({ kind: 'only-newest', names });
  if (isTaken && most < 3) found.push({ kind: 'only-old', names });
  if (ciphers.every((name) => prefs.bool(name) === false)) found.push({ kind: 'no-cipher', names: ciphers });
  return found;
}
