import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePbe } from '../../src/formats/pbe.ts';
import { der, pbes2Blob, sha1Blob } from './support/write-der.ts';

describe('a password-encrypted blob', () => {
  it('tells how often the password is hashed, in the form of today', () => {
    expect(describePbe(pbes2Blob(1))).toEqual({ scheme: 'pbes2', iterations: 1 });
    expect(describePbe(pbes2Blob(10_000))).toEqual({ scheme: 'pbes2', iterations: 10_000 });
  });

  it('and in that of NSS before 3.49', () => {
    expect(describePbe(sha1Blob(1))).toEqual({ scheme: 'sha1-3des', iterations: 1 });
    expect(describePbe(sha1Blob(10_000))).toEqual({ scheme: 'sha1-3des', iterations: 10_000 });
  });

  it('of a scheme that is not known says only that', () => {
    const blob = der.sequence(der.sequence(der.oid('1.2.3'), der.sequence()), der.octets(Buffer.alloc(8)));
    expect(describePbe(blob)).toEqual({ scheme: 'unknown', iterations: null });
  });

  it('whose numbers are damaged keeps its scheme', () => {
    const parameters = der.sequence(der.octets(Buffer.alloc(20)), der.octets(Buffer.alloc(1)));
    const algorithm = der.sequence(der.oid('1.2.840.113549.1.12.5.1.3'), parameters);
    expect(describePbe(der.sequence(algorithm, der.octets(Buffer.alloc(8))))).toEqual({
      scheme: 'sha1-3des',
      iterations: null,
    });
  });

  it('is nothing else, and never an error', () => {
    expect(describePbe(new Uint8Array(0))).toBeNull();
    expect(describePbe(pbes2Blob(1).subarray(0, 60))).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(() => describePbe(bytes)).not.toThrow();
      }),
    );
  });
});
