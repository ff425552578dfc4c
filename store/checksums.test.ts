import { randomBytes } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK, Checksums, checksums, isWhole } from './checksums.ts';
import { segmentPath } from './segment-files.ts';
import { emptyIndex, temporaryFolder } from './testing.ts';

describe('checksums', () => {
  it('are a CRC-32 of each block, the last one short', () => {
    const bytes = randomBytes(BLOCK * 2 + 5);
    const crcs = checksums([bytes]);
    expect(crcs).toHaveLength(12);
    for (const number of [0, 1, 2])
      expect(crcs.readUInt32LE(number * 4)).toBe(crc32(bytes.subarray(number * BLOCK, (number + 1) * BLOCK)));
    expect(checksums([])).toHaveLength(0);
    expect(checksums([bytes.subarray(0, BLOCK)])).toHaveLength(4);
  });

  it('do not depend on how the bytes come in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 6 }), (lengths) => {
        const pieces = lengths.map((length) => randomBytes(length));
        expect(checksums(pieces)).toEqual(checksums([Buffer.concat(pieces)]));
      }),
      { numRuns: 40 },
    );
  });

  it('tell a block that is whole from one that is not', () => {
    const bytes = randomBytes(BLOCK + 100);
    const stretch = { segment: 1, position: 0, length: bytes.length, crcs: checksums([bytes]) };
    expect(isWhole(stretch, 0, bytes.subarray(0, BLOCK))).toBe(true);
    const last = Buffer.from(bytes.subarray(BLOCK));
    expect(isWhole(stretch, 1, last)).toBe(true);
    last[3] = (last[3] ?? 0) ^ 1;
    expect(isWhole(stretch, 1, last)).toBe(false);
    expect(isWhole(stretch, 2, last)).toBe(false);
  });
});

describe('in an index', () => {
  it('a place finds the stretch that it is in', () => {
    using db = emptyIndex();
    const sums = new Checksums(db);
    sums.put({ segment: 1, position: 0 }, 100, Buffer.alloc(4, 1));
    sums.put({ segment: 1, position: 150 }, 50, Buffer.alloc(4, 2));
    sums.put({ segment: 2, position: 0 }, 0, Buffer.alloc(0));
    const at = (segment: number, position: number) => sums.around({ segment, position })?.position;
    expect([at(1, 0), at(1, 99), at(1, 100), at(1, 149), at(1, 150), at(1, 200)]).toEqual([
      0,
      0,
      undefined,
      undefined,
      150,
      undefined,
    ]);
    expect(at(2, 0)).toBeUndefined();
    db.exec('DELETE FROM sums');
    expect(at(1, 150)).toBe(150);
    sums.forget();
    expect(at(1, 150)).toBeUndefined();
  });

  it('a segment that has become too short is not appended to', () => {
    using db = emptyIndex();
    using folder = temporaryFolder();
    const sums = new Checksums(db);
    expect(sums.firstUsable(folder.path)).toBe(1);
    sums.put({ segment: 3, position: 0 }, 100, Buffer.alloc(4));
    writeFileSync(segmentPath(folder.path, 3), Buffer.alloc(120));
    expect(sums.firstUsable(folder.path)).toBe(3);
    truncateSync(segmentPath(folder.path, 3), 99);
    expect(sums.firstUsable(folder.path)).toBe(4);
    sums.put({ segment: 5, position: 0 }, 1, Buffer.alloc(4));
    expect(sums.firstUsable(folder.path)).toBe(6);
  });
});
