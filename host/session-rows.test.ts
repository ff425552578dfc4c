import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { StoreQuery } from '#store/capture-store.ts';
import { sessionRows } from './session-rows.ts';

/** A store of `count` rows that says how often it was asked. */
function storeOf(count: number) {
  const rows = Array.from({ length: count }, (_, i) => makeSession({ id: i + 1 }).session.row);
  const asked: number[] = [];
  const query = async ({ offset, limit }: StoreQuery) => {
    asked.push(offset);
    return { rows: rows.slice(offset, offset + limit), matched: count, total: count, counted: true };
  };
  return { query, asked };
}

it.each([0, 1, 999, 1000, 1001, 2500])('gives each of %i rows once, in order', async (count) => {
  const { query, asked } = storeOf(count);
  const ids = (await Array.fromAsync(sessionRows({ query }, { type: 'all' }))).map(({ id }) => id);
  expect(ids).toEqual(Array.from({ length: count }, (_, i) => i + 1));
  expect(asked.length).toBe(Math.floor(count / 1000) + 1);
});

it('asks for no more when it is left', async () => {
  const { query, asked } = storeOf(2500);
  for await (const _ of sessionRows({ query }, { type: 'all' })) break;
  expect(asked).toEqual([0]);
});
