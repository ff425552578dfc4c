import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { type RunningHost, runningHost } from '../testing/running-host.ts';
import { disposition } from './body-route.ts';

let at: RunningHost;
beforeAll(async () => {
  at = await runningHost([
    makeSession({ id: 1, requestBody: 'asked', responseBody: '0123456789' }),
    makeSession({
      id: 2,
      responseHeaders: [
        ['Content-Type', 'text/html'],
        ['Content-Encoding', 'gzip'],
      ],
      responseBody: gzipSync('<script>alert(1)</script>'),
    }),
    makeSession({
      id: 3,
      responseHeaders: [['Content-Type', 'image/svg+xml; charset=utf-8']],
      responseBody: '<svg/>',
    }),
    makeSession({ id: 4, responseHeaders: [['Content-Encoding', 'gzip']], responseBody: 'no gzip ü' }),
  ]);
});
afterAll(() => at[Symbol.asyncDispose]());

async function body(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await at.get(`/api/body/${path}`, { headers, method });
  return {
    status: response.status,
    text: await response.text(),
    headers: Object.fromEntries(response.headers),
  };
}

describe('a captured body', () => {
  it('is had of either side, as it was', async () => {
    expect(await body('1/request')).toMatchObject({ status: 200, text: 'asked' });
    expect(await body('1/response')).toMatchObject({
      text: '0123456789',
      headers: { 'accept-ranges': 'bytes' },
    });
  });

  it('is decoded when asked', async () => {
    expect(await body('2/response?decoded=1')).toMatchObject({ text: '<script>alert(1)</script>' });
    expect((await body('2/response')).text).not.toContain('script');
  });

  it('R1: is never shown as a page, whatever it says it is', async () => {
    expect((await body('2/response?decoded=1')).headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
      'cache-control': 'no-store',
    });
  });

  it('keeps the type that browsers draw', async () => {
    expect((await body('3/response')).headers['content-type']).toBe('image/svg+xml');
  });

  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=20-', 416, expect.stringContaining('shorter'), 'bytes */10'],
    ['nonsense', 200, '0123456789', undefined],
  ])('by range %s answers %d', async (range, status, text, contentRange) => {
    const got = await body('1/response', { Range: range });
    expect([got.status, got.text, got.headers['content-range']]).toEqual([status, text, contentRange]);
  });

  it('has no body for HEAD', async () => {
    expect(await body('1/response', {}, 'HEAD')).toMatchObject({
      text: '',
      headers: { 'content-length': '10' },
    });
  });

  it('that cannot be decoded is given as it is, with why in ASCII', async () => {
    const got = await body('4/response?decoded=1');
    expect(got.text).toBe('no gzip ü');
    expect(decodeURIComponent(got.headers['x-sluice-problem'] ?? '')).toContain('not gzip');
  });

  it.each(['7/response', '1/answer', '1', 'x/response', '1/response/x', '99999999999999999/response'])(
    'is not at %s',
    async (path) => expect((await body(path)).status).toBe(404),
  );
});

describe('the name of a download', () => {
  it.each([
    [null, 'attachment'],
    ['', 'attachment'],
    ['a.bin', `attachment; filename="a.bin"; filename*=UTF-8''a.bin`],
    ['ü".bin', `attachment; filename="__.bin"; filename*=UTF-8''%C3%BC%22.bin`],
    ['../../etc/passwd', `attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
    ['a\r\nX: y', `attachment; filename="a__X: y"; filename*=UTF-8''a%0D%0AX%3A%20y`],
    ["it's(1)*", `attachment; filename="it's(1)*"; filename*=UTF-8''it%27s%281%29%2a`],
  ])('%j is %s', (name, text) => expect(disposition(name)).toBe(text));
});
