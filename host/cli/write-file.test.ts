import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '#model/errors.ts';
import { temporaryFolder } from '#store/testing.ts';
import { writeWhole } from './write-file.ts';

describe('a file of a command', () => {
  it('holds all the chunks, in place of what stood there, for its user alone', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'out');
    writeFileSync(file, 'old and longer than the new', { mode: 0o644 });
    await writeWhole(file, ['a', 'b\n', 'c']);
    expect(readFileSync(file, 'utf8')).toBe('ab\nc');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path)).toEqual(['out']);
  });

  it('may be empty, and its chunks may take their time', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'out');
    await writeWhole(file, []);
    expect(readFileSync(file, 'utf8')).toBe('');
    await writeWhole(
      file,
      (async function* () {
        yield 'a';
        await Promise.resolve();
        yield 'b';
      })(),
    );
    expect(readFileSync(file, 'utf8')).toBe('ab');
  });

  it.each([
    ['an error of its own', new SluiceError('not-found', 'gone'), 'not-found'],
    ['any other', new Error('boom'), 'file-unwritable'],
  ])('is left as it was when its maker fails with %s', async (_, error, code) => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'out');
    writeFileSync(file, 'old');
    const failing = (function* () {
      yield 'new';
      throw error;
    })();
    await expect(writeWhole(file, failing)).rejects.toMatchObject({ code });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder.path)).toEqual(['out']);
  });

  it('is an error with a code where it cannot be written, and leaves nothing', async () => {
    using folder = temporaryFolder();
    await expect(writeWhole(join(folder.path, 'no', 'out'), ['a'])).rejects.toMatchObject({
      code: 'file-unwritable',
    });
    mkdirSync(join(folder.path, 'taken'));
    await expect(writeWhole(join(folder.path, 'taken'), ['a'])).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringContaining('taken could not be written'),
    });
    expect(readdirSync(folder.path)).toEqual(['taken']);
  });
});
