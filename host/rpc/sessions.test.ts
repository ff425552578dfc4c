/** The list and its sessions: over the contract of a real host, and windows against a store that grows while they are open. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Params, SessionWindow } from '#model/contract/contract.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';
import { record, temporaryFolder } from '#store/testing.ts';
import { createBodyViews } from '../bodies.ts';
import type { Services } from '../services.ts';
import { firstItem, type RunningHost, runningHost } from '../testing/running-host.ts';
import { createChanges } from './changes.ts';
import { sessionsHandlers } from './sessions.ts';

let at: RunningHost;
beforeAll(async () => {
  const message = (text: string) => ({
    direction: 'sent' as const,
    at: 1,
    opcode: 1,
    data: new Uint8Array(Buffer.from(text)),
  });
  at = await runningHost([
    makeSession({ id: 1, responseBody: '0123456789' }),
    makeSession({
      id: 2,
      status: 404,
      responseHeaders: [['Content-Encoding', 'gzip']],
      responseBody: gzipSync('hello'),
    }),
    makeSession({ id: 3, kind: 'websocket', status: 101, messages: ['a', 'b', 'c'].map(message) }),
    ...Array.from({ length: 7 }, (_, i) => makeSession({ id: i + 4, url: `https://b.test/${i}` })),
  ]);
});
afterAll(() => at[Symbol.asyncDispose]());

const BY_ID = { by: 'id', descending: false } as const;
const query = (change = {}) => ({ filter: '', order: BY_ID, offset: 0, limit: 10, ...change });
const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

describe('the list', () => {
  it('is a window on what passes, in an order', async () => {
    const { client } = at;
    const newest = { by: 'id', descending: true } as const;
    const item = await firstItem(
      client.open('sessions.watch', query({ filter: 'host:b.test', order: newest, offset: 2, limit: 3 })),
    );
    expect({ ...item, rows: ids(item.rows) }).toEqual({ offset: 2, rows: [8, 7, 6], matched: 7, total: 10 });
  });

  it('follows live traffic', async () => {
    await using origin = await httpOrigin((_, response) => response.end('{}'));
    const seen = firstItem(
      at.client.open('sessions.watch', query({ filter: 'path:/live' })),
      ({ rows }) => rows[0]?.status === 200,
    );
    await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/live` });
    expect((await seen).rows).toMatchObject([{ method: 'GET', state: 'completed' }]);
  });

  it('is had as numbers, and knows where a session stands', async () => {
    const filter = 'host:b.test';
    const numbers = await at.client.call('sessions.ids', { filter, order: BY_ID, offset: 1, limit: 2 });
    expect(numbers).toEqual({ ids: [5, 6] });
    const position = (id: number) => at.client.call('sessions.position', { filter, order: BY_ID, id });
    expect(await position(6)).toEqual({ offset: 2 });
    expect(await position(1)).toEqual({ offset: -1 });
  });

  it('is filtered by what stands inside of sessions, and then exact', async () => {
    const answered = firstItem(
      at.client.open('sessions.watch', query({ filter: 'body:hello or ws:b' })),
      ({ counting }) => counting !== true,
    );
    expect(await answered).toMatchObject({ matched: 2, rows: [{ id: 2 }, { id: 3 }] });
    const filter = 'id<=10 and not body:0123 and not header:content-encoding';
    const listed = await at.client.call('sessions.ids', { filter, order: BY_ID, offset: 0, limit: 100 });
    expect(listed.ids).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await at.client.call('sessions.position', { filter: 'body:hello', order: BY_ID, id: 2 })).toEqual({
      offset: 0,
    });
  });

  it('is had as a table', async () => {
    const table = (
      await firstItem(
        at.client.open('sessions.stats', { query: 'host:b.test | count, max(duration) by host' }),
        (item) => item.table !== undefined,
      )
    ).table;
    expect(table).toEqual({
      columns: [
        { title: 'host', kind: 'text' },
        { title: 'count', kind: 'number' },
        { title: 'max(duration)', kind: 'duration' },
      ],
      rows: [['b.test', 7, 20]],
      sessions: 7,
      groups: 1,
      left: 0,
    });
    await expect(firstItem(at.client.open('sessions.stats', { query: '| cuont' }))).rejects.toMatchObject({
      code: 'filter-syntax',
    });
  });

  it('tells the values it has seen', async () => {
    expect(await at.client.call('sessions.values', { field: 'host', prefix: 'b' })).toEqual({
      values: ['b.test'],
    });
    expect(await at.client.call('sessions.values', { field: 'header', names: true, prefix: 'enc' })).toEqual({
      values: ['content-encoding'],
    });
  });

  it('says where a filter is wrong', async () => {
    const wrong = firstItem(at.client.open('sessions.watch', query({ filter: 'status:>' })));
    await expect(wrong).rejects.toMatchObject({ code: 'filter-syntax' });
    await expect(firstItem(at.client.open('sessions.watch', query({ limit: 1001 })))).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});

describe('a session', () => {
  it('is told until it has ended', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: go, resolve: answer } = Promise.withResolvers<void>();
    await using origin = await httpOrigin(async (_, response) => {
      ask();
      await go;
      response.end('done');
    });
    const traffic = viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/slow` });
    await asked;
    const { rows } = await firstItem(
      at.client.open('sessions.watch', query({ filter: 'path:/slow' })),
      (item) => item.rows.length > 0,
    );
    const states: string[] = [];
    for await (const { row } of at.client.open('sessions.get', { id: rows[0]?.id ?? 0 })) {
      states.push(row.state);
      answer();
    }
    expect([states[0], states.at(-1)]).toEqual(['active', 'completed']);
    await traffic;
  });

  it('that is not there is an error', async () => {
    await expect(firstItem(at.client.open('sessions.get', { id: 999 }))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('a body', () => {
  const body = (change = {}) =>
    at.client.call('sessions.body', {
      id: 1,
      side: 'response',
      decoded: false,
      start: 0,
      end: 100,
      ...change,
    });
  const text = async (change = {}) => {
    const { data, total } = await body(change);
    return [Buffer.from(data).toString(), total];
  };

  it('is read by range, as captured or as it says', async () => {
    expect(await text()).toEqual(['0123456789', 10]);
    expect(await text({ start: 2, end: 4 })).toEqual(['23', 10]);
    expect(await text({ start: 4, end: 4 })).toEqual(['', 10]);
    expect(await text({ id: 2, decoded: true })).toEqual(['hello', 5]);
    expect(await text({ side: 'request' })).toEqual(['', 0]);
  });

  it('is not read whole at once when it is large', async () => {
    await expect(body({ end: 4 * 1024 * 1024 + 1 })).rejects.toMatchObject({ code: 'too-large' });
    await expect(body({ start: -1 })).rejects.toMatchObject({ code: 'bad-request' });
  });
});

it('messages are read by the page', async () => {
  const { messages, total } = await at.client.call('sessions.messages', { id: 3, from: 1, limit: 5 });
  expect([messages.map(({ index, data }) => [index, Buffer.from(data).toString()]), total]).toEqual([
    [
      [1, 'b'],
      [2, 'c'],
    ],
    3,
  ]);
  await expect(at.client.call('sessions.messages', { id: 999, from: 0, limit: 1 })).rejects.toMatchObject({
    code: 'not-found',
  });
});

describe('what people do to sessions', () => {
  it('marks and comments stay', async () => {
    await at.client.call('sessions.annotate', { ids: [1, 2], mark: 3 });
    await at.client.call('sessions.annotate', { ids: [1], comment: 'look' });
    const item = await firstItem(at.client.open('sessions.watch', query({ filter: 'mark:3' })));
    expect(item.rows).toMatchObject([
      { id: 1, mark: 3, comment: 'look' },
      { id: 2, mark: 3 },
    ]);
    await expect(at.client.call('sessions.annotate', { ids: [1], mark: 6 })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('what is removed is gone', async () => {
    expect(await at.client.call('sessions.remove', { ids: [4, 999] })).toEqual({ removed: 1 });
    const { removed } = await at.client.call('sessions.clear', {});
    expect(removed).toBeGreaterThanOrEqual(9);
    expect(await firstItem(at.client.open('sessions.watch', query()))).toMatchObject({ rows: [], total: 0 });
  });
});

// A window follows a store that grows while it is open.
const folder = temporaryFolder();
let store: CaptureStore;
let services: Services;
beforeAll(async () => {
  store = await openCapture(join(folder.path, 'a.sluice'), 'create');
  const stored = createChanges();
  store.onChange(() => stored.ring());
  services = { store, stored, bodies: createBodyViews(store) } as Partial<Services> as Services;
});
afterAll(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

let last = 0;
function add(count: number): Promise<void> {
  const sessions = Array.from({ length: count }, (_, i) => makeSession({ id: last + i + 1 }));
  last += count;
  return record(store, ...sessions);
}

/** The items of a window, each as [offset, ids, matched]. */
function windowOn(query: Partial<Params<'sessions.watch'>>) {
  const stop = new AbortController();
  const params = {
    filter: '',
    order: { by: 'id', descending: false },
    offset: 0,
    limit: 3,
    ...query,
  } as const;
  const items = sessionsHandlers(services)['sessions.watch'](params, stop.signal)[Symbol.asyncIterator]();
  const shown = ({ offset, rows, matched }: SessionWindow) => [offset, rows.map(({ id }) => id), matched];
  return {
    async next() {
      const item = await items.next();
      return item.done ? undefined : shown(item.value);
    },
    /** Items until one is that. */
    async until(wanted: unknown) {
      for (let item = await this.next(); item; item = await this.next()) {
        if (JSON.stringify(item) === JSON.stringify(wanted)) return;
      }
      expect.unreachable('the stream ended before it');
    },
    stop: () => stop.abort(),
  };
}

describe('a window', () => {
  it('of a fixed place stays there, one at the end goes with the list', async () => {
    await add(2);
    const start = windowOn({ offset: 1 });
    const end = windowOn({ fromEnd: true });
    expect(await start.next()).toEqual([1, [2], 2]);
    expect(await end.next()).toEqual([0, [1, 2], 2]);
    await add(5);
    await start.until([1, [2, 3, 4], 7]);
    await end.until([4, [5, 6, 7], 7]);
    await store.remove([6]);
    await end.until([3, [4, 5, 7], 6]);
    start.stop();
    end.stop();
  });

  it('at the end of a list in another order ends as that list does', async () => {
    const all = windowOn({ order: { by: 'method', descending: true }, limit: 100 });
    const end = windowOn({ order: { by: 'method', descending: true }, limit: 2, fromEnd: true });
    const [, ids] = (await all.next()) as [number, number[], number];
    expect(await end.next()).toEqual([ids.length - 2, ids.slice(-2), ids.length]);
    all.stop();
    end.stop();
  });

  it('at the end of a filtered list ends with the last that passes', async () => {
    const end = windowOn({ fromEnd: true, filter: 'id<=3', limit: 2 });
    expect(await end.next()).toEqual([1, [2, 3], 3]);
    end.stop();
  });

  it('refuses a filter that is none', () => {
    expect(() => windowOn({ filter: '(' })).toThrow(expect.objectContaining({ code: 'filter-syntax' }));
  });
});
