/** What others make of such archives write-zip.test.ts says, by Python; here it is read back by the library that did not write it. */
import { describe, expect, it } from 'vitest';
import { collected, memoryFile, streamOf } from '../testing/files.ts';
import { plainZip } from './plain-zip.ts';
import { readZip } from './read-zip.ts';

const bytes = (value: string) => new TextEncoder().encode(value);
const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7919 + (i >> 3)) % 251);

async function readBack(archive: Uint8Array): Promise<[string, Uint8Array][]> {
  const files: [string, Uint8Array][] = [];
  for await (const file of readZip(memoryFile(archive))) files.push([file.name, await file.bytes()]);
  return files;
}

describe('a plain archive', () => {
  it('holds files of every size, deflated where that makes them smaller', async () => {
    const files = [
      { name: 'empty', bytes: new Uint8Array() },
      { name: 'small', bytes: bytes('abc') },
      { name: 'dense', bytes: noise(5000) },
      { name: 'caf\u00e9/large', bytes: bytes('x'.repeat(600_000)) },
    ];
    const archive = await collected(plainZip(streamOf(files), ''));
    expect(archive.length).toBeLessThan(12_000);
    expect(await readBack(archive)).toEqual(files.map(({ name, bytes: content }) => [name, content]));
  });

  it('comes in pieces, the first before the last file is asked for', async () => {
    let asked = 0;
    async function* files() {
      for (let i = 0; i < 20; i++) {
        asked += 1;
        yield { name: String(i), bytes: crypto.getRandomValues(new Uint8Array(30_000)) };
      }
    }
    for await (const piece of plainZip(files(), '')) {
      expect(piece.length).toBeGreaterThan(60_000);
      break;
    }
    expect(asked).toBe(3);
  });

  it('may hold more files than 16 bits count', async () => {
    const count = 66_000;
    async function* files() {
      for (let i = 0; i < count; i++) yield { name: `f${i}`, bytes: new Uint8Array() };
    }
    const archive = await collected(plainZip(files(), 'made here'));
    let read = 0;
    for await (const { name } of readZip(memoryFile(archive))) {
      if (name !== `f${read}`) expect.unreachable(name);
      read += 1;
    }
    expect(read).toBe(count);
    expect(Buffer.from(archive.subarray(-9)).toString()).toBe('made here');
  });
});
