import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEARCH_PLACES, type SearchPlace } from '#model/search.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { type SearchedCapture, searchedCapture } from '../testing/searched-capture.ts';
import type { Part } from './parts.ts';

const text = (value: string) => new TextEncoder().encode(value);
const message = (opcode: number, data: Uint8Array) =>
  ({ direction: 'received', at: 1, opcode, data: new Uint8Array(data) }) as const;

const SESSIONS: Readonly<Record<string, SessionOverrides>> = {
  plain: { requestBody: 'asked', requestHeaders: [['X-City', 'Zürich']], responseBody: 'answered' },
  gzip: {
    responseHeaders: [
      ['Content-Type', 'text/plain'],
      ['Content-Encoding', 'gzip'],
    ],
    responseBody: new Uint8Array(gzipSync('unpacked')),
  },
  picture: { responseHeaders: [['Content-Type', 'image/png']], responseBody: 'PNG' },
  drawing: { responseHeaders: [['Content-Type', 'image/svg+xml']], responseBody: '<svg/>' },
  octets: { responseHeaders: [['Content-Type', 'application/octet-stream']], responseBody: 'a\0b' },
  download: {
    responseHeaders: [['Content-Type', 'application/octet-stream']],
    responseBody: `a\0${'b'.repeat(5000)}`,
  },
  octetsOfText: {
    responseHeaders: [['Content-Type', 'application/octet-stream']],
    responseBody: 'plain text',
  },
  untold: { responseHeaders: [], responseBody: 'a\0b' },
  form: {
    requestHeaders: [['Content-Type', 'application/x-www-form-urlencoded']],
    requestBody: 'city=Z%C3%BCrich+West',
  },
  long: { responseBody: 'x'.repeat(100) },
  longInside: {
    responseHeaders: [
      ['Content-Type', 'text/plain'],
      ['Content-Encoding', 'gzip'],
    ],
    responseBody: new Uint8Array(gzipSync('x'.repeat(100))),
  },
  trailers: { requestBody: 'a', requestTrailers: [['X-Sum', '1']], responseTrailers: [['X-Check', 'two']] },
  early: {
    informational: [
      { httpVersion: 'HTTP/1.1', status: 103, reason: 'Early Hints', headers: [['Link', '</a.css>']] },
    ],
  },
  talk: {
    kind: 'websocket',
    status: 101,
    messages: [message(1, text('hello')), message(2, text('a\0b')), message(2, text('bytes of text'))],
  },
  nothing: { status: null, state: 'failed' },
};
const NAMES = Object.keys(SESSIONS);

let at: SearchedCapture;
beforeAll(async () => {
  at = await searchedCapture(
    NAMES.map((name, i) => makeSession({ ...SESSIONS[name], id: i + 1 })),
    64,
  );
});
afterAll(() => at[Symbol.asyncDispose]());

async function parts(
  name: string,
  places: readonly SearchPlace[] = SEARCH_PLACES,
  binary = false,
): Promise<Part[]> {
  const session = at.capture.session(NAMES.indexOf(name) + 1);
  if (session === undefined) throw new Error(`no session ${name}`);
  return Array.fromAsync(at.capture.parts.partsOf(session, new Set(places), binary));
}
const told = (all: readonly Part[]) => all.map(({ part, index, text: read }) => [part, index, read?.().text]);

describe('the parts of a session', () => {
  it('are its URL, its heads and its bodies', async () => {
    const all = await parts('plain');
    expect(all.map(({ part }) => part)).toEqual([
      'url',
      'request-head',
      'response-head',
      'request-body',
      'response-body',
    ]);
    expect(all[0]?.text?.().text).toBe('https://api.acme.test/orders/1');
    expect(all[1]?.text?.().text).toMatch(/^GET \/orders\/1 HTTP\/1\.1\r\n[\s\S]*X-City: Zürich\r\n\r\n$/);
    expect(told(all.slice(3))).toEqual([
      ['request-body', undefined, 'asked'],
      ['response-body', undefined, 'answered'],
    ]);
  });

  it('are only those that are asked for', async () => {
    expect((await parts('plain', ['url', 'request-body'])).map(({ part }) => part)).toEqual([
      'url',
      'request-body',
    ]);
    expect((await parts('nothing')).map(({ part }) => part)).toEqual(['url', 'request-head']);
  });

  it('have bodies decoded', async () => {
    expect(told(await parts('gzip', ['response-body']))).toEqual([['response-body', undefined, 'unpacked']]);
  });

  it('have trailers and informational responses', async () => {
    expect(
      told(await parts('trailers', ['head'])).filter(([part]) => String(part).endsWith('trailers')),
    ).toEqual([
      ['request-trailers', undefined, 'X-Sum: 1\r\n'],
      ['response-trailers', undefined, 'X-Check: two\r\n'],
    ]);
    expect((await parts('early', ['head'])).map(({ part, index }) => [part, index])).toContainEqual([
      'informational',
      0,
    ]);
  });

  it('have escapes read beside them', async () => {
    const [form] = await parts('form', ['request-body']);
    expect(form?.text?.().readings.map((reading) => reading.text)).toEqual(['city=Zürich West']);
  });
});

describe('what is no text', () => {
  it.each([
    ['picture', 0],
    ['drawing', 1],
    ['octetsOfText', 1],
  ])('is so by type: %s', async (name, count) => {
    expect((await parts(name, ['response-body'])).filter((part) => part.text)).toHaveLength(count);
  });

  it('or by its octets where the type says nothing', async () => {
    for (const name of ['octets', 'untold'])
      expect((await parts(name, ['response-body']))[0]?.text).toBeUndefined();
  });

  it('is not even read whole when it is long, unless bytes are looked for', async () => {
    expect(await parts('download', ['response-body'])).toMatchObject([
      { bytes: { length: 0 }, text: undefined },
    ]);
    expect(await parts('download', ['response-body'], true)).toMatchObject([{ cut: true, text: undefined }]);
  });

  it('is there for whoever looks for bytes', async () => {
    const [picture] = await parts('picture', ['response-body'], true);
    expect(picture?.bytes.toString()).toBe('PNG');
    expect(picture?.text).toBeUndefined();
  });
});

describe('messages', () => {
  it('are parts with a number, binary ones with their bytes only where those are asked for', async () => {
    const all = await parts('talk', ['message']);
    expect(told(all)).toEqual([
      ['message', 0, 'hello'],
      ['message', 1, undefined],
      ['message', 2, 'bytes of text'],
    ]);
    expect(all[1]?.bytes.length).toBe(0);
    const [, binary] = await parts('talk', ['message'], true);
    expect(binary?.bytes.length).toBeGreaterThan(0);
  });

  it('and bodies say how a filter reads them', async () => {
    const [body] = await parts('plain', ['response-body']);
    expect(body?.asFiltered?.()).toBe(body?.text?.().text);
  });
});

describe('a cap', () => {
  it.each(['long', 'longInside'])('cuts and says so: %s', async (name) => {
    const [body] = await parts(name, ['response-body']);
    expect(body).toMatchObject({ cut: true });
    expect(body?.text?.().text).toBe('x'.repeat(64));
  });

  it('leaves shorter ones alone', async () => {
    for (const name of ['plain', 'gzip']) for (const part of await parts(name)) expect(part.cut).toBe(false);
  });
});
