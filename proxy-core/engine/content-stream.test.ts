import { once } from 'node:events';
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ContentLimits, ContentStream } from './content-stream.ts';

const COMPRESSORS: Record<string, () => Transform> = {
  gzip: () => zlib.createGzip(),
  'x-gzip': () => zlib.createGzip(),
  deflate: () => zlib.createDeflate(),
  br: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }),
  zstd: () => zlib.createZstdCompress(),
};

function open(coding: string | undefined, limits?: ContentLimits) {
  const problems: string[] = [];
  let text = '';
  let heard: (() => void) | undefined;
  const stream = new ContentStream(
    coding,
    {
      data(bytes) {
        text += Buffer.from(bytes).toString('latin1');
        heard?.();
        return undefined;
      },
      problem: (problem) => problems.push(problem),
    },
    limits,
  );
  /** Resolves when the decoded text ends in `end`. */
  const until = (end: string) =>
    new Promise<void>((resolve) => {
      heard = () => text.endsWith(end) && resolve();
      heard();
    });
  return { stream, problems, until, text: () => text };
}

/** Reads `bytes` whole, in pieces of `size`. */
async function decode(
  coding: string | undefined,
  bytes: Buffer,
  size = bytes.length,
  limits?: ContentLimits,
) {
  const { stream, problems, text } = open(coding, limits);
  for (let at = 0; at < bytes.length; at += size) await stream.write(bytes.subarray(at, at + size));
  await stream.end();
  return { text: text(), problems };
}

async function compress(coding: string, text: string): Promise<Buffer> {
  const compressor = COMPRESSORS[coding]?.();
  if (compressor === undefined) throw new Error(coding);
  compressor.end(text);
  return Buffer.concat(await compressor.toArray());
}

describe('ContentStream', () => {
  it.each([undefined, '', 'identity', ' Identity , '])('passes what is not coded: %j', async (coding) => {
    expect(await decode(coding, Buffer.from('data: x'), 2)).toEqual({ text: 'data: x', problems: [] });
  });

  it.each(Object.keys(COMPRESSORS))('decodes %s in any pieces', async (coding) => {
    const text = 'data: hello\n\n'.repeat(50);
    const bytes = await compress(coding, text);
    for (const size of [1, 2, 7, 1000]) {
      expect(await decode(coding.toUpperCase(), bytes, size)).toEqual({ text, problems: [] });
    }
  });

  it('decodes raw DEFLATE under the name of deflate', async () => {
    const bytes = zlib.deflateRawSync('data: hello\n\n');
    expect(await decode('deflate', bytes, 1)).toEqual({ text: 'data: hello\n\n', problems: [] });
  });

  it('decodes stacked codings, last applied first', async () => {
    const bytes = zlib.brotliCompressSync(zlib.gzipSync('data: hello\n\n'));
    expect((await decode('gzip, br', bytes, 3)).text).toBe('data: hello\n\n');
  });

  it.each(Object.keys(COMPRESSORS))(
    'gives what has come of %s although more is to come (75)',
    async (coding) => {
      const { stream, until, problems } = open(coding);
      const compressor = COMPRESSORS[coding]?.() as zlib.Gzip;
      compressor.on('data', (bytes: Buffer) => stream.write(bytes));
      for (const event of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
        compressor.write(event);
        compressor.flush();
        await until(event);
      }
      compressor.destroy();
      await stream.end();
      expect(problems).toEqual([]);
    },
  );

  it.each(Object.keys(COMPRESSORS))(
    'takes a %s body that breaks off for what there is of it',
    async (coding) => {
      const compressor = COMPRESSORS[coding]?.() as zlib.Gzip;
      compressor.write('data: hello\n\n');
      compressor.flush();
      const [bytes] = await once(compressor, 'data');
      compressor.destroy();
      expect((await decode(coding, bytes)).text).toBe(bytes.length > 10 ? 'data: hello\n\n' : '');
    },
  );

  it('ends with nothing, and with too little to tell the format by', async () => {
    expect(await decode('gzip', Buffer.alloc(0))).toEqual({ text: '', problems: [] });
    expect(await decode('deflate', Buffer.of(0x78))).toEqual({ text: '', problems: [] });
  });
});

describe('what it cannot decode', () => {
  it.each([
    ['an unknown coding', 'compress', 'hello hello', /"compress" is not known/],
    ['too many codings', 'gzip, gzip, br, gzip', 'hello hello', /4 stacked content codings/],
    ['what is not gzip', 'gzip', 'data: plain text', /the gzip body is damaged/],
    ['what is not brotli', 'br', '\xff\xff\xff\xff\xff\xff', /the br body is damaged/],
    ['what is not zstd', 'zstd', 'data: plain text', /the zstd body is damaged/],
    [
      'a layer that is not what it says',
      'br, gzip',
      zlib.gzipSync(Buffer.alloc(5, 0xff)).toString('latin1'),
      /the br body/,
    ],
  ])('%s: said once, and then silence', async (_, coding, body, problem) => {
    const bytes = Buffer.from(body, 'latin1');
    const { text, problems } = await decode(coding, Buffer.concat([bytes, bytes, bytes]), bytes.length);
    expect(text).toBe('');
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it('shows what came before the damage', async () => {
    const bytes = await compress('gzip', 'data: hello\n\n');
    const { stream, problems, until } = open('gzip');
    const compressor = zlib.createGzip();
    compressor.on('data', (piece: Buffer) => stream.write(piece));
    compressor.write('data: hello\n\n');
    compressor.flush();
    await until('hello\n\n');
    await stream.write(Buffer.concat([Buffer.alloc(50, 0xff), bytes]));
    await stream.end();
    compressor.destroy();
    expect(problems).toEqual(['the gzip body is damaged']);
  });
});

describe('limits', () => {
  const limits = { free: 10_000, ratio: 10 };

  it('give up what grows out of proportion', async () => {
    const { text, problems } = await decode('gzip', zlib.gzipSync(Buffer.alloc(1_000_000)), 100, limits);
    expect(problems).toEqual(['the content decodes to more than the limit']);
    expect(text.length).toBeLessThan(100_000);
  });

  it('let pass what is long and not steep', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `data: ${i * 7919}\n\n`).join('');
    expect(await decode('gzip', zlib.gzipSync(lines), 1000, limits)).toEqual({ text: lines, problems: [] });
  });

  it('hold for a layer in the middle, whatever comes of it', async () => {
    // Empty gzip members: nothing in the end, but much on the way.
    const inner = Buffer.concat(Array(50_000).fill(zlib.gzipSync('')));
    const { problems } = await decode('gzip, br', zlib.brotliCompressSync(inner), 1000, limits);
    expect(problems).toEqual(['the content decodes to more than the limit']);
  });

  it('hold while output waits: no more is inflated than is taken', async () => {
    const releases: (() => void)[] = [];
    let taken = 0;
    const stream = new ContentStream('gzip', {
      data(bytes) {
        taken += bytes.length;
        return new Promise((resolve) => releases.push(resolve));
      },
      problem: () => {},
    });
    const bytes = zlib.gzipSync(Buffer.alloc(4_000_000));
    let over = false;
    const done = Promise.resolve(stream.write(bytes))
      .then(() => stream.end())
      .then(() => {
        over = true;
      });
    while (releases.length === 0) await new Promise(setImmediate);
    for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
    expect({ pieces: releases.length, over }).toEqual({ pieces: 1, over: false });
    expect(taken).toBeLessThan(100_000);
    while (!over) {
      for (const release of releases.splice(0)) release();
      await new Promise(setImmediate);
    }
    await done;
    expect(taken).toBe(4_000_000);
  });

  /** zstd's run-length blocks (RFC 8878 §3.1.1.2.2): 4 octets for 128 KiB each. */
  function zstdBomb(blocks: number): Buffer {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);
    const size = 128 * 1024;
    const block = Buffer.from([((size << 3) | 2) & 0xff, (size >> 5) & 0xff, (size >> 13) & 0xff, 0x61]);
    return Buffer.concat([frame, ...Array.from({ length: blocks }, () => block)]);
  }

  const MIB = 1024 * 1024;
  const gzip64 = zlib.gzipSync(Buffer.alloc(64 * MIB));
  it.each<[string, Buffer, number]>([
    // 10 GiB: 160 members of 64 MiB, which are all alike.
    ['gzip, gzip', zlib.gzipSync(Buffer.concat(Array.from({ length: 160 }, () => gzip64))), 250_000],
    [
      'gzip, br',
      zlib.brotliCompressSync(Buffer.concat(Array.from({ length: 160 }, () => gzip64)), {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4, [zlib.constants.BROTLI_PARAM_LGWIN]: 24 },
      }),
      120_000,
    ],
    ['zstd', zstdBomb(80_000), 400_000],
    ['zstd, gzip', zlib.gzipSync(zstdBomb(80_000)), 10_000],
  ])('hold against a bomb of 10 GiB in %s (R5)', async (coding, bomb, atMost) => {
    expect(bomb.length).toBeLessThan(atMost);
    let taken = 0;
    const problems: string[] = [];
    const stream = new ContentStream(coding, {
      data(bytes) {
        taken += bytes.length;
        return undefined;
      },
      problem: (problem) => problems.push(problem),
    });
    const before = process.memoryUsage().rss;
    await stream.write(bomb);
    await stream.end();
    expect(problems).toEqual(['the content decodes to more than the limit']);
    expect(taken).toBeLessThan(64 * MIB + 201 * bomb.length);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MIB);
  });
});
