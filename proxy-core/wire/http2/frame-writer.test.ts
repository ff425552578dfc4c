import { describe, expect, it } from 'vitest';
import { readFrames } from '../../testing/http2-frames.ts';
import { FrameWriter } from './frame-writer.ts';

const writer = () => new FrameWriter(() => {});
const taken = (from: FrameWriter) => Buffer.concat([...from.take()]);

describe('frames', () => {
  it('each as RFC 9113 §6 has it', () => {
    const to = writer();
    to.data(1, Buffer.from('xhellox'), 1, 6, false);
    to.reset(0x7fff_ffff, 8);
    to.settings([
      [3, 100],
      [4, 0x1_0000],
    ]);
    to.settingsAck();
    to.ping(true, Buffer.from('..12345678'), 2);
    to.goAway(5, 11, 'calm');
    to.windowUpdate(0, 0x7fff_ffff);
    expect(taken(to).toString('hex')).toBe(
      [
        '0000050000 00000001 68656c6c6f',
        '0000040300 7fffffff 00000008',
        '00000c0400 00000000 000300000064 000400010000',
        '0000000401 00000000',
        '0000080601 00000000 3132333435363738',
        '00000c0700 00000000 00000005 0000000b 63616c6d',
        '0000040800 00000000 7fffffff',
      ]
        .join('')
        .replaceAll(' ', ''),
    );
  });

  it('a header block larger than a frame goes on in others', () => {
    const to = writer();
    const block = Buffer.alloc(40_000, 'h');
    to.headers(3, block, true);
    const frames = readFrames(taken(to));
    expect(frames.map(({ type, flags, stream }) => [type, flags, stream])).toEqual([
      [1, 1, 3],
      [9, 0, 3],
      [9, 4, 3],
    ]);
    expect(Buffer.concat(frames.map(({ payload }) => payload))).toEqual(block);
  });
});

describe('the end of a stream', () => {
  it('can be added to its last frame, while that has not left', () => {
    const to = writer();
    to.headers(1, Buffer.from('h'), false);
    expect(to.endLast(1)).toBe(true);
    to.data(3, Buffer.from('d'), 0, 1, false);
    expect([to.endLast(1), to.endLast(3), to.endLast(3)]).toEqual([false, true, false]);
    to.data(5, Buffer.from('d'), 0, 1, false);
    expect(readFrames(taken(to)).map(({ flags }) => flags)).toEqual([5, 1, 0]);
    expect(to.endLast(5)).toBe(false);
  });

  it('is added to nothing that a frame of another kind follows', () => {
    const to = writer();
    to.data(1, Buffer.from('d'), 0, 1, false);
    to.windowUpdate(1, 1);
    expect(to.endLast(1)).toBe(false);
  });
});

describe('taking', () => {
  it('is called for once, until it has happened', () => {
    let called = 0;
    const to = new FrameWriter(() => {
      called += 1;
    });
    to.settingsAck();
    to.settingsAck();
    expect([called, to.length]).toEqual([1, 18]);
    to.take();
    expect([to.length, to.take()]).toEqual([0, []]);
    to.settingsAck();
    expect(called).toBe(2);
  });

  it('several writers at once, over many slabs: each gets its own, in order', () => {
    const writers = [writer(), writer(), writer()];
    const expected = writers.map(() => [] as string[]);
    for (let i = 0; i < 300; i += 1) {
      const at = (i * 7) % writers.length;
      const bytes = Buffer.alloc((i * 311) % 16_384, `${i};`);
      writers[at]?.data(1, bytes, 0, bytes.length, false);
      expected[at]?.push(bytes.toString());
    }
    for (const [at, one] of writers.entries()) {
      expect(readFrames(taken(one)).map(({ payload }) => payload.toString())).toEqual(expected[at]);
    }
  });
});
