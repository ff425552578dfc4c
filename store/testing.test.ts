import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ask, temporaryFolder, treeHash } from './testing.ts';

it('sees every change of a tree, and what it is told to leave out', () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'in'));
  writeFileSync(join(folder.path, 'in', 'a'), '1');
  const before = treeHash(folder.path);
  expect(treeHash(folder.path)).toEqual(before);
  writeFileSync(join(folder.path, 'in', 'a'), '2');
  expect(treeHash(folder.path)).not.toEqual(before);
  writeFileSync(join(folder.path, 'in', 'a'), '1');
  writeFileSync(join(folder.path, 'x-shm'), '');
  expect(treeHash(folder.path)).not.toEqual(before);
  expect(treeHash(folder.path, ['-shm'])).toEqual(before);
});

it('removes its folders', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder.path, 'a'), '');
  folder[Symbol.dispose]();
  expect(existsSync(folder.path)).toBe(false);
});

it('does not ask what the language does not know', () => {
  expect(ask('host:a', { limit: 3 })).toMatchObject({ limit: 3, offset: 0, filter: { field: 'host' } });
  expect(() => ask('(')).toThrow();
});
