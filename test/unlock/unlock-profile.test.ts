/**
 * Key stores and logins made by real NSS (fixtures/vectors): everything that can be read is read as it was saved,
 * nothing else is, and a wrong or missing primary password is told.
 */

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/formats/secret.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import { unlockProfile } from '../../src/unlock/unlock-profile.ts';

interface ExpectedLogin {
  hostname: string;
  httpRealm: string | null;
  username: string;
  password: string;
  guid?: string;
  decryptable: boolean;
  reason?: string;
}

interface Expected {
  vector: string;
  expectedState: string;
  primaryPassword: string | null;
  wrongPasswords?: string[];
  logins: ExpectedLogin[];
}

const vectors = path.resolve(import.meta.dirname, '../../fixtures/vectors');
const folders = fs.readdirSync(vectors, { withFileTypes: true }).filter((entry) => entry.isDirectory());

function expectedOf(folder: string): Expected {
  return JSON.parse(fs.readFileSync(path.join(vectors, folder, 'expected.json'), 'utf8'));
}

function unlock(folder: string, password: string | null) {
  const at = path.join(vectors, folder);
  const file = ['logins.json', 'signons.sqlite', 'signons3.txt'].find((name) =>
    fs.existsSync(path.join(at, name)),
  );
  const secret = password === null ? null : Secret.fromText(password);
  return unlockProfile(createFileSystem(), at, { password: secret, file: file ?? null });
}

describe('the saved logins of real key stores', () => {
  it('has vectors', () => expect(folders.length).toBeGreaterThan(15));

  for (const { name } of folders) {
    const expected = expectedOf(name);
    it(`reads ${name}: ${expected.expectedState}`, async () => {
      const { logins } = await unlock(name, expected.primaryPassword);
      const read = logins.map(({ username, password, unreadable, saved }) => ({
        hostname: saved.origin,
        ...(unreadable === null ? { username, password: password?.reveal() } : {}),
      }));
      expect(read).toEqual(
        expected.logins.map(({ hostname, username, password, decryptable }) => ({
          hostname,
          ...(decryptable ? { username, password } : {}),
        })),
      );
    });

    if (expected.primaryPassword !== null) {
      it(`asks for the primary password of ${name}, and refuses others`, async () => {
        const without = await unlock(name, null);
        expect(without.keyStore.state).toBe('needs-primary-password');
        // What was saved without encryption needs no password (`~`).
        const locked = without.logins.filter(({ saved }) => saved.password?.state === 'ok');
        expect(locked.length).toBeGreaterThan(0);
        expect(locked.every(({ unreadable, password }) => unreadable === 'locked' && password === null)).toBe(
          true,
        );
        for (const wrong of expected.wrongPasswords ?? ['not it']) {
          const refused = await unlock(name, wrong);
          expect(refused.keyStore.state).toBe('wrong-primary-password');
          expect(
            refused.logins.every(
              ({ saved, password }) => saved.password?.state !== 'ok' || password === null,
            ),
          ).toBe(true);
        }
      });
    }
  }

  it('reads what the program refuses for its missing MAC, and says so', async () => {
    const { logins } = await unlock('g7-mac-missing', null);
    expect(logins.every(({ refused }) => refused)).toBe(true);
  });

  it('tells a key of another profile from a damaged row', async () => {
    const reasons = async (folder: string) =>
      [...new Set((await unlock(folder, null)).logins.map(({ unreadable }) => unreadable ?? 'read'))].sort();
    expect(await reasons('f-mismatch')).toEqual(['wrong-key']);
    expect(await reasons('f3-key4-without-sdr-key')).toEqual(['no-key']);
    expect(await reasons('f8-null-password')).toEqual(['null-field', 'read']);
    expect(await reasons('f9-bad-base64')).toEqual(['damaged', 'read']);
  });
});
