import { describe, expect, it } from 'vitest';
import { isLoopback, isPrivateNetwork } from '../../src/profile/nearby-host.ts';

describe('a host on this computer', () => {
  it.each(['localhost', 'LOCALHOST.', 'bridge.localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]'])(
    '%s',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each(['localhost.example.org', '128.0.0.1', '127.example.org', 'mylocalhost', '::2'])(
    'is not %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe('a host in the own network', () => {
  it.each([
    '10.1.2.3',
    '172.16.0.1',
    '172.31.0.1',
    '192.168.178.1',
    '169.254.1.1',
    'fd12::1',
    'fe80::1',
    'nas',
    'nas.local',
    'mail.corp',
    'x.home.arpa',
  ])('%s', (host) => {
    expect(isPrivateNetwork(host)).toBe(true);
  });

  it.each([
    '172.32.0.1',
    '11.0.0.1',
    '192.169.1.1',
    '2001:db8::1',
    'imap.example.org',
    'local.example.org',
    '10.example.org',
  ])('is not %s', (host) => {
    expect(isPrivateNetwork(host)).toBe(false);
  });
});
