import * as zlib from 'node:zlib';
import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { compareSide } from './compare-side.ts';
import { openTestCapture } from './testing/captures.ts';

it('gives calls in the order of time and their fields, decoded and masked', { timeout: 60_000 }, async () => {
  await using capture = await openTestCapture(
    makeSession({ id: 1, startedAt: 2000, url: 'https://a.test/late' }),
    makeSession({
      id: 2,
      startedAt: 1000,
      url: 'https://a.test/early',
      responseHeaders: [['Content-Encoding', 'gzip']],
      responseBody: new Uint8Array(zlib.gzipSync('{"a":1}')),
    }),
    makeSession({ id: 3, url: 'https://b.test/x' }),
  );
  const masked: number[] = [];
  const side = await compareSide(capture.store, { type: 'all' }, async (full) => {
    masked.push(full.session.row.id);
    return full;
  });
  expect(side.calls.map(({ id }) => id)).toEqual([2, 1, 3]);
  expect((await side.fields(2))?.get('response.body.a')).toBe('1');
  expect(masked).toEqual([2]);
  expect(await side.fields(99)).toBeUndefined();
});
