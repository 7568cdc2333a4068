/**
 * What the real Thunderbird does at its start once there is a diagnostic profile: it fetches nothing in it, deletes
 * nothing on the server, and opens no profile without being asked to.
 */

import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { selectProfile } from '../../src/library/select.ts';
import type { World } from '../../src/library/world.ts';
import { lockState } from '../../src/system/lock-state.ts';
import { diagnose, removeDiagnostic } from '../support/diagnostic.ts';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { testWorld } from '../support/test-world.ts';
import { treeListing } from '../support/tree-hash.ts';
import { inApp } from './support/in-app.ts';
import { describeWhere } from './support/needs.ts';
import { mailWindow, profileManager, type StartedByOwner, startAsOwner } from './support/owner-start.ts';
import { type PopServer, startPopServer } from './support/scripted-pop-server.ts';
import { type RunningThunderbird, startThunderbird } from './support/thunderbird.ts';

const thunderbird = [{ folder: '/usr/lib/thunderbird', name: 'Thunderbird', version: '153.7.0' }];

let folder = '';
let world: World;

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-start-'));
  world = testWorld(folder, thunderbird);
});

afterEach(() => {
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

describeWhere(['thunderbird', 'namespaces'], 'with its network, Thunderbird in a diagnostic profile', () => {
  const message = (number: number): string =>
    `From: bob@example.net\r\nTo: dora@club.example\r\nSubject: ${number}\r\nMessage-ID: <${number}@example.net>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nHello\r\nFrom here on\r\n`;
  const maildrop = [1, 2].map((number) => ({ uidl: `uidl-${number}`, text: message(number) }));

  let server: PopServer | null = null;
  let running: RunningThunderbird | null = null;

  afterEach(async () => {
    await running?.kill();
    server?.close();
    [running, server] = [null, null];
  });

  /** The fixture's accounts without encryption, so that a small server can answer. */
  function plainRoot(): { root: string; own: string } {
    const { root, profiles } = layOutRoot(join(folder, 'root'), 'several-accounts');
    const prefs = join(root, 'several-accounts/prefs.js');
    const text = readFileSync(prefs, 'utf8')
      .replace('"mail.server.server4.port", 995', '"mail.server.server4.port", 110')
      .replace('"mail.server.server4.socketType", 3', '"mail.server.server4.socketType", 0')
      .replace('"mail.server.server1.port", 993', '"mail.server.server1.port", 143')
      .replace('"mail.server.server1.socketType", 3', '"mail.server.server1.socketType", 0');
    writeFileSync(prefs, text);
    return { root, own: profiles[0] ?? '' };
  }

  /** Every host of the fixture is this server, on one port. */
  async function startOnline(profile: string, port: number): Promise<PopServer> {
    const socket = join(folder, 'server.sock');
    const hosts = join(folder, 'hosts');
    writeFileSync(hosts, '127.0.0.1 localhost pop.club.example imap.example.org\n');
    server = await startPopServer(maildrop, socket);
    running = await startThunderbird({
      profile,
      online: true,
      portOut: { port, socket },
      mounts: [
        { from: hosts, to: '/etc/hosts' },
        { from: profile, to: profile },
      ],
    });
    return server;
  }

  const evaluate = (script: string): Promise<unknown> =>
    running?.evaluate(`${inApp('prompts', 'common')}\n${script}`) ?? Promise.reject(new Error('not started'));

  /** All that it does by itself at a start is over some time after the window is there. */
  const letItSettle = (): Promise<unknown> => evaluate('await pause(5000); return Services.io.offline;');

  it.each([
    ['IMAP', 'dora@example.org', 143],
    ['POP', 'dora@club.example', 110],
  ])('connects to no %s server, as it does where it is told to', async (_type, email, port) => {
    const { root, own } = plainRoot();
    const { path } = await diagnose(world, root, own, { account: email });
    const quiet = await startOnline(path, port);
    expect(await letItSettle()).toBe(false);
    expect(quiet.sessions).toEqual([]);
    await running?.quit();
    quiet.close();

    const prefs = join(path, 'prefs.js');
    const text = readFileSync(prefs, 'utf8');
    writeFileSync(prefs, text.replaceAll(/(login_at_startup|check_new_mail)", false/g, '$1", true'));
    const loud = await startOnline(path, port);
    await letItSettle();
    expect(loud.sessions.length).toBeGreaterThan(0);
  });

  it('leaves all POP mail on the server when it fetches, and only then may the profile go', async () => {
    const { root, own } = plainRoot();
    const { path } = await diagnose(world, root, own, { account: 'dora@club.example' });
    const { sessions } = await startOnline(path, 110);
    const fetched = await evaluate(`
      const { incomingServer: server } = MailServices.accounts.accounts[0];
      const inbox = server.rootFolder.getChildNamed('Inbox');
      server.password = 'secret';
      await new Promise((resolve) => MailServices.pop3.GetNewMail(null, {
        QueryInterface: ChromeUtils.generateQI(['nsIUrlListener']),
        OnStartRunningUrl() {},
        OnStopRunningUrl: resolve,
      }, inbox, server));
      return inbox.getTotalMessages(false);`);
    expect(fetched).toBe(2);
    const commands = sessions.flat();
    expect(commands).toContain('RETR 2');
    expect(commands.filter((command) => /^DELE/i.test(command))).toEqual([]);
    // One more that no server has: a draft.
    await evaluate(`
      const { rootFolder } = MailServices.accounts.localFoldersServer;
      rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder).createLocalSubfolder('Drafts');
      rootFolder.getChildNamed('Drafts').QueryInterface(Ci.nsIMsgLocalMailFolder)
        .addMessage('From: a@example.org\\r\\nSubject: not sent\\r\\n\\r\\nHello\\r\\n');`);
    await running?.quit();

    const before = treeListing(root);
    await expect(removeDiagnostic(world, root, own)).rejects.toMatchObject({
      code: 'HOLDS_MAIL',
      exit: 3,
      message: expect.stringContaining('"Local Folders/Drafts" (1 message)'),
    });
    expect(treeListing(root)).toEqual(before);

    rmSync(join(path, 'Mail/Local Folders/Drafts'));
    await removeDiagnostic(world, root, own);
    expect(existsSync(path)).toBe(false);
  });
});

describeWhere(['thunderbird', 'namespaces', 'windows'], 'started as its owner does, Thunderbird', () => {
  let started: StartedByOwner | null = null;

  afterEach(async () => {
    await started?.kill();
    started = null;
  });

  it('asks which profile to open, and the one chosen there does not stay the default when it is removed', async () => {
    const owner = join(folder, 'owner');
    const { root, profiles } = layOutRoot(join(owner, '.thunderbird'), 'plain');
    const [own = ''] = profiles;
    const { path } = await diagnose(world, root, own, { account: 'alice@example.org' });
    const before = treeListing(own);

    started = await startAsOwner(owner);
    await started.window(profileManager);
    expect(lockState(world.fs, world.locks, own).state).toBe('free');
    expect(treeListing(own)).toEqual(before);

    // The second one of the list; that makes it the one that this installation opens.
    await started.press(profileManager, 'Down', 'Return');
    await started.window(mailWindow);
    expect(lockState(world.fs, world.locks, path).state).toBe('held');
    expect(lockState(world.fs, world.locks, own).state).toBe('free');
    await started.kill();
    const registry = (): string => readFileSync(join(root, 'profiles.ini'), 'utf8');
    expect(registry()).toMatch(/\[InstallFDC34C9F024745EB\]\nDefault=\w+\.diagnostic\n/);

    await removeDiagnostic(world, root, own);
    expect(treeListing(own)).toEqual(before);
    expect(registry()).toContain('[InstallFDC34C9F024745EB]\nDefault=plain\nLocked=1\n');
    expect(registry()).toContain('StartWithLastProfile=1');
    expect(registry()).not.toContain('diagnostic');
    expect(selectProfile(world, { argument: null, roots: [root] })).toMatchObject({
      kind: 'one',
      profile: { path: own },
    });

    started = await startAsOwner(owner);
    await started.window(mailWindow);
    expect(lockState(world.fs, world.locks, own).state).toBe('held');
  });
});
