import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FrameReader,
  frame,
  getHeaders,
  isStatus200,
  Kind,
  opening,
  WrongFrame,
  windowUpdate,
} from './h2-frames.ts';

const END_STREAM = 1;
const END_HEADERS = 4;
const PADDED = 8;
const ACK = 1;

const head = (stream: number, flags = END_HEADERS, block = [0x88]) =>
  frame(Kind.headers, flags, stream, Buffer.from(block));
const data = (stream: number, length: number, flags = 0) =>
  frame(Kind.data, flags, stream, Buffer.alloc(length));

function reading() {
  const bodies: number[] = [];
  const sent: Buffer[] = [];
  const reader = new FrameReader({ end: (body) => bodies.push(body), send: (bytes) => sent.push(bytes) });
  return { reader, bodies, sent };
}

describe('what a client says', () => {
  test('a frame has length, kind, flags and stream before its payload', () => {
    expect(frame(Kind.data, 1, 3, Buffer.from('abc')).toString('hex')).toBe('000003000100000003616263');
  });

  test('it opens with the preface, settings and a large window', () => {
    const bytes = opening();
    expect(bytes.toString('latin1', 0, 24)).toBe('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect(bytes[24 + 3]).toBe(Kind.settings);
    expect(bytes.readUInt32BE(bytes.length - 4)).toBe(2 ** 31 - 1 - 65_535);
  });

  test('a GET is one frame that ends its stream', () => {
    const bytes = getHeaders('/1k', 'a.test');
    expect(bytes.readUInt8(4)).toBe(END_STREAM | END_HEADERS);
    // :method GET, :scheme https, :path and :authority as literals.
    expect(bytes.toString('latin1', 9)).toBe('\x82\x87\x04\x03/1k\x01\x06a.test');
  });

  test('a path that does not fit is refused, not cut', () => {
    expect(() => getHeaders('/'.repeat(200), 'a.test')).toThrow(RangeError);
  });
});

describe('the status of a response', () => {
  test.each([
    ['indexed', '88'],
    ['after a table update', '2088'],
    ['after two', '203fe11f88'.replace('3fe11f', '21')],
    ['literal without indexing', '0803323030'],
    ['literal, indexed', '4803323030'],
    ['literal, never indexed', '1803323030'],
    ['literal in Huffman code', '08821001'],
  ])('200 %s', (_how, block) => {
    expect(isStatus200(Buffer.from(block, 'hex'))).toBe(true);
  });

  test.each([
    ['204', '89'],
    ['404', '8d'],
    ['502 as a literal', '0803353032'],
    ['none', ''],
  ])('not 200: %s', (_what, block) => {
    expect(isStatus200(Buffer.from(block, 'hex'))).toBe(false);
  });
});

describe('what a server says', () => {
  test('a response of a head and a body', () => {
    const { reader, bodies } = reading();
    reader.push(Buffer.concat([head(1), data(1, 1000), data(1, 24, END_STREAM)]));
    expect(bodies).toEqual([1024]);
    expect(reader.bodyBytes).toBe(1024);
  });

  test('a body that ends with an empty frame, and one that ends with trailers', () => {
    const { reader, bodies } = reading();
    reader.push(Buffer.concat([head(1), data(1, 5), data(1, 0, END_STREAM)]));
    reader.push(Buffer.concat([head(3), data(3, 7), head(3, END_HEADERS | END_STREAM, [0x00])]));
    expect(bodies).toEqual([5, 7]);
  });

  test('streams that come mixed', () => {
    const { reader, bodies } = reading();
    reader.push(
      Buffer.concat([
        head(1),
        head(3),
        data(3, 2),
        data(1, 1),
        data(3, 2, END_STREAM),
        data(1, 0, END_STREAM),
      ]),
    );
    expect(bodies).toEqual([4, 1]);
  });

  test('padding is not body', () => {
    const { reader, bodies } = reading();
    const padded = frame(Kind.data, PADDED | END_STREAM, 1, Buffer.from([3, 1, 1, 0, 0, 0]));
    reader.push(Buffer.concat([head(1), padded]));
    expect(bodies).toEqual([2]);
  });

  test('settings and pings are acknowledged; acknowledgements are not', () => {
    const { reader, sent } = reading();
    const ping = Buffer.from('12345678');
    reader.push(Buffer.concat([frame(Kind.settings, 0, 0, Buffer.alloc(0)), frame(Kind.ping, 0, 0, ping)]));
    expect(sent).toEqual([frame(Kind.settings, ACK, 0, Buffer.alloc(0)), frame(Kind.ping, ACK, 0, ping)]);
    reader.push(frame(Kind.settings, ACK, 0, Buffer.alloc(0)));
    expect(sent).toHaveLength(2);
  });

  test('kinds that this client has no use for are passed over', () => {
    const { reader, bodies } = reading();
    reader.push(
      Buffer.concat([windowUpdate(5), frame(0x77, 0, 0, Buffer.alloc(3)), head(1, END_HEADERS | END_STREAM)]),
    );
    expect(bodies).toEqual([0]);
  });

  test('room is made again before the window is used up', () => {
    const { reader, sent } = reading();
    const piece = data(1, 16_384);
    const many = Buffer.concat(Array.from({ length: 1024 }, () => piece));
    reader.push(head(1));
    for (let i = 0; i < 33; i += 1) reader.push(many);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.readUInt8(3)).toBe(Kind.windowUpdate);
    expect(sent[0]?.readUInt32BE(9)).toBeGreaterThan(2 ** 29 - 1);
  });

  test('however it is cut into chunks, the same comes out', () => {
    const all = Buffer.concat([
      frame(Kind.settings, 0, 0, Buffer.alloc(6)),
      head(1),
      data(1, 300),
      head(3),
      data(3, 20, END_STREAM),
      data(1, 1, END_STREAM),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: all.length }), { maxLength: 10 }), (cuts) => {
        const places = [0, ...cuts, all.length].toSorted((a, b) => a - b);
        const { reader, bodies, sent } = reading();
        places.slice(1).forEach((end, i) => {
          reader.push(all.subarray(places[i], end));
        });
        expect(bodies).toEqual([20, 301]);
        expect(sent).toHaveLength(1);
      }),
    );
  });
});

describe('what a server must not say', () => {
  test.each([
    ['another status', head(1, END_HEADERS, [0x8d]), 'not a 200'],
    ['a reset', frame(Kind.reset, 0, 1, Buffer.from([0, 0, 0, 7])), 'a stream was reset, code 7'],
    ['GOAWAY', frame(Kind.goAway, 0, 0, Buffer.from([0, 0, 0, 0, 0, 0, 0, 11])), 'GOAWAY, code 11'],
    ['a body without a head', data(1, 1), 'without a head'],
    ['a continuation', frame(Kind.continuation, 0, 1, Buffer.alloc(1)), 'several frames'],
    ['a frame larger than agreed', frame(Kind.data, 0, 1, Buffer.alloc(16_385)), '16385 bytes'],
  ])('%s', (_what, bytes, message) => {
    const { reader } = reading();
    expect(() => reader.push(bytes)).toThrow(WrongFrame);
    expect(() => reading().reader.push(bytes)).toThrow(message);
  });
});
