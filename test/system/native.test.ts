import { lstatSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bindNative, loadNative, type Native } from '../../src/system/native.ts';
import { nativeLayout } from '../../src/system/native-layout.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

function native(): Native {
  const loaded = loadNative();
  if (loaded === null) throw new Error('koffi does not load here');
  return loaded;
}

/** Linux lets an owner name attributes only below "user.". */
const attribute = 'user.mailmend.test';

describe.skipIf(nativeLayout(process.platform, process.arch) === null)('the C library, through koffi', () => {
  it('sets times to the nanosecond', () => {
    const file = join(temporaryFolder(), 'prefs.js');
    writeFileSync(file, '');
    native().setTimes(file, { atimeNs: 1_234_567_890_123_456_789n, mtimeNs: 987_654_321_987_654_321n });
    const stat = lstatSync(file, { bigint: true });
    expect([stat.atimeNs, stat.mtimeNs]).toEqual([1_234_567_890_123_456_789n, 987_654_321_987_654_321n]);
  });

  it('sets the times of a link, not of what it leads to', () => {
    const folder = temporaryFolder();
    const [file, link] = [join(folder, 'file'), join(folder, 'lock')];
    writeFileSync(file, '');
    symlinkSync('file', link);
    const before = lstatSync(file, { bigint: true }).mtimeNs;
    native().setTimes(link, { atimeNs: 5n, mtimeNs: 7n });
    expect(lstatSync(link, { bigint: true }).mtimeNs).toBe(7n);
    expect(lstatSync(file, { bigint: true }).mtimeNs).toBe(before);
    expect(readlinkSync(link)).toBe('file');
  });

  it('keeps extended attributes: any bytes, none, and many', () => {
    const file = join(temporaryFolder(), 'Inbox');
    writeFileSync(file, '');
    const values = new Map<string, Uint8Array>([
      [`${attribute}.bytes`, Uint8Array.of(0, 255, 10, 0)],
      [`${attribute}.empty`, new Uint8Array()],
      [`${attribute}.größe`, new Uint8Array(2000).fill(7)],
    ]);
    for (const [name, value] of values) native().setExtendedAttribute(file, name, value);
    const read = native().extendedAttributes(file);
    for (const [name, value] of values)
      expect([name, [...(read.get(name) ?? [1])]]).toEqual([name, [...value]]);
  });

  it('finds no attribute on a file that has none', () => {
    const file = join(temporaryFolder(), 'Inbox');
    writeFileSync(file, '');
    expect([...native().extendedAttributes(file).keys()].filter((name) => name.startsWith('user.'))).toEqual(
      [],
    );
  });

  it('fails as Node does: with the code, the call and the path', () => {
    const path = join(temporaryFolder(), 'missing');
    const failed = (code: string, syscall: string) =>
      expect.objectContaining({ code, syscall, path, errno: expect.any(Number) });
    expect(() => native().setTimes(path, { atimeNs: 0n, mtimeNs: 0n })).toThrow(
      failed('ENOENT', 'utimensat'),
    );
    expect(() => native().extendedAttributes(path)).toThrow(failed('ENOENT', 'listxattr'));
    expect(() => native().setExtendedAttribute(path, attribute, new Uint8Array())).toThrow(
      failed('ENOENT', 'setxattr'),
    );
  });

  it('refuses a NUL in a name, which C would take for its end', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const refused = expect.objectContaining({ code: 'EINVAL' });
    expect(() => native().setTimes(`${file}\0x`, { atimeNs: 0n, mtimeNs: 0n })).toThrow(refused);
    expect(() => native().extendedAttributes(`${file}\0x`)).toThrow(refused);
    expect(() => native().setExtendedAttribute(file, `${attribute}\0x`, new Uint8Array())).toThrow(refused);
    expect(native().extendedAttributes(file).has(attribute)).toBe(false);
  });
});

describe('where it cannot be called', () => {
  const missing = () => {
    throw new Error("Cannot find module 'koffi'");
  };

  it('the answer is null when koffi is not installed', () => {
    expect(bindNative(missing, nativeLayout('linux', 'x64'))).toBeNull();
  });

  it('koffi is not even loaded on a system whose layout is not known', () => {
    expect(bindNative(() => expect.unreachable('loaded'), null)).toBeNull();
  });
});
