import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from './websocket-frames.ts';

interface FrameShape {
  readonly opcode?: number;
  readonly final?: boolean;
  readonly mask?: boolean;
}

/** A frame as RFC 6455 §5.2 has it. */
function frame(
  payload: string | Uint8Array,
  { opcode = 1, final = true, mask = false }: FrameShape = {},
): Buffer {
  const data = Buffer.from(payload);
  const short = data.length < 126 ? data.length : data.length < 65_536 ? 126 : 127;
  const length = Buffer.alloc(short === 126 ? 2 : short === 127 ? 8 : 0);
  if (short === 126) length.writeUInt16BE(data.length);
  if (short === 127) length.writeBigUInt64BE(BigInt(data.length));
  const key = Buffer.from(mask ? [1, 2, 3, 4] : []);
  const body = mask ? data.map((byte, i) => byte ^ (key[i % 4] ?? 0)) : data;
  return Buffer.concat([
    Buffer.from([(final ? 0x80 : 0) | opcode, (mask ? 0x80 : 0) | short]),
    length,
    key,
    body,
  ]);
}

/** Opcode and text of what a reader sees in these pieces. */
function seen(...pieces: Buffer[]) {
  const reader = new FrameReader();
  return pieces
    .flatMap((piece) => reader.push(piece))
    .map(({ opcode, data }) => [opcode, Buffer.from(data).toString()]);
}
const bytewise = (bytes: Buffer) => Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));

describe('messages in a stream', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536, 200_000])('are read whole: %d bytes', (size) => {
    const text = 'x'.repeat(size);
    for (const mask of [false, true]) expect(seen(frame(text, { mask }))).toEqual([[1, text]]);
  });

  it('have their masks taken off', () => {
    expect(seen(frame('hello wörld', { mask: true }))).toEqual([[1, 'hello wörld']]);
  });

  it('come however the stream is cut', () => {
    const stream = Buffer.concat([
      frame('one'),
      frame('x'.repeat(300), { mask: true }),
      frame('three', { opcode: 2 }),
    ]);
    const whole = [
      [1, 'one'],
      [1, 'x'.repeat(300)],
      [2, 'three'],
    ];
    expect(seen(stream)).toEqual(whole);
    expect(seen(...bytewise(stream))).toEqual(whole);
  });

  it('are joined from their fragments, with control frames between', () => {
    expect(
      seen(
        frame('one ', { opcode: 2, final: false }),
        frame('ping', { opcode: 9 }),
        frame('two ', { opcode: 0, final: false }),
        frame('three', { opcode: 0 }),
        frame('after'),
      ),
    ).toEqual([
      [9, 'ping'],
      [2, 'one two three'],
      [1, 'after'],
    ]);
  });

  it('of closing carry their code, where they have one', () => {
    const reader = new FrameReader();
    const close = frame(Buffer.concat([Buffer.from([0x03, 0xe9]), Buffer.from('bye')]), { opcode: 8 });
    expect(reader.push(close)).toMatchObject([{ opcode: 8, closeCode: 1001 }]);
    expect(new FrameReader().push(frame('', { opcode: 8 }))[0]).not.toHaveProperty('closeCode');
    expect(new FrameReader().push(frame('x', { opcode: 8 }))[0]).not.toHaveProperty('closeCode');
  });

  it('are copies: what the network does with its buffer changes nothing', () => {
    const bytes = frame('hello');
    const [message] = new FrameReader().push(bytes);
    bytes.fill(0);
    expect(Buffer.from(message?.data ?? []).toString()).toBe('hello');
  });

  it('are the same in any cut of any stream', () => {
    const message = fc.record({
      text: fc.string({ maxLength: 300 }),
      mask: fc.boolean(),
      opcode: fc.constantFrom(1, 2, 9, 10),
    });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 8 }),
        fc.array(fc.nat(400), { maxLength: 20 }),
        (messages, cuts) => {
          const stream = Buffer.concat(messages.map(({ text, ...shape }) => frame(text, shape)));
          const at = [...new Set([0, ...cuts.filter((cut) => cut < stream.length), stream.length])].sort(
            (a, b) => a - b,
          );
          const pieces = at.slice(1).map((end, i) => stream.subarray(at[i], end));
          expect(seen(...pieces)).toEqual(messages.map(({ opcode, text }) => [opcode, text]));
        },
      ),
    );
  });
});

describe('what is not whole', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['half a head', Buffer.from([0x81])],
    ['a head of 16 bits, cut', Buffer.from([0x81, 126, 1])],
    ['a head of 64 bits, cut', Buffer.from([0x81, 127, 0, 0, 0, 0])],
    ['a payload, cut', frame('hello').subarray(0, 5)],
    ['a first fragment', frame('hello', { final: false })],
  ])('is not seen: %s', (_, bytes) => expect(seen(bytes)).toEqual([]));

  it('is waited for, in time that grows with its length and not its square', () => {
    const took = (size: number) => {
      const bytes = frame(Buffer.alloc(size));
      const reader = new FrameReader();
      const started = performance.now();
      let messages = 0;
      for (let i = 0; i < bytes.length; i += 1024)
        messages += reader.push(bytes.subarray(i, i + 1024)).length;
      expect(messages).toBe(1);
      return performance.now() - started;
    };
    took(1_000_000);
    expect(took(16_000_000) / Math.max(took(1_000_000), 3)).toBeLessThan(90);
  });

  it('that claims to be enormous takes no memory for it', () => {
    const claim = Buffer.from([0x82, 127, 0, 0, 0x10, 0, 0, 0, 0, 0]);
    expect(seen(claim, Buffer.from('x'))).toEqual([]);
  });
});
