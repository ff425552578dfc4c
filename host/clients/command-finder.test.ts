import { describe, expect, it } from 'vitest';
import { commandFinder } from './command-finder.ts';

/** A command that prints `text` and ends with `code`. */
const printing = (text: string, code = 0) =>
  [
    process.execPath,
    '-e',
    `process.stdout.write(${JSON.stringify(text)}); process.exitCode = ${code}`,
  ] as const;
const read = ([output = '']: readonly string[]) => new Map([[output, { name: 'x', id: 1 }]]);

describe('a command that tells of connections', () => {
  it('is run, and what it prints is read; only what was asked for comes back', async () => {
    await using finder = commandFinder({ commands: [[...printing('127.0.0.1:5')]], read });
    expect([...(await finder.find(['127.0.0.1:5', '127.0.0.1:6']))]).toEqual([
      ['127.0.0.1:5', { name: 'x', id: 1 }],
    ]);
    expect([...(await finder.find(['127.0.0.1:6']))]).toEqual([]);
  });

  it('may end with 1, when it has told something', async () => {
    await using told = commandFinder({ commands: [[...printing('a', 1)]], read });
    expect((await told.find(['a'])).size).toBe(1);
    await using silent = commandFinder({ commands: [[...printing('', 1)]], read });
    await expect(silent.find(['a'])).rejects.toMatchObject({ code: 1 });
  });

  it('may be missing', async () => {
    await using finder = commandFinder({ commands: [['no-such-program-here']], read });
    await expect(finder.find(['a'])).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
