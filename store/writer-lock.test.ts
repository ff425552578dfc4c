import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from './testing.ts';
import { lockWriter, writerOf } from './writer-lock.ts';

let folder: ReturnType<typeof temporaryFolder>;
let lock: string;
beforeEach(() => {
  folder = temporaryFolder();
  lock = join(folder.path, 'writer.lock');
});
afterEach(() => folder[Symbol.dispose]());

function deadPid(): number {
  return Number(spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout);
}

describe('the lock of a writer', () => {
  it('names its owner while it is held, and goes with it', () => {
    {
      using _ = lockWriter(folder.path);
      expect(readFileSync(lock, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
      expect(writerOf(folder.path)).toBe(process.pid);
      expect(readdirSync(folder.path)).toEqual(['writer.lock']);
    }
    expect(existsSync(lock)).toBe(false);
    expect(writerOf(folder.path)).toBeUndefined();
  });

  it('keeps others out, even of the same process, and stays as it is', () => {
    using _ = lockWriter(folder.path);
    const before = readFileSync(lock, 'utf8');
    expect(() => lockWriter(folder.path)).toThrow(
      expect.objectContaining({
        code: 'capture-in-use',
        message: expect.stringContaining(String(process.pid)),
      }),
    );
    expect(readFileSync(lock, 'utf8')).toBe(before);
  });

  it.each([
    ['a process that is gone', () => `${deadPid()} \n`],
    ['another process that had this number', () => `${process.pid} an-earlier-boot/1\n`],
    ['nobody', () => ''],
    ['something else', () => 'not a lock'],
  ])('is taken over from %s', (_, text) => {
    writeFileSync(lock, text());
    if (text().includes('boot') && process.platform !== 'linux') return;
    expect(writerOf(folder.path)).toBeUndefined();
    using held = lockWriter(folder.path);
    expect(held).toBeDefined();
    expect(writerOf(folder.path)).toBe(process.pid);
    expect(readdirSync(folder.path)).toEqual(['writer.lock']);
  });

  it('without the time of its start is believed', () => {
    writeFileSync(lock, `${process.pid}\n`);
    expect(() => lockWriter(folder.path)).toThrow(expect.objectContaining({ code: 'capture-in-use' }));
  });
});
