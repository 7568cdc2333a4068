import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceNumbers, findHolder, parseProcLocks } from '../../src/system/proc-locks.ts';

/** Recorded while Thunderbird 153.7 (process 8835) had a profile open, one mailmend lock and a waiting process. */
const recorded = `1: POSIX  ADVISORY  WRITE 8835 fe:00:2147736 1073741826 1073742335
2: OFDLCK ADVISORY  WRITE -1 fe:00:2147607 0 EOF
3: POSIX  ADVISORY  WRITE 8835 fe:00:2147731 0 EOF
3: -> POSIX  ADVISORY  WRITE 9001 fe:00:2147731 0 EOF
4: FLOCK  ADVISORY  WRITE 611 fe:00:2147800 0 EOF
5: LEASE  ACTIVE    READ  702 fe:00:2147801 0 EOF
`;

/** Device fe:00 as stat reports it. */
const device = 0xfe00n;

describe('/proc/locks', () => {
  it('is read line by line; who only waits is no holder', () => {
    expect(parseProcLocks(recorded).map(({ kind, pid, inode }) => [kind, pid, inode])).toEqual([
      ['POSIX', 8835, 2147736n],
      ['OFDLCK', null, 2147607n],
      ['POSIX', 8835, 2147731n],
      ['FLOCK', 611, 2147800n],
      ['LEASE', 702, 2147801n],
    ]);
  });

  it('tells the process that has a file', () => {
    expect(findHolder(parseProcLocks(recorded), { device, inode: 2147731n })).toEqual({ pid: 8835 });
  });

  it('tells of a lock that belongs to no process', () => {
    expect(findHolder(parseProcLocks(recorded), { device, inode: 2147607n })).toEqual({ pid: null });
  });

  it('passes over locks of kinds that do not shut a program out', () => {
    expect(findHolder(parseProcLocks(recorded), { device, inode: 2147800n })).toBeNull();
    expect(findHolder(parseProcLocks(recorded), { device, inode: 2147801n })).toBeNull();
  });

  it('is not sure of a file of the same number on another device', () => {
    expect(findHolder(parseProcLocks(recorded), { device: 0x1dn, inode: 2147731n })).toBe('same-inode');
  });

  it('never throws, whatever it holds', () => {
    const row = fc.stringMatching(/^[0-9a-f:> OFDLCKPSIX-]{0,60}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.string())), (rows) => void parseProcLocks(rows.join('\n'))),
    );
    expect(parseProcLocks('')).toEqual([]);
  });
});

describe('a device number', () => {
  it.each([
    [0xfe00n, 0xfe, 0x00],
    [0x1dn, 0, 0x1d],
    [0x802n, 8, 2],
    // Beyond the old 8 bits each: major 0x1103, minor 0x12345.
    [0x100012310345n, 0x1103, 0x12345],
  ])('%s is taken apart as makedev put it together', (st_dev, major, minor) => {
    expect(deviceNumbers(st_dev)).toEqual({ major, minor });
  });
});
