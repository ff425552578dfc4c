import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { frame, PREFACE, TYPE, uint32 } from '../../testing/http2-frames.ts';
import { divisions } from '../../testing/wire-events.ts';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import { Http2Fault } from './http2-fault.ts';

const SETTINGS = frame(TYPE.settings, 0, 0);

/** What is told; how data was divided does not show. */
function read(
  pieces: readonly Buffer[],
  { preface = false } = {},
): { events: unknown[]; unfinished: number } {
  const events: unknown[][] = [];
  const sink: FrameSink = {
    data: (stream, bytes, overhead, end) => {
      const last = events.at(-1);
      const text = bytes.toString('latin1');
      const more = last?.[0] === 'data' && last[1] === stream && last[3] === 0 && last[4] === false;
      if (more) events[events.length - 1] = ['data', stream, `${last[2]}${text}`, overhead, end];
      else events.push(['data', stream, text, overhead, end]);
    },
    headers: (stream, bytes, at, to, end) =>
      events.push(['headers', stream, bytes.toString('latin1', at, to), end]),
    priority: () => events.push(['priority']),
    reset: (...what) => events.push(['reset', ...what]),
    settings: (ack, bytes, at, to) => events.push(['settings', ack, bytes.toString('hex', at, to)]),
    ping: (ack, bytes, at) => events.push(['ping', ack, bytes.toString('latin1', at, at + 8)]),
    goAway: (...what) => events.push(['goaway', ...what]),
    windowUpdate: (...what) => events.push(['window', ...what]),
    unknown: () => events.push(['unknown']),
  };
  const reader = new FrameReader(sink, preface);
  for (const piece of pieces) reader.push(piece);
  return { events, unfinished: reader.unfinished };
}

const VECTORS: Readonly<Record<string, readonly [Buffer, unknown[]]>> = {
  data: [frame(TYPE.data, 1, 1, Buffer.from('hello')), ['data', 1, 'hello', 0, true]],
  'no data': [frame(TYPE.data, 1, 1), ['data', 1, '', 0, true]],
  'padded data': [frame(TYPE.data, 9, 1, Buffer.from('\x03hello...')), ['data', 1, 'hello', 4, true]],
  'padding alone': [frame(TYPE.data, 9, 1, Buffer.from('\x02..')), ['data', 1, '', 3, true]],
  headers: [frame(TYPE.headers, 5, 3, Buffer.from('block')), ['headers', 3, 'block', true]],
  'headers with padding and priority': [
    frame(TYPE.headers, 0x2c, 3, Buffer.from('\x02.....block..')),
    ['headers', 3, 'block', false],
  ],
  'headers and continuations': [
    Buffer.concat([
      frame(TYPE.headers, 1, 3, Buffer.from('bl')),
      frame(TYPE.continuation, 0, 3, Buffer.from('oc')),
      frame(TYPE.continuation, 4, 3, Buffer.from('k')),
    ]),
    ['headers', 3, 'block', true],
  ],
  priority: [frame(TYPE.priority, 0, 3, Buffer.alloc(5)), ['priority']],
  reset: [frame(TYPE.reset, 0, 3, uint32(8)), ['reset', 3, 8]],
  settings: [
    frame(TYPE.settings, 0, 0, Buffer.from('000400000001', 'hex')),
    ['settings', false, '000400000001'],
  ],
  'settings acknowledged': [frame(TYPE.settings, 1, 0), ['settings', true, '']],
  ping: [frame(TYPE.ping, 1, 0, Buffer.from('12345678')), ['ping', true, '12345678']],
  goaway: [
    frame(TYPE.goaway, 0, 0, Buffer.concat([uint32(7), uint32(2), Buffer.from('why')])),
    ['goaway', 7, 2, 'why'],
  ],
  // The reserved bit means nothing (RFC 9113 §6.9).
  'a window update': [frame(TYPE.windowUpdate, 0, 3, uint32(0x8000_0001)), ['window', 3, 1]],
  'a frame of a type unknown': [frame(0xbb, 0xff, 9, Buffer.from('anything')), ['unknown']],
};

describe('frames', () => {
  it.each(Object.entries(VECTORS))('%s, however divided', (_name, [bytes, event]) => {
    const whole = Buffer.concat([SETTINGS, bytes, frame(TYPE.ping, 0, 0, Buffer.from('.  end  '))]);
    for (const pieces of divisions(whole)) {
      expect(read(pieces)).toEqual({
        events: [['settings', false, ''], event, ['ping', false, '.  end  ']],
        unfinished: 0,
      });
    }
  });

  it('begin with the preface where a client speaks', () => {
    for (const pieces of divisions(Buffer.concat([PREFACE, SETTINGS]))) {
      expect(read(pieces, { preface: true }).events).toEqual([['settings', false, '']]);
    }
    expect(() => read([Buffer.from('GET / HTTP/1.1\r\n')], { preface: true })).toThrow(Http2Fault);
  });

  it('data is handed on as it comes', () => {
    const bytes = frame(TYPE.data, 0, 1, Buffer.from('hello'));
    expect(read([SETTINGS, bytes.subarray(0, 11)]).events[1]).toEqual(['data', 1, 'he', 0, false]);
  });
});

describe('what is unfinished', () => {
  const headers = frame(TYPE.headers, 1, 3, Buffer.from('bl'));
  it('is a frame that is not whole, a header block that goes on, or the preface', () => {
    expect(read([SETTINGS]).unfinished).toBe(0);
    expect(read([SETTINGS, headers.subarray(0, 3)]).unfinished).toBeGreaterThan(0);
    expect(read([PREFACE.subarray(0, 3)], { preface: true }).unfinished).toBeGreaterThan(0);
    // Data may take as long as it likes.
    expect(read([SETTINGS, frame(TYPE.data, 0, 1, Buffer.alloc(9)).subarray(0, 12)]).unfinished).toBe(0);
  });

  it('has one number as long as it is the same', () => {
    const more = frame(TYPE.continuation, 0, 3, Buffer.from('oc'));
    const since = read([SETTINGS, headers]).unfinished;
    expect(read([SETTINGS, headers, more, more, more.subarray(0, 5)]).unfinished).toBe(since);
    const ping = frame(TYPE.ping, 0, 0, Buffer.alloc(8));
    expect(read([SETTINGS, ping, headers]).unfinished).not.toBe(since);
  });
});

/** What is wrong; type, flags, stream, size, the error; whether it comes first; what it is filled with. */
type Bad = readonly [
  string,
  number,
  number,
  number,
  number,
  number,
  (boolean | undefined)?,
  (number | undefined)?,
];
const { data, headers, priority, reset, settings, push, ping, goaway, windowUpdate, continuation } = TYPE;
test.each([
  ['another frame first', ping, 0, 0, 8, 1, true],
  ['data without a stream', data, 0, 0, 1, 1],
  ['more padding than data', data, 8, 1, 1, 1, false, 1],
  ['headers without a stream', headers, 4, 0, 1, 1],
  ['headers with more padding than octets', headers, 12, 1, 3, 1, false, 3],
  ['headers with no room for padding', headers, 12, 1, 0, 6],
  ['headers with no room for priority', headers, 0x24, 1, 3, 1],
  ['priority without a stream', priority, 0, 0, 5, 1],
  ['priority of another size', priority, 0, 1, 4, 6],
  ['reset without a stream', reset, 0, 0, 4, 1],
  ['reset of another size', reset, 0, 1, 5, 6],
  ['settings on a stream', settings, 0, 1, 0, 1],
  ['settings of another size', settings, 0, 0, 7, 6],
  ['acknowledged settings that say something', settings, 1, 0, 6, 6],
  ['a push', push, 4, 1, 8, 1],
  ['ping on a stream', ping, 0, 1, 8, 1],
  ['ping of another size', ping, 0, 0, 7, 6],
  ['goaway on a stream', goaway, 0, 1, 8, 1],
  ['goaway of another size', goaway, 0, 0, 7, 6],
  ['a window update of another size', windowUpdate, 0, 0, 3, 6],
  ['a continuation of nothing', continuation, 4, 1, 1, 1],
  ['a frame that is too large', data, 0, 1, 16_385, 6],
] as const satisfies readonly Bad[])('refuses %s', (...bad: Bad) => {
  const [, type, flags, stream, size, code, first = false, octet = 0] = bad;
  const bytes = frame(type, flags, stream, Buffer.alloc(size, octet));
  expect(() => read(first ? [bytes] : [SETTINGS, bytes])).toThrow(expect.objectContaining({ code }));
});

describe('header blocks', () => {
  const open = frame(headers, 0, 1, Buffer.from('x'));
  it.each([
    ['another frame', frame(ping, 0, 0, Buffer.alloc(8))],
    ['a continuation of another stream', frame(continuation, 4, 3)],
    ['other headers', frame(headers, 4, 3)],
    ['a frame of a type unknown', frame(0xbb, 0, 1)],
  ])('are not interrupted by %s', (_name, bytes) => {
    expect(() => read([SETTINGS, open, bytes])).toThrow(expect.objectContaining({ code: 1 }));
  });

  it('end: in octets and in frames', () => {
    const large = frame(continuation, 0, 1, Buffer.alloc(16_384));
    const empty = frame(continuation, 0, 1);
    for (const [piece, most] of [
      [large, 6],
      [empty, 32],
    ] as const) {
      const flood = (count: number) => read([SETTINGS, open, ...Array.from({ length: count }, () => piece)]);
      expect(() => flood(most + 1)).toThrow(expect.objectContaining({ code: 0xb }));
      expect(flood(Math.min(most - 1, 5)).events).toHaveLength(1);
    }
  });
});

test('arbitrary octets throw nothing but a coded fault, and tell the same however divided', () => {
  const outcome = (pieces: readonly Buffer[]) => {
    try {
      return JSON.stringify(read(pieces));
    } catch (error) {
      if (!(error instanceof Http2Fault)) throw error;
      return `${error.code} ${error.message}`;
    }
  };
  const frames = fc.tuple(fc.nat(11), fc.nat(255), fc.nat(3), fc.uint8Array({ maxLength: 30 }));
  fc.assert(
    fc.property(fc.array(frames, { maxLength: 6 }), fc.uint8Array({ maxLength: 40 }), (list, rest) => {
      const bytes = Buffer.concat([
        SETTINGS,
        ...list.map(([type, flags, stream, payload]) => frame(type, flags, stream, payload)),
        rest,
      ]);
      const octets = Array.from(bytes, (octet) => Buffer.of(octet));
      expect(outcome(octets)).toBe(outcome([bytes]));
    }),
    { numRuns: 300 },
  );
});
