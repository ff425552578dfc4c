import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

let capture: Awaited<ReturnType<typeof writtenCapture>>;
beforeAll(async () => {
  capture = await writtenCapture(
    ...Array.from({ length: 20 }, (_, i) =>
      makeSession({
        id: i + 1,
        url: `https://${i % 4 === 0 ? 'cdn' : 'api'}.acme.test/orders/${i + 1000}?page=${i % 3}`,
        durationMs: i + 1,
        status: i < 15 ? 200 : 500,
        responseHeaders: [
          ['Content-Type', i % 4 === 0 ? 'text/css' : 'application/json'],
          ['Content-Encoding', 'gzip'],
          ['Server', i % 2 === 0 ? 'nginx' : 'envoy'],
        ],
        responseBody: gzipSync(`{"total":${i}}`),
      }),
    ),
  );
});
afterAll(() => capture[Symbol.dispose]());

const rows = async (expression: string) =>
  jsonLines(await sluice('stats', capture.path, expression, '--json'));

describe('sluice stats', () => {
  it('counts by a field, the most first', async () => {
    expect(await rows('| count by host')).toEqual([
      { host: 'api.acme.test', count: 15 },
      { host: 'cdn.acme.test', count: 5 },
    ]);
    expect(await rows('status:5xx | count by host')).toEqual([
      { host: 'api.acme.test', count: 4 },
      { host: 'cdn.acme.test', count: 1 },
    ]);
  });

  it('takes ids of one kind together', async () => {
    expect(await rows('| p95(duration), max(duration), count by endpoint')).toEqual([
      { endpoint: '/orders/{id}', 'p95(duration)': 19, 'max(duration)': 20, count: 20 },
    ]);
  });

  it('shows the top, and sums', async () => {
    expect(await rows('| top 1 path')).toEqual([{ path: '/orders/1000?page=0', count: 1 }]);
    expect(await rows('| sum(size) by type')).toHaveLength(2);
    expect(await rows('host:cdn | avg(duration), min(duration), p50(duration)')).toEqual([
      { 'avg(duration)': 9, 'min(duration)': 1, 'p50(duration)': 9 },
    ]);
  });

  it('groups by what stands inside of sessions, and filters by it', async () => {
    expect(await rows('json:$.total>=18 | count by resheader:server')).toEqual([
      { 'resheader:server': 'envoy', count: 1 },
      { 'resheader:server': 'nginx', count: 1 },
    ]);
    expect(await rows('| sum(json:$.total) by query:page')).toEqual([
      { 'query:page': '1', 'sum(json:$.total)': 70 },
      { 'query:page': '0', 'sum(json:$.total)': 63 },
      { 'query:page': '2', 'sum(json:$.total)': 57 },
    ]);
  });

  it('is an aligned table with counts beside it, for people', async () => {
    const { code, out, err } = await sluice(
      'stats',
      capture.path,
      '| count, avg(duration), sum(size) by host top 1',
    );
    expect(code).toBe(0);
    const [titles, row, ...rest] = out.split('\n');
    expect(titles).toMatch(/^HOST {11}COUNT {2}AVG\(DURATION\) {2}SUM\(SIZE\)$/);
    expect(row).toMatch(/^api\.acme\.test {5}15 {10}11 ms {6}\d+ B$/);
    expect(rest).toEqual(['']);
    expect(err).toBe('1 of 2 groups, 20 sessions\n');
  });

  it('says something without an expression', async () => {
    const { out } = await sluice('stats', capture.path);
    expect(out).toMatch(/^HOST +COUNT +P95\(DURATION\) +SUM\(SIZE\)/);
  });

  it.each([
    ['hots:a | count', 'Did you mean "host"', '  hots:a | count\n  ^^^^\n'],
    ['| cuont by host', 'Did you mean "count"', '  | cuont by host\n    ^^^^^\n'],
    ['| count by hots', 'Did you mean "host"', '  | count by hots\n             ^^^^\n'],
    ['| sum(host)', 'is text', '  | sum(host)\n        ^^^^\n'],
    ['| top host', 'as in top 20', '  | top host\n        ^^^^\n'],
    ['path~(', 'no regular expression', '  path~(\n       ^\n'],
  ])('points at what is wrong in %s', async (expression, message, carets) => {
    const { code, out, err } = await sluice('stats', capture.path, expression);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).toContain('[filter-syntax]');
    expect(err.slice(err.indexOf('\n') + 1)).toBe(carets);
  });

  it('says when there is no capture', async () => {
    expect(await sluice('stats', '/nowhere.sluice')).toMatchObject({ code: 3 });
  });
});
