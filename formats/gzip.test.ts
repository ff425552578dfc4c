import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzipped, gzipped, isGzip, nameWithin, wantsGzip } from './gzip.ts';
import { collected, memorySource, streamOf } from './testing/files.ts';

const text = 'some text, '.repeat(10_000);
const through = async (bytes: Uint8Array, options = {}) =>
  Buffer.from(await collected(gunzipped(memorySource(bytes).chunks(), options))).toString();

describe('gzip', () => {
  it('is known by its first bytes', () => {
    expect(isGzip(zlib.gzipSync(text))).toBe(true);
    expect(isGzip(new Uint8Array())).toBe(false);
    expect(isGzip(Buffer.from('{"log":'))).toBe(false);
  });

  it('has another name within', () => {
    expect(['a.har.gz', 'A.ZHAR', 'a.har', 'x.GZ'].map(nameWithin)).toEqual(['a.har', 'A.har', 'a.har', 'x']);
    expect(['a.har.gz', 'a.zhar', 'a.har', 'gz'].map(wantsGzip)).toEqual([true, true, false, false]);
  });

  it('is read in pieces, several members too', async () => {
    expect(await through(zlib.gzipSync(text))).toBe(text);
    expect(await through(Buffer.concat([zlib.gzipSync('a'), zlib.gzipSync('b')]))).toBe('ab');
  });

  it('is written', async () => {
    const made = await collected(gzipped(streamOf(['caf\u00e9 ', Buffer.from('x')])));
    expect(zlib.gunzipSync(made).toString()).toBe('caf\u00e9 x');
  });

  it('that is cut or damaged says so, after what is whole', async () => {
    const whole = zlib.gzipSync(Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 251)));
    const cut = whole.subarray(0, whole.length - 10);
    await expect(through(cut)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('cut'),
    });
    const damaged = Buffer.from(whole);
    damaged[whole.length - 6] = (damaged[whole.length - 6] ?? 0) ^ 1;
    await expect(through(damaged)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('damaged'),
    });
  });

  it('passes on why its source failed', async () => {
    const failing = async function* () {
      yield zlib.gzipSync(text).subarray(0, 20);
      throw new Error('the cable is out');
    };
    await expect(collected(gunzipped(failing()))).rejects.toThrow('the cable is out');
    const broken = async function* () {
      yield 'x';
      throw new Error('the store is gone');
    };
    await expect(collected(gzipped(broken()))).rejects.toThrow('the store is gone');
  });

  it('S1: of a bomb is stopped while it inflates', async () => {
    const bomb = zlib.gzipSync(new Uint8Array(50_000_000));
    let made = 0;
    const reading = (async () => {
      const pieces = gunzipped(memorySource(bomb).chunks(), { freeBytes: 1_000_000 });
      for await (const piece of pieces) made += piece.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'bad-file' });
    expect(made).toBeLessThan(20_000_000);
    expect(await through(zlib.gzipSync(text), { maxRatio: 1 })).toBe(text);
  });
});
