import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  candidates,
  countBits,
  firstIdOf,
  GROUP_SESSIONS,
  Group,
  groupOf,
  hasBit,
  lastCovered,
} from './group.ts';

/** A group with these sessions, each with its grams. */
function groupWith(sessions: Readonly<Record<number, readonly number[]>>, group = 0): Group {
  const made = new Group(group);
  for (const [id, grams] of Object.entries(sessions)) {
    const add = made.adder(Number(id));
    for (const gram of grams) add(gram);
    made.cover(Number(id), false);
  }
  return made;
}
const ids = (may: Uint8Array, up = 64) =>
  Array.from(may.subarray(0, up).keys()).filter((id) => may[id] === 1);

describe('a group', () => {
  it('is of successive ids', () => {
    expect([groupOf(1), groupOf(GROUP_SESSIONS - 1), groupOf(GROUP_SESSIONS)]).toEqual([0, 0, 1]);
    expect(firstIdOf(2)).toBe(2 * GROUP_SESSIONS);
  });

  it('rules out the blocks without one of the grams', () => {
    const group = groupWith({ 1: [5], 8: [5, 6], 9: [7], 16: [6] });
    const may = ids(candidates(group, [5]));
    // 1 is in the first block, 8 and 9 share the second; 16 is out, and what is not in has to be read.
    expect(may).toContain(1);
    expect(may).toContain(8);
    expect(may).toContain(9);
    expect(may).not.toContain(16);
    expect(may).toContain(17);
    expect(ids(candidates(group, [5, 6]))).not.toContain(1);
    expect(ids(candidates(group, [5, 6]))).toContain(8);
  });

  it('rules out nothing without grams, and nothing when there is none', () => {
    expect(ids(candidates(groupWith({ 1: [5] }), []))).toHaveLength(64);
    expect(ids(candidates(undefined, [5]))).toHaveLength(64);
  });

  it('knows which sessions it has, and which of them are cut', () => {
    const group = new Group(3);
    const id = firstIdOf(3) + 77;
    group.cover(id, true);
    expect([hasBit(group.coverage, id), hasBit(group.coverage, id + 1)]).toEqual([true, false]);
    expect(countBits(group.coverage)).toBe(1);
    expect([...group.cut]).toEqual([id]);
  });

  it('knows which of them a filter reads otherwise, and the last of all', () => {
    const group = new Group(3);
    expect(lastCovered(group, 3)).toBe(-1);
    const id = firstIdOf(3) + 77;
    group.cover(id, false, true);
    group.cover(id - 1, false);
    expect([hasBit(group.unlike, id), hasBit(group.unlike, id - 1)]).toEqual([true, false]);
    expect(lastCovered(group, 3)).toBe(id);
    expect(hasBit(group.folded().unlike, id)).toBe(true);
  });
});

describe('folding', () => {
  const grams = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 40 });
  const sessions = fc.dictionary(fc.integer({ min: 1, max: GROUP_SESSIONS - 1 }).map(String), grams, {
    maxKeys: 40,
  });

  it('and being kept loses no session that has the grams', () => {
    fc.assert(
      fc.property(sessions, (of) => {
        const folded = new Group(groupWith(of).folded());
        for (const [id, own] of Object.entries(of)) expect(candidates(folded, own)[Number(id)]).toBe(1);
      }),
      { numRuns: 5 },
    );
  });

  it('makes a group of a few small sessions small, and one of many large', () => {
    const few = groupWith({ 1: [1, 2, 3] }).folded();
    expect(few.rowsLog2).toBe(10);
    const full = new Group(0);
    for (let id = 1; id < 2000; id++) {
      const add = full.adder(id);
      for (let i = 0; i < 700; i++) add(Math.imul(id * 1000 + i, 0x9e3779b1) >>> 0);
      full.cover(id, false);
    }
    const kept = full.folded();
    // 5,600 of a block's bits: 15 % of 32,768 and twice that of half as many.
    expect(kept.rowsLog2).toBe(15);
    expect(countBits(kept.bits) / (250 * 2 ** 15)).toBeGreaterThan(0.1);
  });

  it('takes more sessions in afterwards', () => {
    const again = new Group(groupWith({ 1: [123_456_789] }).folded());
    again.adder(9)(987_654_321);
    again.cover(9, false);
    expect(candidates(again, [123_456_789])[1]).toBe(1);
    expect(candidates(again, [987_654_321])[9]).toBe(1);
    expect(candidates(again, [987_654_321])[1]).toBe(0);
  });
});
