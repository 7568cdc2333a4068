/**
 * Starts the real Thunderbird on a folder, unattended, and ends it cleanly: own HOME, TMPDIR and display, offline,
 * no prompts, remote-controlled. The one starter of all acceptance tests; it works on exactly the folder it is
 * given, so tests that must not change their profile go through dump.ts or eval-in.ts, which copy.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { coverInstallation } from './auto-config.ts';
import { type Child, type Exit, startChild } from './child-process.ts';
import { type Display, openDisplay } from './display.ts';
import {
  mountNamespacePermitted,
  namespacesPermitted,
  networkNamespacePermitted,
  thunderbirdBinary,
} from './machine.ts';
import { Marionette, ThunderbirdError } from './marionette.ts';
import { bridgeSocket, type CommandLine, inPrivateNamespace, type Mount } from './private-namespace.ts';
import { addQuietPrefs, onlinePrefs, type PrefValues, quietPrefs } from './quiet-prefs.ts';

export interface StartOptions {
  /** The folder it runs on. */
  profile: string;
  /** The path it is told; `mounts` must make the folder appear there. */
  seenAs?: string;
  mounts?: Mount[];
  /** Answered to the one prompt that asks for it. A wrong one kills Thunderbird: see primary-password.ts. */
  primaryPassword?: string | null;
  /** Beside the quiet ones, and taken out again like them. */
  prefs?: PrefValues;
  args?: string[];
  timeoutMs?: number;
  portOut?: { port: number; socket: string };
  /** It may use its network, which must then be one of its own: whatever it would fetch or send at its start, it does. */
  online?: boolean;
  /** Leave namespaces alone even where they are permitted. */
  withoutNamespaces?: boolean;
}

export interface RunningThunderbird {
  /** Of the program itself, as the kernel and its lock name it. */
  pid: number;
  /** Cut off from every network but its own loopback. */
  networkIsolated: boolean;
  /** Body of an async function with the program's own rights; `args` is in scope; returns JSON. */
  evaluate(script: string, args?: object): Promise<unknown>;
  /** Ends it as its owner would. `keepPrefs` are not taken out of prefs.js. True when it ended without a fault. */
  quit(keepPrefs?: ReadonlySet<string>): Promise<boolean>;
  kill(): Promise<void>;
}

const defaultTimeoutMs = 90_000;

/** @throws ThunderbirdError when it does not come up in time, with the last lines that it printed. */
export async function startThunderbird(options: StartOptions): Promise<RunningThunderbird> {
  const { profile } = options;
  if (options.online === true && !namespacesPermitted())
    throw new Error('online only in a network of its own');
  const deadline = Date.now() + (options.timeoutMs ?? defaultTimeoutMs);
  const home = makeHome();
  const activePort = join(profile, 'MarionetteActivePort');
  rmSync(activePort, { force: true });
  const removePrefs = addQuietPrefs(profile, {
    ...quietPrefs,
    ...(options.online === true ? onlinePrefs : {}),
    ...options.prefs,
  });
  const display = await openDisplay();
  const { command, networkIsolated } = commandLine(options, home, display);
  const child = startChild(command, {
    cwd: home,
    env: environment(home, display),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lastOutput = collectOutput(child);
  const finish = async (keepPrefs?: ReadonlySet<string>) => {
    await child.kill();
    await display.close();
    removePrefs(keepPrefs);
    rmSync(activePort, { force: true });
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const whatHappened = () => `${describeExit(child.exited())}\n${lastOutput()}`;
  try {
    const socket = await reach(activePort, networkIsolated ? bridgeSocket(home) : null, child, deadline);
    const marionette = new Marionette(socket, whatHappened);
    await before(deadline, 'opening a session', marionette.openSession());
    return {
      pid: child.process.pid ?? -1,
      networkIsolated,
      evaluate: (script, args) => before(deadline, 'running a script', marionette.evaluate(script, args)),
      quit: async (keepPrefs) => {
        // A bare Services.startup.quit() makes Thunderbird 153 die of SIGSEGV late in its shutdown.
        marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {});
        const exit = await Promise.race([child.exit, sleep(30_000, null, { ref: false })]);
        marionette.disconnect();
        await finish(keepPrefs);
        return exit?.code === 0;
      },
      kill: async () => {
        marionette.disconnect();
        await finish();
      },
    };
  } catch (error) {
    await finish();
    const message = error instanceof Error ? error.message : String(error);
    throw new ThunderbirdError(`Thunderbird did not come up: ${message}\n${whatHappened()}`);
  }
}

/** Its own TMPDIR matters: a start-up mutex lies there, and one that is busy or stale costs five seconds. */
function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'mailmend-thunderbird-'));
  for (const folder of ['runtime', 'tmp']) mkdirSync(join(home, folder), { mode: 0o700 });
  return home;
}

function environment(home: string, display: Display): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    HOME: home,
    TMPDIR: join(home, 'tmp'),
    XDG_RUNTIME_DIR: join(home, 'runtime'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
    MOZ_CRASHREPORTER_DISABLE: '1',
    MOZ_DISABLE_CONTENT_SANDBOX: '1',
    MOZ_DISABLE_GPU: '1',
    MOZ_ENABLE_WAYLAND: '0',
    MOZ_NO_REMOTE: '1',
    MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
    NO_AT_BRIDGE: '1',
    ...display.env,
  };
}

function commandLine(options: StartOptions, home: string, display: Display) {
  const program: CommandLine = {
    file: thunderbirdBinary,
    args: [
      ...display.args,
      '--marionette',
      '--remote-allow-system-access',
      '--no-remote',
      '--new-instance',
      '--profile',
      options.seenAs ?? options.profile,
      ...(options.args ?? []),
    ],
  };
  if (options.withoutNamespaces === true || !mountNamespacePermitted()) {
    return { command: program, networkIsolated: false };
  }
  const network = networkNamespacePermitted();
  const mounts = options.mounts ?? [{ from: options.profile, to: options.profile }];
  const command = inPrivateNamespace(program, {
    home,
    network,
    readOnlyRoot: true,
    mounts: [
      ...coverInstallation(home, {
        primaryPassword: options.primaryPassword ?? null,
        online: options.online === true,
      }),
      ...mounts,
    ],
    ...(options.portOut === undefined ? {} : { portOut: options.portOut }),
  });
  return { command, networkIsolated: network };
}

/** Connects as soon as Thunderbird has written its port into the profile. */
async function reach(
  activePort: string,
  bridge: string | null,
  child: Child,
  deadline: number,
): Promise<Socket> {
  while (Date.now() < deadline) {
    if (child.exited() !== null) throw new ThunderbirdError('it ended during start-up');
    const port = existsSync(activePort) ? Number.parseInt(readFileSync(activePort, 'utf8'), 10) : 0;
    const socket = port > 0 ? await tryConnect(port, bridge) : null;
    if (socket !== null) return socket;
    await sleep(50);
  }
  throw new ThunderbirdError('it did not open its Marionette port in time');
}

function tryConnect(port: number, bridge: string | null): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = bridge === null ? connect(port, '127.0.0.1') : connect(bridge);
    socket.once('error', () => resolve(null));
    socket.once('connect', () => {
      if (bridge !== null) socket.write(`${port}\n`);
      resolve(socket);
    });
  });
}

async function before<T>(deadline: number, what: string, promise: Promise<T>): Promise<T> {
  const late = sleep(Math.max(0, deadline - Date.now()), null, { ref: false }).then(() => {
    throw new ThunderbirdError(`${what} took too long`);
  });
  return Promise.race([promise, late]);
}

function collectOutput(child: Child): () => string {
  let text = '';
  const take = (bytes: Buffer) => {
    text = (text + bytes.toString('utf8')).slice(-3000);
  };
  child.process.stdout?.on('data', take);
  child.process.stderr?.on('data', take);
  return () => text;
}

function describeExit(exit: Exit | null): string {
  if (exit === null) return 'it still runs';
  return exit.error ?? `it ended with ${exit.signal ?? `exit code ${exit.code}`}`;
}
