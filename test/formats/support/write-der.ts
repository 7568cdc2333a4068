/**
 * Writes the DER that NSS writes, for tests of those who read it (nss.md 1.2, 2).
 */

export const der = {
  value: (tag: number, content: Uint8Array): Uint8Array =>
    Buffer.concat([Buffer.from([tag]), lengthOf(content), content]),
  sequence: (...items: Uint8Array[]): Uint8Array => der.value(0x30, Buffer.concat(items)),
  octets: (content: Uint8Array): Uint8Array => der.value(0x04, content),
  integer: (number: number): Uint8Array => {
    const hex = number.toString(16);
    const even = hex.length % 2 === 0 ? hex : `0${hex}`;
    return der.value(
      0x02,
      Buffer.from(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even, 'hex'),
    );
  },
  oid: (dotted: string): Uint8Array => {
    const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
    return der.value(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
  },
};

export const oids = {
  tripleDes: '1.2.840.113549.3.7',
  aes256: '2.16.840.1.101.3.4.1.42',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  sha1TripleDes: '1.2.840.113549.1.12.5.1.3',
};

/** A key or password check encrypted as NSS >= 3.49 does it. */
export function pbes2Blob(iterations: number): Uint8Array {
  const derivation = der.sequence(
    der.oid(oids.pbkdf2),
    der.sequence(
      der.octets(Buffer.alloc(32, 1)),
      der.integer(iterations),
      der.integer(32),
      der.sequence(der.oid(oids.hmacSha256)),
    ),
  );
  const cipher = der.sequence(der.oid(oids.aes256), der.octets(Buffer.alloc(14, 2)));
  return der.sequence(
    der.sequence(der.oid(oids.pbes2), der.sequence(derivation, cipher)),
    der.octets(Buffer.alloc(48, 3)),
  );
}

/** The same as older NSS did it. */
export function sha1Blob(iterations: number): Uint8Array {
  const parameters = der.sequence(der.octets(Buffer.alloc(20, 1)), der.integer(iterations));
  return der.sequence(der.sequence(der.oid(oids.sha1TripleDes), parameters), der.octets(Buffer.alloc(40, 3)));
}

function lengthOf(content: Uint8Array): Uint8Array {
  if (content.length < 0x80) return Buffer.from([content.length]);
  const hex = content.length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function base128(arc: number): number[] {
  const digits = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift(0x80 | (rest % 128));
  return digits;
}
