import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { exactText, harBody } from './har-body.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const typed = (type: string, coding?: string): HeaderPair[] => [
  ['Content-Type', type],
  ...(coding === undefined ? [] : [['Content-Encoding', coding] as HeaderPair]),
];
const LIMIT = 1_000_000;

describe('harBody', () => {
  it('writes UTF-8 as text and nothing beside it', async () => {
    expect(await harBody(utf8('{"a":"\u00e9"}'), typed('application/json; charset=utf-8'), LIMIT)).toEqual({
      mimeType: 'application/json; charset=utf-8',
      size: 10,
      coded: false,
      text: '{"a":"\u00e9"}',
    });
  });

  it('keeps a byte order mark', async () => {
    const { text, raw } = await harBody(utf8('\ufeffx'), typed('text/plain'), LIMIT);
    expect(text).toBe('\ufeffx');
    expect(raw).toBeUndefined();
  });

  it('undoes the content coding and keeps the captured bytes beside the text', async () => {
    const captured = zlib.gzipSync('hello');
    expect(await harBody(captured, typed('text/plain', 'gzip'), LIMIT)).toEqual({
      mimeType: 'text/plain',
      size: 5,
      coded: true,
      text: 'hello',
      raw: base64(captured),
    });
  });

  it.each([
    ['iso-8859-1', Uint8Array.of(0x63, 0x61, 0x66, 0xe9), 'caf\u00e9'],
    ['Shift_JIS', Uint8Array.of(0x93, 0xfa, 0x96, 0x7b), '\u65e5\u672c'],
    ['utf-16le', Uint8Array.of(0x61, 0, 0xac, 0x20), 'a\u20ac'],
  ])('transcodes %s, and keeps the captured bytes', async (charset, captured, text) => {
    const body = await harBody(captured, typed(`text/html; charset=${charset}`), LIMIT);
    expect(body.text).toBe(text);
    expect(body.encoding).toBeUndefined();
    expect(body.raw).toBe(base64(captured));
  });

  it.each([
    ['text/plain', Uint8Array.of(0x63, 0xe9)],
    ['text/plain; charset=utf-8', Uint8Array.of(0xc0, 0x80)],
    ['text/plain; charset=shift_jis', Uint8Array.of(0x81)],
    ['text/plain; charset=utf-8', Uint8Array.of(0xed, 0xa0, 0x80)],
    ['image/png', utf8('text, but an image')],
    ['application/grpc+proto', utf8('x')],
    ['application/x-protobuf', utf8('x')],
  ])('writes %s in base64 where text would not be exact', async (type, captured) => {
    const body = await harBody(captured, typed(type), LIMIT);
    expect(body).toMatchObject({ text: base64(captured), encoding: 'base64' });
    expect(body.raw).toBeUndefined();
  });

  it('reads SVG and an unknown charset as UTF-8 text', async () => {
    expect((await harBody(utf8('<svg/>'), typed('image/svg+xml'), LIMIT)).text).toBe('<svg/>');
    expect((await harBody(utf8('\u00e9'), typed('text/plain; charset=klingon'), LIMIT)).text).toBe('\u00e9');
  });

  it('says when a body is damaged, and claims no compression', async () => {
    const body = await harBody(
      zlib.gzipSync('x'.repeat(9999)).subarray(0, 40),
      typed('text/plain', 'gzip'),
      LIMIT,
    );
    expect(body.coded).toBe(false);
    expect(body.comment).toMatch(/truncated/);
    expect(body.raw).toBeDefined();
  });

  it('leaves out what is over the limit, and says so', async () => {
    expect(await harBody(new Uint8Array(101), typed('text/plain'), 100)).toEqual({
      mimeType: 'text/plain',
      size: 101,
      coded: false,
      comment: expect.stringContaining('left out: 101 bytes'),
    });
  });

  it('does not inflate past the limit', async () => {
    const body = await harBody(zlib.gzipSync(new Uint8Array(50_000)), typed('text/plain', 'gzip'), 1000);
    expect(body.size).toBe(1000);
    expect(body.comment).toMatch(/cut at 1000/);
  });
});

describe('exactText', () => {
  it('needs no type', () => {
    expect(exactText(utf8('a'), undefined)).toBe('a');
    expect(exactText(Uint8Array.of(0xff), undefined)).toBeUndefined();
  });
});
