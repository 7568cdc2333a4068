/**
 * How a person starts the mail program on one profile, on each system and for each way it is installed.
 */

import { describe, expect, it } from 'vitest';
import { openCommand, startWords } from '../../src/library/start-command.ts';
import type { World } from '../../src/library/world.ts';
import type { Install } from '../../src/profile/install.ts';
import type { Platform } from '../../src/profile/places.ts';
import type { Program } from '../../src/profile/profile.ts';

const on = (platform: Platform): World => ({ platform }) as World;

const install = (platform: Platform, directory: string, more: Partial<Install> = {}): Install => ({
  program: 'thunderbird',
  name: 'Thunderbird',
  version: '153.7.0',
  buildId: null,
  directory,
  platformDirectory: directory,
  hash: 'A',
  formerDirectory: null,
  formerHash: null,
  kind: 'native',
  container: null,
  platform,
  ...more,
});

function command(platform: Platform, program: Program, installed: Install | null, profile: string): string {
  const world = on(platform);
  return openCommand(world, startWords(world, program, installed), profile);
}

describe('the command that opens a profile', () => {
  it('is quoted for Windows, where every usual path has a blank', () => {
    const program = install('win32', 'C:\\Program Files\\Mozilla Thunderbird');
    const profile = 'C:\\Users\\Alice B\\AppData\\Roaming\\Thunderbird\\Profiles\\abcd1234.diagnostic';
    expect(command('win32', 'thunderbird', program, profile)).toBe(
      `"C:\\Program Files\\Mozilla Thunderbird\\thunderbird.exe" --no-remote --profile "${profile}"`,
    );
  });

  it('is quoted for a shell where it must be, and not elsewhere', () => {
    const program = install('linux', '/usr/lib/thunderbird');
    expect(command('linux', 'thunderbird', program, '/home/a/.thunderbird/x.diagnostic')).toBe(
      '/usr/lib/thunderbird/thunderbird --no-remote --profile /home/a/.thunderbird/x.diagnostic',
    );
    const mac = install('darwin', '/Applications/My Thunderbird.app/Contents/MacOS');
    expect(command('darwin', 'thunderbird', mac, "/Users/o'neil/p")).toBe(
      `'/Applications/My Thunderbird.app/Contents/MacOS/thunderbird' --no-remote --profile '/Users/o'\\''neil/p'`,
    );
  });

  it('goes through what a program is packed in', () => {
    const flatpak: Partial<Install> = { kind: 'flatpak', container: 'org.mozilla.Thunderbird' };
    expect(command('linux', 'thunderbird', install('linux', '/app/lib/thunderbird', flatpak), '/p')).toBe(
      'flatpak run org.mozilla.Thunderbird --no-remote --profile /p',
    );
    const snap: Partial<Install> = { kind: 'snap', container: 'thunderbird' };
    expect(command('linux', 'thunderbird', install('linux', '/snap/thunderbird/current', snap), '/p')).toBe(
      'snap run thunderbird --no-remote --profile /p',
    );
  });

  it('leaves it to Windows to find a program from the Store', () => {
    const store = install('win32', 'C:\\Program Files\\WindowsApps\\MZLA_1', {
      kind: 'store',
      container: 'MZLA',
    });
    expect(command('win32', 'thunderbird', store, 'C:\\p')).toBe(
      'thunderbird.exe --no-remote --profile C:\\p',
    );
  });

  it('is the name of the program where it is not known where that is', () => {
    expect(command('linux', 'betterbird', null, '/p')).toBe('betterbird --no-remote --profile /p');
    expect(command('linux', 'unknown', null, '/p')).toBe('thunderbird --no-remote --profile /p');
  });
});
