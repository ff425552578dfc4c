import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freeSpace } from './free-space.ts';

it('is so many bytes, or nothing where there is no such place', async () => {
  expect(await freeSpace(tmpdir())).toBeGreaterThan(0);
  expect(await freeSpace(join(tmpdir(), 'no', 'such', 'place'))).toBeUndefined();
});
