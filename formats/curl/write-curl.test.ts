/** Each command line is run by bash and curl against an echo server: what arrives is what the session says. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { type EchoServer, runBash, type Seen, startEchoServer } from '../testing/echo-server.ts';
import { toCurl } from './write-curl.ts';

let echo: EchoServer;
let origin = '';
beforeAll(async () => {
  echo = await startEchoServer();
  origin = echo.origin;
});
afterAll(() => echo.close());

const host = () => echo.host;

function send(overrides: SessionOverrides): Promise<Seen> {
  const full = makeSession({ url: `${origin}/`, requestHeaders: [host()], ...overrides });
  const line = toCurl(full.session, full.requestBody);
  return echo.during(() => runBash(`curl() { command curl -q -sS --noproxy '*' "$@"; }; ${line}`));
}

describe('toCurl', () => {
  it('sends the same head: order, case, duplicates, nothing added', async () => {
    const requestHeaders: HeaderPair[] = [
      host(),
      ['X-One', '1'],
      ['x-ONE', '2'],
      ['Cookie', 'a=\'b\'; c="d"'],
      ['X-Empty', ''],
    ];
    const { method, target, headers, body } = await send({
      url: `${origin}/a/../b?x=[1-3]&y={a,b}#frag`,
      requestHeaders,
    });
    expect(method).toBe('GET');
    expect(target).toBe('/a/../b?x=[1-3]&y={a,b}');
    expect(headers.map(([name, value]) => [name, value.trim()])).toEqual(requestHeaders);
    expect(body.length).toBe(0);
  });

  it.each(['DELETE', 'OPTIONS', 'PATCH', 'HEAD'])('keeps the method %s', async (method) => {
    expect((await send({ method })).method).toBe(method);
  });

  it('keeps a POST without a body', async () => {
    expect((await send({ method: 'POST' })).method).toBe('POST');
  });

  it('keeps a GET with a body', async () => {
    const { method, body } = await send({ requestBody: 'x' });
    expect(method).toBe('GET');
    expect(String(body)).toBe('x');
  });

  it('sends a JSON body with the type it had, and no Expect', async () => {
    const requestHeaders: HeaderPair[] = [
      host(),
      ['Content-Type', 'application/json'],
      ['Content-Length', '99'],
    ];
    const json = '{"name":"O\'Brien \u00e9\u4e2d\ud83d\ude80","path":"C:\\\\n","cost":"$1 `id` !x"}';
    const { headers, body } = await send({ method: 'POST', requestHeaders, requestBody: json });
    expect(String(body)).toBe(json);
    expect(headers.map(([name]) => name)).toEqual(['Host', 'Content-Type', 'Content-Length']);
    expect(headers[2]?.[1]).toBe(String(Buffer.byteLength(json)));
  });

  it('adds no Content-Type that was not there', async () => {
    const { headers } = await send({ method: 'POST', requestBody: 'a=b' });
    expect(headers.map(([name]) => name)).toEqual(['Host', 'Content-Length']);
  });

  it('takes no body for a file name or an option', async () => {
    expect(String((await send({ method: 'POST', requestBody: '@/etc/hostname' })).body)).toBe(
      '@/etc/hostname',
    );
    expect(String((await send({ method: 'POST', requestBody: '--help' })).body)).toBe('--help');
  });

  it('keeps header bytes outside ASCII', async () => {
    const { headers } = await send({
      requestHeaders: [host(), ['X-Latin', 'caf\xe9'], ['X-Utf8', 'caf\xc3\xa9']],
    });
    expect(headers.slice(1)).toEqual([
      ['X-Latin', 'caf\xe9'],
      ['X-Utf8', 'caf\xc3\xa9'],
    ]);
  });

  it('keeps another Host than the URL says', async () => {
    const { headers } = await send({ requestHeaders: [['Host', 'other.test']] });
    expect(headers).toEqual([['Host', 'other.test']]);
  });

  it('sends every byte there is', async () => {
    const requestBody = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
    expect((await send({ method: 'POST', requestBody })).body.equals(requestBody)).toBe(true);
  });

  it('sends a body that is longer than an argument may be', async () => {
    const requestBody = `{"text":"${"it's long ".repeat(20_000)}"}`;
    expect(String((await send({ method: 'POST', requestBody })).body)).toBe(requestBody);
  });

  it('sends any body', async () => {
    const nasty = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...'\'"\\$`!\n\r\t #&;|<>%0a\u00e9\u202e'), minLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(nasty, async (requestBody) => {
        const { body } = await send({ method: 'POST', requestBody });
        expect(body.equals(Buffer.from(requestBody as string))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('hides nothing from the eye: bidirectional overrides and escapes are written as escapes', () => {
    const { session } = makeSession();
    const line = toCurl(session, new TextEncoder().encode('a\u202eb\x1b[2Jc'));
    expect(line).not.toMatch(/[^\P{C}\n]/u);
  });
});
