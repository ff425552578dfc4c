import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainReplay, type ReplayPlan, type ReplayProgress } from '#model/replay/plan.ts';
import { listening, type Origin } from '#proxy-core/testing/origin.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { type RunningHost, runningHost } from '../testing/running-host.ts';

/** An API with users, of whom the third is forbidden; it counts what is under way at once. */
interface Api extends Origin {
  readonly seen: { url: string; at: number; ifNoneMatch: string | undefined }[];
  most: number;
}

async function usersApi(): Promise<Api> {
  let open = 0;
  const seen: Api['seen'] = [];
  const server = createServer((request, response) => {
    open += 1;
    api.most = Math.max(api.most, open);
    seen.push({
      url: request.url ?? '',
      at: performance.now(),
      ifNoneMatch: request.headers['if-none-match'],
    });
    const id = Number(new URL(request.url ?? '', 'http://x').searchParams.get('id'));
    setImmediate(() => {
      open -= 1;
      response.writeHead(id === 3 ? 403 : 200, {
        'Content-Type': 'application/json',
        'X-Secret': String(id),
      });
      response.end(JSON.stringify(id === 3 ? { error: 'no' } : { id, name: `user ${id}` }));
    });
  });
  const api: Api = Object.assign(await listening(server), { seen, most: 0 });
  return api;
}

let at: RunningHost;
let api: Api;
beforeAll(async () => {
  api = await usersApi();
  at = await runningHost([
    makeSession({
      id: 1,
      startedAt: 1000,
      url: `${api.url}/users?id=1`,
      requestHeaders: [
        ['Host', api.url.slice(7)],
        ['If-None-Match', '"x"'],
      ],
      responseHeaders: [
        ['Content-Type', 'application/json'],
        ['X-Secret', '1'],
        ['Transfer-Encoding', 'chunked'],
      ],
      responseBody: '{"id":1,"name":"user 1"}',
    }),
    makeSession({ id: 2, startedAt: 1150, url: `${api.url}/users?id=2` }),
    makeSession({ id: 3, url: 'http://127.0.0.1:1/' }),
    makeSession({ id: 4, kind: 'tunnel', url: 'tunnel://a.test:443' }),
  ]);
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const start = (change: Partial<ReplayPlan>, ids: readonly number[] = [1]) =>
  at.client.call('replay.start', { ...plainReplay(ids), ...change });

/** All rows in the order of their requests, and how it ended. */
async function replay(change: Partial<ReplayPlan>, ids?: readonly number[]) {
  api.seen.length = 0;
  api.most = 0;
  const { id, total } = await start(change, ids);
  const items: ReplayProgress[] = [];
  for await (const item of at.client.open('replay.watch', { id })) items.push(item);
  const rows = items.flatMap((item) => item.rows).sort((a, b) => a.index - b.index);
  return { total, rows, state: items.at(-1)?.state, reason: items.at(-1)?.reason };
}
const fast = { kind: 'paced', rate: 500, parallel: 4, delayMs: 0, rampMs: 0 } as const;
const scope = ['127.0.0.1'];

describe('replay', () => {
  it('sends what was recorded and compares the answers', async () => {
    const { rows, state, total } = await replay({});
    expect({ total, state }).toEqual({ total: 1, state: 'done' });
    expect(rows).toMatchObject([
      { index: 1, parentId: 1, status: 200, sizeChange: 0, differs: [], values: [] },
    ]);
    expect(api.seen[0]).toMatchObject({ url: '/users?id=1', ifNoneMatch: '"x"' });
  });

  it('without conditions, to another origin', async () => {
    const { rows } = await replay({ change: { unconditional: true, origin: api.url } }, [1, 3]);
    expect(rows.map(({ status }) => status)).toEqual([200, 200]);
    expect(api.seen).toMatchObject([{ ifNoneMatch: undefined }, { url: '/' }]);
  });

  it('puts values into parts, and says what each answer is', async () => {
    const { rows, total } = await replay({
      variations: [{ part: 'query.id', values: ['1', '2', '3'] }],
      extract: { json: '$.name' },
    });
    expect(total).toBe(3);
    expect(rows.map(({ values, status, extracted }) => [values[0], status, extracted])).toEqual([
      ['1', 200, 'user 1'],
      ['2', 200, 'user 2'],
      ['3', 403, undefined],
    ]);
    expect(rows[1]?.differs).toEqual(['response.header.x-secret', 'response.body.id', 'response.body.name']);
    expect(rows[2]?.differs[0]).toBe('status');
    const sent = await Array.fromAsync(at.client.open('sessions.get', { id: rows[2]?.id ?? 0 }));
    expect(sent.at(-1)?.row).toMatchObject({ source: 'replay', parentId: 1, status: 403 });
  });

  it('stops when a rule says so, and says which', async () => {
    const { rows, state, reason } = await replay({
      variations: [{ part: 'query.id', values: ['1', '3', '2'] }],
      stop: { statuses: ['4xx'] },
    });
    expect({ state, reason }).toEqual({ state: 'stopped', reason: 'an answer had status 403' });
    expect(rows).toHaveLength(2);
  });

  it('sends many at once to a host in the scope, and no more than was said', async () => {
    const { rows, state } = await replay({ count: 40, pace: fast, scope });
    expect(state).toBe('done');
    expect(rows).toHaveLength(40);
    expect(api.most).toBeGreaterThan(1);
    expect(api.most).toBeLessThanOrEqual(4);
  });

  it('keeps to the rate, and to the recorded timing', async () => {
    await replay({ count: 3, pace: { ...fast, rate: 10 } });
    const gaps = () => api.seen.slice(1).map(({ at: time }, i) => time - (api.seen[i]?.at ?? 0));
    for (const gap of gaps()) expect(gap).toBeGreaterThan(85);
    await replay({ pace: { kind: 'original', speed: 1 } }, [1, 2]);
    expect(gaps()[0]).toBeGreaterThan(135);
  });

  it('sends all at one moment', async () => {
    const { rows, state } = await replay({ count: 10, pace: { kind: 'together' }, scope });
    expect(state).toBe('done');
    expect(rows.map(({ status }) => status)).toEqual(Array(10).fill(200));
  });

  it('says what could not be sent, and goes on', async () => {
    const { rows, state } = await replay({ variations: [{ part: 'method', values: ['G T', 'PUT'] }] }, [1]);
    expect(state).toBe('done');
    expect(rows).toMatchObject([{ failure: expect.stringContaining('not a method') }, { status: 200 }]);
    expect(rows[0]).not.toHaveProperty('id');
    expect((await replay({}, [3])).rows).toMatchObject([{ failure: 'refused', size: 0 }]);
  });

  it('ends when it is told to, and can be watched again', async () => {
    const { id } = await start({ count: 100, pace: { ...fast, rate: 5 } });
    const items: ReplayProgress[] = [];
    for await (const item of at.client.open('replay.watch', { id })) {
      items.push(item);
      if (item.state === 'running' && item.begun > 0) await at.client.call('replay.cancel', { id });
    }
    expect(items.at(-1)?.state).toBe('cancelled');
    const [again] = await Array.fromAsync(at.client.open('replay.watch', { id }));
    expect(again).toMatchObject({ state: 'cancelled', total: 100 });
  });

  it.each<[Partial<ReplayPlan>, number[], string]>([
    [{ pace: fast }, [1], 'not-allowed'],
    [{ pace: { kind: 'together' } }, [1], 'not-allowed'],
    [{ pace: fast, scope: ['api.test'] }, [1], 'not-allowed'],
    [{ pace: { kind: 'together' }, scope, count: 101 }, [1], 'too-large'],
    [{ count: 10_000 }, [1, 2], 'too-large'],
    [{}, [9999], 'not-found'],
    [{}, [4], 'not-allowed'],
    [{ scope: ['*'] }, [1], 'usage'],
    [{ variations: [{ part: 'nowhere', values: ['1'] }] }, [1], 'usage'],
    [{ variations: [{ part: '$.a', values: ['1'] }] }, [1], 'usage'],
    [{ stop: { pattern: '(' } }, [1], 'usage'],
    [{ extract: { json: '$[' } }, [1], 'usage'],
    [{ change: { origin: 'nowhere' } }, [1], 'bad-url'],
  ])('refuses %j of %j', async (change, ids, code) => {
    api.seen.length = 0;
    await expect(start(change, ids)).rejects.toMatchObject({ code });
    expect(api.seen).toEqual([]);
  });

  it('does not know what it did not start', async () => {
    await expect(Array.fromAsync(at.client.open('replay.watch', { id: 'x' }))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
