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

  it('may hold more files than 16 bits count: the records at its end then count with 64', async () => {
    const count = 66_000;
    async function* files() {
      for (let i = 0; i < count; i++) yield { name: `f${i}`, bytes: new Uint8Array() };
    }
    const archive = Buffer.from(await collected(plainZip(files(), 'made here')));
    const end = archive.length - 'made here'.length - 22;
    expect(archive.toString('latin1', end + 22)).toBe('made here');
    expect([archive.readUInt32LE(end), archive.readUInt16LE(end + 10)]).toEqual([0x06054b50, 0xffff]);
    expect(archive.readUInt32LE(end - 20)).toBe(0x07064b50);
    const end64 = Number(archive.readBigUInt64LE(end - 12));
    expect([archive.readUInt32LE(end64), end64 + 56]).toEqual([0x06064b50, end - 20]);
    expect(archive.readBigUInt64LE(end64 + 32)).toBe(BigInt(count));
    const start = Number(archive.readBigUInt64LE(end64 + 48));
    expect(start + Number(archive.readBigUInt64LE(end64 + 40))).toBe(end64);
    expect(archive.readUInt32LE(start)).toBe(0x02014b50);
    // The first of a few: what a reader makes of such records.
    for await (const { name } of readZip(memoryFile(archive))) {
      expect(name).toBe('f0');
      break;
    }
  });
});
