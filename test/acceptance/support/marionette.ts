/**
 * Marionette, the remote control that Thunderbird opens with --marionette: messages of the form `<length>:<JSON>`
 * over a socket, a greeting first, then `[0, id, command, parameters]` and `[1, id, error, result]`.
 * Belongs here: the protocol and the way to run a privileged script. Starting the program is thunderbird.ts.
 */

import type { Socket } from 'node:net';

/** What goes wrong while a real program is driven: it died, it did not answer, its script threw. */
export class ThunderbirdError extends Error {
  override readonly name = 'ThunderbirdError';
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const colon = 0x3a;

export class Marionette {
  readonly #socket: Socket;
  readonly #pending = new Map<number, Pending>();
  readonly #greeting: Promise<void>;
  #received: Buffer = Buffer.alloc(0);
  #nextId = 1;
  #greeted: Pending | null = null;
  #closed: Error | null = null;

  /** @param whyClosed says in words what happened when the connection breaks. */
  constructor(socket: Socket, whyClosed: () => string) {
    this.#socket = socket;
    this.#greeting = new Promise((resolve, reject) => {
      this.#greeted = { resolve: () => resolve(), reject };
    });
    this.#greeting.catch(() => {});
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', () => {});
    socket.on('close', () => this.#close(new ThunderbirdError(`the connection closed: ${whyClosed()}`)));
  }

  /** Opens a session in which scripts run with the rights of the program itself. */
  async openSession(): Promise<void> {
    await this.#greeting;
    await this.send('WebDriver:NewSession', { strictFileInteractability: true });
    await this.send('Marionette:SetContext', { value: 'chrome' });
    await this.send('WebDriver:SetTimeouts', { script: 600_000, pageLoad: 30_000, implicit: 0 });
  }

  /** @throws ThunderbirdError when the program answers with an error or goes away. */
  send(command: string, parameters: object = {}): Promise<unknown> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    const body = Buffer.from(JSON.stringify([0, id, command, parameters]));
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#socket.write(Buffer.concat([Buffer.from(`${body.length}:`), body]));
    });
  }

  /** Runs the body of an async function with `args` in scope; what it returns must be JSON. */
  async evaluate(body: string, args: object = {}): Promise<unknown> {
    const script = `
      const args = arguments[0], report = arguments[arguments.length - 1];
      (async () => { ${body}
      })().then(
        value => report({ value: value === undefined ? null : JSON.stringify(value) }),
        error => report({ error: String(error && error.message || error) + "\\n" + String(error && error.stack || "") }));`;
    const answer = await this.send('WebDriver:ExecuteAsyncScript', {
      script,
      args: [args],
      newSandbox: true,
      sandbox: 'system',
      scriptTimeout: 600_000,
    });
    const { value } = answer as { value: { value?: string | null; error?: string } | null };
    if (value === null) throw new ThunderbirdError('a modal dialog interrupted the script');
    if (value.error !== undefined) throw new ThunderbirdError(`in Thunderbird: ${value.error}`);
    return value.value === null || value.value === undefined ? null : JSON.parse(value.value);
  }

  disconnect(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const end = this.#received.indexOf(colon);
      if (end < 0) return;
      const from = end + 1;
      const to = from + Number(this.#received.toString('latin1', 0, end));
      if (this.#received.length < to) return;
      const message: unknown = JSON.parse(this.#received.toString('utf8', from, to));
      this.#received = this.#received.subarray(to);
      this.#deliver(message);
    }
  }

  #deliver(message: unknown): void {
    if (!Array.isArray(message)) {
      this.#greeted?.resolve(null);
      return;
    }
    const [, id, error, result] = message as [
      number,
      number,
      { error: string; message: string } | null,
      unknown,
    ];
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === null) pending?.resolve(result);
    else pending?.reject(new ThunderbirdError(`${error.error}: ${error.message}`));
  }

  #close(error: Error): void {
    this.#closed = error;
    this.#greeted?.reject(error);
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
