/** On a real socket to an origin that writes frames by hand. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { frame, headers, TYPE, uint32 } from '../../testing/http2-frames.ts';
import { type RawHttp2Act, type RawHttp2Origin, rawHttp2Origin } from '../../testing/http2-raw-peers.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { until } from '../../testing/until.ts';
import { DEFAULT_TIMEOUTS } from '../engine.ts';
import { hostMatcher } from '../host-pattern.ts';
import { makeTarget } from '../target.ts';
import { Client } from './client.ts';
import { Deadlines } from './deadlines.ts';
import { OriginHttp2, type Ticket } from './origin-http2.ts';
import type { OriginHandler, OriginRequest, OriginStream } from './streams.ts';

const REQUEST: OriginRequest = {
  head: { method: 'GET', target: '/', httpVersion: 'HTTP/1.1', headers: [['X-A', '1']] },
  framing: { kind: 'none' },
  target: makeTarget('http', { host: '127.0.0.1', port: 80 }, '/'),
};

interface Bench extends AsyncDisposable {
  readonly connection: OriginHttp2;
  readonly told: string[];
  readonly streams: OriginStream[];
  readonly given: Ticket[];
  handler(name: string): OriginHandler;
  ticket(name: string): { ticket: Ticket; abort: AbortController };
  until(test: () => boolean): Promise<void>;
}

async function bench(port: number): Promise<Bench> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const told: string[] = [];
  const streams: OriginStream[] = [];
  const given: Ticket[] = [];
  const deadlines = new Deadlines(1000);
  const context = {
    timeouts: DEFAULT_TIMEOUTS,
    deadlines,
    http2: new Set<{ shutDown(): Promise<void> }>(),
    protocol: { http2: 'mirror', via: false, lenient: hostMatcher([]) } as const,
  };
  const connection = new OriginHttp2(context, {
    socket,
    where: 'origin',
    facts: { serverAddress: 'there' },
    timings: { connect: 1 },
    closed: (_gone, waiting) => {
      told.push('closed');
      given.push(...waiting);
    },
    http1Required: () => told.push('1.1 wanted'),
  });
  const handler = (name: string): OriginHandler => ({
    opened: (stream, { reused, streamId, timings }, sent) => {
      streams.push(stream);
      told.push(
        `${name} opened ${streamId}${reused ? ' reused' : ''} ${JSON.stringify(timings)} ${sent.httpVersion}`,
      );
    },
    informational: () => {},
    response: ({ status }) => told.push(`${name} ${status}`),
    responseData: () => {},
    responseEnd: () => told.push(`${name} end`),
    originDrained: () => {},
    failed: ({ code }, unanswered) => told.push(`${name} failed ${code} ${unanswered}`),
    refused: () => false,
    upgraded: () => {},
  });
  return {
    connection,
    told,
    streams,
    given,
    handler,
    ticket: (name) => {
      const abort = new AbortController();
      const owner = new Client({ number: 1 });
      return {
        ticket: { request: REQUEST, handler: handler(name), owner, signal: abort.signal, tries: 0 },
        abort,
      };
    },
    until: (test) => until(test, () => told.join('; ')),
    [Symbol.asyncDispose]: async () => {
      connection.destroy();
      deadlines[Symbol.dispose]();
      if (!socket.closed) await once(socket, 'close');
    },
  };
}

const origin = (act: RawHttp2Act, streams?: number): Promise<RawHttp2Origin> =>
  rawHttp2Origin(
    undefined,
    act,
    streams === undefined
      ? {}
      : { settings: frame(TYPE.settings, 0, 0, Buffer.concat([Buffer.of(0, 3), uint32(streams)])) },
  );
const ok: RawHttp2Act = (peer, { stream }) => peer.write(headers(stream, [[':status', '200']]));

describe('requests on one connection', () => {
  it('each a stream, as HTTP/2 has them; what opening took is told to the first', async () => {
    await using to = await origin(ok);
    await using b = await bench(to.port);
    b.connection.send(REQUEST, b.handler('one'));
    await b.until(() => b.told.includes('one end'));
    b.connection.send(REQUEST, b.handler('two'));
    await b.until(() => b.told.includes('two end'));
    expect(b.told).toEqual([
      'one opened 1 {"connect":1} HTTP/2.0',
      'one 200',
      'one end',
      'two opened 3 reused {} HTTP/2.0',
      'two 200',
      'two end',
    ]);
    const [head] = (await to.first).frames().filter(({ type }) => type === TYPE.headers);
    expect(head?.fields).toEqual([
      [':method', 'GET'],
      [':scheme', 'http'],
      [':authority', '127.0.0.1'],
      [':path', '/'],
      ['x-a', '1'],
    ]);
  });

  it('one until the origin has said how many, then so many; the others in turn', async () => {
    await using to = await origin(() => {}, 2);
    await using b = await bench(to.port);
    expect(b.connection.free).toBe(true);
    b.connection.send(REQUEST, b.handler('one'));
    expect([b.connection.free, b.connection.open]).toEqual([false, true]);
    const waiting = ['two', 'three', 'four'].map((name) => b.ticket(name));
    for (const { ticket } of waiting) b.connection.enqueue(ticket);
    expect(await b.connection.settled()).toBe(true);
    await b.until(() => b.told.some((line) => line.startsWith('two opened')));
    expect(b.connection.waiting).toBe(2);
    waiting[1]?.abort.abort();
    b.streams[0]?.abort();
    await b.until(() => b.told.some((line) => line.startsWith('four opened 5')));
    expect([b.connection.waiting, b.told.some((line) => line.startsWith('three'))]).toEqual([0, false]);
  });
});

describe('the end of a connection', () => {
  it('gives back those that wait, once', async () => {
    await using to = await origin(
      (peer) => peer.write(frame(TYPE.goaway, 0, 0, Buffer.concat([uint32(0), uint32(0)]))),
      1,
    );
    await using b = await bench(to.port);
    await b.connection.settled();
    b.connection.send(REQUEST, b.handler('one'));
    const { ticket } = b.ticket('two');
    b.connection.enqueue(ticket);
    await b.until(() => b.told.includes('closed'));
    expect([b.given, b.connection.open]).toEqual([[ticket], false]);
    expect(b.told.slice(1)).toEqual(['one failed reset true', 'closed']);
    b.connection.destroy();
    expect(b.told.filter((line) => line === 'closed')).toHaveLength(1);
  });

  it('an origin that speaks no HTTP/2 never settles', async () => {
    await using to = await rawOrigin({
      onRequest: reply('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
    });
    await using b = await bench(to.port);
    expect(await b.connection.settled()).toBe(false);
    expect(b.told).toEqual(['closed']);
  });
});
