import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing.ts';
import { candidates, firstIdOf, Group } from './group.ts';
import { GroupFile, removeGroup, saveGroup, storedGroups } from './group-file.ts';

const GRAM = 0xabcdef12;

/** A group on disk with two sessions; the second's body was cut. */
function kept(folder: string, number = 0): Group {
  const group = new Group(number);
  const first = firstIdOf(number);
  for (const id of [first + 1, first + 100]) {
    group.adder(id)(GRAM + id);
    group.cover(id, id === first + 100, id === first + 1);
  }
  saveGroup(folder, group);
  return group;
}
const fileOf = (folder: string) => join(folder, 'search-000000.idx');

/** Turns one bit of the file over. */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe('a group on disk', () => {
  it('answers as the one in memory', () => {
    using folder = temporaryFolder();
    const group = kept(folder.path, 3);
    using file = GroupFile.open(folder.path, 3);
    if (file === undefined) return expect.unreachable();
    expect(file.coverage).toEqual(group.coverage);
    expect([...file.cut]).toEqual([firstIdOf(3) + 100]);
    expect(file.unlike).toEqual(group.unlike);
    expect(file.load(3).unlike).toEqual(group.unlike);
    for (const gram of [GRAM, GRAM + firstIdOf(3) + 1, 7])
      expect(candidates(file, [gram])).toEqual(candidates(group, [gram]));
    expect(candidates(file.load(3), [GRAM + firstIdOf(3) + 1])).toEqual(
      candidates(group, [GRAM + firstIdOf(3) + 1]),
    );
  });

  it('is known by its name, for the user alone, and can be taken away', () => {
    using folder = temporaryFolder();
    kept(folder.path, 0);
    kept(folder.path, 12);
    writeFileSync(join(folder.path, 'search-other.txt'), '');
    expect(storedGroups(folder.path).sort((a, b) => a - b)).toEqual([0, 12]);
    expect(statSync(fileOf(folder.path)).mode & 0o077).toBe(0);
    removeGroup(folder.path, 12);
    removeGroup(folder.path, 99);
    expect(storedGroups(folder.path)).toEqual([0]);
  });

  it('is replaced as a whole', () => {
    using folder = temporaryFolder();
    const group = kept(folder.path);
    group.adder(200)(GRAM);
    group.cover(200, false);
    saveGroup(folder.path, group);
    using file = GroupFile.open(folder.path, 0);
    expect(file && candidates(file, [GRAM])[200]).toBe(1);
    expect(readdirSync(folder.path)).toEqual(['search-000000.idx']);
  });

  it('that cannot be written leaves nothing behind', () => {
    using folder = temporaryFolder();
    expect(() => saveGroup(join(folder.path, 'missing'), new Group(0))).toThrow(/ENOENT/);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('what is not a group as it was written', () => {
  it.each<[string, (path: string) => void]>([
    ['missing', (path) => removeGroup(join(path, '..'), 0)],
    ['empty', (path) => truncateSync(path, 0)],
    ['cut short', (path) => truncateSync(path, statSync(path).size - 1)],
    ['another version', (path) => flip(path, 4)],
    ['another group', (path) => flip(path, 8)],
    ['with other sessions', (path) => flip(path, 25)],
    ['something else', (path) => writeFileSync(path, 'x'.repeat(5000))],
  ])('%s is as good as none', (_, spoil) => {
    using folder = temporaryFolder();
    kept(folder.path);
    spoil(fileOf(folder.path));
    expect(GroupFile.open(folder.path, 0)).toBeUndefined();
  });

  it('says so at the row that has changed', () => {
    using folder = temporaryFolder();
    kept(folder.path);
    flip(fileOf(folder.path), statSync(fileOf(folder.path)).size - 10);
    using file = GroupFile.open(folder.path, 0);
    if (file === undefined) return expect.unreachable();
    const last = (1 << file.rowsLog2) - 1;
    expect(() => file.row(last)).toThrow(RangeError);
    expect(() => file.row(last - 1)).not.toThrow();
    expect(() => file.load(0)).toThrow(RangeError);
  });
});
