import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunked, isChunked, unchunked } from './framed-body.ts';

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const string = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString('latin1');

describe('isChunked', () => {
  it.each([
    ['chunked', true],
    ['gzip, Chunked ', true],
    ['chunked, gzip', false],
    ['identity', false],
    ['xchunked', false],
  ])('of %j is %s', (value, expected) => {
    expect(isChunked([['transfer-Encoding', value]])).toBe(expected);
  });

  it('is no without the field, and goes by the last of several', () => {
    expect(isChunked([])).toBe(false);
    expect(
      isChunked([
        ['Transfer-Encoding', 'gzip'],
        ['Transfer-Encoding', 'chunked'],
      ]),
    ).toBe(true);
  });
});

describe('chunks', () => {
  it('are one, and the last', () => {
    const framed = chunked({ body: bytes('hello world!'), complete: true, trailers: [['X-Sum', '1']] });
    expect(string(framed)).toBe('c\r\nhello world!\r\n0\r\nX-Sum: 1\r\n\r\n');
    expect(string(chunked({ body: bytes(''), complete: true, trailers: [] }))).toBe('0\r\n\r\n');
  });

  it('lack the last where the body is not complete', () => {
    expect(string(chunked({ body: bytes('hi'), complete: false, trailers: [] }))).toBe('2\r\nhi\r\n');
  });

  it('of others are joined: several, with extensions, with spaces', () => {
    const framed = bytes('5;a=b\r\nhello\r\n1 \r\n \r\n00006\r\nworld!\r\n0\r\nETag: "x"\r\nA:b\r\n\r\n');
    const read = unchunked(framed);
    expect(string(read?.body)).toBe('hello world!');
    expect(read).toMatchObject({
      complete: true,
      trailers: [
        ['ETag', '"x"'],
        ['A', 'b'],
      ],
    });
  });

  it.each([
    ['5\r\nhel', 'hel'],
    ['5\r\nhello', 'hello'],
    ['5\r\nhello\r\n', 'hello'],
    ['5\r\nhello\r\nnonsense', 'hello'],
  ])('that break off give what is there: %j', (framed, expected) => {
    const read = unchunked(bytes(framed));
    expect([string(read?.body), read?.complete]).toEqual([expected, false]);
  });

  it.each(['{"not":"chunked"}', 'zz\r\n', '\r\n', 'fffffffffffffffffff\r\n'])('are none in %j', (body) => {
    expect(unchunked(bytes(body))).toBeUndefined();
  });

  it('come back exactly', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.boolean(), (body, complete) => {
        const read = unchunked(chunked({ body, complete, trailers: [] }));
        expect({ ...read, body: [...(read?.body ?? [])] }).toEqual({
          body: [...body],
          complete,
          trailers: [],
        });
      }),
    );
  });
});
