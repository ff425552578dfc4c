/**
 * Groups of the index on disk: files `search-000000.idx` in the capture, one a group, each replaced as a whole. They hold nothing that the
 * capture does not: one that is missing, cut short or changed is as good as none, and is made again. Every row has a checksum of its own,
 * so that a search reads and trusts a few rows without reading the rest.
 *
 *     "SLSX" version group rowsLog2 cuts | coverage | unlike | ids of cut sessions | CRC-32 of all that | (row, CRC-32) …
 *
 * Numbers are 32 bits, little-endian.
 */
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import {
  COVERAGE_BYTES,
  GROUP_SESSIONS,
  Group,
  type GroupBits,
  type GroupState,
  ROW_BYTES,
} from './group.ts';

const MAGIC = 0x58534c53;
/** Of the hashes as well: what was made with others cannot be used. */
const VERSION = 2;
const FIXED = 20;
/** Where the ids of cut sessions begin. */
const CUTS = FIXED + 2 * COVERAGE_BYTES;
const STORED_ROW = ROW_BYTES + 4;
const NAME = /^search-(\d{6,})\.idx$/;

const pathOf = (folder: string, group: number) =>
  join(folder, `search-${String(group).padStart(6, '0')}.idx`);

/** Numbers of the groups that are on disk. */
export function storedGroups(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const number = NAME.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

export function removeGroup(folder: string, group: number): void {
  rmSync(pathOf(folder, group), { force: true });
}

/** Writes a group in place of what was there. @throws the system's error; what was there is then as it was. */
export function saveGroup(folder: string, group: Group): void {
  const state = group.folded();
  const header = headerOf(state);
  const bytes = Buffer.alloc(header.length + (STORED_ROW << state.rowsLog2));
  header.copy(bytes);
  for (let row = 0, at = header.length; row < 1 << state.rowsLog2; row++, at += STORED_ROW) {
    const bits = state.bits.subarray(row * ROW_BYTES, (row + 1) * ROW_BYTES);
    bytes.set(bits, at);
    bytes.writeUInt32LE(crc32(bits, row), at + ROW_BYTES);
  }
  const draft = `${pathOf(folder, state.group)}.${process.pid}-${threadId}`;
  try {
    writeFileSync(draft, bytes, { mode: 0o600 });
    renameSync(draft, pathOf(folder, state.group));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function headerOf({ group, rowsLog2, coverage, unlike, cut }: GroupState): Buffer {
  const header = Buffer.alloc(CUTS + cut.size * 4 + 4);
  const put = (value: number, at: number): void => void header.writeUInt32LE(value, at);
  for (const [i, value] of [MAGIC, VERSION, group, rowsLog2, cut.size].entries()) put(value, i * 4);
  header.set(coverage, FIXED);
  header.set(unlike, FIXED + COVERAGE_BYTES);
  for (const [i, id] of [...cut].entries()) put(id % GROUP_SESSIONS, CUTS + i * 4);
  const end = header.length - 4;
  header.writeUInt32LE(crc32(header.subarray(0, end)), end);
  return header;
}

/** A group on disk, open for reading rows. */
export class GroupFile implements GroupBits, Disposable {
  readonly coverage: Uint8Array;
  readonly unlike: Uint8Array;
  readonly cut: Set<number>;
  readonly rowsLog2: number;
  readonly #fd: number;
  readonly #start: number;

  private constructor(fd: number, header: Buffer, group: number) {
    this.#fd = fd;
    this.#start = header.length;
    this.rowsLog2 = header.readUInt32LE(12);
    this.coverage = new Uint8Array(header.subarray(FIXED, FIXED + COVERAGE_BYTES));
    this.unlike = new Uint8Array(header.subarray(FIXED + COVERAGE_BYTES, CUTS));
    this.cut = new Set();
    for (let at = CUTS; at < header.length - 4; at += 4)
      this.cut.add(group * GROUP_SESSIONS + header.readUInt32LE(at));
  }

  /** Undefined when there is none, or none that is whole. */
  static open(folder: string, group: number): GroupFile | undefined {
    let fd: number;
    try {
      fd = openSync(pathOf(folder, group), 'r');
    } catch {
      return undefined;
    }
    try {
      const header = readHeader(fd, group);
      if (header !== undefined) return new GroupFile(fd, header, group);
    } catch {
      // As good as none.
    }
    closeSync(fd);
    return undefined;
  }

  row(gram: number): Uint8Array {
    const row = gram & ((1 << this.rowsLog2) - 1);
    const bytes = Buffer.allocUnsafe(STORED_ROW);
    if (readSync(this.#fd, bytes, 0, STORED_ROW, this.#start + row * STORED_ROW) < STORED_ROW)
      throw changed();
    return checkedRow(bytes, row);
  }

  /** The whole of it, to take more sessions in. @throws RangeError when it is not what was written */
  load(group: number): Group {
    const bytes = Buffer.allocUnsafe(STORED_ROW << this.rowsLog2);
    if (readSync(this.#fd, bytes, 0, bytes.length, this.#start) < bytes.length) throw changed();
    const bits = new Uint8Array(ROW_BYTES << this.rowsLog2);
    for (let row = 0; row < 1 << this.rowsLog2; row++)
      bits.set(checkedRow(bytes.subarray(row * STORED_ROW, (row + 1) * STORED_ROW), row), row * ROW_BYTES);
    const { rowsLog2, coverage, unlike, cut } = this;
    return new Group({ group, rowsLog2, bits, coverage, unlike, cut });
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}

const changed = () => new RangeError('the search index is not what was written');

function checkedRow(bytes: Buffer, row: number): Uint8Array {
  const bits = bytes.subarray(0, ROW_BYTES);
  if (crc32(bits, row) !== bytes.readUInt32LE(ROW_BYTES)) throw changed();
  return bits;
}

function readHeader(fd: number, group: number): Buffer | undefined {
  const fixed = Buffer.alloc(FIXED);
  if (readSync(fd, fixed, 0, FIXED, 0) < FIXED) return undefined;
  const [magic, version, number, rowsLog2 = 0, cuts = 0] = Array.from({ length: 5 }, (_, i) =>
    fixed.readUInt32LE(i * 4),
  );
  if (magic !== MAGIC || version !== VERSION || number !== group || rowsLog2 > 24 || cuts > GROUP_SESSIONS)
    return undefined;
  const header = Buffer.alloc(CUTS + cuts * 4 + 4);
  if (readSync(fd, header, 0, header.length, 0) < header.length) return undefined;
  const end = header.length - 4;
  if (crc32(header.subarray(0, end)) !== header.readUInt32LE(end)) return undefined;
  if (fstatSync(fd).size !== header.length + (STORED_ROW << rowsLog2)) return undefined;
  return header;
}
