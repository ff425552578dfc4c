import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { stats, statsQuery } from './stats.ts';
import { openTestCapture } from './testing/captures.ts';

const sessions = Array.from({ length: 2000 }, (_, i) =>
  makeSession({
    id: i + 1,
    url: `https://h${i % 3}.test/x/${i}`,
    responseBody: i % 5 === 0 ? 'needle' : 'hay',
  }),
);

describe('a table of a capture', () => {
  it('is made slice by slice, and said how far it is', async () => {
    await using capture = await openTestCapture(...sessions);
    const counted: number[] = [];
    let rows: unknown;
    for await (const item of stats(capture.store, statsQuery('| count by host'))) {
      counted.push(item.counted);
      rows ??= item.table?.rows;
    }
    expect(counted.at(-1)).toBe(2000);
    expect(counted).toEqual(counted.toSorted((a, b) => a - b));
    expect(rows).toEqual([
      ['h0.test', 667],
      ['h1.test', 667],
      ['h2.test', 666],
    ]);
  });

  it('counts what a filter finds inside of sessions, all of it', async () => {
    await using capture = await openTestCapture(...sessions);
    const items = await Array.fromAsync(stats(capture.store, statsQuery('body:needle | count')));
    expect(items.at(-1)?.table?.rows).toEqual([[400]]);
  });

  it('is one of hosts where none is named', () => {
    expect(statsQuery('status:404').table.keys).toEqual([{ field: 'host' }]);
    expect(statsQuery('').filter).toEqual({ type: 'all' });
    expect(() => statsQuery('| cuont')).toThrow(expect.objectContaining({ code: 'filter-syntax' }));
  });
});
