import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { harEntry } from './write-entry.ts';

const entry = (overrides: SessionOverrides) => harEntry(makeSession(overrides), 1_000_000);

describe('timings', () => {
  it('have ssl within connect, and count it once', async () => {
    const { timings, time } = await entry({
      timings: { blocked: 1, dns: 2, connect: 10, tls: 20, send: 3, wait: 4, receive: 5 },
    });
    expect(timings).toEqual({ blocked: 1, dns: 2, connect: 30, ssl: 20, send: 3, wait: 4, receive: 5 });
    expect(time).toBe(45);
  });

  it('are -1 where they do not apply, but never send, wait and receive', async () => {
    const { timings, time } = await entry({ timings: { wait: 4 } });
    expect(timings).toEqual({ blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 4, receive: 0 });
    expect(time).toBe(4);
  });
});

describe('request', () => {
  it('has an absolute URL without fragment, in RFC 3986 characters, and its query', async () => {
    const { request, _sluice } = await entry({ url: 'https://acme.test/a b/[x]?q=%41+b&q=100%&e=#part' });
    expect(request.url).toBe('https://acme.test/a%20b/%5Bx%5D?q=%41+b&q=100%25&e=');
    expect(request.queryString).toEqual([
      { name: 'q', value: 'A b' },
      { name: 'q', value: '100%' },
      { name: 'e', value: '' },
    ]);
    expect(_sluice.url).toBe('https://acme.test/a b/[x]?q=%41+b&q=100%&e=#part');
  });

  it('writes form bodies as text and never as params beside it', async () => {
    const { request } = await entry({
      method: 'POST',
      requestHeaders: [['Content-Type', 'application/x-www-form-urlencoded']],
      requestBody: 'a=1&b=%20',
    });
    expect(request.postData).toEqual({ mimeType: 'application/x-www-form-urlencoded', text: 'a=1&b=%20' });
    expect(request.bodySize).toBe(9);
  });

  it('writes binary bodies beside the standard fields', async () => {
    const { request, _sluice } = await entry({ method: 'POST', requestBody: Uint8Array.of(0xff, 0) });
    expect(request.postData).toEqual({ mimeType: '', text: '' });
    expect(_sluice.request.body).toBe('/wA=');
  });

  it('has no postData without a body', async () => {
    expect((await entry({ method: 'POST' })).request).not.toHaveProperty('postData');
  });

  it('counts the bytes of an HTTP/1 head and of no other', async () => {
    const head = 'GET / HTTP/1.1\r\nA: b\r\n\r\n';
    const url = 'https://acme.test/';
    expect((await entry({ url, requestHeaders: [['A', 'b']] })).request.headersSize).toBe(head.length);
    expect((await entry({ url, httpVersion: 'HTTP/2' })).request.headersSize).toBe(-1);
  });

  it('counts the octets that came, where those are known', async () => {
    const full = makeSession();
    const head = {
      ...full.session.request.head,
      raw: 'GET /orders/1 HTTP/1.1\r\nHost:api.acme.test\r\n\r\n',
    };
    const session = { ...full.session, request: { ...full.session.request, head } };
    expect((await harEntry({ ...full, session }, 100)).request.headersSize).toBe(head.raw.length);
  });

  it('keeps a request target that is not the path', async () => {
    const full = makeSession({ method: 'OPTIONS' });
    const head = { ...full.session.request.head, target: '*' };
    const session = { ...full.session, request: { ...full.session.request, head } };
    expect((await harEntry({ ...full, session }, 100))._sluice.target).toBe('*');
    expect((await entry({}))._sluice).not.toHaveProperty('target');
  });
});

describe('response', () => {
  it('says sizes on the wire and decoded, and what compression saved', async () => {
    const text = 'hello '.repeat(100);
    const wire = zlib.gzipSync(text);
    const { response } = await entry({
      responseHeaders: [
        ['Content-Type', 'text/plain'],
        ['Content-Encoding', 'gzip'],
      ],
      responseBody: wire,
    });
    expect(response.bodySize).toBe(wire.length);
    expect(response.content).toEqual({
      size: 600,
      compression: 600 - wire.length,
      mimeType: 'text/plain',
      text,
    });
  });

  it('has a redirectURL always', async () => {
    expect((await entry({})).response.redirectURL).toBe('');
    const moved = await entry({ status: 302, responseHeaders: [['location', '/next#x']] });
    expect(moved.response.redirectURL).toBe('/next#x');
  });

  it('is empty with status 0 when none came, and the failure is said', async () => {
    const failed = await entry({
      status: null,
      failure: { code: 'refused', detail: 'Nothing listens there.' },
    });
    expect(failed.response).toMatchObject({ status: 0, content: { size: 0, mimeType: '' }, headersSize: -1 });
    expect(failed._error).toBe('Nothing listens there.');
    expect(failed._sluice).not.toHaveProperty('response');
  });

  it('lists cookies', async () => {
    const { request, response } = await entry({
      requestHeaders: [['Cookie', 'a=1']],
      responseHeaders: [['Set-Cookie', 'b=2; SameSite=Lax']],
    });
    expect(request.cookies).toEqual([{ name: 'a', value: '1' }]);
    expect(response.cookies).toEqual([
      { name: 'b', value: '2', httpOnly: false, secure: false, _sameSite: 'Lax' },
    ]);
  });
});

describe('connection', () => {
  it.each([
    ['10.0.0.1:443', '10.0.0.1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['/run/socket', undefined],
  ])('gives the address of %s without its port', async (serverAddress, ip) => {
    const written = await entry({ facts: { serverAddress, serverConnection: 7 } });
    expect(written.serverIPAddress).toBe(ip);
    expect(written.connection).toBe('7');
  });
});

describe('WebSocket', () => {
  it("is written in Chrome's shape", async () => {
    const data = new TextEncoder().encode('hi');
    const written = await entry({
      kind: 'websocket',
      url: 'https://acme.test/live',
      status: 101,
      messages: [
        { direction: 'sent', at: 1_750_000_000_123.5, opcode: 1, data },
        { direction: 'received', at: 1_750_000_000_200, opcode: 2, data },
        { direction: 'received', at: 1_750_000_000_300, opcode: 1, data: Uint8Array.of(0xff) },
      ],
    });
    expect(written.request.url).toBe('wss://acme.test/live');
    expect(written._resourceType).toBe('websocket');
    expect(written._webSocketMessages).toEqual([
      { type: 'send', time: 1_750_000_000.1235, opcode: 1, data: 'hi', _at: 1_750_000_000_123.5 },
      { type: 'receive', time: 1_750_000_000.2, opcode: 2, data: 'aGk=', _at: 1_750_000_000_200 },
      {
        type: 'receive',
        time: 1_750_000_000.3,
        opcode: 1,
        data: '/w==',
        _at: 1_750_000_000_300,
        _encoding: 'base64',
      },
    ]);
  });
});

describe('server-sent events', () => {
  it('are written as Chrome does, with what it leaves out beside', async () => {
    const data = new TextEncoder().encode('hi');
    const event = { type: 'tick', id: '7', retry: 100 };
    const written = await entry({
      messages: [{ direction: 'received', at: 1_750_000_000_200, opcode: 1, data, event }],
    });
    expect(written).not.toHaveProperty('_webSocketMessages');
    expect(written._eventSourceMessages).toEqual([
      {
        eventName: 'tick',
        eventId: '7',
        type: 'receive',
        time: 1_750_000_000.2,
        opcode: 1,
        data: 'hi',
        _at: 1_750_000_000_200,
        _message: { event },
      },
    ]);
  });
});

describe('_sluice', () => {
  it('repeats no header and no body that a standard field holds', async () => {
    const written = await entry({
      requestHeaders: [['Authorization', 'Bearer s3cret']],
      method: 'POST',
      requestBody: 'p4ssword',
      responseHeaders: [['Set-Cookie', 'sid=c00kie']],
      responseBody: 'b0dy',
    });
    expect(JSON.stringify(written._sluice)).not.toMatch(/s3cret|p4ssword|c00kie|b0dy/);
  });

  it('repeats no value of a header for octets, or for what was sent on', async () => {
    const full = makeSession({
      url: 'http://acme.test/x',
      requestHeaders: [
        ['Host', 'acme.test'],
        ['Authorization', 'Bearer s3cret'],
        ['Connection', 'close'],
      ],
    });
    const { request } = full.session;
    const raw =
      'GET /x HTTP/1.1\r\nHost: acme.test\r\nAuthorization:Bearer s3cret\r\nConnection: close\r\n\r\n';
    const [host = ['', ''], authorization = ['', '']] = request.head.headers;
    const sent = {
      ...request.head,
      target: '/y',
      headers: [host, authorization, ['Via', '1.1 us']] as typeof request.head.headers,
    };
    const session = {
      ...full.session,
      request: { ...request, head: { ...request.head, raw }, sent, chunkExtensions: [';a=1'] },
    };
    const written = await harEntry({ ...full, session }, 1_000_000);
    expect(JSON.stringify(written._sluice)).not.toContain('s3cret');
    expect(written._sluice.request).toEqual({
      glue: ['', ' ', ' ', '\r\n', ': ', '\r\n', ':', '\r\n', ': ', '\r\n\r\n'],
      sent: { target: '/y', headers: ['Host', 'Authorization', ['Via', '1.1 us']] },
      chunkExtensions: [';a=1'],
    });
  });

  it('holds the row fields that nothing else implies', async () => {
    const written = await entry({
      id: 9,
      mark: 3,
      comment: 'look',
      startedAt: 1000.25,
      parentId: 4,
      state: 'active',
    });
    expect(written._sluice.row).toEqual({
      id: 9,
      source: 'proxy',
      state: 'active',
      startedAt: 1000.25,
      durationMs: null,
      mark: 3,
      parentId: 4,
    });
    expect(written.comment).toBe('look');
  });
});
