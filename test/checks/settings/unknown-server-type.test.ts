import { describe, expect, it } from 'vitest';
import { unknownServerType } from '../../../src/checks/settings/unknown-server-type.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const one = 'mail.server.server1.';
const extensions = (active: boolean): string =>
  JSON.stringify({
    addons: [{ id: 'owl@beonex.com', type: 'extension', active, visible: true, location: 'app-profile' }],
  });

describe('an account of a type that the program does not have', () => {
  it('is dropped at the next start; nothing can be done but to tell', () => {
    const facts = profileFromPrefs(healthyWith({ [`${one}type`]: 'owl' }));
    expect(gravity(unknownServerType, facts)).toBe('error loses');
    const { finding } = onlyFinding(unknownServerType, facts);
    expect(finding.title).toContain('alice@example.org');
    expect(finding.title).toContain('"owl"');
    expect(finding.repair).toBeUndefined();
  });

  it('is in order while its add-on is there and enabled', () => {
    const prefs = healthyWith({ [`${one}type`]: 'owl' });
    expect(
      foundBy(unknownServerType, profileFromPrefs(prefs, { files: { 'extensions.json': extensions(true) } })),
    ).toEqual([]);
    expect(
      foundBy(
        unknownServerType,
        profileFromPrefs(prefs, { files: { 'extensions.json': extensions(false) } }),
      ),
    ).toHaveLength(1);
  });

  it('is kept by the program until it has missed the add-on for the time that the account asks for', () => {
    const asked = { [`${one}type`]: 'owl', [`${one}secondsToLeaveUnavailable`]: 86_400 };
    expect(foundBy(unknownServerType, profileFromPrefs(healthyWith(asked)))).toEqual([]);
    const missed = profileFromPrefs(healthyWith(asked, { [`${one}timeFoundUnavailable`]: 1_795_460_852 }));
    expect(onlyFinding(unknownServerType, missed).finding.detail).toContain(
      'drops it when that time is over',
    );
  });

  it('is movemail only since Thunderbird 91', () => {
    const prefs = healthyWith({ [`${one}type`]: 'movemail' });
    expect(foundBy(unknownServerType, profileFromPrefs(prefs, { version: '78.14.0' }))).toEqual([]);
    expect(onlyFinding(unknownServerType, profileFromPrefs(prefs)).finding.detail).toContain('version 91');
  });

  it('says so when user.js sets the type', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${one}type", "owl");\n` });
    expect(onlyFinding(unknownServerType, facts).finding.detail).toContain('user.js (line 1)');
  });

  it('is no business of a server without any type: settings/server-incomplete', () => {
    expect(foundBy(unknownServerType, profileFromPrefs(healthyWith({ [`${one}type`]: '' })))).toEqual([]);
  });
});
