import { describe, expect, it } from 'vitest';
import { readAhead, workAhead } from './read-ahead.ts';

/** Gives `items` one after the other, and says how far it has been asked. */
function source<T>(items: readonly T[]) {
  const left = [...items];
  const asked = { count: 0 };
  const next = async () => {
    asked.count += 1;
    return left.shift();
  };
  return { asked, next };
}

const never = () => false;

describe('reading ahead', () => {
  it('gives all in order, and has asked for one more than it gave', async () => {
    const { asked, next } = source([1, 2, 3]);
    const seen: number[] = [];
    for await (const item of readAhead(next, never)) {
      seen.push(item);
      expect(asked.count).toBe(seen.length + 1);
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  it('reads nothing beside what is large', async () => {
    const { asked, next } = source([1, 200, 3]);
    const counts: number[] = [];
    for await (const _ of readAhead(next, (item) => item > 100)) counts.push(asked.count);
    expect(counts).toEqual([2, 2, 4]);
  });

  it('tells of a failure when its turn comes, and not to who has left', async () => {
    let calls = 0;
    const next = async () => {
      calls += 1;
      if (calls === 2) throw new Error('no more');
      return calls;
    };
    const seen: number[] = [];
    await expect(async () => {
      for await (const item of readAhead(next, never)) seen.push(item);
    }).rejects.toThrow('no more');
    expect(seen).toEqual([1]);
    calls = 0;
    for await (const item of readAhead(next, never)) {
      expect(item).toBe(1);
      break;
    }
  });
});

describe('working ahead', () => {
  async function* items(ended: string[] = []) {
    try {
      yield* [1, 2, 3, 4];
    } finally {
      ended.push('source');
    }
  }

  it('gives the results in order, the next item at work while one is used', async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      return item * 10;
    };
    const results: number[] = [];
    for await (const result of workAhead(items(), work, never)) {
      results.push(result);
      expect(begun.length).toBe(Math.min(4, results.length + 1));
    }
    expect(results).toEqual([10, 20, 30, 40]);
  });

  it('works on nothing beside what is large', async () => {
    const begun: number[] = [];
    const work = async (item: number) => void begun.push(item);
    const counts: number[] = [];
    for await (const _ of workAhead(items(), work, (item) => item > 1)) counts.push(begun.length);
    expect(counts).toEqual([2, 2, 3, 4]);
  });

  it('ends the source when it is left, and when the work fails', async () => {
    const ended: string[] = [];
    for await (const _ of workAhead(items(ended), async (item) => item, never)) break;
    expect(ended).toEqual(['source']);
    const failing = workAhead(items(ended), () => Promise.reject(new Error('too hard')), never);
    await expect(Array.fromAsync(failing)).rejects.toThrow('too hard');
    expect(ended).toEqual(['source', 'source']);
  });
});
