/**
 * A password, a key or any other bytes that nobody may see. It prints, serializes and inspects as `[redacted]`; only code
 * that asks for the bytes by name gets them. Strings cannot be wiped, so a secret is kept as bytes as long as possible.
 */

const redacted = '[redacted]';

export class Secret {
  readonly #bytes: Uint8Array;

  /** Takes a copy; the bytes given stay the caller's to wipe. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Uint8Array.from(bytes);
  }

  /** UTF-8, not normalized: NSS hashes a password as it was typed (nss.md 1.1). */
  static fromText(text: string): Secret {
    return new Secret(new TextEncoder().encode(text));
  }

  /** The bytes themselves, no copy: zeros after `wipe`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** The bytes as strict UTF-8; null when they are none. The text cannot be wiped: ask for it as late as possible. */
  reveal(): string | null {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.#bytes);
    } catch {
      return null;
    }
  }

  /** Overwrites the bytes with zeros, for good. */
  wipe(): void {
    this.#bytes.fill(0);
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [Symbol.toPrimitive](): string {
    return redacted;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return redacted;
  }
}
