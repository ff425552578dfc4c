import { randomBytes } from 'node:crypto';
import type { FileEntry } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { collected, memoryFile, streamOf } from '../testing/files.ts';
import { PlainEntries, readAhead } from './plain-entries.ts';
import { plainZip } from './plain-zip.ts';

const bytes = (value: string) => new TextEncoder().encode(value);

async function archive(...contents: string[]): Promise<{ file: Uint8Array; entries: FileEntry[] }> {
  const files = contents.map((content, i) => ({ name: `f${i}`, bytes: bytes(content) }));
  const file = await collected(plainZip(streamOf(files), ''));
  const zip = await import('@zip.js/zip.js');
  const reader = new zip.ZipReader(new zip.Uint8ArrayReader(file), { useWebWorkers: false });
  const entries = (await reader.getEntries()).filter((entry) => !entry.directory);
  await reader.close();
  return { file, entries };
}

const text = (content: Uint8Array | undefined) => content && new TextDecoder().decode(content);

describe('plain files', () => {
  it('are read in any order, as often as they are asked for in archives that hold one', async () => {
    const { file, entries } = await archive('one', 'two '.repeat(100), '');
    const plain = new PlainEntries(memoryFile(file));
    const read: unknown[] = [];
    for (const entry of [...entries].reverse()) read.push(text(await plain.read(entry)));
    expect(read).toEqual(['', 'two '.repeat(100), 'one']);
  });

  it('that are not as they should be are left to who reads with care', async () => {
    const { file, entries } = await archive('content '.repeat(50), 'other');
    const [entry] = entries;
    if (entry === undefined) return expect.unreachable();
    const odd = (change: Partial<FileEntry>) =>
      new PlainEntries(memoryFile(file)).read(Object.assign(Object.create(entry), change));
    expect(text(await odd({}))).toBe('content '.repeat(50));
    for (const change of [
      { encrypted: true },
      { compressionMethod: 12 },
      { signature: 1 },
      { uncompressedSize: 399 },
      { uncompressedSize: 2 ** 21 },
      { compressedSize: 3 },
      { compressedSize: 2 ** 21 },
      { offset: 1 },
      { offset: 2 ** 30 },
    ])
      expect(await odd(change), JSON.stringify(change)).toBeUndefined();
  });

  it('lie beside each other, not over each other', async () => {
    const { file, entries } = await archive('one', 'two');
    const [first] = entries;
    if (first === undefined) return expect.unreachable();
    const plain = new PlainEntries(memoryFile(file));
    await plain.read(first);
    await expect(plain.read(first)).rejects.toThrow(
      'f0 in the archive cannot be read: it lies over another file.',
    );
  });
});

it('a file read in order is read in large pieces', async () => {
  const content = new Uint8Array(randomBytes(2_000_000));
  const reads: [number, number][] = [];
  const inner = memoryFile(content);
  const file = readAhead({
    size: inner.size,
    read: (start, end) => {
      reads.push([start, end]);
      return inner.read(start, end);
    },
  });
  for (let at = 0; at < 1_000_000; at += 1000) {
    expect(Buffer.compare(await file.read(at, at + 1000), content.subarray(at, at + 1000))).toBe(0);
  }
  expect(reads.length).toBeLessThan(5);
  expect((await file.read(1_999_990, 2_000_100)).length).toBe(10);
  expect((await file.read(5, 1_500_000)).length).toBe(1_499_995);
});
