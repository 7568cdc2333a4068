/**
 * Lets the real Thunderbird make a profile: `makeProfile`. Everything is created through its own code; IMAP folders
 * are downloaded from a scripted server. Keys, UIDs, times and GUIDs differ from run to run, the rest does not.
 */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { domainToASCII } from 'node:url';
import { cacheNames } from './file-changes.ts';
import { inApp } from './in-app.ts';
import { namespacesPermitted } from './machine.ts';
import type { Mount } from './private-namespace.ts';
import { type PrefValues, replaceLines } from './quiet-prefs.ts';
import {
  countFolders,
  isDownloaded,
  type RenderedFolder,
  renderCard,
  renderFolders,
} from './render-scenario.ts';
import type { Scenario } from './scenario.ts';
import { startImapServer } from './scripted-imap-server.ts';
import { type StartOptions, startThunderbird } from './thunderbird.ts';

/** Any port is free in a network of its own. */
const downloadPort = 10143;

const scripts = ['prompts', 'common', 'make-accounts', 'make-folders', 'make'];

/**
 * @param folder must not be there yet, or be empty, and must not lie below /home, which is covered during the run.
 * @throws ThunderbirdError when Thunderbird fails; Error when namespaces are not permitted.
 */
export async function makeProfile(scenario: Scenario, folder: string): Promise<void> {
  const profile = resolve(folder);
  if (!namespacesPermitted()) throw new Error('a profile can only be made in namespaces of its own');
  if (profile.startsWith('/home/') || !scenario.seenAs.startsWith('/home/')) {
    throw new Error('a profile is made outside of /home and seen as a folder below /home');
  }
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  if (readdirSync(profile).length > 0) throw new Error(`${folder} is not empty`);
  if (scenario.userJs !== undefined) writeFileSync(join(profile, 'user.js'), scenario.userJs);

  const rendered = renderScenario(scenario);
  const work = mkdtempSync(join(tmpdir(), 'mailmend-make-'));
  const socket = join(work, 'imap.sock');
  const stopServer = await startImapServer(
    rendered.downloaded.map(({ username = '', password = 'download', folders }) => {
      return { username, password, folders };
    }),
    socket,
  );
  try {
    const options: StartOptions = {
      profile,
      seenAs: scenario.seenAs,
      mounts: mountsFor(scenario, profile, work),
      primaryPassword: scenario.primaryPassword ?? null,
      portOut: { port: downloadPort, socket },
    };
    await run(options, `${inApp(...scripts)}\nreturn makeScenario(args);`, {
      scenario: rendered.scenario,
      downloads: rendered.downloads,
      primaryPassword: scenario.primaryPassword ?? null,
    });
    // A second, quiet start: Thunderbird finishes migrations and its folder cache then.
    const prefs: PrefValues =
      scenario.fastShutdown === true ? { 'toolkit.shutdown.fastShutdownStage': 1 } : {};
    await run({ ...options, prefs }, `${inApp(...scripts)}\nreturn settle();`, {});
  } finally {
    stopServer();
    rmSync(work, { recursive: true });
  }
  for (const name of cacheNames) rmSync(join(profile, name), { recursive: true, force: true });
}

async function run(options: StartOptions, script: string, args: object): Promise<void> {
  const thunderbird = await startThunderbird(options);
  try {
    await thunderbird.evaluate(script, args);
  } catch (error) {
    await thunderbird.kill();
    throw error;
  }
  const clean = await thunderbird.quit();
  // Being offline leaves its trace, which no owner's profile has.
  replaceLines(join(options.profile, 'prefs.js'), new Map([['network.online', null]]));
  if (!clean) throw new Error('Thunderbird did not end cleanly: the profile is not to be used');
}

/** The scenario with messages and cards written out, and what is to be downloaded. */
function renderScenario(scenario: Scenario) {
  const accounts = scenario.accounts.map((account) => ({
    ...account,
    folders: renderFolders(account.folders ?? [], account.id),
  }));
  const downloaded = accounts.filter((_account, index) => {
    const spec = scenario.accounts[index];
    return spec !== undefined && isDownloaded(spec);
  });
  const addressBooks = scenario.addressBooks?.map((book) => ({
    ...book,
    cards: book.cards.map((card) => renderCard(card, book.builtin ?? book.name ?? '')),
  }));
  const downloads = Object.fromEntries(
    downloaded.map(({ id, folders }) => [id, { port: downloadPort, count: countFolders(folders) }]),
  );
  return {
    downloaded: downloaded satisfies { folders: RenderedFolder[] }[],
    downloads,
    scenario: { ...scenario, accounts, addressBooks },
  };
}

/** The profile at the path that Thunderbird believes in, and every host of the scenario on this machine. */
function mountsFor(scenario: Scenario, profile: string, work: string): Mount[] {
  const hosts = join(work, 'hosts');
  const names = scenario.accounts.flatMap(({ host }) => (host === undefined || isIP(host) ? [] : [host]));
  const lines = ['localhost', ...names.map((name) => domainToASCII(name))].map(
    (name) => `127.0.0.1 ${name}\n`,
  );
  writeFileSync(hosts, lines.join(''));
  return [
    { from: hosts, to: '/etc/hosts' },
    { cover: '/home' },
    { folder: scenario.seenAs },
    { from: profile, to: scenario.seenAs },
  ];
}
