import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePayload, type FrameFields, frame } from '../testing/websocket-frames.ts';
import { divisions } from '../testing/wire-events.ts';
import { type OpenMessage, WebSocketReader, type WebSocketReaderOptions } from './websocket-reader.ts';

type Seen = Record<string, unknown>;

/** What a reader says of those octets; data as a byte string. */
function read(pieces: readonly Uint8Array[], options: WebSocketReaderOptions = { sender: 'server' }): Seen[] {
  const seen: Seen[] = [];
  const message = ({ data, ...rest }: { data: Uint8Array }) =>
    seen.push({ ...rest, data: Buffer.from(data).toString('latin1') });
  const reader = new WebSocketReader({ message }, options);
  for (const piece of pieces) reader.push(piece);
  reader.finish();
  return seen;
}

const frames = (...list: FrameFields[]) => Buffer.concat(list.map(frame));
const received = (...list: FrameFields[]) => read([frames(...list)]);
const KEY = 0x37fa213d;

/** Streams of a server, sound and broken; each is also read in every division. */
const STREAMS: Record<string, Buffer> = {
  text: frames({ payload: 'Hello' }),
  'an empty text': frames({ payload: '' }),
  binary: frames({ opcode: 2, payload: Buffer.of(0, 255, 1) }),
  'three in a row': frames({ payload: 'a' }, { payload: 'b' }, { opcode: 2, payload: 'c' }),
  'fragments with a ping among them': frames(
    { payload: 'Hel', final: false },
    { opcode: 9, payload: 'p' },
    { opcode: 0, payload: '', final: false },
    { opcode: 0, payload: 'lo' },
  ),
  '16-bit length': frames({ payload: 'x'.repeat(126) }),
  '64-bit length though short': frames({ payload: 'Hello', lengthOctets: 8 }),
  close: frames({ opcode: 8, payload: closePayload(1000, 'bye') }),
  'text after close': frames({ opcode: 8 }, { payload: 'late' }),
  'reserved opcodes': frames({ opcode: 3, payload: 'a' }, { opcode: 11, payload: 'b' }),
  masked: frames({ payload: 'Hello', key: KEY }),
  'no frames': Buffer.concat([
    frames({ payload: 'a' }),
    Buffer.alloc(700, 'HTTP/1.1 200 OK\r\nServer: x\r\n\r\n'),
  ]),
  'an impossible length': frames(
    { payload: 'a' },
    { claimedLength: 1n << 63n, payload: 'b' },
    { payload: 'c' },
  ),
  'ends in a head': frames({ payload: 'a' }).subarray(0, 1),
  'ends in a payload': frames({ payload: 'Hello' }).subarray(0, 5),
  'ends in a message': frames({ payload: 'Hel', final: false }, { opcode: 9 }),
};

describe('WebSocketReader', () => {
  it.each(Object.entries(STREAMS))('sees the same messages in every division: %s', (_, bytes) => {
    const whole = read([bytes]);
    for (const pieces of divisions(bytes)) expect(read(pieces)).toEqual(whole);
  });

  it('takes masks off', () => {
    const bytes = frames({ payload: 'Hello', key: KEY }, { payload: 'x'.repeat(1000), key: 0xdeadbeef });
    const seen = [
      { opcode: 1, data: 'Hello' },
      { opcode: 1, data: 'x'.repeat(1000) },
    ];
    expect(read([bytes], { sender: 'client' })).toEqual(seen);
    for (const pieces of divisions(bytes)) expect(read(pieces, { sender: 'client' })).toEqual(seen);
  });

  it('joins fragments and gives control frames in their order', () => {
    expect(read([STREAMS['fragments with a ping among them'] ?? Buffer.alloc(0)])).toEqual([
      { opcode: 9, data: 'p' },
      { opcode: 1, data: 'Hello', fragments: 3 },
    ]);
  });

  it('reads all three forms of the length', () => {
    for (const size of [125, 126, 65535, 65536, 200_000]) {
      expect(received({ payload: 'x'.repeat(size) })).toEqual([{ opcode: 1, data: 'x'.repeat(size) }]);
    }
  });

  it('gives the code of a close frame', () => {
    expect(received({ opcode: 8, payload: closePayload(4001, 'why') })).toEqual([
      { opcode: 8, closeCode: 4001, data: '\x0f\xa1why' },
    ]);
    expect(received({ opcode: 8 })).toEqual([{ opcode: 8, data: '' }]);
  });

  it('marks compressed messages only where compression was agreed on', () => {
    const bytes = frames({ reserved: 4, payload: 'z', final: false }, { opcode: 0, payload: 'z' });
    expect(read([bytes], { sender: 'server', deflate: true })).toEqual([
      { opcode: 1, data: 'zz', fragments: 2, compressed: true },
    ]);
    expect(read([bytes])).toEqual([
      { opcode: 1, data: 'zz', fragments: 2, flaw: expect.stringMatching(/reserved bits/) },
    ]);
  });

  it('owns the data it gives: the pushed buffer may be used again', () => {
    const datas: Uint8Array[] = [];
    const reader = new WebSocketReader({ message: ({ data }) => datas.push(data) }, { sender: 'server' });
    const bytes = frames({ payload: 'Hello' });
    reader.push(bytes);
    bytes.fill(0);
    expect(Buffer.from(datas[0] ?? []).toString()).toBe('Hello');
    expect(datas[0]?.buffer.byteLength).toBe(5);
  });
});

describe('flaws are named, and the message read all the same', () => {
  it.each<[string, RegExp, FrameFields[]]>([
    ['masked by a server', /^masked by the server/, [{ payload: 'a', key: KEY }]],
    ['RSV2', /^reserved bits/, [{ payload: 'a', reserved: 2 }]],
    ['RSV1 on a control frame', /^reserved bits/, [{ opcode: 9, payload: 'a', reserved: 4 }]],
    ['opcode 3', /^reserved opcode/, [{ opcode: 3, payload: 'a' }]],
    ['opcode 15', /^reserved opcode/, [{ opcode: 15, payload: 'a' }]],
    ['a long form of a short length', /^length not in its shortest/, [{ payload: 'a', lengthOctets: 2 }]],
    ['the longest form of a middling length', /^length not/, [{ payload: 'x'.repeat(200), lengthOctets: 8 }]],
    ['a long ping', /^control frame over 125/, [{ opcode: 9, payload: 'x'.repeat(126) }]],
    ['a ping in fragments', /^control frame in fragments/, [{ opcode: 9, payload: 'a', final: false }]],
    ['a continuation of nothing', /^continuation without/, [{ opcode: 0, payload: 'a' }]],
    ['invalid UTF-8', /^not valid UTF-8/, [{ payload: Buffer.of(0xff) }]],
    ['UTF-8 cut at the end', /^not valid UTF-8/, [{ payload: Buffer.of(0x61, 0xc3) }]],
    ['close code 1005', /^close code that must not/, [{ opcode: 8, payload: closePayload(1005) }]],
    ['a close frame of one byte', /^close frame of one byte/, [{ opcode: 8, payload: 'a' }]],
    ['a reason not in UTF-8', /^not valid UTF-8/, [{ opcode: 8, payload: Buffer.of(3, 232, 0xff) }]],
  ])('%s', (_, flaw, list) => {
    const seen = received(...list, { payload: 'sound' });
    expect(seen).toHaveLength(2);
    expect(seen[0]).toMatchObject({ opcode: list[0]?.opcode ?? 1, flaw: expect.stringMatching(flaw) });
    expect(seen[0]?.data).not.toBe('');
    if (list[0]?.opcode === 8) expect(seen[1]?.flaw).toMatch(/^sent after a close frame/);
    else expect(seen[1]).toEqual({ opcode: 1, data: 'sound' });
  });

  it('a client that does not mask', () => {
    expect(read([frames({ payload: 'Hello' })], { sender: 'client' })).toEqual([
      { opcode: 1, data: 'Hello', flaw: expect.stringMatching(/^not masked by the client/) },
    ]);
  });

  it('UTF-8 that fragments cut within a character is sound', () => {
    const [lead, ...rest] = Buffer.from('🙂');
    expect(
      received({ payload: Buffer.of(lead ?? 0), final: false }, { opcode: 0, payload: Buffer.from(rest) })[0]
        ?.flaw,
    ).toBeUndefined();
  });

  it('a message that another interrupts', () => {
    expect(received({ payload: 'ab', final: false }, { payload: 'c' })).toEqual([
      { opcode: 1, data: 'ab', flaw: expect.stringMatching(/^not finished before another/) },
      { opcode: 1, data: 'c' },
    ]);
  });

  it('several at once, each said once', () => {
    const wrong = { key: KEY, payload: 'x' };
    const [message] = received(
      { ...wrong, reserved: 1, final: false },
      ...Array.from({ length: 50 }, () => ({ ...wrong, opcode: 0, final: false })),
      { ...wrong, opcode: 0 },
    );
    expect(message).toMatchObject({ fragments: 52, data: 'x'.repeat(52) });
    expect(String(message?.flaw).split('; ')).toEqual([
      expect.stringMatching(/^masked/),
      expect.stringMatching(/^reserved bits/),
    ]);
  });

  it.each([
    ['in a data frame', 'ends in a payload', [{ opcode: 1, data: 'Hel' }]],
    [
      'between fragments',
      'ends in a message',
      [
        { opcode: 9, data: '' },
        { opcode: 1, data: 'Hel' },
      ],
    ],
  ])('a connection that ends %s', (_, name, expected) => {
    const seen = read([STREAMS[name] ?? Buffer.alloc(0)]);
    expect(seen.map(({ opcode, data }) => ({ opcode, data }))).toEqual(expected);
    expect(seen.at(-1)?.flaw).toMatch(/^not finished when the connection ended/);
  });

  it('a connection that ends in a ping within a message gives both', () => {
    const bytes = frames({ payload: 'Hel', final: false }, { opcode: 9, payload: 'ping' });
    expect(read([bytes.subarray(0, bytes.length - 2)]).map(({ opcode, data }) => [opcode, data])).toEqual([
      [9, 'pi'],
      [1, 'Hel'],
    ]);
  });
});

describe('a stream that stops being frames', () => {
  it.each([
    ['by its octets', STREAMS['no frames']],
    ['by an impossible length', STREAMS['an impossible length']],
  ])('%s: says so once and is then silent', (_, bytes = Buffer.alloc(0)) => {
    const seen = read([bytes, frames({ payload: 'later' })]);
    expect(seen[0]).toEqual({ opcode: 1, data: 'a' });
    expect(seen.filter(({ flaw }) => /no longer WebSocket/.test(String(flaw)))).toHaveLength(1);
    expect(seen.at(-1)?.flaw).toMatch(/no longer WebSocket/);
    expect(seen.length).toBeLessThan(12);
  });

  it('is not one of frames that are each wrong in one way', () => {
    const odd = Array.from({ length: 20 }, () => ({ opcode: 12, payload: 'x' }));
    expect(received(...odd, { payload: 'sound' }).at(-1)).toEqual({ opcode: 1, data: 'sound' });
  });
});

describe('large messages', () => {
  function reader(maxBytes: number) {
    const seen: Seen[] = [];
    const open: OpenMessage[] = [];
    const read = new WebSocketReader(
      {
        message: ({ data, ...rest }) => seen.push({ ...rest, kept: data.length }),
        progress: (progress) => open.push(progress),
      },
      { sender: 'server', maxBytes },
    );
    return { seen, open, read };
  }

  it('are kept up to the limit, exactly', () => {
    const { seen, read } = reader(10);
    read.push(frames({ opcode: 2, payload: 'x'.repeat(10) }, { opcode: 2, payload: 'x'.repeat(11) }));
    expect(seen).toEqual([
      { opcode: 2, kept: 10 },
      { opcode: 2, kept: 10, wireSize: 11 },
    ]);
  });

  it('are text although the limit cuts a character', () => {
    const { seen, read } = reader(10);
    read.push(frames({ payload: `${'x'.repeat(9)}é` }));
    expect(seen).toEqual([{ opcode: 1, kept: 10, wireSize: 11 }]);
  });

  it('are visible while they run', () => {
    const { seen, open, read } = reader(1000);
    const bytes = frames({ payload: 'x'.repeat(300), final: false }, { opcode: 0, payload: 'y'.repeat(200) });
    read.push(bytes.subarray(0, 104));
    read.push(bytes.subarray(104, 304));
    read.push(bytes.subarray(304, 408));
    expect(open).toEqual([
      { opcode: 1, size: 100, fragments: 1 },
      { opcode: 1, size: 300, fragments: 1 },
      { opcode: 1, size: 400, fragments: 2, total: 500 },
    ]);
    read.push(bytes.subarray(408));
    expect(open).toHaveLength(3);
    expect(seen).toEqual([{ opcode: 1, kept: 500, fragments: 2 }]);
  });

  it('cost no more memory than the limit, nor than has come of them (68: 100 MiB message)', () => {
    const { seen, open, read } = reader(1024 * 1024);
    const mebibyte = Buffer.alloc(1024 * 1024, 0x78);
    const head = frames({ opcode: 2, claimedLength: BigInt(100 * mebibyte.length) });
    const before = process.memoryUsage().arrayBuffers;
    read.push(head);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024);
    for (let i = 0; i < 100; i++) read.push(mebibyte);
    expect(open.at(-1)).toMatchObject({ size: 99 * mebibyte.length, total: 100 * mebibyte.length });
    expect(seen).toEqual([{ opcode: 2, kept: mebibyte.length, wireSize: 100 * mebibyte.length }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * mebibyte.length);
  });

  it('in very many fragments cost no more than their octets (68: 10k tiny fragments)', () => {
    const { seen, read } = reader(1024 * 1024);
    const piece = frame({ opcode: 0, payload: 'x', final: false });
    read.push(frame({ opcode: 1, payload: 'x', final: false }));
    for (let i = 0; i < 300_000; i++) read.push(piece);
    read.push(frame({ opcode: 0 }));
    expect(seen).toEqual([{ opcode: 1, kept: 300_001, fragments: 300_002 }]);
  });
});

const sound = fc.record({
  opcode: fc.constantFrom(1, 2, 9, 10),
  payload: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.slice(0, 30)),
  key: fc.integer({ min: 0, max: 0xffffffff }),
});
const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });

function cut(bytes: Buffer, pieceSizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = pieceSizes[i % pieceSizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

describe('properties', () => {
  it('sound frames come back as they were, in any division', () => {
    fc.assert(
      fc.property(fc.array(sound, { maxLength: 8 }), sizes, (list, pieceSizes) => {
        const seen = read(cut(frames(...list), pieceSizes), { sender: 'client' });
        expect(seen).toEqual(
          list.map(({ opcode, payload }) => ({ opcode, data: Buffer.from(payload).toString('latin1') })),
        );
      }),
    );
  });

  it('arbitrary octets never throw, and are the same messages in any division', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(
          fc.record({
            opcode: fc.integer({ min: 0, max: 15 }),
            final: fc.boolean(),
            reserved: fc.constantFrom(0, 0, 0, 4, 2),
            payload: fc.uint8Array({ maxLength: 20 }),
          }),
          { maxLength: 12 },
        )
        .map((list) => frames(...list)),
    );
    fc.assert(
      fc.property(anything, sizes, (bytes, pieceSizes) => {
        const options = { sender: 'server', deflate: true, maxBytes: 15 } as const;
        expect(read(cut(Buffer.from(bytes), pieceSizes), options)).toEqual(read([bytes], options));
      }),
      { numRuns: 500 },
    );
  });
});
