import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { type End, end } from '../../testing/http2-ends.ts';
import { frame, headers, pseudoFields, TYPE, uint32 } from '../../testing/http2-frames.ts';
import { DEFAULT_TIMEOUTS } from '../engine.ts';
import { makeTarget } from '../target.ts';
import { Http2OriginStream } from './origin-http2-stream.ts';
import type { Framing, OriginHandler } from './streams.ts';

const target = makeTarget('https', { host: 'a.test', port: 443 }, '/');

interface Talk {
  readonly end: End;
  readonly stream: Http2OriginStream;
  readonly told: string[];
  receive(...frames: Buffer[]): void;
  /** Frames to the origin since the last time. */
  sent(): unknown[];
}

function talk({ method = 'GET', body = false, reused = false } = {}): Talk {
  const made = end('client');
  made.connection.push(frame(TYPE.settings, 0, 0), 0);
  const wire = made.connection.open();
  const told: string[] = [];
  const framingOf = (framing: Framing) =>
    'length' in framing ? `${framing.kind} ${framing.length}` : framing.kind;
  const handler: OriginHandler = {
    opened: () => {},
    informational: ({ status }) => told.push(`interim ${status}`),
    response: ({ status }, framing) => told.push(`response ${status} ${framingOf(framing)}`),
    responseData: (bytes) => told.push(`data ${bytes.toString()}`),
    responseEnd: (trailers) => told.push(`end ${trailers.map((pair) => pair.join('=')).join()}`),
    originDrained: () => told.push('drained'),
    failed: ({ code, detail }, unanswered) =>
      told.push(`failed ${code} ${unanswered} ${/\((.*)\)/.exec(detail)?.[1] ?? ''}`.trim()),
    refused: () => false,
    upgraded: () => {},
  };
  const head = { method, target: '/', httpVersion: 'HTTP/1.1', headers: [] };
  const stream = new Http2OriginStream(wire, {
    context: { timeouts: { ...DEFAULT_TIMEOUTS, idle: 1000 } },
    where: 'a.test:443',
    request: { head, framing: body ? { kind: 'chunked' } : { kind: 'none' }, target },
    handler,
    reused,
    http1Required: () => told.push('1.1 wanted'),
  });
  wire.sendHead(pseudoFields('/', method), [], !body);
  made.sent();
  return {
    end: made,
    stream,
    told,
    receive: (...frames) => made.connection.push(Buffer.concat(frames), 0),
    sent: () =>
      made
        .sent()
        .map(({ type, flags, payload }) =>
          type === TYPE.data ? [type, flags, payload.toString()] : [type, flags],
        ),
  };
}

const answer = (flags: number, ...more: HeaderPair[]) => headers(1, [[':status', '200'], ...more], flags);
const data = (text: string, flags = 0) => frame(TYPE.data, flags, 1, Buffer.from(text));

describe('an answer', () => {
  it('interim heads, a head, data, trailers', () => {
    const t = talk();
    t.receive(
      headers(1, [[':status', '103']], 0),
      answer(0),
      data('body'),
      headers(1, [['grpc-status', '0']]),
    );
    expect(t.told).toEqual(['interim 103', 'response 200 chunked', 'data body', 'end grpc-status=0']);
  });

  it.each<readonly [string, Buffer, string]>([
    ['of a length', answer(0, ['content-length', '4']), 'response 200 length 4'],
    ['that is a head alone', answer(1), 'response 200 none'],
    ['of nothing', answer(1, ['content-length', '0']), 'response 200 none'],
    ['of trailers alone, as gRPC says a failure', answer(1, ['grpc-status', '9']), 'response 200 none'],
  ])('%s', (_name, bytes, expected) => {
    const t = talk();
    t.receive(bytes);
    expect(t.told[0]).toBe(expected);
  });

  it.each([
    ['HEAD', '200'],
    ['GET', '204'],
    ['GET', '304'],
  ])('to %s with %s has no body, whatever its length says', (method, status) => {
    const t = talk({ method });
    t.receive(
      headers(
        1,
        [
          [':status', status],
          ['content-length', '5'],
        ],
        0,
      ),
      data('', 1),
    );
    expect(t.told).toEqual([`response ${status} none`, 'end ']);
    const wrong = talk({ method });
    wrong.receive(headers(1, [[':status', status]], 0), data('x'));
    expect(wrong.told[1]).toMatch(/^failed bad-response false/);
  });

  it('before the whole request: the rest of that is not sent', () => {
    const t = talk({ method: 'POST', body: true });
    t.receive(answer(1));
    expect(t.told).toEqual(['response 200 none', 'end ']);
    expect(t.sent()).toEqual([[TYPE.reset, 0]]);
    expect(t.stream.write(Buffer.from('more'))).toBe(true);
  });
});

describe('a request', () => {
  it('its body and its trailers', () => {
    const t = talk({ method: 'POST', body: true });
    t.stream.write(Buffer.from('hello'));
    t.stream.end([['X-Sum', '1']]);
    expect(t.sent()).toEqual([
      [TYPE.data, 0, 'hello'],
      [TYPE.headers, 5],
    ]);
  });

  it('given up is reset, and nothing more is heard', () => {
    const t = talk({ method: 'POST', body: true });
    t.stream.write(Buffer.from('part'));
    t.stream.abort();
    t.receive(answer(1));
    expect([t.sent(), t.told]).toEqual([
      [
        [TYPE.data, 0, 'part'],
        [TYPE.reset, 0],
      ],
      [],
    ]);
  });

  it('waits for room', () => {
    const t = talk({ method: 'POST', body: true });
    expect(t.stream.write(Buffer.alloc(70_000))).toBe(false);
    t.receive(frame(TYPE.windowUpdate, 0, 0, uint32(70_000)), frame(TYPE.windowUpdate, 0, 1, uint32(70_000)));
    expect(t.told).toEqual(['drained']);
  });
});

describe('what is no answer', () => {
  it.each<readonly [string, Buffer[], string]>([
    [
      'a malformed head',
      [headers(1, [['x', '1']], 1)],
      'failed bad-response false HTTP/2 PROTOCOL_ERROR: :status is missing',
    ],
    ['a reset', [frame(TYPE.reset, 0, 1, uint32(2))], 'failed reset false HTTP/2 INTERNAL_ERROR'],
    ['a refusal', [frame(TYPE.reset, 0, 1, uint32(7))], 'failed reset true HTTP/2 REFUSED_STREAM'],
    [
      'a reset in the middle',
      [answer(0), data('part'), frame(TYPE.reset, 0, 1, uint32(2))],
      'failed origin-gone false HTTP/2 INTERNAL_ERROR',
    ],
    [
      'GOAWAY before it',
      [frame(TYPE.goaway, 0, 0, Buffer.concat([uint32(0), uint32(0), Buffer.from('bye')]))],
      'failed reset true HTTP/2 NO_ERROR: it says "bye"',
    ],
    [
      'a broken connection',
      [frame(TYPE.ping, 0, 0)],
      'failed bad-response false HTTP/2 FRAME_SIZE_ERROR: A PING frame has another size than it can have.',
    ],
  ])('%s', (_name, frames, expected) => {
    const t = talk();
    t.receive(...frames);
    expect(t.told.at(-1)).toBe(expected);
  });

  it('a wish for HTTP/1.1', () => {
    const t = talk();
    t.receive(frame(TYPE.reset, 0, 1, uint32(13)));
    expect(t.told).toEqual(['1.1 wanted', 'failed reset true HTTP/2 HTTP_1_1_REQUIRED']);
  });

  it.each([true, false])(
    'the end of the connection: tried again where it had served before (%s)',
    (reused) => {
      const t = talk({ reused });
      t.end.connection.ended();
      expect(t.told).toEqual([`failed reset ${reused} ECONNRESET`]);
    },
  );

  it('heads over the limit', () => {
    const t = talk();
    const many = Array.from({ length: 1001 }, (_, i): HeaderPair => [`x-${i}`, '']);
    t.receive(answer(1, ...many));
    expect(t.told[0]).toMatch(/failed bad-response false .*octets or are too many/);
  });

  it('interim heads without end', () => {
    const t = talk();
    t.receive(...Array.from({ length: 101 }, () => headers(1, [[':status', '102']], 0)));
    expect(t.told).toHaveLength(101);
    expect(t.told[100]).toMatch(/^failed bad-response false .*interim/);
  });
});

describe('time', () => {
  it('silence is a failure, and the origin is told', () => {
    const t = talk();
    for (const now of [0, 900, 1000]) t.stream.sweep(now);
    expect(t.told).toEqual(['failed timeout false']);
    expect(t.sent()).toEqual([[TYPE.reset, 0]]);
  });

  it('in the middle of an upload is the client’s, who is given the same time first', () => {
    const t = talk({ method: 'POST', body: true });
    for (const now of [0, 1000, 1900]) t.stream.sweep(now);
    expect(t.told).toEqual([]);
    t.stream.sweep(2000);
    expect(t.told).toEqual(['failed timeout false']);
    const full = talk({ method: 'POST', body: true });
    full.stream.write(Buffer.alloc(70_000));
    for (const now of [0, 1000]) full.stream.sweep(now);
    expect(full.told).toEqual(['failed timeout false']);
  });

  it('is not measured while we hold the origin back', () => {
    const t = talk();
    t.stream.sweep(0);
    t.stream.pauseBody();
    t.stream.sweep(5000);
    t.stream.resumeBody();
    for (const now of [5100, 6000]) t.stream.sweep(now);
    expect(t.told).toEqual([]);
  });

  it('begins anew with every octet', () => {
    const t = talk();
    t.stream.sweep(0);
    t.receive(answer(0));
    t.stream.sweep(900);
    t.receive(data('x'));
    t.stream.sweep(1800);
    t.stream.sweep(2700);
    expect(t.told).toEqual(['response 200 chunked', 'data x']);
  });
});
