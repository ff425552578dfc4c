import { describe, expect, it } from 'vitest';
import { opaque } from '../testing/masking.ts';
import { isDistinct, SecretBook, sampleOf, secretId } from './secret-book.ts';

describe('a book of secrets', () => {
  it('has one placeholder for a value, numbered by kind', () => {
    const book = new SecretBook();
    expect(book.entry('token', opaque(1)).stands).toBe('[redacted:token:1]');
    expect(book.entry('token', opaque(2)).stands).toBe('[redacted:token:2]');
    expect(book.entry('cookie', opaque(3)).stands).toBe('[redacted:cookie:1]');
    expect(book.entry('cookie', opaque(1)).stands).toBe('[redacted:token:1]');
  });

  it('finds distinct ones in any spelling', () => {
    const book = new SecretBook();
    book.entry('password', 'p&ssw0rd "x"');
    const found = (text: string) => book.occurrences(text).map(({ of }) => of.stands);
    expect(found(`a=p%26ssw0rd%20%22x%22 {"b":"p&ssw0rd \\"x\\""}`)).toEqual(
      Array(2).fill('[redacted:password:1]'),
    );
    expect(found(Buffer.from('p&ssw0rd "x"').toString('base64'))).toEqual(['[redacted:password:1]']);
  });

  it('keeps what it is told to keep', () => {
    const value = opaque();
    const book = new SecretBook([secretId(value)]);
    expect(book.entry('token', value)).toMatchObject({ stands: value, kept: true });
    book.count(book.entry('token', value), 1, 'URL');
    expect(book.kinds()).toEqual([]);
    expect(book.secrets(10)).toMatchObject([{ kept: true, count: 1 }]);
    expect(book.secrets(10)[0]).not.toHaveProperty('placeholder');
  });

  it('tells how often and where, the most frequent first, never what', () => {
    const book = new SecretBook();
    const often = book.entry('token', opaque(1));
    const once = book.entry('api-key', opaque(2));
    book.entry('token', opaque(3));
    for (const session of [7, 4, 9]) book.count(often, session, 'URL');
    book.count(often, 9, 'response body');
    book.count(once, 2, 'message');
    expect(book.secrets(10)).toEqual([
      {
        id: secretId(opaque(1)),
        kind: 'token',
        sample: 'q8Zk2…(32)',
        placeholder: '[redacted:token:1]',
        kept: false,
        count: 4,
        sessions: 3,
        firstSession: 4,
        places: ['URL', 'response body'],
      },
      expect.objectContaining({ kind: 'api-key', count: 1, sessions: 1, firstSession: 2 }),
    ]);
    expect(book.secrets(1)).toHaveLength(1);
    expect(book.kinds()).toEqual([
      { kind: 'api-key', secrets: 1, count: 1 },
      { kind: 'token', secrets: 1, count: 4 },
    ]);
  });

  it('does not grow with the places where a secret stands', () => {
    const book = new SecretBook();
    const entry = book.entry('token', opaque());
    for (let i = 1; i <= 5000; i++) book.count(entry, i, `place ${i}`);
    expect(book.secrets(1)).toMatchObject([{ count: 5000, sessions: 1000 }]);
    expect(book.secrets(1)[0]?.places.length).toBeLessThan(10);
  });
});

it('samples show less of what is short', () => {
  expect([opaque(), 'Tr0ub4dor&3!', 'hunter2', '\x01\xffabcdefghijk'].map(sampleOf)).toEqual([
    'q8Zk2…(32)',
    'Tr…(12)',
    '…(7)',
    '..…(13)',
  ]);
});

describe('what may be looked for everywhere', () => {
  it.each([
    ['token', opaque()],
    ['password', 'Tr0ub4dor&3!'],
    ['session', '0123456789abcdef0123'],
    ['cookie', opaque()],
    ['custom', 'CUST-0001'],
    ['connection-string', 'postgres://a:b1c2d3@h/x'],
  ])('%s %s', (kind, value) => expect(isDistinct(kind, value)).toBe(true));

  it.each([
    ['password', 'hunter2'],
    ['password', 'password1'],
    ['password', 'correcthorse'],
    ['otp', '123456'],
    ['session', '1764000000'],
    ['cookie', 'en-US'],
    ['cookie', 'https://shop.acme.test/cart?id=12345'],
    ['token', 'https://shop.acme.test/cart?id=12345'],
    ['cookie', 'v1.2.3-beta'],
    ['token', 'aaaaaaaaaaaaaaaaaaaa'],
  ])('not %s %s', (kind, value) => expect(isDistinct(kind, value)).toBe(false));
});
