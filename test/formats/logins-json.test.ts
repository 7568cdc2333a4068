import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLoginsJson } from '../../src/formats/logins-json.ts';
import { aesBlob, loginRow, loginsText, tripleDesBlob } from './support/login-rows.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string) => parseLoginsJson(utf8(text));

describe('a logins.json', () => {
  it('of Thunderbird 153 is read row by row', () => {
    const file = parse(loginsText([loginRow(1), loginRow(2, { hostname: 'smtp://smtp.example.org' })]));
    expect(file).toMatchObject({ state: 'ok', version: 3, nextId: 3, oddRows: [] });
    expect(file.problem).toBeUndefined();
    expect(file.logins[0]).toEqual({
      id: 1,
      guid: '{00000000-0000-4000-8000-000000000001}',
      origin: 'imap://imap.example.org',
      realm: 'imap://imap.example.org',
      formSubmitUrl: null,
      hasNullField: false,
      username: { state: 'ok', cipher: 'aes256', keyId: 'f8000000000000000000000000000001', length: 16 },
      password: { state: 'ok', cipher: 'aes256', keyId: 'f8000000000000000000000000000001', length: 16 },
      encType: 1,
      timeCreated: 1_795_401_521_385,
      timeLastUsed: 1_795_401_521_386,
      timePasswordChanged: 1_795_401_521_387,
      timesUsed: 3,
      deleted: false,
      offset: 22,
      length: JSON.stringify(loginRow(1)).length,
    });
    expect(file.logins[1]?.origin).toBe('smtp://smtp.example.org');
  });

  it('knows the place of every row in bytes, not letters', () => {
    const rows = [loginRow(1, { usernameField: 'Müller ❤' }), loginRow(2)];
    const bytes = utf8(loginsText(rows));
    const second = parseLoginsJson(bytes).logins[1];
    const piece = bytes.subarray(second?.offset, (second?.offset ?? 0) + (second?.length ?? 0));
    expect(JSON.parse(new TextDecoder().decode(piece))).toEqual(rows[1]);
  });

  it('of Gecko 32 has version 1, other members, and rows without times', () => {
    const row = {
      id: 1,
      hostname: 'mailbox://pop.example.net',
      httpRealm: null,
      formSubmitURL: '',
      encryptedUsername: tripleDesBlob,
      encryptedPassword: tripleDesBlob,
      encType: 1,
    };
    const file = parse(
      JSON.stringify({ disabledHosts: ['https://x'], logins: [row], nextId: 2, version: 1 }),
    );
    expect(file).toMatchObject({ state: 'ok', version: 1 });
    expect(file.logins[0]).toMatchObject({
      realm: null,
      formSubmitUrl: '',
      timeCreated: null,
      timesUsed: null,
      guid: null,
      password: { cipher: '3des' },
    });
  });

  it('may mix ciphers: the row tells its age by it', () => {
    const file = parse(loginsText([loginRow(1), loginRow(2, { encryptedPassword: tripleDesBlob })]));
    expect(file.logins.map((row) => row.password?.cipher)).toEqual(['aes256', '3des']);
  });

  it('keeps tombstones, marked', () => {
    const tombstone = {
      id: 7,
      guid: '{7}',
      timePasswordChanged: 5,
      syncCounter: 1,
      everSynced: true,
      deleted: true,
    };
    const [row] = parse(loginsText([tombstone])).logins;
    expect(row).toMatchObject({
      deleted: true,
      guid: '{7}',
      hasNullField: false,
      username: null,
      password: null,
    });
  });

  it.each([
    ['null', { encryptedPassword: null }],
    ['missing', { encryptedUsername: undefined }],
  ])('marks a row with a %s field: it hides all the others', (_what, changes) => {
    expect(
      parse(loginsText([loginRow(1, changes), loginRow(2)])).logins.map((row) => row.hasNullField),
    ).toEqual([true, false]);
  });

  it('says which blobs are damaged without judging the row', () => {
    const file = parse(
      loginsText([
        loginRow(1, { encryptedUsername: 'no base64!' }),
        loginRow(2, { encryptedUsername: '~Ym9i' }),
      ]),
    );
    expect(file.logins.map((row) => row.username?.state)).toEqual(['not-base64', 'obfuscated']);
  });

  it('names rows that are no objects: they hide all the others, too', () => {
    const bytes = utf8(loginsText([null, loginRow(1), 'x']));
    const file = parseLoginsJson(bytes);
    expect(file.logins).toHaveLength(1);
    expect(
      file.oddRows.map(({ start, end }) => new TextDecoder().decode(bytes.subarray(start, end))),
    ).toEqual(['null', '"x"']);
  });

  it('takes of several members with one name the last, as the program does', () => {
    const file = parse(`{"logins":[${JSON.stringify(loginRow(1))}],"version":1,"version":2,"logins":[]}`);
    expect(file).toMatchObject({ state: 'ok', version: 2, logins: [] });
  });

  it('may begin with a byte order mark (measured)', () => {
    const file = parse(`\uFEFF${loginsText([loginRow(1)])}`);
    expect(file).toMatchObject({ state: 'ok', version: 3 });
    expect(file.logins).toHaveLength(1);
  });

  it.each(['{}', '[]', '{"logins":null}', '{"nextId":1,"version":3}'])(
    'of %s is an empty list to the program',
    (text) => {
      expect(parse(text)).toMatchObject({ state: 'ok', logins: [] });
    },
  );

  it.each(['null', '5', '"x"', '{"logins":5,"version":3}', '{"logins":{}}'])(
    'of %s is no list: nothing is shown',
    (text) => {
      expect(parse(text)).toMatchObject({ state: 'foreign', logins: [] });
    },
  );
});

describe('a damaged logins.json', () => {
  it('of no bytes is empty, and of nothing but NULs what a power cut leaves', () => {
    expect(parseLoginsJson(new Uint8Array(0))).toMatchObject({ state: 'empty' });
    expect(parseLoginsJson(new Uint8Array(500))).toMatchObject({
      state: 'zeros',
      problem: { offset: 0, line: 1 },
    });
  });

  it('says where it breaks', () => {
    const whole = loginsText([loginRow(1), loginRow(2)]);
    expect(parse(whole.slice(0, 200))).toMatchObject({ state: 'damaged', problem: { offset: 200, line: 1 } });
    expect(parse(`{\n"nextId":1,\n"logins":[oops]}`)).toMatchObject({
      state: 'damaged',
      problem: { offset: 24, line: 3 },
    });
    expect(parse(`${whole}\0\0\0`)).toMatchObject({
      state: 'damaged',
      problem: { offset: whole.length, line: 1 },
    });
    expect(parse('  \n')).toMatchObject({ state: 'damaged', problem: { offset: 3, line: 2 } });
  });

  it('is damaged by a byte that is not UTF-8', () => {
    const bytes = utf8(loginsText([loginRow(1, { usernameField: '#' })]));
    const at = bytes.indexOf(0x23);
    bytes[at] = 0xff;
    expect(parseLoginsJson(bytes)).toMatchObject({ state: 'damaged', problem: { offset: at } });
  });
});

describe('any bytes', () => {
  it('are read without an error, and JSON exactly when JSON.parse takes them', () => {
    const start = loginsText([loginRow(1), loginRow(2)]);
    const edited = fc
      .tuple(fc.nat(start.length), fc.nat(40), fc.string({ maxLength: 5 }))
      .map(([at, gone, text]) => start.slice(0, at) + text + start.slice(at + gone));
    fc.assert(
      fc.property(fc.oneof(edited, fc.json(), fc.string()), (text) => {
        const file = parse(text);
        expect(file.state === 'ok' || file.state === 'foreign').toBe(isJson(text));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parseLoginsJson(bytes)).not.toThrow();
      }),
    );
  });

  it('never let a blob out of the description', () => {
    expect(JSON.stringify(parse(loginsText([loginRow(1)])))).not.toContain(aesBlob.slice(-20));
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
