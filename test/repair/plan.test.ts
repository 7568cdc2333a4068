/** A plan is data: made, saved, read back from a file that nobody vouches for, and held against the disk. */

import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/repair/hash.ts';
import type { Operation, Plan } from '../../src/repair/operation.ts';
import { checkPreconditions, makePlan, readPlan } from '../../src/repair/plan.ts';
import { planFor } from './support/carry.ts';
import { appendTo, createMemory, writeFile } from './support/memory.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';

const why = 'why';
const folder = `${profile}/Mail/pop.example.org`;
const inbox = `${folder}/Inbox`;
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const refusal = (code: string, exit: number, words: RegExp) =>
  expect.objectContaining({ code, exit, message: expect.stringMatching(words) });

describe('making a plan', () => {
  test('it holds what it rests on: what an operation changes, and the folder that must be there', () => {
    const { fs } = createMemory(tree);
    const {
      preconditions,
      schema,
      made,
      profile: owner,
    } = planFor(fs, [
      { op: 'write', path: `${profile}/user.js`, content: '', mode: null, why },
      { op: 'move-aside', path: `${profile}/Mail/leftover`, why },
      { op: 'set-mode', path: inbox, mode: 0o644, why },
    ]);
    const stat = fs.stat(profile);
    expect({ schema, made, owner }).toEqual({
      schema: 'mailmend/plan@1',
      made: '2026-11-23T18:46:59.250Z',
      owner: { path: profile, device: String(stat?.device), inode: String(stat?.inode) },
    });
    expect(preconditions).toEqual([
      { path: profile, state: 'folder' },
      { path: `${profile}/user.js`, state: 'absent' },
      { path: `${profile}/Mail`, state: 'folder' },
      { path: `${profile}/Mail/leftover`, state: 'folder', listing: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { path: folder, state: 'folder' },
      {
        path: inbox,
        state: 'file',
        size: 18,
        mtimeNs: String(fs.lstat(inbox)?.mtimeNs),
        sha256: expect.any(String),
      },
    ]);
  });

  test('it does not rest on what it makes itself, and knows where a moved file lay', () => {
    const { fs } = createMemory(tree);
    const { preconditions } = planFor(fs, [
      { op: 'make-folder', path: `${root}/new`, mode: 0o700, why },
      { op: 'move', from: folder, path: `${root}/new/mail`, why },
      { op: 'set-mode', path: `${root}/new/mail/Inbox`, mode: 0o644, why },
    ]);
    expect(preconditions.map(({ path, state }) => `${path} ${state}`)).toEqual([
      `${root} folder`,
      `${root}/new absent`,
      `${folder} folder`,
      `${inbox} file`,
    ]);
  });

  test('a folder that is moved as a whole counts with everything in it, whenever that turns out', () => {
    const { fs } = createMemory(tree);
    const { preconditions } = planFor(fs, [
      { op: 'set-mode', path: inbox, mode: 0o644, why },
      { op: 'move-aside', path: folder, why },
    ]);
    expect(preconditions.find(({ path }) => path === folder)).toHaveProperty('listing');
  });

  test('the same plan has the same id, whenever it is made; another has another', () => {
    const { fs } = createMemory(tree);
    const [first, second] = Object.values(scenarios);
    const later = makePlan(fs, { profile, folders: [root], operations: first ?? [], now: new Date(0) });
    expect(planFor(fs, first ?? []).id).toBe(later.id);
    expect(planFor(fs, second ?? []).id).not.toBe(later.id);
  });

  test('without a profile there is no plan', () => {
    const { fs } = createMemory(tree);
    const request = { profile: `${root}/none`, folders: [root], operations: [], now: new Date(0) };
    expect(() => makePlan(fs, request)).toThrow(refusal('NO_SUCH_PATH', 2, /no profile folder at/));
    expect(() => makePlan(fs, { ...request, profile: inbox })).toThrow(refusal('NO_SUCH_PATH', 2, /Inbox/));
  });

  test('an operation on a link rests on where it leads', () => {
    const { fs, module } = createMemory(tree);
    module.symlinkSync('127.0.0.1:+77', `${profile}/lock`);
    const { preconditions } = planFor(fs, [{ op: 'move-aside', path: `${profile}/lock`, why }]);
    expect(preconditions).toContainEqual({ path: `${profile}/lock`, state: 'link', target: '127.0.0.1:+77' });
  });

  test('what is neither file nor folder is left alone', () => {
    const { fs } = createMemory(tree);
    const socket = { ...fs, lstat: (path: string) => present(fs.lstat(path), path) };
    const present = (stat: ReturnType<typeof fs.lstat>, path: string) =>
      stat !== null && path === inbox ? { ...stat, kind: 'other' as const } : stat;
    expect(() => planFor(socket, [{ op: 'move-aside', path: inbox, why }])).toThrow(
      refusal('PLAN_INVALID', 3, /neither a file nor a folder/),
    );
  });
});

describe('no path leaves the folders of the plan', () => {
  const escapes: [string, string][] = [
    ['by its letters', '/etc/passwd'],
    ['to a folder of a like name', `${root}-evil/x`],
    ['by dots', `${root}/../../root/x`],
    ['being relative', 'prefs.js'],
    ['with a NUL', `${root}/a\0b`],
    ['being the folder itself', root],
    ['into mailmend’s own folder', `${root}/.mailmend/abcd.default/run/journal.jsonl`],
  ];
  test.each(escapes)('%s', (_how, path) => {
    const { fs } = createMemory(tree);
    expect(() => planFor(fs, [{ op: 'make-folder', path, mode: 0o700, why }])).toThrow(
      refusal('PLAN_INVALID', 3, /leaves the folders/),
    );
    const moving: Operation = { op: 'move', from: path, path: `${root}/x`, why };
    expect(() => planFor(fs, [moving])).toThrow(/leaves the folders/);
  });

  test('through a link above it, also below folders that are not there yet', () => {
    const { fs, module } = createMemory({ ...tree, '/etc': null });
    module.symlinkSync('/etc', `${root}/link`);
    const write = (path: string): Operation => ({ op: 'write', path, content: '', mode: null, why });
    expect(() => planFor(fs, [write(`${root}/link/passwd`)])).toThrow(/leaves the folders/);
    expect(() => planFor(fs, [write(`${root}/link/none/passwd`)])).toThrow(/leaves the folders/);
  });

  test('a whole disk, or nothing that is there, is no folder to declare', () => {
    const { fs } = createMemory(tree);
    const operations: Operation[] = [{ op: 'make-folder', path: '/none/x', mode: 0o700, why }];
    const plan = (folders: string[]) => makePlan(fs, { profile, folders, operations, now: new Date(0) });
    expect(() => plan(['/'])).toThrow(/leaves the folders/);
    expect(() => plan(['/none'])).toThrow(/leaves the folders/);
  });

  test('a profile that is reached by a link is inside', () => {
    const { fs, module } = createMemory(tree);
    module.symlinkSync(root, '/home/ann/tb');
    const linked = '/home/ann/tb/abcd.default';
    const operations: Operation[] = [
      { op: 'write', path: `${linked}/user.js`, content: '', mode: null, why },
    ];
    const plan = makePlan(fs, { profile: linked, folders: [linked], operations, now: new Date(0) });
    expect(plan.operations).toEqual(operations);
  });
});

describe('a plan file', () => {
  const everything = Object.values(scenarios).flat();

  test('comes back as it was saved, also when something has written its keys in another order', async () => {
    const { fs } = createMemory(tree);
    for (const operations of Object.values(scenarios)) {
      const plan = planFor(fs, operations);
      expect(await readPlan(fs, bytesOf(plan))).toEqual(plan);
      const { operations: list, ...rest } = plan;
      expect(await readPlan(fs, bytesOf({ operations: list.map(turned), ...rest }))).toEqual(plan);
    }
    expect(everything.length).toBeGreaterThan(10);
  });

  const turned = (operation: Operation): unknown => Object.fromEntries(Object.entries(operation).reverse());
  const good = planFor(createMemory(tree).fs, scenarios['one path, again and again'] ?? []);
  const bad: [string, Uint8Array, RegExp][] = [
    ['is not JSON', new TextEncoder().encode('{'), /not JSON/],
    ['is not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), /not JSON/],
    ['is another document', bytesOf({ schema: 'mailmend/check@1' }), /schema/],
    ['is no object', bytesOf(7), /it: /],
    [
      'has an operation of an unknown kind',
      bytesOf({ ...good, operations: [{ op: 'delete', path: '/x', why }] }),
      /op/,
    ],
    ['has a key too much', bytesOf({ ...good, more: 1 }), /more/],
    ['has a number that is none', bytesOf({ ...good, profile: { ...good.profile, inode: 'x' } }), /inode/],
    ['was changed by hand', bytesOf({ ...good, operations: [] }), /changed after/],
    ['is too large', new Uint8Array(64 * 1024 * 1024 + 1), /64 MiB/],
  ];
  test.each(bad)('that %s is refused', async (_what, bytes, words) => {
    const { fs } = createMemory(tree);
    await expect(readPlan(fs, bytes)).rejects.toThrow(refusal('PLAN_INVALID', 2, words));
  });

  test('that leaves its folders is refused, although its id is right', async () => {
    const { fs } = createMemory(tree);
    const escaping = planFor(fs, [{ op: 'make-folder', path: `${root}/x`, mode: 0o700, why }]);
    const plan: Plan = { ...escaping, folders: [profile] };
    await expect(readPlan(fs, bytesOf(plan))).rejects.toThrow(
      refusal('PLAN_INVALID', 3, /leaves the folders/),
    );
  });
});

describe('a plan file that was signed anew', () => {
  const signed = async (change: (plan: Plan) => Plan, ...operations: Operation[]) => {
    const memory = createMemory(tree);
    memory.module.symlinkSync(root, '/home/ann/tb');
    const plan = change(planFor(memory.fs, operations));
    // The id is no secret: whoever changes a plan can make it anew.
    const parts = [plan.profile.path, plan.operations, plan.preconditions];
    const sorted = JSON.stringify(parts, (_key, item) =>
      item !== null && typeof item === 'object' && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort())
        : item,
    );
    return readPlan(memory.fs, bytesOf({ ...plan, id: sha256(sorted).slice(0, 12) }));
  };
  const without =
    (path: string) =>
    (plan: Plan): Plan => ({
      ...plan,
      preconditions: plan.preconditions.filter((item) => item.path !== path),
    });

  test.each(Object.entries(scenarios))('names all that it rests on: %s', async (_name, operations) => {
    const same = await signed((plan) => plan, ...operations);
    for (const { path } of same.preconditions)
      await expect(signed(without(path), ...operations), path).rejects.toThrow(
        refusal('PLAN_INVALID', 3, /would be changed whatever is there/),
      );
  });

  test('a folder that is moved counts with what it holds', async () => {
    const bare = (plan: Plan): Plan => ({
      ...plan,
      preconditions: plan.preconditions.map((item) =>
        item.state === 'folder' ? { path: item.path, state: 'folder' } : item,
      ),
    });
    const moves: Operation[] = [
      { op: 'move-aside', path: folder, why },
      { op: 'move', from: folder, path: `${root}/mail`, why },
    ];
    for (const operation of moves)
      await expect(signed(bare, operation)).rejects.toThrow(refusal('PLAN_INVALID', 3, /pop\.example\.org/));
  });

  test('a folder that is there already is rested on with what is in it, one that is made is not', async () => {
    const there: Operation[] = [
      { op: 'make-folder', path: folder, mode: 0o755, why },
      { op: 'move-aside', path: inbox, why },
    ];
    await expect(signed(without(inbox), ...there)).rejects.toThrow(/Inbox/);
    const made: Operation[] = [
      { op: 'move-aside', path: folder, why },
      { op: 'make-folder', path: folder, mode: 0o755, why },
      { op: 'write', path: inbox, content: '', mode: null, why },
    ];
    expect((await signed((plan) => plan, ...made)).operations).toEqual(made);
  });

  test('gives no permissions beyond read, write and enter', async () => {
    const beyond: Operation[] = [
      { op: 'write', path: `${profile}/user.js`, content: '', mode: 0o4755, why },
      { op: 'set-mode', path: inbox, mode: 0o2644, why },
      { op: 'make-folder', path: `${profile}/new`, mode: 0o1777, why },
    ];
    for (const operation of beyond)
      await expect(signed((plan) => plan, operation)).rejects.toThrow(
        refusal('PLAN_INVALID', 3, /permissions that mailmend never gives/),
      );
  });

  test('leaves the profile, and what it lies in, in its place', async () => {
    const wide = (plan: Plan): Plan => ({ ...plan, folders: ['/home'] });
    const away: Operation[] = [
      { op: 'move-aside', path: profile, why },
      { op: 'move', from: profile, path: `${root}/gone`, why },
    ];
    const refused = refusal('PLAN_INVALID', 3, /is the profile, or holds it/);
    for (const operation of away) await expect(signed((plan) => plan, operation)).rejects.toThrow(refused);
    const parent = (plan: Plan): Plan =>
      wide({ ...plan, operations: [{ op: 'move-aside', path: root, why }] });
    await expect(signed(parent)).rejects.toThrow(refused);
    const linked = (plan: Plan): Plan => ({
      ...plan,
      folders: ['/home'],
      profile: { ...plan.profile, path: '/home/ann/tb/abcd.default' },
    });
    await expect(signed(linked, { op: 'move-aside', path: profile, why })).rejects.toThrow(refused);
    await expect(
      signed(without(''), { op: 'move-aside', path: `${profile}/Mail`, why }),
    ).resolves.toBeTruthy();
    const gone = (plan: Plan): Plan => ({ ...plan, profile: { ...plan.profile, path: '/none' } });
    await expect(signed(gone, { op: 'move-aside', path: folder, why })).resolves.toBeTruthy();
  });
});

describe('holding a plan against the disk', () => {
  const operations: Operation[] = [
    { op: 'move-aside', path: `${profile}/Mail/leftover`, why },
    { op: 'write', path: `${profile}/user.js`, content: '', mode: null, why },
    { op: 'set-mode', path: inbox, mode: 0o644, why },
    { op: 'move-aside', path: `${profile}/lock`, why },
  ];
  const planned = () => {
    const memory = createMemory(tree);
    memory.module.symlinkSync('here', `${profile}/lock`);
    return { ...memory, plan: planFor(memory.fs, operations) };
  };

  test('it fits when nothing has changed', () => {
    const { fs, plan } = planned();
    expect(() => checkPreconditions(fs, plan)).not.toThrow();
  });

  const changes: [string, (memory: ReturnType<typeof planned>) => void, RegExp][] = [
    ['a file grew', ({ fs }) => appendTo(fs, inbox, 'x'), /Inbox was written since/],
    [
      'a file was written with the same bytes',
      ({ fs }) => fs.setTimes(inbox, { atimeNs: 0n, mtimeNs: 5_000_000n }),
      /Inbox was written since/,
    ],
    ['a file went', ({ fs }) => fs.unlink(inbox), /Inbox is gone/],
    [
      'a file became a folder',
      ({ fs }) => {
        fs.unlink(inbox);
        fs.makeFolder(inbox, 0o700);
      },
      /Inbox is not a file any more/,
    ],
    ['something appeared', ({ fs }) => writeFile(fs, `${profile}/user.js`, ''), /user\.js is there now/],
    [
      'mail came into a folder that was empty',
      ({ fs }) => appendTo(fs, `${profile}/Mail/leftover/Trash`, 'From - '),
      /leftover does not hold the same files/,
    ],
    [
      'a link leads elsewhere',
      ({ fs, module }) => {
        fs.unlink(`${profile}/lock`);
        module.symlinkSync('there', `${profile}/lock`);
      },
      /lock leads elsewhere/,
    ],
    [
      'another profile lies there',
      ({ fs }) => {
        fs.rename(profile, `${root}/old`);
        fs.makeFolder(profile, 0o700);
      },
      /is not the profile/,
    ],
    ['the profile is gone', ({ fs }) => fs.rename(profile, `${root}/old`), /is not the profile/],
  ];
  test.each(changes)('%s', (_what, change, words) => {
    const memory = planned();
    change(memory);
    expect(() => checkPreconditions(memory.fs, memory.plan)).toThrow(refusal('PLAN_OUT_OF_DATE', 3, words));
  });

  test('everything that changed is named at once', () => {
    const { fs, plan } = planned();
    fs.unlink(inbox);
    writeFile(fs, `${profile}/user.js`, '');
    expect(() => checkPreconditions(fs, plan)).toThrow(/user\.js is there now\. .*Inbox is gone\./);
  });

  test('a folder became a link that leads out', () => {
    const { fs, module, plan } = planned();
    fs.rename(`${profile}/Mail`, '/home/elsewhere');
    module.symlinkSync('/home/elsewhere', `${profile}/Mail`);
    expect(() => checkPreconditions(fs, plan)).toThrow(refusal('PLAN_INVALID', 3, /leaves the folders/));
  });
});

test('a file that goes while its folder is listed does not stop the listing', () => {
  const { fs } = createMemory(tree);
  const vanishing = { ...fs, lstat: (path: string) => (path.endsWith('/Trash') ? null : fs.lstat(path)) };
  const operation: Operation = { op: 'move-aside', path: `${profile}/Mail/leftover`, why };
  expect(planFor(vanishing, [operation]).id).not.toBe(planFor(fs, [operation]).id);
});
