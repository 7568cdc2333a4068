import { describe, expect, it } from 'vitest';
import { cityHash64, installHash } from '../../src/formats/city-hash.ts';

const sample = (length: number, step: number, start: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * step + start) & 255);

/** Answers of the published program of version 1.0 for bytes 3, 10, 17, … of each length. */
const answers: readonly [number, bigint][] = [
  [0, 0x9ae16a3b2f90404fn],
  [1, 0x5068a5b3d87a0284n],
  [2, 0x6ea90655f7a8ea3cn],
  [3, 0xf6aa543ca4b8bf14n],
  [4, 0x9dd33b80b9fa6393n],
  [5, 0x4f7df53bd5a2ced5n],
  [7, 0xe1bc1022a1b992cn],
  [8, 0x37fed2dba3a300e3n],
  [9, 0x29b1ff616f22d6f6n],
  [12, 0xf8f5996e9d9f7efn],
  [15, 0xf35205fd9db2c504n],
  [16, 0xbdf5bcbc9b4603a4n],
  [17, 0xa75fe55f0d775edan],
  [24, 0x7353f72904323f52n],
  [31, 0xa74e1d551760088dn],
  [32, 0xd7989f47d40c660dn],
  [33, 0xef04fa08e8e5b8fbn],
  [48, 0xa7b0eb0c7882e506n],
  [63, 0x4cca3400afafeff4n],
  [64, 0xc1515868c51fc399n],
  [65, 0xf16772a32b6c31d8n],
  [100, 0x6641e32ed7481060n],
  [127, 0x962f7a27804c48f1n],
  [128, 0xcfbb39443ec19617n],
  [129, 0x94c7aa9883f91f7fn],
  [192, 0x484f5f90c3af6d42n],
  [200, 0x1320c268cd285bfen],
  [256, 0x634f860f45f90ca1n],
  [300, 0x83d346762115a5b4n],
  [1000, 0xdd628b110bd69128n],
];

describe('CityHash64 1.0', () => {
  it.each(answers)('answers as the published program does for %i bytes', (length, hash) => {
    expect(cityHash64(sample(length, 7, 3))).toBe(hash);
  });

  it('answers so for every length below 2000, all branches and remainders', () => {
    let folded = 0n;
    for (let length = 0; length < 2000; length++) {
      folded = ((folded * 1099511628211n) & 0xffffffffffffffffn) ^ cityHash64(sample(length, 31, length));
    }
    expect(folded).toBe(0xa9f95d8a79f7e40cn);
  });

  it('looks at the bytes given, not at the buffer that they lie in', () => {
    const bytes = sample(80, 7, 3);
    const inside = new Uint8Array(100);
    inside.set(bytes, 13);
    expect(cityHash64(inside.subarray(13, 93))).toBe(cityHash64(bytes));
  });
});

describe('the hash of an installation', () => {
  it.each([
    ['/usr/lib/thunderbird', 'FDC34C9F024745EB'],
    ['/usr/lib64/thunderbird', '3DDF446CE6CB1A45'],
    ['/app/lib/thunderbird', 'BD520B11F73A6B64'],
    ['C:\\Program Files\\Mozilla Thunderbird', 'D78BF5DD33499EC2'],
    ['C:\\Program Files (x86)\\Mozilla Thunderbird', '8216C80C92C4E828'],
    ['/Applications/Thunderbird.app/Contents/MacOS', '712DAF5A23ABECDC'],
    ['C:\\Program Files\\Mozilla Firefox', '308046B0AF4A39CB'],
  ])('of %s is %s (formats.md 1.2)', (directory, hash) => {
    expect(installHash(directory)).toBe(hash);
  });

  // Formats.md 1.2 gives another value for /opt/thunderbird; these were seen in installs.ini of 153.7 run from there.
  it.each([
    ['/mnt/a', 'A0C3AA5D3138F65D'],
    ['/opt/tb', '5585C215202ACA6B'],
    ['/opt/thunderbird', '9238613B8C3D2579'],
    ['/opt/betterbird', 'F72D9E66FA3C07ED'],
    ['/opt/thunderbirds', 'AB098A2B6200F022'],
  ])('of the short path %s is %s, as Thunderbird itself wrote it', (directory, hash) => {
    expect(installHash(directory)).toBe(hash);
  });

  it('drops leading zeros, as the programs do', () => {
    const short = Array.from({ length: 400 }, (_, i) => installHash(`/opt/${i}/thunderbird`)).filter(
      (hash) => hash.length < 16,
    );
    expect(short.length).toBeGreaterThan(0);
    expect(short.every((hash) => /^[1-9A-F][0-9A-F]*$/.test(hash))).toBe(true);
  });
});
