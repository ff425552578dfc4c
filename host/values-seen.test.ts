import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wanted } from '#model/filter/complete.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openTestCapture, type TestCapture } from './testing/captures.ts';
import { valuesSeen } from './values-seen.ts';

let capture: TestCapture;
beforeAll(async () => {
  capture = await openTestCapture(
    ...Array.from({ length: 300 }, (_, i) =>
      makeSession({
        id: i + 1,
        method: i % 10 === 0 ? 'POST' : 'GET',
        url: `https://${i < 100 ? 'old' : i % 4 === 0 ? 'rare' : 'often'}.test/p?page=${i % 2}`,
        status: 200 + (i % 2),
        requestHeaders: [['X-Token', i < 100 ? 'old' : 'new']],
        responseHeaders: [['Content-Encoding', 'gzip']],
        responseBody: gzipSync(`{"user":{"name":"u${i % 2}"},"long":"${'x'.repeat(300)}"}`),
      }),
    ),
  );
});
afterAll(() => capture[Symbol.asyncDispose]());

const seen = (field: Wanted['field'], more: Partial<Wanted> = {}) =>
  valuesSeen(capture.store, { field, prefix: '', ...more });

describe('values that were seen', () => {
  it('are those of rows, the most frequent first', async () => {
    expect(await seen('method')).toEqual(['GET', 'POST']);
    expect(await seen('host')).toEqual(['often.test', 'old.test', 'rare.test']);
    expect(await seen('status')).toEqual(['200', '201']);
  });

  it('hold what was typed', async () => {
    expect(await seen('host', { prefix: 'R' })).toEqual(['rare.test']);
    expect(await seen('host', { prefix: 'nowhere' })).toEqual([]);
  });

  it('are those inside of the newest sessions', async () => {
    expect(await seen('reqheader', { name: 'x-token' })).toEqual(['new']);
    expect(await seen('json', { name: '$.user.name' })).toEqual(['u0', 'u1']);
    expect(await seen('query', { name: 'page' })).toEqual(['0', '1']);
  });

  it('are names, where names are wanted', async () => {
    expect(await seen('header', { names: true })).toEqual(['content-encoding', 'x-token']);
    expect(await seen('json', { names: true, prefix: '$.u' })).toEqual(['$.user.name']);
    expect(await seen('query', { names: true })).toEqual(['page']);
  });

  it('are short enough to choose from', async () => {
    expect(await seen('json', { name: '$.long' })).toEqual([]);
    expect((await seen('id')).length).toBe(50);
  });
});
