/**
 * A ZIP archive without encryption as a stream (APPNOTE 6.3.10): one file in memory at a time, sizes and checksums before the data, so that
 * every reader can follow. Small files are the many in archives of captures, and cost little more than deflating them; of each a record of
 * some dozens of bytes is kept for the directory at the end. It encrypts nothing.
 */

import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import type { FileToZip } from './write-zip.ts';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const STORED = 0;
const DEFLATED = 8;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const VERSION = 20;
const VERSION64 = 45;
/** 1980-01-01: there is no earlier one, and when a part of a session was put into the archive tells nothing. */
const DOS_DATE = 0x21;
const MOST_16 = 0xffff;
const MOST_32 = 0xffffffff;
/** Deflating more than this takes long enough to do it elsewhere. */
const LARGE = 256 * 1024;
/** Less than this only grows. */
const SMALL = 64;
const PIECE = 64 * 1024;

const deflateElsewhere = promisify(deflateRaw);

async function deflated(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  if (bytes.length < SMALL) return undefined;
  const smaller = bytes.length > LARGE ? await deflateElsewhere(bytes) : deflateRawSync(bytes);
  return smaller.length < bytes.length ? smaller : undefined;
}

/** What local header and directory say alike: from the version needed to the length of the extra field. */
function common(
  method: number,
  crc: number,
  packed: number,
  size: number,
  name: Buffer,
  extra: number,
): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(FLAGS, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE(DOS_DATE, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  fields.writeUInt16LE(extra, 24);
  return fields;
}

const signature = (value: number, length = 4): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(value, 0);
  return bytes;
};

/** The offset as 64 bits where 32 do not hold it (§4.5.3). */
function extraOf(offset: number): Buffer {
  if (offset < MOST_32) return Buffer.alloc(0);
  const extra = Buffer.alloc(12);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(offset), 4);
  return extra;
}

function centralRecord(fields: Buffer, name: Buffer, offset: number): Buffer {
  const extra = extraOf(offset);
  const head = signature(CENTRAL, 6);
  head.writeUInt16LE(VERSION, 4);
  const about = Buffer.from(fields);
  about.writeUInt16LE(extra.length, 24);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(Math.min(offset, MOST_32), 10);
  return Buffer.concat([head, about, rest, name, extra]);
}

/** The records at the end (§4.3.14 to §4.3.16), those of 64 bits only where they are needed. */
function endOf(files: number, start: number, length: number, comment: Buffer): Buffer {
  const end = signature(END, 22);
  end.writeUInt16LE(Math.min(files, MOST_16), 8);
  end.writeUInt16LE(Math.min(files, MOST_16), 10);
  end.writeUInt32LE(Math.min(length, MOST_32), 12);
  end.writeUInt32LE(Math.min(start, MOST_32), 16);
  end.writeUInt16LE(comment.length, 20);
  if (files < MOST_16 && start < MOST_32 && length < MOST_32) return Buffer.concat([end, comment]);
  const end64 = signature(END64, 56);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(VERSION64, 12);
  end64.writeUInt16LE(VERSION64, 14);
  for (const at of [24, 32]) end64.writeBigUInt64LE(BigInt(files), at);
  end64.writeBigUInt64LE(BigInt(length), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = signature(LOCATOR64, 20);
  locator.writeBigUInt64LE(BigInt(start + length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end, comment]);
}

/** Pieces gathered, so that not every header is one of its own. */
class Gathered {
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** Bytes in all so far. */
  total = 0;

  add(...pieces: readonly Uint8Array[]): void {
    for (const piece of pieces) {
      this.#pieces.push(piece);
      this.#length += piece.length;
      this.total += piece.length;
    }
  }

  *take(least: number): Generator<Uint8Array> {
    if (this.#length < least) return;
    yield Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
  }
}

/** `comment` is ASCII. */
export async function* plainZip(
  files: AsyncIterable<FileToZip>,
  comment: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const out = new Gathered();
  const directory: Buffer[] = [];
  for await (const { name: text, bytes } of files) {
    const name = Buffer.from(text, 'utf8');
    const packed = await deflated(bytes);
    const data = packed ?? bytes;
    const method = packed === undefined ? STORED : DEFLATED;
    const fields = common(method, crc32(bytes), data.length, bytes.length, name, 0);
    directory.push(centralRecord(fields, name, out.total));
    out.add(signature(LOCAL), fields, name, data);
    yield* out.take(PIECE);
  }
  const start = out.total;
  for (const record of directory) {
    out.add(record);
    yield* out.take(PIECE);
  }
  out.add(endOf(directory.length, start, out.total - start, Buffer.from(comment, 'latin1')));
  yield* out.take(0);
}
