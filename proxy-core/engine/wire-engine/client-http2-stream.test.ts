import { describe, expect, it } from 'vitest';
import type { ResponseHead } from '#model/session.ts';
import { ask, type End, server } from '../../testing/http2-ends.ts';
import { frame, headers, TYPE, uint32 } from '../../testing/http2-frames.ts';
import { DEFAULT_TIMEOUTS } from '../engine.ts';
import { hostMatcher } from '../host-pattern.ts';
import { Client } from './client.ts';
import { Http2ClientStream } from './client-http2-stream.ts';
import type { ClientHandler } from './streams.ts';

const CONTEXT = {
  timeouts: { ...DEFAULT_TIMEOUTS, idle: 1000 },
  protocol: { http2: 'mirror', via: false, lenient: hostMatcher([]) },
} as const;
const OK: ResponseHead = { httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: [['X-A', '1']] };

interface Talk {
  readonly end: End;
  readonly stream: Http2ClientStream;
  readonly told: string[];
  /** Frames of the stream to the client since the last time: type, flags, and what is in them. */
  sent(): unknown[];
  receive(...frames: Buffer[]): void;
}

/** A stream on which the client has asked; `whole` when that is all it says. */
function talk({ whole = true, method = 'GET' } = {}): Talk {
  const end = server(ask(1, whole ? 1 : 0));
  end.sent();
  const [wire] = end.streams;
  if (wire === undefined) throw new Error('no stream');
  const told: string[] = [];
  const handler: ClientHandler = {
    requestData: (bytes) => told.push(`data ${bytes.toString()}`),
    requestEnd: (trailers) => told.push(`end ${trailers.map((pair) => pair.join('=')).join()}`),
    requestInvalid: ({ status, failure }) => told.push(`invalid ${status} ${failure.code} ${failure.detail}`),
    clientDrained: () => told.push('drained'),
    clientGone: (reason) => told.push(`gone ${reason}`),
  };
  const stream = new Http2ClientStream(wire, method, new Client({ number: 1 }), CONTEXT);
  stream.handler = handler;
  return {
    end,
    stream,
    told,
    sent: () =>
      end
        .sent()
        .map(({ type, flags, payload }) =>
          type === TYPE.data ? [type, flags, payload.toString()] : [type, flags],
        ),
    receive: (...frames) => end.connection.push(Buffer.concat(frames), 0),
  };
}

describe('what the client says', () => {
  it('data, trailers, the end', () => {
    const t = talk({ whole: false });
    expect([t.stream.streamId, t.stream.httpVersion]).toEqual([1, 'HTTP/2.0']);
    t.receive(frame(TYPE.data, 0, 1, Buffer.from('hi')), headers(1, [['x-sum', '1']]));
    expect(t.told).toEqual(['data hi', 'end x-sum=1']);
  });

  it('waits while it is held back', () => {
    const t = talk({ whole: false });
    t.stream.pauseBody();
    t.receive(frame(TYPE.data, 1, 1, Buffer.from('hi')));
    expect(t.told).toEqual([]);
    t.stream.resumeBody();
    expect(t.told).toEqual(['data hi', 'end ']);
  });

  it.each([
    [frame(TYPE.reset, 0, 1, uint32(8)), 'gone HTTP/2 CANCEL'],
    [frame(TYPE.windowUpdate, 0, 1, uint32(0)), /^invalid 400 bad-request .*WINDOW_UPDATE/],
    [frame(TYPE.ping, 0, 0), /^invalid 400 bad-request .*PING/],
  ])('that it is gone, or broke the rules', (bytes, expected) => {
    const t = talk({ whole: false });
    t.receive(bytes);
    expect(t.told).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)]);
  });

  it('that its connection is gone: nobody knows how', () => {
    const t = talk();
    t.end.connection.ended();
    expect(t.told).toEqual(['gone undefined']);
  });

  it('nothing of what comes after the answer', () => {
    const t = talk({ whole: false });
    t.stream.respond(OK, { kind: 'none' });
    t.stream.end();
    t.receive(frame(TYPE.data, 1, 1, Buffer.from('late')));
    t.end.connection.ended();
    expect(t.told).toEqual([]);
  });
});

describe('what is said to the client', () => {
  it('interim heads, a head, data, and the end on the last of it', () => {
    const t = talk();
    t.stream.informational({ ...OK, status: 103 });
    const sent = t.stream.respond(OK, { kind: 'chunked' });
    expect(sent).toEqual({ httpVersion: 'HTTP/2.0', status: 200, reason: '', headers: [['x-a', '1']] });
    expect(t.stream.write(Buffer.from('body'))).toBe(true);
    t.stream.end();
    expect(t.sent()).toEqual([
      [TYPE.headers, 4],
      [TYPE.headers, 4],
      [TYPE.data, 1, 'body'],
    ]);
  });

  it('a head alone where there is no body, and for HEAD', () => {
    const bodyless = talk();
    bodyless.stream.respond(OK, { kind: 'none' });
    bodyless.stream.end();
    expect(bodyless.sent()).toEqual([[TYPE.headers, 5]]);
    const head = talk({ method: 'HEAD' });
    head.stream.respond(OK, { kind: 'length', length: 5 });
    head.stream.end();
    expect(head.sent()).toEqual([[TYPE.headers, 5]]);
  });

  it('trailers that may pass', () => {
    const t = talk();
    t.stream.respond(OK, { kind: 'chunked' });
    t.stream.write(Buffer.from('body'));
    t.stream.end([
      ['Grpc-Status', '0'],
      ['Content-Length', '4'],
    ]);
    expect(t.sent()).toEqual([
      [TYPE.headers, 4],
      [TYPE.data, 0, 'body'],
      [TYPE.headers, 5],
    ]);
  });

  it('that the rest of the request is not wanted', () => {
    const t = talk({ whole: false });
    t.stream.respond(OK, { kind: 'none' });
    t.stream.end();
    expect(t.sent()).toEqual([
      [TYPE.headers, 5],
      [TYPE.reset, 0],
    ]);
  });

  it('that it breaks off: a reset and no end', () => {
    const t = talk();
    t.stream.respond(OK, { kind: 'chunked' });
    t.stream.write(Buffer.from('part'));
    t.stream.abort();
    expect(t.sent()).toEqual([
      [TYPE.headers, 4],
      [TYPE.data, 0, 'part'],
      [TYPE.reset, 0],
    ]);
    t.stream.end();
    expect(t.sent()).toEqual([]);
  });

  it('is told when there is room again', () => {
    const t = talk();
    t.stream.respond(OK, { kind: 'chunked' });
    expect(t.stream.write(Buffer.alloc(70_000))).toBe(false);
    t.receive(frame(TYPE.windowUpdate, 0, 0, uint32(70_000)), frame(TYPE.windowUpdate, 0, 1, uint32(70_000)));
    expect(t.told).toEqual(['drained']);
  });
});

describe('time', () => {
  const pass = (t: Talk, ...times: number[]) => {
    for (const now of times) t.stream.sweep(now);
  };

  it('an upload that stands still is not waited for, one that moves is', () => {
    const t = talk({ whole: false });
    pass(t, 0, 600);
    t.receive(frame(TYPE.data, 0, 1, Buffer.from('x')));
    pass(t, 900, 1800);
    expect(t.told).toEqual(['data x']);
    pass(t, 1950);
    expect(t.told[1]).toMatch(/^invalid 408 timeout/);
  });

  it('one that is held back by us may stand still', () => {
    const t = talk({ whole: false });
    t.stream.pauseBody();
    pass(t, 0, 5000, 10_000);
    t.stream.resumeBody();
    pass(t, 10_100, 10_900);
    expect(t.told).toEqual([]);
  });

  it('a whole request may wait for its answer', () => {
    const t = talk();
    pass(t, 0, 100_000);
    expect(t.told).toEqual([]);
  });

  it('a client that takes nothing is given up', () => {
    const t = talk();
    t.stream.respond(OK, { kind: 'chunked' });
    t.stream.write(Buffer.alloc(70_000));
    t.sent();
    pass(t, 0, 999);
    expect(t.told).toEqual([]);
    pass(t, 1000);
    expect(t.told).toEqual(['gone undefined']);
    expect(t.sent()).toEqual([[TYPE.reset, 0]]);
  });

  it('also when the answer is over and waits to be taken', () => {
    const t = talk();
    t.stream.respond(OK, { kind: 'chunked' });
    t.stream.write(Buffer.alloc(70_000));
    t.stream.end();
    pass(t, 0, 1000);
    expect([t.told, t.end.connection.streams.size]).toEqual([[], 0]);
  });
});
