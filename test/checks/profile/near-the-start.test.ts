/**
 * What is told of the way a program starts with a profile: offline, again and again in vain, open on another computer,
 * with settings that are older than its last use, or that somebody else sets.
 */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { crashLoop } from '../../../src/checks/profile/crash-loop.ts';
import { openElsewhere } from '../../../src/checks/profile/open-elsewhere.ts';
import { userJsFights } from '../../../src/checks/profile/user-js-fights.ts';
import { workOffline } from '../../../src/checks/profile/work-offline.ts';
import type { LockLink } from '../../../src/system/lock-link.ts';
import type { LockState } from '../../../src/system/lock-state.ts';
import type { Machine } from '../../../src/system/machine.ts';
import { foundBy, lineChanges, onlyFinding } from '../../support/check-story.ts';
import { stageFixture } from '../../support/fixture-stage.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const line = (name: string, value: unknown): string => `user_pref("${name}", ${JSON.stringify(value)});\n`;

function on(facts: Facts, changes: Partial<Machine> = {}): Facts {
  const free: LockState = { state: 'free', pid: null, how: '' };
  const machine: Machine = {
    platform: 'linux',
    lock: free,
    lockLink: null,
    now: new Date('2026-11-23T12:00:00Z'),
    installs: [],
    ...changes,
  };
  return { ...facts, machine };
}

describe('starting offline', () => {
  it.each([
    [line('offline.startup_state', 3), 'is set to start offline, always'],
    [line('offline.startup_state', 0) + line('network.online', false), 'was offline last'],
  ])('is told: %j', (text, title) => {
    const facts = profileFromPrefs(text);
    const { finding } = onlyFinding(workOffline, facts);
    expect(finding.title).toContain(title);
    expect(finding.repair).toMatchObject({ risk: 'settings', byName: true });
    expect(lineChanges(workOffline, facts)?.[0]).toMatch(/^offline.startup_state: [03] -> null$/);
  });

  it.each([
    ['nothing is set', ''],
    ['it was offline last, and starts online anyway', line('network.online', false)],
    ['it starts as it was, and was online', line('offline.startup_state', 0) + line('network.online', true)],
    ['it asks', line('offline.startup_state', 1) + line('network.online', false)],
  ])('is not told where %s', (_what, text) => {
    expect(foundBy(workOffline, profileFromPrefs(text))).toEqual([]);
  });

  it('is not repaired where user.js sets it', () => {
    const facts = profileFromPrefs('', { userJs: line('offline.startup_state', 3) });
    expect(onlyFinding(workOffline, facts).finding).toMatchObject({
      detail: expect.stringContaining('user.js (line 1)'),
    });
    expect(lineChanges(workOffline, facts)).toBeNull();
  });
});

describe('crashes', () => {
  const counted = (crashes: number): Facts =>
    on(profileFromPrefs(line('toolkit.startup.recent_crashes', crashes)));

  it('are told from three on', () => {
    expect(foundBy(crashLoop, counted(2))).toEqual([]);
    expect(onlyFinding(crashLoop, counted(3)).finding.title).toBe('Thunderbird crashed 3 times at its start');
  });
});

describe('a profile that is open elsewhere', () => {
  const link: LockLink = { target: '', address: '192.0.2.7', pid: 77, withLock: true, process: 'other-host' };
  const held: LockState = { state: 'held', pid: null, how: '' };
  const found = (lock: LockState, lockLink: LockLink | null) =>
    foundBy(openElsewhere, on(profileFromPrefs(''), { lock, lockLink }));

  it('is told with the address, and nobody is told to delete the lock', () => {
    const { finding } = onlyFinding(openElsewhere, on(profileFromPrefs(''), { lock: held, lockLink: link }));
    expect(finding.title).toContain('192.0.2.7');
    expect(finding.detail).toContain('Do not delete the lock file');
    expect(finding.repair).toBeUndefined();
  });

  it('is not told for the link alone: it stays behind, and addresses change', () => {
    expect(found({ ...held, state: 'free' }, link)).toEqual([]);
  });

  it('is not told while a program of this computer has it open', () => {
    expect(found({ ...held, pid: 77 }, link)).toEqual([]);
    expect(found(held, { ...link, process: 'alive' })).toEqual([]);
    expect(found(held, null)).toEqual([]);
  });
});

describe('user.js against the settings', () => {
  const name = 'mail.identity.id1.fullName';

  it('is told where both differ, with both lines, and these lines can leave user.js', () => {
    const facts = profileFromPrefs(line(name, 'Alice'), {
      userJs: `${line('mail.server.server1.port', 1)}${line(name, 'Desk')}`,
    });
    const { finding } = onlyFinding(userJsFights, facts);
    expect(finding.evidence).toMatchObject([{ file: 'user.js', line: 2 }, { file: 'prefs.js' }]);
    expect(finding.repair).toMatchObject({ byName: true });
    expect(lineChanges(userJsFights, facts)).toEqual([`${name}: "Desk" -> null`]);
  });

  it.each([
    ['it says the same', line(name, 'Alice')],
    ['it sets what nothing else sets', line('mail.server.server1.port', 1)],
    ['it is not about accounts', line('mail.compose.big_attachments.notify', false)],
  ])('is not told where %s', (_what, userJs) => {
    const saved = line(name, 'Alice') + line('mail.compose.big_attachments.notify', true);
    expect(foundBy(userJsFights, profileFromPrefs(saved, { userJs }))).toEqual([]);
  });
});

describe('settings that are older than the last use', () => {
  let sandbox = '';
  beforeEach(() => {
    sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-start-')));
  });
  afterEach(() => {
    rmSync(sandbox, { recursive: true });
  });
  const findings = (stage: ReturnType<typeof stageFixture>) =>
    stage.check().findings.filter(({ check }) => check === 'profile/settings-put-back');

  it('are not told where the program was only open for a while', () => {
    const stage = stageFixture('settings-put-back', sandbox);
    const used = new Date('2026-11-23T11:00:00Z');
    utimesSync(join(stage.profile, 'prefs.js'), used, new Date(used.getTime() - 6 * 60 * 60 * 1000));
    expect(findings(stage)).toEqual([]);
  });

  it('are told with more weight where mail lies there that they do not know', () => {
    const stage = stageFixture('settings-put-back', sandbox);
    const mail = join(stage.profile, 'Mail/pop.new.example');
    mkdirSync(mail);
    writeFileSync(join(mail, 'Inbox'), 'From - Mon Nov 23 10:00:00 2026\nSubject: new\n\nHello\n');
    expect(findings(stage)).toMatchObject([
      { severity: 'warning', detail: expect.stringContaining('Mail/pop.new.example') },
    ]);
  });
});

describe('what an administrator has locked', () => {
  it('is not repaired in the profile but told, with file and line', () => {
    const sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-start-')));
    const stage = stageFixture('company-settings', sandbox);
    const [fault] = stage.check().findings;
    expect(fault).toMatchObject({
      check: 'settings/outgoing-default-dangling',
      detail: expect.stringContaining('(/usr/lib/thunderbird/distribution/policies.json, line 5)'),
    });
    expect(stage.plan(['settings']).plan.operations).toEqual([]);
    rmSync(sandbox, { recursive: true });
  });
});
