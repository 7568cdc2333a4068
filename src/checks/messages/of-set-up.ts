/**
 * What Thunderbird and Postbox say while an account or an address book is set up, or a profile is taken over
 * (postbox.md 8.1 A13, 8.7). English only: the words of other languages were not at hand.
 */

import { compareSheet, type KnownMessage, lookAtAll, lookAtSettings } from './known-message.ts';

export const messagesOfSetUp: readonly KnownMessage[] = [
  {
    topic: 'set-up',
    message: 'Incoming server already exists',
    meaning:
      'The settings hold a server of this kind with this name and user already: of another account, or left by a set-up that broke off. A second one cannot be made beside it.',
    checks: ['leftovers/orphan-server', 'settings/duplicate-server', 'profile/account-unlisted'],
    next: [lookAtAll],
    ways: [
      ['server already exists'],
      ['account with that user name and server name already'],
      ['account with this user name and server name already'],
    ],
  },
  {
    topic: 'set-up',
    message: 'Failed to find the settings for your email account',
    meaning:
      'Neither the provider nor the public lists told which servers belong to this address: a slip in the address, no connection, or a provider that publishes nothing. The servers can be entered by hand.',
    checks: ['profile/work-offline', 'settings/proxy-unusable'],
    next: [compareSheet],
    ways: [
      ['failed to find the settings'],
      ['could not find the settings'],
      ['no-email-provider'],
      ['find a server', "can't"],
    ],
  },
  {
    topic: 'set-up',
    message: 'Migration Error',
    meaning:
      'Taking over another profile broke off. The old profile is only read by it; what the new one got may be half. See whether there is room on the disk and whether both folders may be read and written.',
    checks: ['interference/disk-full', 'interference/not-writable', 'profile/profile-unlisted'],
    next: [lookAtAll],
    ways: [['migration error']],
  },
  {
    topic: 'connection',
    message: 'The certificate is not valid for this server, or does not come from a trusted source',
    meaning:
      'The server showed a certificate that the program does not trust: the server name is another than in the certificate, it has run out, the server made it itself, the clock of this computer is wrong, or a virus scanner stands between. Do not make an exception before you know which.',
    checks: ['passwords/certificates-damaged', 'settings/host-malformed', 'settings/proxy-unusable'],
    next: [lookAtSettings, compareSheet],
    ways: [
      ['self-signed'],
      ['self signed'],
      ['selfsigned'],
      ['security exception'],
      ['certificate for', 'is not valid'],
      ['certificate for', 'will not be valid'],
      ['certificate for', 'expired'],
      ['certificate for', 'trusted source'],
      ['sec_error_unknown_issuer'],
      ['sec_error_expired_certificate'],
      ['ssl_error_bad_cert_domain'],
    ],
  },
  {
    topic: 'directory',
    message: 'LDAP server connection failed, search problem',
    meaning:
      'The directory of your company or school did not answer, or not to this question: address, port, encryption or search base (Base DN) may be wrong. Mail is not touched by it.',
    checks: ['settings/directory-address', 'settings/directory-missing'],
    next: [lookAtSettings],
    ways: [
      ['ldap initialization problem'],
      ['ldap server connection failed'],
      ['ldap server communications problem'],
      ['ldap server search problem'],
      ['error code 10032'],
      ['error code 10081'],
      ['error code 10091'],
      ['error code 5000'],
      ['base dn is correct'],
    ],
  },
];
