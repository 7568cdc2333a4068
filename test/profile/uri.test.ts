import { describe, expect, it } from 'vitest';
import { withoutPassword } from '../../src/profile/uri.ts';

describe('an address', () => {
  it.each([
    ['https://me:secret@dav.example.org/cal/', 'https://me@dav.example.org/cal/'],
    ['https://me:se:cr@et@dav.example.org/', 'https://me@dav.example.org/'],
    ['webcal://:token@example.org/x.ics', 'webcal://@example.org/x.ics'],
    ['https://me@dav.example.org/', 'https://me@dav.example.org/'],
    ['https://dav.example.org:8443/a@b', 'https://dav.example.org:8443/a@b'],
    ['https://[2001:db8::1]:8443/x@y', 'https://[2001:db8::1]:8443/x@y'],
    ['moz-storage-calendar://', 'moz-storage-calendar://'],
    ['file:///home/me/x.ics', 'file:///home/me/x.ics'],
    ['no address at all', 'no address at all'],
  ])('%s is shown without a password in it', (uri, shown) => {
    expect(withoutPassword(uri)).toBe(shown);
  });
});
