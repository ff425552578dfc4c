/** Entries in the shapes of other tools. Each is reduced from what the tool writes; what is ours is tested in write-har.test.ts. */
import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { capturedUrl, readEntry, targetOf } from './read-entry.ts';

const startedDateTime = '2026-01-02T03:04:05.006Z';
const minimal = { startedDateTime, request: { url: 'https://acme.test/' } };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('readEntry', () => {
  it('needs an URL and a time, no more', () => {
    const { session, requestBody, responseBody, messages } = readEntry(minimal, 7);
    expect(session.row).toMatchObject({
      id: 7,
      source: 'import',
      state: 'failed',
      method: 'GET',
      httpVersion: 'HTTP/1.1',
      host: 'acme.test',
    });
    expect(session.failure).toEqual({ code: 'other', detail: 'The imported file holds no response.' });
    expect([requestBody.length, responseBody.length, messages.length]).toEqual([0, 0, 0]);
  });

  it('survives every field being of another type', () => {
    for (const junk of [null, 1, 'x', [], [1, null, 'x'], {}, true]) {
      const { session } = readEntry(
        {
          startedDateTime,
          time: junk,
          comment: junk,
          request: {
            url: 'https://acme.test/',
            method: junk,
            headers: junk,
            postData: junk,
            httpVersion: junk,
          },
          response: { status: junk, statusText: junk, headers: junk, content: junk, bodySize: junk },
          timings: junk,
          serverIPAddress: junk,
          connection: junk,
          _webSocketMessages: junk,
          _sluice: junk,
        },
        1,
      );
      expect(session.row.url).toBe('https://acme.test/');
    }
  });

  it("reads Chrome's: pseudo headers out, text decoded, header kept", () => {
    const { session, responseBody } = readEntry(
      {
        _initiator: { type: 'script', stack: {} },
        _priority: 'High',
        _resourceType: 'fetch',
        cache: {},
        connection: '12345',
        pageref: 'page_1',
        request: {
          method: 'GET',
          url: 'https://acme.test/a?b=1#frag',
          httpVersion: 'h2',
          headers: [
            { name: ':authority', value: 'acme.test' },
            { name: 'accept', value: '*/*' },
          ],
          queryString: [],
          cookies: [],
          headersSize: -1,
          bodySize: 0,
        },
        response: {
          status: 200,
          statusText: '',
          httpVersion: 'h2',
          headers: [
            { name: 'content-encoding', value: 'br' },
            { name: 'content-type', value: 'application/json' },
          ],
          content: { size: 11, mimeType: 'application/json', text: '{"ok":true}' },
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
          _transferSize: 200,
        },
        serverIPAddress: '[2001:db8::1]',
        startedDateTime,
        time: 12.5,
        timings: {
          blocked: 1,
          dns: -1,
          ssl: 4,
          connect: 6,
          send: 0.5,
          wait: 3,
          receive: 2,
          _blocked_queueing: 1,
        },
      },
      1,
    );
    expect(session.row).toMatchObject({
      url: 'https://acme.test/a?b=1',
      mime: 'application/json',
      durationMs: 12.5,
    });
    expect(session.row).toMatchObject({ httpVersion: 'HTTP/2', status: 200, responseBodySize: 11 });
    expect(session.request.head).toMatchObject({ target: '/a?b=1', headers: [['accept', '*/*']] });
    expect(session.response?.head.headers[0]).toEqual(['content-encoding', 'br']);
    expect(text(responseBody)).toBe('{"ok":true}');
    expect(session.facts).toMatchObject({ serverAddress: '[2001:db8::1]:443', serverConnection: 12345 });
    expect(JSON.parse(session.facts.imported ?? '')).toEqual({
      entry: {
        _initiator: { type: 'script', stack: {} },
        _priority: 'High',
        _resourceType: 'fetch',
        pageref: 'page_1',
      },
      response: { _transferSize: 200 },
      timings: { _blocked_queueing: 1 },
    });
    expect(session.timings).toEqual({ blocked: 1, connect: 2, tls: 4, send: 0.5, wait: 3, receive: 2 });
  });

  it("reads Chrome's failed request", () => {
    const { session } = readEntry(
      { ...minimal, response: { status: 0, _error: 'net::ERR_NAME_NOT_RESOLVED', httpVersion: 'unknown' } },
      1,
    );
    expect(session.response).toBeUndefined();
    expect(session.failure?.detail).toBe('net::ERR_NAME_NOT_RESOLVED');
    expect(session.row.state).toBe('failed');
  });

  it("reads Chrome's WebSocket", () => {
    const { session, messages } = readEntry(
      {
        startedDateTime,
        _resourceType: 'websocket',
        request: { method: 'GET', url: 'wss://acme.test/live', httpVersion: 'http/1.1' },
        response: { status: 101, statusText: 'Switching Protocols', httpVersion: 'http/1.1' },
        _webSocketMessages: [
          { type: 'send', time: 1_750_000_000.25, opcode: 1, data: '\u00e9' },
          { type: 'receive', time: 1_750_000_001, opcode: 2, data: '/w==' },
        ],
      },
      1,
    );
    expect(session.row).toMatchObject({
      kind: 'websocket',
      url: 'https://acme.test/live',
      httpVersion: 'HTTP/1.1',
    });
    expect(session.messageCount).toBe(2);
    expect(messages.map(({ direction, at, data }) => [direction, at, [...data]])).toEqual([
      ['sent', 1_750_000_000_250, [0xc3, 0xa9]],
      ['received', 1_750_000_001_000, [0xff]],
    ]);
  });

  it("reads Firefox's: several Set-Cookie in one value, base64 body", () => {
    const { session, responseBody } = readEntry(
      {
        ...minimal,
        response: {
          status: 200,
          statusText: 'OK',
          httpVersion: 'HTTP/2',
          headers: [{ name: 'set-cookie', value: 'a=1\nb=2' }],
          content: { mimeType: 'image/png', size: 2, encoding: 'base64', text: 'AP8=' },
        },
      },
      1,
    );
    expect(session.response?.head.headers).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    expect([...responseBody]).toEqual([0, 255]);
    expect(session.row.mime).toBe('image/png');
  });

  it('says that a body the tool left out is not complete', () => {
    const response = { status: 200, content: { mimeType: 'text/html', size: 100 } };
    expect(readEntry({ ...minimal, response }, 1).session.response?.body).toEqual({
      size: 0,
      complete: false,
    });
    const empty = { status: 204, content: { mimeType: '', size: 0 } };
    expect(readEntry({ ...minimal, response: empty }, 1).session.response?.body.complete).toBe(true);
  });

  it.each([
    [{ mimeType: 'text/plain', text: 'caf\u00e9' }, 'caf\u00e9'],
    [{ mimeType: 'a/b', text: 'aGk=', encoding: 'base64' }, 'hi'],
    [
      {
        mimeType: 'application/x-www-form-urlencoded; charset=UTF-8',
        params: [{ name: 'a b', value: '1&2' }, { name: 'c' }],
      },
      'a+b=1%262&c=',
    ],
    [{ mimeType: 'multipart/form-data', params: [{ name: 'a', fileName: 'f' }] }, ''],
  ])('takes the request body from %j', (postData, expected) => {
    const { requestBody } = readEntry({ ...minimal, request: { ...minimal.request, postData } }, 1);
    expect(text(requestBody)).toBe(expected);
  });

  it('lets no file write header lines of its own', () => {
    const { session } = readEntry(
      {
        ...minimal,
        request: {
          method: 'GET / HTTP/1.1\r\nX: y',
          url: 'https://acme.test/\r\nHost: evil',
          headers: [{ name: 'A\r\nB', value: 'x\r\ny\0z' }],
        },
      },
      1,
    );
    expect(JSON.stringify(session)).not.toMatch(/\\r|\\n|\\u0000/);
  });

  it('makes bytes of header text that a tool decoded', () => {
    const headers = [
      { name: 'X-Latin', value: 'caf\u00e9' },
      { name: 'X-Decoded', value: '\u4e2d' },
    ];
    const { session } = readEntry({ ...minimal, request: { ...minimal.request, headers } }, 1);
    expect(session.request.head.headers).toEqual([
      ['X-Latin', 'caf\xe9'],
      ['X-Decoded', '\xe4\xb8\xad'],
    ]);
  });

  it('passes over an _sluice of a version that it does not know', () => {
    expect(readEntry({ ...minimal, _sluice: { version: 99, row: { mark: 3 } } }, 1).session.row.mark).toBe(0);
  });

  it('refuses an _sluice that does not fit, and what is no object', () => {
    const sluice = { version: 1, row: { mark: 77 }, timings: {}, facts: {}, request: {} };
    expect(() => readEntry({ ...minimal, _sluice: sluice }, 1)).toThrow('its mark is not usable');
    expect(() => readEntry({ ...minimal, _sluice: { version: 1 } }, 1)).toThrow('_sluice.row is damaged');
    expect(() => readEntry([], 1)).toThrow('not an object');
  });
});

describe('URLs', () => {
  it('lose their fragment and the WebSocket scheme', () => {
    expect(capturedUrl('wss://a.test/x?y#z')).toBe('https://a.test/x?y');
    expect(capturedUrl('ws://a.test')).toBe('http://a.test');
    expect(capturedUrl('https://ws.test/ws://')).toBe('https://ws.test/ws://');
  });

  it('imply a request target', () => {
    expect(targetOf('https://a.test/x?y')).toBe('/x?y');
    expect(targetOf('https://a.test')).toBe('/');
    expect(targetOf('tunnel://a.test:443')).toBe('a.test:443');
  });
});

describe('what an entry loses', () => {
  const lossesOf = (entry: object) => {
    const losses = new Losses();
    readEntry({ ...minimal, ...entry }, 1, losses);
    return losses.report().losses;
  };

  it('is nothing of what Chrome writes', () => {
    const entry = { _initiator: { type: 'other' }, _priority: 'High', _resourceType: 'fetch' };
    expect(lossesOf(entry)).toEqual([]);
    const { imported } = readEntry({ ...minimal, ...entry }, 1).session.facts;
    expect(JSON.parse(imported ?? '')).toEqual({ entry });
  });

  it('is what is too much to keep', () => {
    const entry = { _initiator: 'x'.repeat(300_000) };
    expect(lossesOf(entry)).toMatchObject([{ what: 'fields of the tool that wrote the file' }]);
    expect(readEntry({ ...minimal, ...entry }, 1).session.facts.imported).toBeUndefined();
  });

  it('is an upload of which the file has the names alone', () => {
    const postData = {
      mimeType: 'multipart/form-data; boundary=x',
      params: [{ name: 'a', fileName: 'photo.png', contentType: 'image/png' }],
    };
    const request = { ...minimal.request, method: 'POST', postData };
    expect(lossesOf({ request })).toMatchObject([{ detail: '1 file' }]);
    expect(lossesOf({ request: { ...request, postData: { ...postData, text: '--x' } } })).toEqual([]);
  });
});
