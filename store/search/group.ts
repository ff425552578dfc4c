/**
 * A group of the index: which grams the sessions of 8,192 successive ids hold, as one bit for each gram hash and block of eight sessions.
 * A hash has a row, and a row is one bit for every block, so that a needle asks for a few rows and not for the whole. Sessions that are not
 * in yet are not `covered`: whoever searches has to read those. In memory; group-file.ts keeps it on disk.
 */
import type { SessionId } from '#model/session.ts';

export const GROUP_SESSIONS = 8192;
const BLOCK_SESSIONS = 8;
const BLOCKS = GROUP_SESSIONS / BLOCK_SESSIONS;
export const ROW_BYTES = BLOCKS / 8;
export const COVERAGE_BYTES = GROUP_SESSIONS / 8;
/** Rows while a group is being filled, and the fewest it is folded to: logarithms to base 2. */
const MOST_ROWS = 16;
const FEWEST_ROWS = 10;
/** How full a folded group may be, seen in so many of its blocks. */
const FULLEST = 0.2;
const SAMPLED_BLOCKS = 64;

export const groupOf = (id: SessionId): number => Math.floor(id / GROUP_SESSIONS);
export const firstIdOf = (group: number): number => group * GROUP_SESSIONS;

/** What a search asks of a group, wherever it is kept. */
export interface GroupBits {
  readonly coverage: Uint8Array;
  /** Sessions in it of which a body was too long to be taken in whole. */
  readonly cut: ReadonlySet<SessionId>;
  /** Bits as of `coverage`: sessions that hold what a filter reads as text and a search does not. Their bits say nothing to a filter. */
  readonly unlike: Uint8Array;
  /** The row of a hash: bit `n` stands for block `n`, lowest bit first. @throws RangeError when what is on disk is not what was written */
  row(gram: number): Uint8Array;
}

/** A group as it is kept: its rows one after the other. */
export interface GroupState {
  readonly group: number;
  readonly rowsLog2: number;
  readonly bits: Uint8Array;
  readonly coverage: Uint8Array;
  readonly unlike: Uint8Array;
  readonly cut: Set<SessionId>;
}

const POPULATION = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
});

export function countBits(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) count += POPULATION[byte] ?? 0;
  return count;
}

/** Rows of blocks as rows of hashes or back: bit `b` of line `a` becomes bit `a` of line `b`. Both lengths are multiples of 8. */
function transposed(bits: Uint8Array, lines: number, lineBits: number): Uint8Array {
  const from = lineBits >> 3;
  const to = lines >> 3;
  const out = new Uint8Array(bits.length);
  for (let line = 0; line < to; line++) {
    for (let byte = 0; byte < from; byte++) {
      for (let i = 0; i < 8; i++) {
        const value = bits[(line * 8 + i) * from + byte] ?? 0;
        if (value === 0) continue;
        for (let j = 0; j < 8; j++) {
          const at = (byte * 8 + j) * to + line;
          if ((value >> j) & 1) out[at] = (out[at] ?? 0) | (1 << i);
        }
      }
    }
  }
  return out;
}

/** In memory the bits of a block lie together, because a session's grams are all over the rows. */
export class Group implements GroupBits {
  readonly group: number;
  readonly coverage: Uint8Array;
  readonly unlike: Uint8Array;
  readonly cut: Set<SessionId>;
  readonly #rowsLog2: number;
  readonly #blocks: Uint8Array;

  /** An empty group, which may take the memory of one that is not needed any more, or a group as it was kept. */
  constructor(state: number | GroupState, spent?: Group) {
    const kept = typeof state === 'number' ? undefined : state;
    this.group = typeof state === 'number' ? state : state.group;
    this.#rowsLog2 = kept?.rowsLog2 ?? MOST_ROWS;
    this.#blocks = kept
      ? transposed(kept.bits, 1 << kept.rowsLog2, BLOCKS)
      : emptied(spent === undefined ? undefined : spent.#blocks);
    this.coverage = kept?.coverage ?? new Uint8Array(COVERAGE_BYTES);
    this.unlike = kept?.unlike ?? new Uint8Array(COVERAGE_BYTES);
    this.cut = kept?.cut ?? new Set();
  }

  /** Takes in a gram of a session. */
  adder(id: SessionId): (gram: number) => void {
    const size = 1 << (this.#rowsLog2 - 3);
    const block = this.#blocks.subarray(blockOf(id) * size, (blockOf(id) + 1) * size);
    const mask = (1 << this.#rowsLog2) - 1;
    return (gram) => {
      const row = gram & mask;
      block[row >> 3] = (block[row >> 3] ?? 0) | (1 << (row & 7));
    };
  }

  /** Every gram of the session is in. */
  cover(id: SessionId, cut: boolean, unlike = false): void {
    setBit(this.coverage, id);
    if (cut) this.cut.add(id);
    if (unlike) setBit(this.unlike, id);
  }

  row(gram: number): Uint8Array {
    const row = gram & ((1 << this.#rowsLog2) - 1);
    const size = 1 << (this.#rowsLog2 - 3);
    const bits = new Uint8Array(ROW_BYTES);
    for (let block = 0; block < BLOCKS; block++) {
      const set = ((this.#blocks[block * size + (row >> 3)] ?? 0) >> (row & 7)) & 1;
      bits[block >> 3] = (bits[block >> 3] ?? 0) | (set << (block & 7));
    }
    return bits;
  }

  /** Halves the rows for as long as they stay sparse: hashes that differed in their highest bit then share a row. */
  folded(): GroupState {
    const { group, coverage, unlike, cut } = this;
    let rowsLog2 = this.#rowsLog2;
    let blocks = this.#blocks;
    while (rowsLog2 > FEWEST_ROWS) {
      const half = halved(blocks, 1 << (rowsLog2 - 3), coverage);
      if (fill(half, coverage) > FULLEST) break;
      blocks = half;
      rowsLog2 -= 1;
    }
    const bits = transposed(blocks, BLOCKS, 1 << rowsLog2);
    return { group, rowsLog2, bits, coverage, unlike, cut };
  }
}

/** Room for the blocks of an empty group: some megabytes, which had better not be garbage for every 8,192 sessions. */
function emptied(spent: Uint8Array | undefined): Uint8Array {
  const size = ROW_BYTES << MOST_ROWS;
  return spent?.length === size ? spent.fill(0) : new Uint8Array(size);
}

const blockOf = (id: SessionId) => (id % GROUP_SESSIONS) >> 3;

/** Blocks of `size` bytes, the second half of each laid over its first. Those without a session are empty. */
function halved(blocks: Uint8Array, size: number, coverage: Uint8Array): Uint8Array {
  const half = size / 2;
  const out = new Uint8Array(blocks.length / 2);
  for (let block = 0; block < BLOCKS; block++) {
    if (coverage[block] === 0) continue;
    const from = block * size;
    const to = block * half;
    for (let i = 0; i < half; i++) out[to + i] = (blocks[from + i] ?? 0) | (blocks[from + half + i] ?? 0);
  }
  return out;
}

/** Share of bits that are set, in some of the blocks that have a session. */
function fill(blocks: Uint8Array, coverage: Uint8Array): number {
  const size = blocks.length / BLOCKS;
  const used = Array.from(coverage.keys()).filter((block) => coverage[block] !== 0);
  const step = Math.ceil(used.length / SAMPLED_BLOCKS);
  const sampled = used.filter((_, i) => i % step === 0);
  const set = sampled.reduce(
    (sum, block) => sum + countBits(blocks.subarray(block * size, (block + 1) * size)),
    0,
  );
  return set / Math.max(1, sampled.length * size * 8);
}

const setBit = (bits: Uint8Array, id: SessionId) => {
  const place = id % GROUP_SESSIONS;
  bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
};

/** Whether a session's bit is set in `coverage` or `unlike` of its group. */
export const hasBit = (bits: Uint8Array, id: SessionId): boolean => {
  const place = id % GROUP_SESSIONS;
  return ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
};

/** The highest id that a group covers; -1 for none. */
export function lastCovered({ coverage }: Pick<GroupBits, 'coverage'>, group: number): SessionId | -1 {
  for (let byte = coverage.length - 1; byte >= 0; byte--) {
    const bits = coverage[byte] ?? 0;
    if (bits !== 0) return firstIdOf(group) + byte * 8 + 31 - Math.clz32(bits);
  }
  return -1;
}

/**
 * Of each id of the group whether a session of that id may hold text with all these grams: one byte each, 0 for no. Those not covered may.
 * Without grams all may.
 */
export function candidates(bits: GroupBits | undefined, grams: readonly number[]): Uint8Array {
  const may = new Uint8Array(GROUP_SESSIONS).fill(1);
  if (bits === undefined || grams.length === 0) return may;
  const blocks = new Uint8Array(ROW_BYTES).fill(255);
  for (const gram of grams) {
    const row = bits.row(gram);
    for (let i = 0; i < ROW_BYTES; i++) blocks[i] = (blocks[i] ?? 0) & (row[i] ?? 0);
  }
  for (let block = 0; block < BLOCKS; block++) {
    if (((blocks[block >> 3] ?? 0) & (1 << (block & 7))) !== 0) continue;
    const covered = bits.coverage[block] ?? 0;
    for (let i = 0; i < BLOCK_SESSIONS; i++) {
      if ((covered & (1 << i)) !== 0) may[block * BLOCK_SESSIONS + i] = 0;
    }
  }
  return may;
}
