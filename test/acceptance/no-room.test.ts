/**
 * A disk that is really full, and one that is really read-only: mailmend says so in words, and everything is as before.
 */

import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BuiltMailmend, buildMailmend } from './support/built-mailmend.ts';
import { saveLongPlan } from './support/long-plan.ts';
import { findTool } from './support/machine.ts';
import { type Ended, runMailmend } from './support/mailmend-process.ts';
import { describeWhere } from './support/needs.ts';
import { type WritingStage, writingStage } from './support/writing-stage.ts';

const megabyte = 1024 * 1024;

describeWhere(['linux', 'root', 'mounts'], 'on a disk of its own', () => {
  let mailmend: BuiltMailmend;
  let home: string;
  let disk: string;
  let stage: WritingStage;
  let before: string[];
  let plan: string;

  beforeAll(() => {
    mailmend = buildMailmend();
  });
  afterAll(() => mailmend.remove());

  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-disk-')));
    disk = join(home, 'disk');
    mkdirSync(disk);
    mount('-t', 'tmpfs', '-o', 'size=8m,mode=755', 'none', disk);
    process.once('exit', unmount);
    stage = writingStage({ into: disk });
    before = stage.listing();
    plan = saveLongPlan(stage, 60);
  });
  afterEach(() => {
    unmount();
    process.off('exit', unmount);
    rmSync(home, { recursive: true });
  });

  function mount(...args: string[]): void {
    const { status, stderr } = spawnSync(findTool('mount') ?? 'mount', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`cannot mount: ${stderr}`);
  }

  const unmount = (): void => void spawnSync(findTool('umount') ?? 'umount', ['--lazy', disk]);

  const run = (...words: string[]): Promise<Ended> =>
    runMailmend({ main: mailmend.main, words: [...words, '--root', stage.root, '--json'], home });
  const apply = (): Promise<Ended> => run('apply', plan, '--apply');
  const undo = (): Promise<Ended> => run('undo', stage.profile, '--apply');
  const said = ({ code, stdout }: Ended): unknown => ({ code, message: JSON.parse(stdout).message });

  /** Leaves so many bytes; tmpfs gives room in pages. */
  function fill(left: number): void {
    const free = (): number => {
      const { bavail, bsize } = statfsSync(disk);
      return bavail * bsize;
    };
    for (let piece = megabyte, number = 0; piece >= 4096; )
      if (free() - piece >= left) writeFileSync(join(disk, `filler ${number++}`), Buffer.alloc(piece));
      else piece /= 2;
  }

  const makeRoom = (): void => {
    for (const name of readdirSync(disk)) if (name.startsWith('filler')) rmSync(join(disk, name));
  };

  it.each([0, 8192, 65_536, 131_072])('that is full but for %d bytes: as before', async (left) => {
    fill(left);
    expect(said(await apply())).toEqual({ code: 4, message: expect.stringContaining('the disk is full') });
    expect(stage.listing()).toEqual(before);
    expect((await run('check', stage.profile)).code).toBeLessThan(2);

    makeRoom();
    expect(await undo()).toMatchObject({ code: 0 });
    expect(stage.listing()).toEqual(before);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await undo()).toMatchObject({ code: 0 });
    expect(stage.listing()).toEqual(before);
  });

  it('that fills up after the repair: undo gets through, or once more when there is room', async () => {
    expect(await apply()).toMatchObject({ code: 0 });
    fill(0);
    const { code, stdout } = await undo();
    expect([0, 4, 5]).toContain(code);
    if (code !== 0) expect(stdout).toContain('the disk is full');
    makeRoom();
    await undo();
    expect(stage.listing()).toEqual(before);
  });

  it('that is read-only: refused in words', async () => {
    mount('-o', 'remount,ro', disk);
    const { code, stdout } = await apply();
    expect([3, 4]).toContain(code);
    expect(JSON.parse(stdout).message).toMatch(
      /the disk can only be read, not written.*Nothing was changed|Nothing was changed.*the disk can only be read/s,
    );
    expect(stage.listing()).toEqual(before);
  });
});
