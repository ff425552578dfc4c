import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHostFile, writeHostFile } from './host-file.ts';
import { temporaryFolder } from './testing/captures.ts';

const here = { pid: process.pid, address: 'http://127.0.0.1:1/#token=x' };

describe('the host file of a capture', () => {
  it('C3: says who writes the capture, to its user alone, and goes with him', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'host.json');
    {
      await using _ = await writeHostFile(folder.path, here);
      expect(await readHostFile(folder.path)).toEqual(here);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder.path)).toEqual(['host.json']);
    }
    expect(readdirSync(folder.path)).toEqual([]);
    expect(await readHostFile(folder.path)).toBeUndefined();
  });

  it('C3: does not put the token into a file that others could read', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'host.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    writeFileSync(`${file}.${process.pid}`, 'left over', { mode: 0o666 });
    await using _ = await writeHostFile(folder.path, here);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(here);
  });

  it('left by a process that died counts for none', async () => {
    using folder = temporaryFolder();
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await using _ = await writeHostFile(folder.path, { ...here, pid: child.pid ?? 0 });
    expect(await readHostFile(folder.path)).toBeUndefined();
  });

  it('of another user’s process counts', async () => {
    using folder = temporaryFolder();
    // Process 1 is always there, and may not be ours to signal.
    await using _ = await writeHostFile(folder.path, { ...here, pid: 1 });
    expect(await readHostFile(folder.path)).toMatchObject({ pid: 1 });
  });

  it.each(['', '{', '{"pid":"1","address":"x"}', '{"pid":-1,"address":"x"}', '{"pid":1}', 'null'])(
    'that holds %j counts for none',
    async (text) => {
      using folder = temporaryFolder();
      writeFileSync(join(folder.path, 'host.json'), text);
      expect(await readHostFile(folder.path)).toBeUndefined();
    },
  );
});
