import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SNIFF_BYTES } from '#formats/format.ts';
import { fileSource, streamSource } from './import-source.ts';
import { temporaryFolder } from './testing/captures.ts';

const BYTES = Buffer.from(Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 256));
const inPieces = (bytes: Uint8Array, size = 1000) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })(),
  );
const all = async (chunks: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(chunks));
const stored = () => readdirSync(tmpdir()).filter((name) => name.startsWith('sluice-import-'));

describe('a stream', () => {
  it('is read from its beginning, after it was sniffed', async () => {
    await using at = await streamSource('a.har', inPieces(BYTES));
    expect(BYTES.subarray(0, SNIFF_BYTES).equals(at.start)).toBe(true);
    expect(at.source.name).toBe('a.har');
    expect((await all(at.source.chunks())).equals(BYTES)).toBe(true);
  });

  it('may be shorter than what is sniffed', async () => {
    await using at = await streamSource('', inPieces(BYTES.subarray(0, 10)));
    expect(at.start).toHaveLength(10);
    expect(await all(at.source.chunks())).toHaveLength(10);
    await using none = await streamSource('', Readable.from([]));
    expect(none.start).toHaveLength(0);
  });

  it('is stored where it is wanted anywhere, and that goes with it', async () => {
    const before = stored();
    {
      await using at = await streamSource('', inPieces(BYTES));
      const file = await at.source.randomAccess();
      expect(file.size).toBe(BYTES.length);
      expect(BYTES.subarray(20_000, 20_010).equals(await file.read(20_000, 20_010))).toBe(true);
      expect(await file.read(29_990, 99_999)).toHaveLength(10);
      expect(stored().length).toBe(before.length + 1);
    }
    expect(stored()).toEqual(before);
  });

  it('is seen through gzip', async () => {
    await using at = await streamSource('a.har.gz', inPieces(zlib.gzipSync(BYTES)));
    expect([at.source.name, at.start.length]).toEqual(['a.har', SNIFF_BYTES]);
    expect((await all(at.source.chunks())).equals(BYTES)).toBe(true);
    await using again = await streamSource('a.saz.gz', inPieces(zlib.gzipSync(BYTES)));
    expect((await again.source.randomAccess()).size).toBe(BYTES.length);
  });
});

describe('a file', () => {
  it('is read in place, and says how far', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'a.saz');
    writeFileSync(path, BYTES);
    const before = stored();
    let read = 0;
    await using at = await fileSource(path, (count) => {
      read += count;
    });
    const counted = read;
    const file = await at.source.randomAccess();
    expect(BYTES.subarray(5, 25).equals(await file.read(5, 25))).toBe(true);
    expect([at.bytes, at.source.name, read - counted]).toEqual([BYTES.length, 'a.saz', 20]);
    expect(stored()).toEqual(before);
    expect((await all(at.source.chunks())).equals(BYTES)).toBe(true);
  });

  it('is stored when it is compressed', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'a.saz.gz');
    writeFileSync(path, zlib.gzipSync(BYTES));
    await using at = await fileSource(path);
    expect((await at.source.randomAccess()).size).toBe(BYTES.length);
  });

  it('that is not there says so', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'none');
    await expect(fileSource(path)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(existsSync(path)).toBe(false);
  });

  it('that is damaged gzip says so', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'a.gz');
    writeFileSync(path, Buffer.concat([zlib.gzipSync('x').subarray(0, 12), Buffer.alloc(9)]));
    await expect(fileSource(path)).rejects.toMatchObject({ code: 'bad-file' });
  });
});
