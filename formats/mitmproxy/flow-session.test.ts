import { describe, expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { Losses } from '../losses.ts';
import { octets, tnetstring } from '../testing/tnetstring.ts';
import { isMap } from './flow-fields.ts';
import { sessionOfFlow } from './flow-session.ts';
import { readTnetstrings } from './tnetstring.ts';

async function read(value: unknown): Promise<{ full: FullSession | undefined; lost: string[] }> {
  const losses = new Losses();
  for await (const flow of readTnetstrings([tnetstring(value)])) {
    if (!isMap(flow)) break;
    const full = sessionOfFlow(flow, 7, losses);
    return {
      full,
      lost: losses
        .report()
        .losses.map(({ what, detail }) => (detail === undefined ? what : `${what}: ${detail}`)),
    };
  }
  throw new Error('no flow');
}

const request = {
  host: 'acme.test',
  port: 443,
  method: octets('POST'),
  scheme: octets('https'),
  authority: octets(''),
  path: octets('/orders?x=1'),
  http_version: octets('HTTP/2.0'),
  headers: [
    [octets(':authority'), octets('acme.test')],
    [octets('X-A'), octets('caf\xe9')],
  ],
  content: octets('{"a":1}'),
  trailers: null,
  timestamp_start: 1_750_000_000.5,
  timestamp_end: 1_750_000_000.501,
};
const response = {
  http_version: octets('HTTP/2.0'),
  status_code: 200,
  reason: octets(''),
  headers: [[octets('content-type'), octets('text/plain')]],
  content: octets('ok'),
  trailers: [[octets('x-t'), octets('1')]],
  timestamp_start: 1_750_000_000.52,
  timestamp_end: 1_750_000_000.53,
};
const flow = {
  type: 'http',
  version: 17,
  request,
  response,
  error: null,
  websocket: null,
  marked: '',
  comment: '',
  client_conn: {},
  server_conn: {},
};

describe('a flow', () => {
  it('is a session', async () => {
    const { full, lost } = await read(flow);
    expect(lost).toEqual([]);
    expect(full?.session).toMatchObject({
      row: {
        id: 7,
        kind: 'http',
        source: 'import',
        state: 'completed',
        startedAt: 1_750_000_000_500,
        durationMs: 30,
        method: 'POST',
        url: 'https://acme.test/orders?x=1',
        status: 200,
        mime: 'text/plain',
        requestBodySize: 7,
        responseBodySize: 2,
      },
      request: {
        head: { method: 'POST', target: '/orders?x=1', httpVersion: 'HTTP/2', headers: [['X-A', 'caf\xe9']] },
        body: { size: 7, complete: true },
      },
      response: {
        head: { httpVersion: 'HTTP/2', status: 200, reason: '' },
        trailers: [['x-t', '1']],
        body: { complete: true },
      },
    });
    expect([full?.requestBody, full?.responseBody].map(String)).toEqual(
      ['{"a":1}', 'ok'].map((text) => String(new Uint8Array(Buffer.from(text)))),
    );
  });

  it.each([
    [{ port: 8443 }, 'https://acme.test:8443/orders?x=1'],
    [{ scheme: octets('http'), port: 80 }, 'http://acme.test/orders?x=1'],
    [{ host: '2001:db8::1' }, 'https://[2001:db8::1]/orders?x=1'],
    [{ path: octets('*') }, 'https://acme.test/'],
    [{ path: octets('http://other.test/x#y') }, 'https://acme.test/x'],
    [
      { method: octets('CONNECT'), authority: octets('acme.test:443'), path: octets(''), port: 443 },
      'tunnel://acme.test',
    ],
  ])('with %j is at %s', async (change, url) => {
    const { full } = await read({ ...flow, request: { ...request, ...change } });
    expect(full?.session.row.url).toBe(url);
  });

  it('without an answer has failed, in mitmproxy’s words', async () => {
    const { full } = await read({
      ...flow,
      response: null,
      error: { msg: 'connection refused', timestamp: 1 },
    });
    expect(full?.session).toMatchObject({
      row: { state: 'failed', error: 'other' },
      failure: { code: 'other', detail: 'connection refused' },
    });
    expect((await read({ ...flow, response: null })).full?.session.failure?.detail).toMatch(
      'holds no response',
    );
  });

  it('whose bodies were streamed loses them', async () => {
    const { full, lost } = await read({
      ...flow,
      request: { ...request, content: null },
      response: { ...response, content: null },
    });
    expect(full?.session.request.body).toEqual({ size: 0, complete: false });
    expect(lost).toEqual([
      'body of the request, which mitmproxy did not keep',
      'body of the response, which mitmproxy did not keep',
    ]);
  });

  it('keeps its mark and comment', async () => {
    expect(
      (await read({ ...flow, marked: ':green_circle:', comment: 'look' })).full?.session.row,
    ).toMatchObject({ mark: 4, comment: 'look' });
    const { full, lost } = await read({ ...flow, marked: ':grapes:' });
    expect([full?.session.row.mark, lost]).toEqual([1, ['mark that is none of ours: :grapes:']]);
    expect((await read({ ...flow, marked: true })).full?.session.row.mark).toBe(1);
  });
});

describe('WebSocket messages', () => {
  it('are kept with their times, and how it ended', async () => {
    const websocket = {
      messages: [
        [1, true, octets('hello'), 1_750_000_001, false, false],
        [2, false, octets('\0\xff'), 1_750_000_001.5, true, true],
        [1, false, 'text', 1_750_000_001.6, false],
        'odd',
      ],
      closed_by_client: true,
      close_code: 1001,
      close_reason: 'bye',
      timestamp_end: 1_750_000_002,
    };
    const { full, lost } = await read({ ...flow, response: { ...response, status_code: 101 }, websocket });
    expect(full?.session).toMatchObject({ row: { kind: 'websocket', durationMs: 1500 }, messageCount: 4 });
    expect(
      full?.messages.map(({ index, direction, at, opcode, data, closeCode }) => [
        index,
        direction,
        at,
        opcode,
        Buffer.from(data).toString('latin1'),
        closeCode,
      ]),
    ).toEqual([
      [0, 'sent', 1_750_000_001_000, 1, 'hello', undefined],
      [1, 'received', 1_750_000_001_500, 2, '\0\xff', undefined],
      [2, 'received', 1_750_000_001_600, 1, 'text', undefined],
      [3, 'sent', 1_750_000_002_000, 8, '\x03\xe9bye', 1001],
    ]);
    expect(lost).toEqual(['that a message was dropped', 'that a message was put in by hand']);
  });
});

describe('hostile flows', () => {
  it('S1: put no further field into a head', async () => {
    const headers = [[octets('A'), octets('x\r\nB: y')], [octets('C\r\nD'), octets('')], 'odd', [1, 2]];
    const { full } = await read({
      ...flow,
      request: { ...request, method: octets('GET / HTTP/1.1\r\nX: y'), headers },
    });
    const { head } = full?.session.request ?? {};
    expect(JSON.stringify(head)).not.toMatch(/\\r|\\n/);
  });

  it('may lack anything', async () => {
    expect((await read({ type: 'http' })).full).toBeUndefined();
    const { full } = await read({
      request: { host: 'a' },
      response: {},
      websocket: { messages: 1 },
      error: 5,
    });
    expect(full?.session.row).toMatchObject({ url: 'http://a/', method: 'GET', status: 0 });
  });
});
