import { PassThrough, Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Pressure, pump } from './pump.ts';

/** A destination that takes what it is let. */
function destination(highWaterMark: number) {
  const taken: string[] = [];
  let release: (() => void)[] = [];
  const stream = new Writable({
    highWaterMark,
    write(chunk: Buffer, _encoding, done) {
      taken.push(chunk.toString());
      release.push(done);
    },
  });
  return {
    stream,
    taken,
    letGo() {
      const waiting = release;
      release = [];
      for (const done of waiting) done();
    },
  };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a pump', () => {
  it('moves everything, and shows each piece before it is passed on', async () => {
    const events: string[] = [];
    const source = new PassThrough();
    const to = new Writable({
      write(chunk: Buffer, _encoding, done) {
        events.push(`out ${chunk}`);
        done();
      },
    });
    pump(source, to, (chunk) => {
      events.push(`seen ${chunk}`);
      return undefined;
    });
    source.write('a');
    await turn();
    source.write('b');
    await turn();
    expect(events).toEqual(['seen a', 'out a', 'seen b', 'out b']);
  });

  it('does not end the destination: who calls it decides', async () => {
    const to = new PassThrough();
    to.resume();
    const source = Readable.from([Buffer.from('a')]);
    pump(source, to, () => undefined);
    await new Promise((resolve) => source.on('end', resolve));
    expect(to.writableEnded).toBe(false);
  });

  it('waits for a slow destination', async () => {
    const source = new PassThrough({ highWaterMark: 1 });
    const { stream, letGo, taken } = destination(1);
    pump(source, stream, () => undefined);
    source.write('a');
    await turn();
    expect(source.isPaused()).toBe(true);
    letGo();
    await turn();
    expect(source.isPaused()).toBe(false);
    source.write('b');
    await turn();
    letGo();
    expect(taken).toEqual(['a', 'b']);
  });

  it('waits for a slow observer, and reads on with no destination', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const seen: string[] = [];
    const source = new PassThrough();
    const observe = (chunk: Buffer): Pressure => {
      seen.push(chunk.toString());
      return seen.length === 1 ? promise : undefined;
    };
    pump(source, undefined, observe);
    source.write('a');
    await turn();
    source.write('b');
    await turn();
    expect([seen, source.isPaused()]).toEqual([['a'], true]);
    resolve();
    await turn();
    expect(seen).toEqual(['a', 'b']);
  });

  it('waits for the slower of the two', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const source = new PassThrough();
    const { stream, letGo } = destination(1);
    pump(source, stream, () => promise);
    source.write('a');
    await turn();
    resolve();
    await turn();
    expect(source.isPaused()).toBe(true);
    letGo();
    await turn();
    expect(source.isPaused()).toBe(false);
  });

  it('goes on when the destination is gone, so that the source comes to its end', async () => {
    const source = new PassThrough();
    const { stream } = destination(1);
    const seen: string[] = [];
    pump(source, stream, (chunk) => {
      seen.push(chunk.toString());
      return undefined;
    });
    source.write('a');
    await turn();
    stream.destroy();
    await turn();
    source.write('b');
    await turn();
    expect(seen).toEqual(['a', 'b']);
  });

  it('leaves no listener behind', async () => {
    const source = new PassThrough();
    const to = new PassThrough({ highWaterMark: 1 });
    to.resume();
    pump(source, to, () => undefined);
    for (let i = 0; i < 30; i += 1) {
      source.write('xx');
      await turn();
    }
    expect(to.listenerCount('close')).toBeLessThan(3);
    expect(to.listenerCount('drain')).toBeLessThan(3);
  });
});
