/**
 * What error messages of the programs and of the servers mean, in our own words, and which checks look into it.
 * The messages are search keys (postbox.md 8.7, providers.md b2, pains.md); they are matched by their words.
 */

import type { NextStep } from '../repair/error.ts';
import type { CheckId } from './finding.ts';

export interface MessageMeaning {
  message: string;
  meaning: string;
  checks: CheckId[];
  next: NextStep[];
}

interface KnownMessage extends MessageMeaning {
  pattern: RegExp;
}

const check: NextStep = { say: 'Look at the profile; nothing is changed by it.', command: 'mailmend check' };
const profiles: NextStep = {
  say: 'See which profiles there are and which one opens.',
  command: 'mailmend profiles',
};

const known: readonly KnownMessage[] = [
  {
    pattern: /already running|is in use|not responding/i,
    message: 'Thunderbird is already running, but is not responding',
    meaning:
      'Another program holds the profile, or its folder is missing or cannot be written. The files named lock and .parentlock mean nothing by themselves; deleting them does not help.',
    checks: ['profile/folder-missing'],
    next: [profiles],
  },
  {
    pattern: /profile missing|cannot be loaded|missing or inaccessible/i,
    message: 'Your Thunderbird profile cannot be loaded. It may be missing or inaccessible.',
    meaning: 'profiles.ini names a folder that is not there, or that you may not open.',
    checks: ['profile/folder-missing', 'profile/registry-hole'],
    next: [profiles],
  },
  {
    pattern: /newer version/i,
    message: 'This profile was last used with a newer version of this application',
    meaning:
      'The installed program is older than the one that used the profile last, and refuses to open it.',
    checks: ['profile/newer-version'],
    next: [check],
  },
  {
    pattern: /application.specific password|InvalidSecondFactor|app password/i,
    message: 'Application-specific password required',
    meaning:
      'The provider takes no normal password from a mail program any more: it wants a password made for this program, or sign-in in a window (OAuth2).',
    checks: ['passwords/login-of-leftover'],
    next: [check],
  },
  {
    pattern: /basic authentication is (disabled|not supported)|5\.7\.139|BasicAuthBlocked/i,
    message: 'Basic authentication is disabled',
    meaning:
      'Microsoft takes no passwords from mail programs any more. The account needs OAuth2 as its authentication method.',
    checks: [],
    next: [check],
  },
  {
    pattern:
      /AUTHENTICATIONFAILED|invalid credentials|login failed|535|incorrect username or password|authentication fail/i,
    message: 'Authentication failed, login failed, invalid credentials',
    meaning:
      'The server did not accept user name and password. Often an old password is still saved, the user name has another form than the provider wants, or the provider wants an app password or OAuth2.',
    checks: ['passwords/login-of-leftover', 'passwords/key-store-missing', 'settings/wrong-type'],
    next: [check],
  },
  {
    pattern: /failed to connect|connection (was )?refused|could not connect|timed out|unable to connect/i,
    message: 'Failed to connect to server',
    meaning:
      'No conversation with the server came about: its name, port or connection security is wrong, or something between this computer and the server blocks it. Passwords play no part in it yet.',
    checks: ['settings/host-malformed', 'settings/port-security-mismatch', 'settings/wrong-type'],
    next: [check],
  },
  {
    pattern: /summary file/i,
    message: 'Unable to open the summary file',
    meaning: 'The index of a folder (.msf) cannot be read or written. The mail itself is in another file.',
    checks: ['settings/shared-directory'],
    next: [check],
  },
  {
    pattern: /master password|primary password/i,
    message: 'Please enter your primary password',
    meaning:
      'The saved passwords are locked with a password of their own. Without it they cannot be read, by mailmend neither.',
    checks: ['passwords/key-store-damaged'],
    next: [check],
  },
  {
    pattern: /could not be (copied|saved)|sent folder|copying the message/i,
    message: 'There was an error copying the message to the Sent folder',
    meaning:
      'The message was sent, but the folder for copies does not exist: its server or user name was changed.',
    checks: ['settings/identity-outgoing-missing'],
    next: [check],
  },
  {
    pattern: /smtp|sending of (the )?message failed|outgoing server/i,
    message: 'Sending of the message failed',
    meaning: 'The outgoing server is missing, not reachable, or did not accept the sign-in.',
    checks: [
      'settings/identity-outgoing-missing',
      'settings/outgoing-type-unknown',
      'settings/outgoing-default-dangling',
    ],
    next: [check],
  },
];

/** The meanings whose words the text has; the most special first. */
export function messagesLike(text: string): MessageMeaning[] {
  return known
    .filter(({ pattern }) => pattern.test(text))
    .map(({ message, meaning, checks, next }) => ({ message, meaning, checks, next }));
}
