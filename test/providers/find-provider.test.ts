import { describe, expect, it } from 'vitest';
import { registrationOfHost } from '../../src/profile/oauth-registry.ts';
import { providerOfAddress, providerOfServer, providers } from '../../src/providers/find-provider.ts';
import { everyProtocol, matchesHost, takesOnlyOAuth, takesPasswords } from '../../src/providers/provider.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;
const idOf = (host: string, protocol: 'imap' | 'pop3' | 'smtp', address: string): string | null =>
  providerOfServer(host, protocol, address)?.id ?? null;

describe('the table of providers', () => {
  it('has the ones that people ask about', () => {
    expect(providers.map(({ id }) => id).sort()).toEqual(
      'aol att comcast exchange fastmail gmx google icloud microsoft-365 outlook proton web-de yahoo zoho'.split(
        ' ',
      ),
    );
  });

  it.each(providers.map((provider) => [provider.id, provider] as const))(
    '%s says where each fact is from and on which day it was looked at',
    (_id, { sources, checkedOn, ends, asks }) => {
      expect(checkedOn).toMatch(day);
      expect(sources.length).toBeGreaterThan(0);
      for (const { on, of } of ends) {
        expect(on).toMatch(day);
        expect(Number.isNaN(Date.parse(on))).toBe(false);
        expect(of.length).toBeGreaterThan(0);
      }
      // Whole sentences: they are put behind each other.
      expect(asks.map(({ say }) => say).filter((say) => !/^[A-Z].*\.$/.test(say))).toEqual([]);
    },
  );

  it.each(providers.map((provider) => [provider.id, provider] as const))(
    '%s: where OAuth2 is taken, Thunderbird has a sign-in window for the host; where only that is, no password is',
    (_id, provider) => {
      for (const protocol of everyProtocol) {
        const hosts = protocol === 'smtp' ? provider.outgoing : provider.incoming;
        const mine = hosts.filter((host) => !host.startsWith('*') && isFor(host, protocol));
        if (provider.takes[protocol]?.includes('oauth2')) {
          expect(mine.filter((host) => registrationOfHost(host, protocol) === null)).toEqual(
            withoutWindow.filter((host) => mine.includes(host)),
          );
        }
        if (takesOnlyOAuth(provider, protocol)) expect(takesPasswords(provider, protocol)).toBe(false);
      }
    },
  );
});

/** In small letters and for mail only: names that the list of Thunderbird 153 does not have. */
const withoutWindow = ['outlook.live.com', 'mail.comcast.net', 'pop3.comcast.net'];

/** A host that is named for one protocol is not asked about the other. */
const isFor = (host: string, protocol: string): boolean =>
  protocol === 'smtp' || (protocol === 'imap' ? !/^pop/.test(host) : !/imap/.test(host));

describe('a server', () => {
  it('is known by its host, in whatever letters', () => {
    expect(idOf('imap.gmail.com', 'imap', '')).toBe('google');
    expect(idOf('IMAP.Gmail.com.', 'imap', 'karl@firma.example')).toBe('google');
    expect(idOf('imappro.zoho.eu', 'imap', '')).toBe('zoho');
    expect(idOf('p12-imap.imap.mail.me.com', 'imap', '')).toBe('icloud');
  });

  it('of Microsoft is told by the address: one host for people and for companies', () => {
    expect(idOf('outlook.office365.com', 'imap', 'alice@hotmail.fr')).toBe('outlook');
    expect(idOf('outlook.office365.com', 'imap', 'alice@firma.example')).toBe('microsoft-365');
    expect(idOf('smtp.office365.com', 'smtp', 'alice@live.co.uk')).toBe('outlook');
    expect(idOf('smtp-mail.outlook.com', 'smtp', 'alice@firma.example')).toBe('outlook');
  });

  it('of Microsoft without an address: fetching is the same for both, sending is not known', () => {
    expect(idOf('outlook.office365.com', 'imap', 'alice')).toBe('microsoft-365');
    expect(idOf('smtp.office365.com', 'smtp', 'alice')).toBeNull();
  });

  it('is known under a name that the provider gave up', () => {
    expect(idOf('imap-mail.outlook.com', 'imap', 'alice@outlook.com')).toBe('outlook');
    expect(idOf('in1.messagingengine.com', 'imap', '')).toBe('fastmail');
  });

  it.each(['imap.example.org', 'gmail.com.example.org', 'notimap.gmail.com.invalid', 'mail.yahoo.co.jp', ''])(
    'that is none of them is not known: %j',
    (host) => {
      expect(idOf(host, 'imap', 'alice@gmail.com')).toBeNull();
    },
  );

  it('for fetching is not one for sending', () => {
    expect(idOf('imap.gmail.com', 'smtp', '')).toBeNull();
  });
});

describe('an address', () => {
  it.each([
    ['karl@gmail.com', 'google'],
    ['karl@Me.com', 'icloud'],
    ['karl@hotmail.de', 'outlook'],
    ['karl@outlook.com.br', 'outlook'],
    ['karl@firma.onmicrosoft.com', 'microsoft-365'],
    ['karl@sbcglobal.net', 'att'],
    ['karl@gmx.at', 'gmx'],
    ['karl@proton.me', 'proton'],
  ])('%s belongs to %s', (address, id) => {
    expect(providerOfAddress(address)?.id).toBe(id);
  });

  it.each(['karl@firma.example', 'karl', '', '@', 'karl@outlook.firma.example'])(
    '%j belongs to nobody known',
    (address) => {
      expect(providerOfAddress(address)).toBeNull();
    },
  );
});

describe('a pattern of hosts', () => {
  it('with a star means one label or more', () => {
    expect(matchesHost('*.example.org', 'a.b.example.org')).toBe(true);
    expect(matchesHost('*.example.org', 'example.org')).toBe(false);
    expect(matchesHost('*.example.org', 'badexample.org')).toBe(false);
  });
});
