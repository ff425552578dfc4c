import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import {
  bodySize,
  createBodyViews,
  fullSession,
  piecesOf,
  readCaptured,
  readDecoded,
  sessionOf,
} from './bodies.ts';
import { openTestCapture } from './testing/captures.ts';

const coded = (coding: string, body: Uint8Array, more: SessionOverrides = {}) =>
  makeSession({
    ...more,
    responseHeaders: [
      ['Content-Type', 'text/plain'],
      ['Content-Encoding', coding],
    ],
    responseBody: body,
  });
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const MISSING = { code: 'not-found', message: expect.stringContaining('no session 7') };

describe('a stored session', () => {
  it('is had by its number, or is an error', async () => {
    await using capture = await openTestCapture(makeSession({ id: 3 }));
    expect((await sessionOf(capture.store, 3)).row.id).toBe(3);
    await expect(sessionOf(capture.store, 7)).rejects.toMatchObject(MISSING);
  });

  it('has bodies of some size, or none', () => {
    const { session } = makeSession({ requestBody: 'abc', responseBody: '' });
    expect([bodySize(session, 'request'), bodySize(session, 'response')]).toEqual([3, 0]);
    expect(bodySize(makeSession({ status: null, state: 'failed' }).session, 'response')).toBe(0);
  });

  it('is whole with its bodies as captured and all its messages', async () => {
    const messages = Array.from({ length: 2500 }, (_, i) => ({
      direction: 'sent' as const,
      at: i,
      opcode: 1,
      data: new Uint8Array(Buffer.from(String(i))),
    }));
    const packed = gzipSync('hello');
    const chat = makeSession({ id: 2, kind: 'websocket', status: 101, messages });
    await using capture = await openTestCapture(coded('gzip', packed, { id: 1, requestBody: 'asked' }), chat);
    const full = await fullSession(capture.store, 1);
    expect(text(full.requestBody)).toBe('asked');
    expect(Buffer.compare(full.responseBody, packed)).toBe(0);
    const whole = await fullSession(capture.store, 2);
    expect(whole.messages.map(({ data }) => text(data))).toEqual(messages.map((_, i) => String(i)));
    await expect(fullSession(capture.store, 7)).rejects.toMatchObject(MISSING);
  });
});

describe('a body that is read', () => {
  it('is as captured, or its beginning', async () => {
    await using capture = await openTestCapture(makeSession({ responseBody: 'abcdef' }));
    const session = await sessionOf(capture.store, 1);
    expect(text(await readCaptured(capture.store, session, 'response'))).toBe('abcdef');
    expect(text(await readCaptured(capture.store, session, 'response', 2))).toBe('ab');
    expect(await readCaptured(capture.store, session, 'request')).toEqual(new Uint8Array());
  });

  it.each([
    ['gzip', gzipSync('hello')],
    ['br', brotliCompressSync('hello')],
  ])('is decoded from %s', async (coding, body) => {
    await using capture = await openTestCapture(coded(coding, body));
    const decoded = await readDecoded(capture.store, await sessionOf(capture.store, 1), 'response', 100);
    expect(text(decoded.bytes)).toBe('hello');
    expect(decoded.problem).toBeUndefined();
  });

  it('R5: is decoded up to a limit, which is said, also when little was read', async () => {
    await using capture = await openTestCapture(
      coded('gzip', gzipSync(Buffer.alloc(10_000_000)), { id: 1 }),
      makeSession({ id: 2, responseBody: 'abcdef' }),
    );
    const bomb = await readDecoded(capture.store, await sessionOf(capture.store, 1), 'response', 50_000);
    expect(bomb.bytes.length).toBe(50_000);
    expect(bomb.problem).toContain('50000');
    const plain = await readDecoded(capture.store, await sessionOf(capture.store, 2), 'response', 3);
    expect([text(plain.bytes), plain.problem]).toEqual(['abc', 'cut: only the first 3 bytes were read']);
  });
});

describe('a view on a body', () => {
  it('gives ranges of what was captured, or of what it says', async () => {
    const packed = gzipSync('hello world');
    await using capture = await openTestCapture(coded('gzip', packed));
    const views = createBodyViews(capture.store);
    const captured = await views.open(1, 'response', false);
    expect(captured.total).toBe(packed.length);
    expect(Buffer.compare(await captured.read(0, 5), packed.subarray(0, 5))).toBe(0);
    const decoded = await views.open(1, 'response', true);
    expect([decoded.total, text(await decoded.read(6, 11)), decoded.problem]).toEqual([
      11,
      'world',
      undefined,
    ]);
    await expect(views.open(7, 'response', true)).rejects.toMatchObject(MISSING);
  });

  it('reads a plain body without decoding it, whichever is asked for', async () => {
    await using capture = await openTestCapture(makeSession({ responseBody: 'plain' }));
    const view = await createBodyViews(capture.store).open(1, 'response', true);
    expect([view.total, text(await view.read(1, 3))]).toEqual([5, 'la']);
  });

  it('decodes once, and gives out copies that may be handed on', async () => {
    await using capture = await openTestCapture(coded('gzip', gzipSync('hello')));
    let reads = 0;
    const counting = {
      get: (id: number) => capture.store.get(id),
      messages: capture.store.messages,
      readBody: (...args: Parameters<typeof capture.store.readBody>) => {
        reads += 1;
        return capture.store.readBody(...args);
      },
    };
    const views = createBodyViews(counting);
    const first = await (await views.open(1, 'response', true)).read(0, 5);
    first.fill(0);
    expect(text(await (await views.open(1, 'response', true)).read(0, 5))).toBe('hello');
    expect(reads).toBe(1);
  });

  it('does not keep what of a session in flight was there', async () => {
    const whole = gzipSync('hello');
    await using capture = await openTestCapture(
      makeSession({
        id: 1,
        state: 'active',
        responseHeaders: [['Content-Encoding', 'gzip']],
        responseBody: whole.subarray(0, 12),
      }),
    );
    const { store } = capture;
    const views = createBodyViews(store);
    expect((await views.open(1, 'response', true)).problem).toBeDefined();
    store.write({ type: 'response-data', id: 1, data: new Uint8Array(whole.subarray(12)) });
    await store.flush();
    expect(text(await (await views.open(1, 'response', true)).read(0, 5))).toBe('hello');
  });

  it('comes in pieces, no more than one of which is in memory', async () => {
    const size = 9 * 1024 * 1024;
    await using capture = await openTestCapture(makeSession({ responseBody: Buffer.alloc(size, 'x') }));
    const view = await createBodyViews(capture.store).open(1, 'response', false);
    const lengths = (await Array.fromAsync(piecesOf(view))).map(({ length }) => length);
    expect(lengths.reduce((a, b) => a + b, 0)).toBe(size);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect((await Array.fromAsync(piecesOf(view, 10, 14))).map(text)).toEqual(['xxxx']);
    expect(await Array.fromAsync(piecesOf(view, 5, 5))).toEqual([]);
  });
});
