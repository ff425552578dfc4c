/**
 * A group of the index: which grams the sessions of 8,192 successive ids hold, as one bit for each gram hash and block of eight sessions.
 * A hash has a row, and a row is one bit for every block, so that a needle asks for a few rows and not for the whole. Sessions that are not
 * in yet are not `covered`: whoever searches has to read those. In memory; group-file.ts keeps it on disk.
 */
import type { SessionId } from '#model/session.ts';

export const GROUP_SESSIONS = 8192;
const BLOCK_SESSIONS = 8;
export const ROW_BYTES = GROUP_SESSIONS / BLOCK_SESSIONS / 8;
export const COVERAGE_BYTES = GROUP_SESSIONS / 8;
/** Rows while a group is being filled, and the fewest it is folded to: logarithms to base 2. */
const MOST_ROWS = 17;
const FEWEST_ROWS = 10;
/** How full a folded group may be: one bit in so many. */
const SPARSE = 5;

export const groupOf = (id: SessionId): number => Math.floor(id / GROUP_SESSIONS);
export const firstIdOf = (group: number): number => group * GROUP_SESSIONS;

/** What a search asks of a group, wherever it is kept. */
export interface GroupBits {
  readonly coverage: Uint8Array;
  /** Sessions in it of which a body was too long to be taken in whole. */
  readonly cut: ReadonlySet<SessionId>;
  /** The row of a hash: bit `n` stands for block `n`, lowest bit first. @throws RangeError when what is on disk is not what was written */
  row(gram: number): Uint8Array;
}

export interface GroupState {
  readonly group: number;
  readonly rowsLog2: number;
  readonly bits: Uint8Array;
  readonly coverage: Uint8Array;
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

export class Group implements GroupBits {
  readonly group: number;
  readonly coverage: Uint8Array;
  readonly cut: Set<SessionId>;
  #rowsLog2: number;
  #bits: Uint8Array;

  /** An empty group, or one as it was kept. */
  constructor(state: number | GroupState) {
    const kept = typeof state === 'number' ? undefined : state;
    this.group = typeof state === 'number' ? state : state.group;
    this.#rowsLog2 = kept?.rowsLog2 ?? MOST_ROWS;
    this.#bits = kept?.bits ?? new Uint8Array(ROW_BYTES << MOST_ROWS);
    this.coverage = kept?.coverage ?? new Uint8Array(COVERAGE_BYTES);
    this.cut = kept?.cut ?? new Set();
  }

  get state(): GroupState {
    const { group, coverage, cut } = this;
    return { group, rowsLog2: this.#rowsLog2, bits: this.#bits, coverage, cut };
  }

  /** Takes in a gram of a session. */
  adder(id: SessionId): (gram: number) => void {
    const place = (id % GROUP_SESSIONS) >> 3;
    const mask = (1 << this.#rowsLog2) - 1;
    const bits = this.#bits;
    const byte = place >> 3;
    const bit = 1 << (place & 7);
    return (gram) => {
      const at = (gram & mask) * ROW_BYTES + byte;
      bits[at] = (bits[at] ?? 0) | bit;
    };
  }

  /** Every gram of the session is in. */
  cover(id: SessionId, cut: boolean): void {
    const place = id % GROUP_SESSIONS;
    this.coverage[place >> 3] = (this.coverage[place >> 3] ?? 0) | (1 << (place & 7));
    if (cut) this.cut.add(id);
  }

  row(gram: number): Uint8Array {
    const at = (gram & ((1 << this.#rowsLog2) - 1)) * ROW_BYTES;
    return this.#bits.subarray(at, at + ROW_BYTES);
  }

  /** Halves the rows for as long as they stay sparse: hashes that differed in their highest bit then share a row. */
  folded(): GroupState {
    let rowsLog2 = this.#rowsLog2;
    let bits = this.#bits;
    const blocks = blocksIn(this.coverage);
    for (let count = countBits(bits); rowsLog2 > FEWEST_ROWS; rowsLog2 -= 1) {
      // Folding loses few bits, so that the count now is nearly the count after.
      if (count * SPARSE > (blocks << rowsLog2) / 2) break;
      const half = bits.length / 2;
      const next = new Uint8Array(half);
      for (let i = 0; i < half; i++) next[i] = (bits[i] ?? 0) | (bits[i + half] ?? 0);
      bits = next;
      count = countBits(bits);
    }
    return { ...this.state, rowsLog2, bits };
  }
}

/** Blocks of which a session is in. */
const blocksIn = (coverage: Uint8Array): number => coverage.reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0);

export const isCovered = (coverage: Uint8Array, id: SessionId): boolean => {
  const place = id % GROUP_SESSIONS;
  return ((coverage[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
};

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
  for (let block = 0; block < GROUP_SESSIONS / BLOCK_SESSIONS; block++) {
    if (((blocks[block >> 3] ?? 0) & (1 << (block & 7))) !== 0) continue;
    const covered = bits.coverage[block] ?? 0;
    for (let i = 0; i < BLOCK_SESSIONS; i++) {
      if ((covered & (1 << i)) !== 0) may[block * BLOCK_SESSIONS + i] = 0;
    }
  }
  return may;
}
