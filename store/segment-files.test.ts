import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { segmentPath, segmentSizes } from './segment-files.ts';
import { temporaryFolder } from './testing.ts';

it('names segments by number, in six digits or more', () => {
  expect(segmentPath('a', 7)).toBe(join('a', 'bodies-000007.seg'));
  expect(segmentPath('a', 12_345_678)).toBe(join('a', 'bodies-12345678.seg'));
});

it('finds the segments that are there, and nothing else', () => {
  using folder = temporaryFolder();
  expect(segmentSizes(folder.path)).toEqual(new Map());
  writeFileSync(segmentPath(folder.path, 2), 'abc');
  writeFileSync(segmentPath(folder.path, 12_345_678), '');
  for (const name of ['index.db', 'bodies-1.seg', 'bodies-000003.seg.old', 'xbodies-000003.seg'])
    writeFileSync(join(folder.path, name), 'x');
  expect(segmentSizes(folder.path)).toEqual(
    new Map([
      [2, 3],
      [12_345_678, 0],
    ]),
  );
});
