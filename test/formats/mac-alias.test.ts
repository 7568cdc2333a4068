import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macAliasPath } from '../../src/formats/mac-alias.ts';
import { aliasRecord } from './alias-record.ts';

describe('an alias record of macOS', () => {
  it.each([2, 3] as const)('names a folder on the start volume (version %i)', (version) => {
    expect(macAliasPath(aliasRecord(version, 'Users/anna/Mail/work', '/'))).toBe('/Users/anna/Mail/work');
  });

  it('names a folder on another volume', () => {
    expect(macAliasPath(aliasRecord(2, '/Mail/wörk', '/Volumes/Backup'))).toBe('/Volumes/Backup/Mail/wörk');
  });

  it('without a path is no path', () => {
    expect(macAliasPath(aliasRecord(2, '', '/'))).toBeNull();
    expect(macAliasPath('Profiles/ab12cd34.default')).toBeNull();
    expect(macAliasPath('')).toBeNull();
  });

  it('cut off or made of anything else is answered, not crashed', () => {
    const whole = aliasRecord(3, 'Users/anna/Mail/work', '/');
    for (let length = 0; length < whole.length; length++) {
      expect([null, '/Users/anna/Mail/work']).toContain(macAliasPath(whole.slice(0, length)));
    }
    fc.assert(fc.property(fc.base64String({ maxLength: 400 }), (text) => macAliasPath(text) !== undefined));
  });
});
