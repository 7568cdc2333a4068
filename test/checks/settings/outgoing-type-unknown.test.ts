import { describe, expect, it } from 'vitest';
import { outgoingTypeUnknown } from '../../../src/checks/settings/outgoing-type-unknown.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { fileOf, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const poisoned = {
  'mail.smtpservers': 'smtp1,owl1',
  'mail.smtpserver.owl1.type': 'owl',
  'mail.smtpserver.owl1.description': 'Owl',
};

describe('an outgoing server of an unknown type', () => {
  it('stops all sending, and goes out of the list; its own lines stay', () => {
    const facts = profileFromPrefs(healthyWith(poisoned));
    expect(gravity(outgoingTypeUnknown, facts)).toBe('error safe');
    expect(onlyFinding(outgoingTypeUnknown, facts).finding.title).toMatch(
      /^Nothing can be sent, because .* Owl /,
    );
    expect(lineChanges(outgoingTypeUnknown, facts)).toEqual(['mail.smtpservers: "smtp1,owl1" -> "smtp1"']);
    expect(fileOf(repaired(outgoingTypeUnknown, facts), 'prefs.js')).toContain('mail.smtpserver.owl1.type');
  });

  it('names who sends through it, and that it is the default', () => {
    const facts = profileFromPrefs(
      healthyWith(poisoned, { 'mail.identity.id1.smtpServer': 'owl1', 'mail.smtp.defaultserver': 'owl1' }),
    );
    const { detail } = onlyFinding(outgoingTypeUnknown, facts).finding;
    expect(detail).toContain('alice@example.org would send through it');
    expect(detail).toContain('It is the default outgoing server');
  });

  it('takes the line with it when it was the only one', () => {
    const facts = profileFromPrefs(healthyWith(poisoned, { 'mail.smtpservers': 'owl1' }));
    expect(lineChanges(outgoingTypeUnknown, facts)).toEqual(['mail.smtpservers: "owl1" -> null']);
  });

  it('is no problem outside the list, without any type, or with its add-on enabled', () => {
    expect(
      foundBy(outgoingTypeUnknown, profileFromPrefs(healthyWith(poisoned, { 'mail.smtpservers': 'smtp1' }))),
    ).toEqual([]);
    expect(
      foundBy(outgoingTypeUnknown, profileFromPrefs(healthyWith({ 'mail.smtpserver.smtp1.type': null }))),
    ).toEqual([]);
    const addOn = {
      id: 'owl@beonex.com',
      type: 'extension',
      active: true,
      visible: true,
      location: 'app-profile',
    };
    const files = { 'extensions.json': JSON.stringify({ addons: [addOn] }) };
    expect(foundBy(outgoingTypeUnknown, profileFromPrefs(healthyWith(poisoned), { files }))).toEqual([]);
  });

  it('is told, not repaired, when user.js lists it', () => {
    const userJs = 'user_pref("mail.smtpservers", "smtp1,owl1");\n';
    const facts = profileFromPrefs(healthyWith(poisoned), { userJs });
    expect(lineChanges(outgoingTypeUnknown, facts)).toBeNull();
    expect(onlyFinding(outgoingTypeUnknown, facts).finding.detail).toContain('user.js (line 1)');
  });
});
