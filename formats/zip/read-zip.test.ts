/** Archives made by Python's zipfile and by Info-ZIP, and archives that nobody makes but to do harm. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryFile } from '../testing/files.ts';
import { readZip, type ZipLimits } from './read-zip.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lacks = (program: string) => spawnSync(program, ['--help']).error !== undefined;

interface RawFile {
  readonly name: string;
  /** What stands in the archive: DEFLATE data. */
  readonly data: Uint8Array;
  readonly size: number;
  readonly crc: number;
  /** Where its local header is, when it shares another's. */
  readonly at?: number;
}

const deflated = (name: string, content: Uint8Array): RawFile => ({
  name,
  data: zlib.deflateRawSync(content, { level: 9 }),
  size: content.length,
  crc: zlib.crc32(content),
});

/** An archive as APPNOTE.TXT §4.3 lays it out, of files that may lie. */
function archive(files: readonly RawFile[]): Uint8Array {
  const fields = ({ data, size, crc, name }: RawFile) => {
    const bytes = Buffer.alloc(22);
    bytes.writeUInt16LE(20, 0);
    bytes.writeUInt16LE(8, 4);
    bytes.writeUInt32LE(crc, 10);
    bytes.writeUInt32LE(data.length, 14);
    bytes.writeUInt32LE(size, 18);
    const length = Buffer.alloc(4);
    length.writeUInt16LE(Buffer.byteLength(name), 0);
    return Buffer.concat([bytes, length]);
  };
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let size = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(file.at ?? size, 10);
    central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields(file), tail, name);
    if (file.at !== undefined) continue;
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields(file), name, file.data]);
    parts.push(local);
    size += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(size, 16);
  return new Uint8Array(Buffer.concat([...parts, directory, end]));
}

async function read(bytes: Uint8Array, limits: Partial<ZipLimits> = {}, password?: string) {
  const files: [string, string][] = [];
  const options = { limits, ...(password === undefined ? {} : { password }) };
  for await (const file of readZip(memoryFile(bytes), options)) {
    files.push([file.name, Buffer.from(await file.bytes()).toString('latin1')]);
  }
  return files;
}

const refused = (message: string | RegExp, code = 'bad-file') =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('readZip', () => {
  it.skipIf(lacks('python3'))('reads what Python writes, folders left out', async () => {
    const path = join(folder, 'python.zip');
    const program =
      'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],"w")\nz.writestr("raw/",b"")\n' +
      'z.writestr("raw/1_c.txt",b"GET",zipfile.ZIP_STORED)\nz.writestr("raw/1_s.txt",b"HTTP"*99,zipfile.ZIP_DEFLATED)\nz.close()';
    expect(spawnSync('python3', ['-c', program, path]).status).toBe(0);
    expect(await read(readFileSync(path))).toEqual([
      ['raw/1_c.txt', 'GET'],
      ['raw/1_s.txt', 'HTTP'.repeat(99)],
    ]);
  });

  it('reads what the layout of this test says', async () => {
    const files = [deflated('a', Buffer.from('one')), deflated('b', Buffer.from('two'))];
    expect(await read(archive(files))).toEqual([
      ['a', 'one'],
      ['b', 'two'],
    ]);
  });

  it.each(['', 'PK', 'PK\x03\x04 and nothing more', '{"log":{}}'])('refuses %j', async (text) => {
    await expect(read(Buffer.from(text))).rejects.toEqual(refused('^The archive cannot be read: '));
  });

  it('refuses an archive that is cut', async () => {
    const whole = archive([deflated('a', zlib.deflateRawSync(Buffer.alloc(1000)))]);
    await expect(read(whole.subarray(0, whole.length - 30))).rejects.toEqual(refused('cannot be read'));
  });

  it('refuses content that is not what its checksum says', async () => {
    const file = deflated('raw/1_c.txt', Buffer.from('one'));
    await expect(read(archive([{ ...file, crc: file.crc ^ 1 }]))).rejects.toEqual(
      refused(/^raw\/1_c\.txt in the archive cannot be read/),
    );
  });
});

describe('passwords', () => {
  it.skipIf(lacks('zip'))('of ZipCrypto', async () => {
    const path = join(folder, 'crypto.zip');
    writeFileSync(join(folder, 'x.txt'), 'secret text');
    const made = spawnSync('zip', ['-q', '-j', '-P', 'geheim', path, join(folder, 'x.txt')]);
    expect(made.status).toBe(0);
    const bytes = readFileSync(path);
    expect(await read(bytes, {}, 'geheim')).toEqual([['x.txt', 'secret text']]);
    await expect(read(bytes)).rejects.toEqual(refused('give its password', 'password'));
    await expect(read(bytes, {}, 'falsch')).rejects.toEqual(refused('not that of the file', 'password'));
  });
});

describe('S1: hostile archives', () => {
  it.each(['../x', '..\\..\\x', '/etc/passwd', '\\x', 'C:/x', 'C:\\x', 'a/../../x', 'a\0b'])(
    'a name like %j is refused',
    async (name) => {
      await expect(read(archive([deflated(name, Buffer.from('x'))]))).rejects.toEqual(
        refused('^The archive cannot be read'),
      );
    },
  );

  it('a file that inflates beyond the limit is stopped while it does', async () => {
    const bomb = archive([deflated('bomb', new Uint8Array(100_000_000))]);
    const before = process.memoryUsage().rss;
    await expect(read(bomb, { maxFileBytes: 1_000_000 })).rejects.toEqual(
      refused('bomb is larger than 1000000 bytes'),
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
  });

  it('a file that says it is small is measured all the same', async () => {
    const bomb = archive([{ ...deflated('bomb', new Uint8Array(5_000_000)), size: 10 }]);
    await expect(read(bomb, { maxFileBytes: 1_000_000 })).rejects.toMatchObject({ code: 'bad-file' });
  });

  it('many files that inflate beyond all measure together are', async () => {
    const part = deflated('', new Uint8Array(1_000_000));
    const bomb = archive(Array.from({ length: 50 }, (_, i) => ({ ...part, name: `f${i}` })));
    await expect(read(bomb, { freeBytes: 10_000_000 })).rejects.toEqual(refused('more than 100 times'));
    expect(await read(bomb)).toHaveLength(50);
  });

  it('files that lie over each other are', async () => {
    const file = deflated('a', new Uint8Array(1_000_000));
    const files = [file, ...Array.from({ length: 20 }, () => ({ ...file, at: 0 }))];
    await expect(read(archive(files))).rejects.toEqual(refused('in the archive cannot be read'));
  });

  it('too many files are, before they are all listed', async () => {
    const file = deflated('a', new Uint8Array(1));
    const many = archive(Array.from({ length: 60_000 }, (_, i) => ({ ...file, name: `${i}`, at: 0 })));
    const listed = (async () => {
      for await (const _ of readZip(memoryFile(many), { limits: { maxFiles: 1000 } }));
    })();
    await expect(listed).rejects.toEqual(refused('more than 1000 files'));
  });

  it('an archive in an archive stays one file', async () => {
    const inner = archive([deflated('a', Buffer.from('x'))]);
    expect(await read(archive([deflated('inner.zip', inner)]))).toEqual([
      ['inner.zip', Buffer.from(inner).toString('latin1')],
    ]);
  });
});
