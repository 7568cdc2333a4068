import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derInteger, derItems, derOctets, derOid, parseDer } from '../../src/formats/der.ts';
import { der } from './support/write-der.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

describe('a DER value', () => {
  it('is a tag, a length and that many bytes', () => {
    const value = parseDer(bytes('0403aabbcc'));
    expect(value?.tag).toBe(0x04);
    expect(derOctets(value)).toEqual(bytes('aabbcc'));
    expect(value?.raw).toEqual(bytes('0403aabbcc'));
  });

  it.each([
    ['nothing at all', ''],
    ['only a tag', '04'],
    ['content that is cut short', '0403aabb'],
    ['bytes behind it', '0400ff'],
    ['a length of unknown size (BER)', '3080040100000000'],
    ['a long form for a short length', '048101aa'],
    ['a length with a leading zero', `04820080${'aa'.repeat(128)}`],
    ['a length that goes on behind the end', '0482'],
    ['a length of five bytes', '04850000000001aa'],
    ['a tag of several bytes', '1f8101'],
  ])('is not %s', (_what, hex) => {
    expect(parseDer(bytes(hex))).toBeNull();
  });

  it('has the long form from 128 bytes on', () => {
    const content = Buffer.alloc(300, 7);
    expect(derOctets(parseDer(der.octets(content)))).toEqual(content);
  });
});

describe('a SEQUENCE', () => {
  it('holds values in order', () => {
    const items = derItems(parseDer(der.sequence(der.integer(1), der.octets(bytes('ff')))));
    expect(items?.map((item) => item.tag)).toEqual([0x02, 0x04]);
  });

  it('is refused as a whole when one value in it is broken', () => {
    expect(derItems(parseDer(bytes('30050201010405')))).toBeNull();
  });

  it('is nothing but a SEQUENCE', () => {
    expect(derItems(parseDer(der.octets(der.integer(1))))).toBeNull();
    expect(derItems(null)).toBeNull();
  });
});

describe('an OID', () => {
  it.each(['1.2.840.113549.3.7', '2.16.840.1.101.3.4.1.42', '0.9.2342', '1.39.1', '2.999'])(
    '%s is read',
    (dotted) => {
      expect(derOid(parseDer(der.oid(dotted)))).toBe(dotted);
    },
  );

  it('is refused when an arc is padded, cut off or too large', () => {
    expect(derOid(parseDer(bytes('06022a80')))).toBeNull();
    expect(derOid(parseDer(bytes('06038001aa')))).toBeNull();
    expect(derOid(parseDer(bytes('0600')))).toBeNull();
    expect(derOid(parseDer(bytes('060affffffffffffffffff7f')))).toBeNull();
  });
});

describe('an INTEGER', () => {
  it.each([0, 1, 127, 128, 255, 256, 10_000, 2 ** 31, Number.MAX_SAFE_INTEGER])('%i is read', (number) => {
    expect(derInteger(parseDer(der.integer(number)))).toBe(number);
  });

  it('is refused when negative, padded, empty or too large to count with', () => {
    expect(derInteger(parseDer(bytes('0201ff')))).toBeNull();
    expect(derInteger(parseDer(bytes('02020001')))).toBeNull();
    expect(derInteger(parseDer(bytes('0200')))).toBeNull();
    expect(derInteger(parseDer(bytes('020820000000000000ff')))).toBeNull();
  });
});

describe('any bytes', () => {
  it('are read or refused, never an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (input) => {
        const value = parseDer(input);
        derItems(value);
        derOid(value);
        derInteger(value);
        expect(value === null || value.raw.length === input.length).toBe(true);
      }),
    );
  });

  it('read back as they were written, and nothing shorter does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (content, cut) => {
        const written = der.sequence(der.octets(content), der.integer(5));
        expect(derOctets(derItems(parseDer(written))?.[0])).toEqual(Buffer.from(content));
        if (cut < written.length) expect(parseDer(written.subarray(0, cut))).toBeNull();
      }),
    );
  });
});
