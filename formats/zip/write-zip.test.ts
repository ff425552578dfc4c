/** Archives are read back here by Python's zipfile, which shares nothing with the library that wrote them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collected, memoryFile, streamOf } from '../testing/files.ts';
import { readZip } from './read-zip.ts';
import { writeZip } from './write-zip.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noPython = spawnSync('python3', ['--help']).error !== undefined;
const text = (value: string) => new TextEncoder().encode(value);
const FILES = [
  { name: '[Content_Types].xml', bytes: text('<Types/>') },
  { name: 'raw/1_c.txt', bytes: Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256) },
  { name: 'raw/1_s.txt', bytes: new Uint8Array() },
  { name: 'caf\u00e9.txt', bytes: text('x'.repeat(100_000)) },
];

/** What Python makes of it: what is wrong with it, and each file's name and content in hexadecimal digits. */
function python(archive: Uint8Array): unknown {
  const path = join(folder, 'a.zip');
  writeFileSync(path, archive);
  const program =
    'import sys,json,zipfile\nz=zipfile.ZipFile(sys.argv[1])\n' +
    'print(json.dumps({"bad":z.testzip(),"comment":z.comment.decode(),"flags":[i.flag_bits&9 for i in z.infolist()],' +
    '"files":[[i.filename,z.read(i).hex()] for i in z.infolist()]}))';
  const { stdout, stderr } = spawnSync('python3', ['-c', program, path], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('writeZip', () => {
  it.skipIf(noPython)('writes what others read, with sizes before the data', async () => {
    const archive = await collected(writeZip(streamOf(FILES), { comment: 'Sluice 1' }));
    expect(python(archive)).toEqual({
      bad: null,
      comment: 'Sluice 1',
      flags: [0, 0, 0, 0],
      files: FILES.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')]),
    });
  });

  it('deflates', async () => {
    expect((await collected(writeZip(streamOf(FILES)))).length).toBeLessThan(8000);
  });

  it.skipIf(noPython)('writes an archive of nothing', async () => {
    expect(python(await collected(writeZip(streamOf([]))))).toMatchObject({ bad: null, files: [] });
  });

  it('encrypts every file by AES-256', async () => {
    const archive = await collected(writeZip(streamOf(FILES), { password: 'geheim' }));
    // Method 99 is AES (APPNOTE appendix E), and the extra field 0x9901 says AE-2 with 256 bits.
    expect(Buffer.from(archive).includes(Buffer.from('01990700020041450308', 'hex'))).toBe(true);
    expect(Buffer.from(archive).includes('xxxx')).toBe(false);
    const names: string[] = [];
    for await (const file of readZip(memoryFile(archive), { password: 'geheim' })) {
      names.push(file.name);
      expect(file.encrypted).toBe(file.name !== '');
      expect(await file.bytes()).toEqual(FILES.find(({ name }) => name === file.name)?.bytes);
    }
    expect(names).toEqual(FILES.map(({ name }) => name));
  });

  it('takes the next file only when there is room', async () => {
    let taken = 0;
    const endless = (async function* () {
      for (;;) {
        taken += 1;
        const bytes = Uint8Array.from({ length: 100_000 }, () => Math.floor(Math.random() * 256));
        yield { name: `${taken}`, bytes };
      }
    })();
    for await (const _ of writeZip(endless)) if (taken >= 5) break;
    expect(taken).toBeLessThan(9);
  });

  it('passes on why its source failed', async () => {
    const failing = (async function* () {
      yield { name: 'a', bytes: text('a') };
      throw new Error('the disk is gone');
    })();
    await expect(collected(writeZip(failing))).rejects.toThrow('the disk is gone');
  });
});
