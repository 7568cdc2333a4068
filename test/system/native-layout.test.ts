import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FlockLayout,
  nativeLayout,
  packFlock,
  packTimes,
  unpackHolder,
} from '../../src/system/native-layout.ts';

function flockOf(platform: NodeJS.Platform): FlockLayout {
  const layout = nativeLayout(platform, 'arm64');
  if (layout === null) throw new Error(`no layout for ${platform}`);
  return layout.flock;
}

describe('struct flock', () => {
  it('is 32 bytes on Linux, the type first and the process at 24', () => {
    const linux = flockOf('linux');
    const bytes = packFlock(linux, linux.write);
    expect([...bytes]).toEqual([1, ...new Array(31).fill(0)]);

    bytes.set([0x83, 0x22], 24);
    expect(unpackHolder(linux, bytes)).toEqual({ pid: 0x2283 });
  });

  it('is 24 bytes on macOS, the process at 16 and the type at 20', () => {
    const macos = flockOf('darwin');
    const bytes = packFlock(macos, macos.write);
    expect([...bytes]).toEqual([...new Array(20).fill(0), 3, 0, 0, 0]);

    bytes.set([0x83, 0x22], 16);
    expect(unpackHolder(macos, bytes)).toEqual({ pid: 0x2283 });
  });

  it.each(['linux', 'darwin'] as const)('tells on %s that nothing is in the way', (platform) => {
    const layout = flockOf(platform);
    expect(unpackHolder(layout, packFlock(layout, layout.unlocked))).toBeNull();
  });

  it('names no process for the lock of an open file (-1), or of a process out of sight (0)', () => {
    const linux = flockOf('linux');
    const bytes = packFlock(linux, linux.write);
    expect(unpackHolder(linux, bytes)).toEqual({ pid: null });
    bytes.fill(0xff, 24, 28);
    expect(unpackHolder(linux, bytes)).toEqual({ pid: null });
  });
});

describe('the layout of a system', () => {
  it.each([
    ['win32', 'x64'],
    ['freebsd', 'x64'],
    ['linux', 'arm'],
    ['linux', 'ia32'],
  ] as const)('is not guessed for %s on %s', (platform, architecture) => {
    expect(nativeLayout(platform, architecture)).toBeNull();
  });

  it('locks open files on Linux, and processes on macOS', () => {
    expect(flockOf('linux')).toMatchObject({ getLock: 36, setLock: 37 });
    expect(flockOf('darwin')).toMatchObject({ getLock: 7, setLock: 8 });
  });
});

describe('two struct timespec', () => {
  it('hold access and modification time as seconds and nanoseconds', () => {
    const bytes = packTimes({ atimeNs: 1_000_000_002n, mtimeNs: 3_000_000_004n });
    expect(new BigInt64Array(bytes.buffer)).toEqual(new BigInt64Array([1n, 2n, 3n, 4n]));
  });

  it('count nanoseconds upwards before 1970, too', () => {
    const bytes = packTimes({ atimeNs: -1n, mtimeNs: -1_000_000_000n });
    expect(new BigInt64Array(bytes.buffer)).toEqual(new BigInt64Array([-1n, 999_999_999n, -1n, 0n]));
  });

  it('lose nothing', () => {
    const time = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
    fc.assert(
      fc.property(time, time, (atimeNs, mtimeNs) => {
        const [aSeconds = 0n, aRest = 0n, mSeconds = 0n, mRest = 0n] = new BigInt64Array(
          packTimes({ atimeNs, mtimeNs }).buffer,
        );
        expect([aSeconds * 1_000_000_000n + aRest, mSeconds * 1_000_000_000n + mRest]).toEqual([
          atimeNs,
          mtimeNs,
        ]);
        expect(aRest >= 0n && aRest < 1_000_000_000n).toBe(true);
      }),
    );
  });
});
