import { describe, expect, it } from 'vitest';
import { createChanges } from './changes.ts';
import { progressive } from './progressive.ts';

const GAP_MS = 1;

/** A list of which `unknown` sessions are still to be looked into, one a look. */
function listOf(unknown: number) {
  const changes = createChanges();
  const list = {
    changes,
    computed: 0,
    looked: 0,
    pending: unknown,
    compute: async () => {
      list.computed += 1;
      return { pending: list.pending, computed: list.computed };
    },
    look: async () => {
      list.looked += 1;
      list.pending = Math.max(0, list.pending - 1);
      // As long as a slice of a real one.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return list.pending === 0;
    },
  };
  return list;
}

describe('a list that is still being answered', () => {
  it('comes at once, and again as more is known, until all is', async () => {
    const list = listOf(20);
    const abort = new AbortController();
    const pending: number[] = [];
    for await (const item of progressive(list, abort.signal, GAP_MS)) {
      pending.push(item.pending);
      if (item.pending === 0) abort.abort();
    }
    expect(pending[0]).toBe(20);
    expect(pending.length).toBeGreaterThan(2);
    expect(pending).toEqual(pending.toSorted((a, b) => b - a));
    expect(list.looked).toBe(20);
  });

  it('is looked for only as long as somebody asks', async () => {
    const list = listOf(1000);
    const abort = new AbortController();
    const items = progressive(list, abort.signal, GAP_MS);
    await items.next();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(list.looked).toBe(0);
    const next = items.next();
    abort.abort();
    expect((await next).done).toBe(true);
    expect(list.looked).toBeLessThan(3);
  });

  it('does not turn in circles when nobody can look any further', async () => {
    const list = listOf(5);
    const abort = new AbortController();
    const items = progressive({ ...list, look: async () => true }, abort.signal, 30);
    const at = performance.now();
    for (let i = 0; i < 4; i++) await items.next();
    expect(performance.now() - at).toBeGreaterThan(60);
    await items.return(undefined);
  });
});

it('a list that is answered comes again after each change, and not before', async () => {
  const list = listOf(0);
  const abort = new AbortController();
  const items = progressive(list, abort.signal, GAP_MS);
  expect((await items.next()).value?.computed).toBe(1);
  const next = items.next();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(list.computed).toBe(1);
  list.changes.ring();
  expect((await next).value?.computed).toBe(2);
  const last = items.next();
  abort.abort();
  expect((await last).done).toBe(true);
});
