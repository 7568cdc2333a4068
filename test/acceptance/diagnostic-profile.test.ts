/**
 * A diagnostic profile, from fixtures in a root of their own to the real Thunderbird: what it sees in the fresh profile,
 * and that nothing else has changed. Where it starts is diagnostic-start.test.ts.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { World } from '../../src/library/world.ts';
import { diagnose, removeDiagnostic, takeBack } from '../support/diagnostic.ts';
import { layOutRoot, type RootOfFixtures } from '../support/root-of-fixtures.ts';
import { testWorld } from '../support/test-world.ts';
import { treeListing } from '../support/tree-hash.ts';
import { dump } from './support/dump.ts';
import type { DumpedOutgoing, DumpedServer } from './support/dump-types.ts';
import { withThunderbird } from './support/eval-in.ts';
import { describeWhere } from './support/needs.ts';

const thunderbird = [{ folder: '/usr/lib/thunderbird', name: 'Thunderbird', version: '153.7.0' }];

let folder = '';
let world: World;

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-diagnostic-'));
  world = testWorld(folder, thunderbird);
});

afterEach(() => {
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

interface Story {
  what: string;
  root(): RootOfFixtures;
  email: string;
  as?: 'imap';
  server: Partial<DumpedServer>;
  /** Where its mail goes, in the fresh profile. */
  directory: string;
  addresses: string[];
  outgoing: Partial<DumpedOutgoing>[];
}

const several = (): RootOfFixtures => layOutRoot(join(folder, 'root'), 'several-accounts', 'small');

/** The account of the club, at a provider that is known to have both. */
function atGmx(): RootOfFixtures {
  const laidOut = several();
  const prefs = join(laidOut.root, 'several-accounts/prefs.js');
  writeFileSync(prefs, readFileSync(prefs, 'utf8').replaceAll('pop.club.example', 'pop.gmx.net'));
  return laidOut;
}

/** As Postbox 7 leaves it: its own grammar, "STARTTLS if available", a server that was renamed later, absolute folders. */
function postbox(): RootOfFixtures {
  const laidOut = several();
  const profile = join(laidOut.root, 'postbox');
  mkdirSync(join(profile, 'Mail/old.example.com'), { recursive: true });
  const values: Record<string, string | number | boolean> = {
    'mail.account.account7.identities': 'id7',
    'mail.account.account7.server': 'server7',
    'mail.accountmanager.accounts': 'account7',
    'mail.accountmanager.defaultaccount': 'account7',
    'mail.identity.id7.fullName': 'Paul "Postbox" Example',
    'mail.identity.id7.smtpServer': 'smtp7',
    'mail.identity.id7.useremail': 'paul@example.com',
    'mail.identity.id7.fcc_folder': 'mailbox://paul@old.example.com/Sent',
    'mail.server.server7.authMethod': 3,
    'mail.server.server7.check_new_mail': true,
    'mail.server.server7.delete_by_age_from_server': true,
    'mail.server.server7.directory': join(profile, 'Mail/old.example.com'),
    'mail.server.server7.hostname': 'old.example.com',
    'mail.server.server7.realhostname': 'pop.example.com',
    'mail.server.server7.leave_on_server': false,
    'mail.server.server7.login_at_startup': true,
    'mail.server.server7.port': 110,
    'mail.server.server7.socketType': 1,
    'mail.server.server7.type': 'pop3',
    'mail.server.server7.userName': 'paul',
    'mail.smtp.defaultserver': 'smtp7',
    'mail.smtpserver.smtp7.hostname': 'smtp.example.com',
    'mail.smtpserver.smtp7.port': 587,
    'mail.smtpserver.smtp7.try_ssl': 1,
    'mail.smtpserver.smtp7.username': 'paul',
    'mail.smtpservers': 'smtp7',
    'postbox.version.last': '7.0.61',
  };
  const lines = Object.entries(values).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`,
  );
  writeFileSync(join(profile, 'prefs.js'), `# Mozilla User Preferences\n\n${lines.join('')}`);
  writeFileSync(
    join(profile, 'compatibility.ini'),
    '[Compatibility]\nLastVersion=7.0.61_20210608/20210608\nLastPlatformDir=/opt/PostboxApp\nLastAppDir=/opt/PostboxApp\n',
  );
  return { ...laidOut, profiles: [profile, ...laidOut.profiles] };
}

const starttls = { socketType: 'alwaysSTARTTLS' } as const;
const password = { authMethod: 'passwordCleartext' } as const;
const noPassword = { effectivePassword: { found: false } };
const home = { hostname: 'smtp.example.org', port: 465, socketType: 'SSL', ...password } as const;
const club = {
  hostname: 'mail.club.example',
  port: 587,
  ...starttls,
  authMethod: 'passwordEncrypted',
} as const;
const leavesMail = { leaveOnServer: true, deleteMailLeftOnServer: false, deferredToAccount: '' };

const stories: Story[] = [
  {
    what: 'an IMAP account with two senders',
    root: several,
    email: 'dora@example.org',
    server: {
      type: 'imap',
      hostname: 'imap.example.org',
      port: 993,
      username: 'dora@example.org',
      socketType: 'SSL',
      ...password,
      ...noPassword,
    },
    directory: 'ImapMail/imap.example.org',
    addresses: ['dora@example.org', 'info@club.example'],
    outgoing: [{ ...home, isDefault: true }, club],
  },
  {
    what: 'a POP account, which leaves its mail on the server',
    root: several,
    email: 'dora@club.example',
    server: {
      type: 'pop3',
      hostname: 'pop.club.example',
      port: 995,
      username: 'dora',
      socketType: 'SSL',
      ...password,
      ...noPassword,
      ...leavesMail,
    },
    directory: 'Mail/pop.club.example',
    addresses: ['dora@club.example'],
    outgoing: [{ ...club, isDefault: true }],
  },
  {
    what: 'a POP account whose mail went to Local Folders, and that sends through the default server',
    root: several,
    email: 'dora.example@example.net',
    server: {
      type: 'pop3',
      hostname: 'pop.example.net',
      port: 110,
      username: 'dora.example',
      ...starttls,
      authMethod: 'passwordEncrypted',
      ...noPassword,
      ...leavesMail,
    },
    directory: 'Mail/pop.example.net',
    addresses: ['dora.example@example.net'],
    outgoing: [{ ...home, isDefault: true }],
  },
  {
    what: 'a POP account as IMAP, where the provider has it',
    root: atGmx,
    email: 'dora@club.example',
    as: 'imap',
    server: {
      type: 'imap',
      hostname: 'imap.gmx.net',
      port: 993,
      username: 'dora@club.example',
      socketType: 'SSL',
      ...password,
      ...noPassword,
    },
    directory: 'ImapMail/imap.gmx.net',
    addresses: ['dora@club.example'],
    outgoing: [{ ...club, isDefault: true }],
  },
  {
    what: 'Gmail with OAuth2, without its token',
    root: () => layOutRoot(join(folder, 'root'), 'gmail-oauth'),
    email: 'bob.example@gmail.com',
    server: {
      type: 'imap',
      hostname: 'imap.gmail.com',
      port: 993,
      username: 'bob.example@gmail.com',
      socketType: 'SSL',
      authMethod: 'OAuth2',
      effectiveRefreshToken: { found: false },
    },
    directory: 'ImapMail/imap.gmail.com',
    addresses: ['bob.example@gmail.com'],
    outgoing: [{ hostname: 'smtp.gmail.com', authMethod: 'OAuth2', isDefault: true }],
  },
  {
    what: 'an account of Postbox, with the encryption required that was optional',
    root: postbox,
    email: 'paul@example.com',
    server: {
      type: 'pop3',
      hostname: 'pop.example.com',
      port: 110,
      username: 'paul',
      ...starttls,
      ...password,
      ...noPassword,
      ...leavesMail,
    },
    directory: 'Mail/pop.example.com',
    addresses: ['paul@example.com'],
    outgoing: [{ hostname: 'smtp.example.com', port: 587, ...starttls, username: 'paul', isDefault: true }],
  },
];

describeWhere(['thunderbird'], 'the real Thunderbird sees in a diagnostic profile', () => {
  it.each(stories)('$what', async ({ root, email, as, server, directory, addresses, outgoing }) => {
    const { root: place, profiles } = root();
    const [own = '', ...others] = profiles;
    const before = treeListing(own);
    const { path } = await diagnose(world, place, own, { account: email, as: as ?? null });
    expect(treeListing(own)).toEqual(before);

    const seen = await dump(path);
    expect(seen.accounts).toHaveLength(2);
    const [account, local] = seen.accounts;
    expect(account?.server).toMatchObject({
      ...server,
      localPath: join(path, directory),
      loginAtStartUp: false,
      doBiff: false,
      downloadOnBiff: false,
    });
    expect(account).toMatchObject({ isDefault: true });
    expect(account?.identities.map((identity) => identity.email)).toEqual(addresses);
    expect(local?.server).toMatchObject({ type: 'none', localPath: join(path, 'Mail/Local Folders') });
    expect(seen.outgoing).toHaveLength(outgoing.length);
    for (const one of outgoing) expect(seen.outgoing).toContainEqual(expect.objectContaining(one));

    expect(seen.logins).toEqual([]);
    expect(seen.addons.filter(({ builtin }) => !builtin)).toEqual([]);
    expect(seen.userPrefs).not.toMatchObject({
      'mail.server.server1.delete_by_age_from_server': true,
    });
    // Nothing of what mailmend wrote was put right, and nothing leads back into another profile.
    expect(seen.fileChanges).toMatchObject({ deleted: [], prefsRemoved: [] });
    expect(seen.problems).toEqual([]);
    expect(seen.prompts).toEqual([]);
    const written = JSON.stringify(seen.userPrefs);
    for (const other of [own, ...others]) expect(written).not.toContain(`${other}/`);
  });
});

describeWhere(['thunderbird'], 'a diagnostic profile in which Thunderbird has run', () => {
  const email = 'dora@example.org';

  it('is taken away again: the list of profiles is what it was, and the folder is kept', async () => {
    const { root, registry, profiles } = several();
    const [own = ''] = profiles;
    const before = treeListing(own);
    const { path } = await diagnose(world, root, own, { account: email });
    await withThunderbird(path, async ({ evaluate }) => {
      await evaluate(`Services.prefs.setBoolPref('mail.biff.play_sound', false);`);
    });
    expect(existsSync(join(path, 'key4.db'))).toBe(true);
    const used = treeListing(path);

    const { run, document } = await removeDiagnostic(world, root, own);
    expect(document.diagnostic.path).toBe(path);
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(join(root, 'profiles.ini'), 'utf8')).toBe(registry);
    expect(treeListing(own)).toEqual(before);

    await takeBack(world, root, own, run);
    expect(treeListing(path)).toEqual(used);
    expect(readFileSync(join(root, 'profiles.ini'), 'utf8')).toContain('StartWithLastProfile=0');
  });

  it('stays while Thunderbird has it open, or any other profile of the root', async () => {
    const { root, profiles } = several();
    const [own = '', other = ''] = profiles;
    const { path } = await diagnose(world, root, own, { account: email });
    const registry = readFileSync(join(root, 'profiles.ini'), 'utf8');
    for (const opened of [path, own, other]) {
      await withThunderbird(opened, async () => {
        const refused = { code: 'PROFILE_IN_USE', exit: 3 };
        await expect(removeDiagnostic(world, root, own)).rejects.toMatchObject(refused);
        await expect(diagnose(world, root, own)).rejects.toMatchObject(refused);
      });
    }
    expect(readFileSync(join(root, 'profiles.ini'), 'utf8')).toBe(registry);
    await removeDiagnostic(world, root, own);
    expect(existsSync(path)).toBe(false);
  });
});
