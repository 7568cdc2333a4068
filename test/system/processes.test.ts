import { describe, expect, it } from 'vitest';
import { systemProc } from '../../src/system/proc.ts';
import { holderOfDeleted, whoHolds } from '../../src/system/processes.ts';
import { recordedProc } from './support/recorded-proc.ts';

const thunderbird = {
  '8835/comm': 'thunderbird-bin\n',
  '8835/cmdline': '/usr/lib/thunderbird/thunderbird-bin\0--profile\0/home/x/p\0',
};

describe('the program of a process', () => {
  it('is named as people know it', () => {
    expect(whoHolds(8835, recordedProc(thunderbird))).toEqual({
      pid: 8835,
      name: 'Thunderbird',
      command: '/usr/lib/thunderbird/thunderbird-bin --profile /home/x/p',
    });
  });

  it.each([
    ['betterbird', '/opt/betterbird/betterbird', 'Betterbird'],
    ['GeckoMain', '/snap/thunderbird/1/thunderbird-bin', 'Thunderbird'],
    ['thunderbird-bin', '', 'Thunderbird'],
    ['rsync', '/usr/bin/rsync', 'rsync'],
    ['a-name-cut-at-1', '/opt/a-name-cut-at-15-bytes', 'a-name-cut-at-15-bytes'],
  ])('%s with the command line "%s" is %s', (comm, cmdline, name) => {
    expect(whoHolds(7, recordedProc({ '7/comm': `${comm}\n`, '7/cmdline': cmdline }))?.name).toBe(name);
  });

  it('is not known when there is no such process, or no /proc', () => {
    expect(whoHolds(4711, recordedProc(thunderbird))).toBeNull();
  });
});

describe('a lock file that was deleted under a running program', () => {
  const deleted = '/home/x/p/.parentlock (deleted)';

  it('is found among the open files of mail programs', () => {
    const proc = recordedProc({ ...thunderbird, '1/comm': 'systemd\n' }, { '8835/fd/9': deleted });
    expect(holderOfDeleted('/home/x/p/.parentlock', proc)?.pid).toBe(8835);
    expect(holderOfDeleted('/home/x/other/.parentlock', proc)).toBeNull();
  });

  it('is not looked for among those of other programs', () => {
    const proc = recordedProc({ '9/comm': 'backup\n' }, { '9/fd/3': deleted });
    expect(holderOfDeleted('/home/x/p/.parentlock', proc)).toBeNull();
  });
});

describe.runIf(process.platform === 'linux')('the real /proc', () => {
  it('knows this very process', () => {
    expect(whoHolds(process.pid)?.command).toContain('node');
  });

  it('has no name for a process that cannot be', () => {
    expect(whoHolds(2 ** 30)).toBeNull();
    expect(systemProc.names('no/such/folder')).toEqual([]);
    expect(systemProc.link('no/such/link')).toBeNull();
  });
});
