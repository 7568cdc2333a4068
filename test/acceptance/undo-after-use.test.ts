/**
 * Undo after use (design.md 6.5) with the real program: what it did between the repair and the undo stays, and what
 * mailmend did is gone.
 */

import { spawnSync } from 'node:child_process';
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
import { applyPlan } from '../../src/library/apply.ts';
import { listProfiles } from '../../src/library/profiles.ts';
import { undoRun } from '../../src/library/undo.ts';
import { diagnose, takeBack } from '../support/diagnostic.ts';
import { everything, type Stage, stageFixture } from '../support/fixture-stage.ts';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { testWorld } from '../support/test-world.ts';
import { withThunderbird } from './support/eval-in.ts';
import { thunderbirdBinary } from './support/machine.ts';
import { describeWhere } from './support/needs.ts';

let sandbox = '';

beforeEach(() => {
  sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-use-')));
});

afterEach(() => {
  rmSync(sandbox, { recursive: true, maxRetries: 5 });
});

/** What its owner does with it: a message kept, a setting changed, a password saved. */
const use = `
  const message = 'From - Mon Nov 23 12:00:00 2026\\r\\nFrom: carol@example.org\\r\\nSubject: kept since\\r\\n'
    + 'Message-ID: <kept-since@example.org>\\r\\nDate: Mon, 23 Nov 2026 12:00:00 +0000\\r\\n\\r\\nhello\\r\\n';
  const root = MailServices.accounts.localFoldersServer.rootFolder;
  root.QueryInterface(Ci.nsIMsgLocalMailFolder).createLocalSubfolder('Kept');
  root.getChildNamed('Kept').QueryInterface(Ci.nsIMsgLocalMailFolder).addMessage(message);
  MailServices.accounts.getIdentity('id1').fullName = 'Alice Since';
  Services.prefs.setBoolPref('mail.biff.play_sound', false);
  const login = Cc['@mozilla.org/login-manager/loginInfo;1'].createInstance(Ci.nsILoginInfo);
  login.init('smtp://since.example.org', null, 'smtp://since.example.org', 'alice', 'since-then', '', '');
  await Services.logins.addLoginAsync(login);
  Services.prefs.savePrefFile(null);
  await pause(1000);`;

/** What is there, as the program sees it. */
const look = `
  const kept = MailServices.accounts.localFoldersServer.rootFolder.getChildNamed('Kept');
  await Services.logins.initializationPromise;
  return {
    subjects: [...kept.messages].map((message) => message.mime2DecodedSubject),
    name: MailServices.accounts.getIdentity('id1').fullName,
    sound: Services.prefs.getBoolPref('mail.biff.play_sound'),
    logins: (await Services.logins.getAllLogins()).map(({ origin, password }) => [origin, password !== '']),
    leftover: Services.prefs.getStringPref('mail.server.server3.hostname', null),
    smtp: Services.prefs.getStringPref('mail.identity.id1.smtpServer', null),
  };`;

interface Seen {
  subjects: string[];
  name: string;
  sound: boolean;
  logins: [origin: string, decrypted: boolean][];
  leftover: string | null;
  smtp: string | null;
}

const seenIn = (profile: string): Promise<Seen> =>
  withThunderbird(profile, async ({ evaluate }) => (await evaluate(look)) as Seen);

describeWhere(['thunderbird'], 'Undo after Thunderbird was used', () => {
  const signal = new AbortController().signal;
  const leftoverLogin = 'imap://imap.example.com';

  /** A leftover server with its folder and its saved login, a sender without its outgoing server, a gap in profiles.ini. */
  function faultyStage(): Stage {
    mkdirSync(join(sandbox, 'first'));
    writeFileSync(join(sandbox, 'first', 'times.json'), '{"created":1795401519000}');
    writeFileSync(join(sandbox, 'profiles.ini'), registry(2));
    const stage = stageFixture('orphan-server-login', sandbox);
    const prefs = join(stage.profile, 'prefs.js');
    const text = readFileSync(prefs, 'utf8');
    writeFileSync(
      prefs,
      text.replace('"mail.identity.id1.smtpServer", "smtp1"', '"mail.identity.id1.smtpServer", "smtp9"'),
    );
    return stage;
  }

  const entry = (number: number, path: string): string =>
    `[Profile${number}]\nName=${path}\nIsRelative=1\nPath=${path}\n\n`;
  const registry = (number: number): string =>
    `[General]\nStartWithLastProfile=1\nVersion=2\n\n${entry(0, 'first')}${entry(number, 'orphan-server-login')}`;

  const sectionsOf = (ini: string): string[] => ini.trim().split(/\n\n+/).sort();

  it('message, setting and password of since are there, and mailmend’s changes are gone', async () => {
    const stage = faultyStage();
    const { world, selected, profile } = stage;
    const read = (name: string): string => readFileSync(join(profile, name), 'utf8');
    const before = { prefs: read('prefs.js'), found: stage.check().findings.map(({ id }) => id) };
    const { plan } = stage.plan(everything);
    expect(new Set(plan.operations.map(({ op }) => op))).toEqual(
      new Set(['edit-prefs', 'edit-rows', 'edit-ini', 'move-aside']),
    );
    const { run } = await applyPlan(world, plan, { signal, runs: null });
    const repaired = {
      prefs: read('prefs.js'),
      logins: read('logins.json'),
      registry: readFileSync(join(sandbox, 'profiles.ini'), 'utf8'),
    };
    expect(repaired.prefs).not.toContain('server3');
    expect(repaired.logins).not.toContain(leftoverLogin);
    expect(repaired.registry).toContain('[Profile1]');
    expect(existsSync(join(profile, 'ImapMail/imap.example.com'))).toBe(false);

    await withThunderbird(profile, ({ evaluate }) => evaluate(use));
    expect(read('prefs.js')).not.toBe(repaired.prefs);
    expect(read('logins.json')).not.toBe(repaired.logins);
    // Somebody else of this root, since the program was told where its profile is.
    writeFileSync(join(sandbox, 'profiles.ini'), `${repaired.registry}[Install0]\nDefault=first\n\n`);

    const { kept, undone } = await undoRun(world, selected, { runs: null, run: null, signal });
    expect({ kept, undone }).toEqual({ kept: [], undone: run });
    const back = read('prefs.js');
    for (const line of before.prefs.split('\n').filter((one) => /server3|smtp9/.test(one)))
      expect(back).toContain(line);
    const ini = readFileSync(join(sandbox, 'profiles.ini'), 'utf8');
    expect(sectionsOf(ini)).toEqual(sectionsOf(`${registry(2)}[Install0]\nDefault=first\n`));
    expect(existsSync(join(profile, 'ImapMail/imap.example.com'))).toBe(true);
    const found = stage.check().findings.map(({ id }) => id);
    for (const id of before.found) expect(found).toContain(id);

    const seen = await seenIn(profile);
    expect(seen).toMatchObject({
      name: 'Alice Since',
      sound: false,
      leftover: 'imap.example.com',
      smtp: 'smtp9',
    });
    expect(seen.subjects).toEqual(['kept since']);
    const logins = Object.fromEntries(seen.logins);
    expect(logins).toMatchObject({ 'smtp://since.example.org': true, [leftoverLogin]: true });
  });

  it('a login that its owner has removed since stays removed, and ours comes back as one that can be used', async () => {
    const stage = stageFixture('orphan-server-login', sandbox);
    const { world, selected, profile } = stage;
    await applyPlan(world, stage.plan(['passwords']).plan, { signal, runs: null });
    const others = await withThunderbird(profile, async ({ evaluate }) => {
      await evaluate(`${use}
        const own = (await Services.logins.getAllLogins()).filter(({ origin }) => origin !== 'smtp://since.example.org');
        for (const login of own) await Services.logins.removeLoginAsync(login);
        await pause(1000);`);
      return evaluate('return (await Services.logins.getAllLogins()).length;');
    });
    expect(others).toBe(1);
    await undoRun(world, selected, { runs: null, run: null, signal });
    const removed = await withThunderbird(profile, ({ evaluate }) =>
      evaluate(`
        const origins = async () => (await Services.logins.getAllLogins()).map(({ origin }) => origin).sort();
        const before = await origins();
        const [ours] = (await Services.logins.getAllLogins()).filter(({ origin }) => origin === '${leftoverLogin}');
        await Services.logins.removeLoginAsync(ours);
        return [before, await origins()];`),
    );
    expect(removed).toEqual([[leftoverLogin, 'smtp://since.example.org'], ['smtp://since.example.org']]);
  });

  it('a profile that was made since in the profile manager stays listed when a diagnostic one goes', async () => {
    const home = join(sandbox, 'home');
    const root = join(home, '.thunderbird');
    const tmp = join(sandbox, 'tmp');
    mkdirSync(root, { recursive: true });
    mkdirSync(tmp);
    const world = testWorld(sandbox);
    const { profiles } = layOutRoot(root, 'small', 'plain');
    const own = profiles[0] ?? '';
    const before = namesListed();
    const { run } = await diagnose(world, root, own);
    expect(namesListed()).toHaveLength(before.length + 1);
    const { status } = spawnSync(thunderbirdBinary, ['--headless', '-createprofile', 'since'], {
      env: { PATH: process.env.PATH, HOME: home, TMPDIR: tmp, LC_ALL: 'C.UTF-8' },
      timeout: 60_000,
    });
    expect(status).toBe(0);
    expect(namesListed()).toHaveLength(before.length + 2);

    await takeBack(world, root, own, run);
    expect(namesListed()).toEqual([...before, 'since'].sort());
    const ini = readFileSync(join(root, 'profiles.ini'), 'utf8');
    expect(ini).toContain('[Profile2]\nName=since\n');
    expect(ini).not.toMatch(/\[Profile3\]|StartWithLastProfile=0/);

    function namesListed(): string[] {
      const { profiles: listed } = listProfiles(world, { roots: [root] });
      return listed
        .filter(({ registered }) => registered)
        .map(({ name }) => String(name))
        .sort();
    }
  });
});
