import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessageCount } from '../../src/formats/msf-messages.ts';

const head = '// <!-- <mdb:mork:z v="1.4"/> -->\n';
const columns = '< <(a=c)> // (f=iso-8859-1)\n  (A0=numNewMsgs)(A1=numMsgs)>\n';
const count = (text: string): number | null => readMessageCount(Buffer.from(text, 'latin1'));

describe('the number of messages in an index', () => {
  it('is written in place or as the name of a value, in hex', () => {
    expect(count(`${head}${columns}[1:^9F(^A0=3)(^A1=a)]`)).toBe(10);
    expect(count(`${head}${columns}<(A1=1f4)(A2=2)>[1:^9F(^A1^A1)]`)).toBe(500);
  });

  it('is the last one that was written', () => {
    expect(count(`${head}${columns}[1:^9F(^A1=a)]@$$\{1{@[1:^9F(^A1=0)]@$$}1}@`)).toBe(0);
  });

  it('is not that of a group of changes that was given up or never closed', () => {
    expect(count(`${head}${columns}[1:^9F(^A1=a)]@$$\{1{@[1:^9F(^A1=0)]@$$}~~}@`)).toBe(10);
    expect(count(`${head}${columns}[1:^9F(^A1=a)]@$$\{1{@[1:^9F(^A1=0)]`)).toBe(10);
  });

  it('is not confused by brackets, comments and marks in subjects', () => {
    const subject = '<(90=Re: \\) (^A1=7\\) @$$\\}1}@ // < (a=c\\))(91=numMsgs)>';
    expect(count(`${head}${columns}[1:^9F(^A1=a)]${subject}[2:m(^81^90)]`)).toBe(10);
  });

  it('is not known of what is no index, or does not say', () => {
    expect(count('')).toBeNull();
    expect(count('From - Mon\n')).toBeNull();
    expect(count(`${head}${columns}`)).toBeNull();
    expect(count(`${head}${columns}[1:^9F(^A1^FF)]`)).toBeNull();
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '(a=c)',
      '(A1=numMsgs)',
      '(^A1=',
      ')',
      '\\',
      '@$${1{@',
      '@$$}1}@',
      '//',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        const found = count(head + parts.join(''));
        expect(found === null || found >= 0).toBe(true);
      }),
    );
  });
});
