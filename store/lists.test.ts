/** Filters and tables over a capture as the worker has it: real segments, and a decoder that is given from outside. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Aggregation } from '#model/filter/query.ts';
import { eventsOf, makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { ask, batchMaker, temporaryFolder } from './testing.ts';
import { openStore, type WorkerStore } from './worker-store.ts';

const stack: Disposable[] = [];
afterEach(() => {
  for (const one of stack.splice(0).reverse()) one[Symbol.dispose]();
});

/** Gunzips, and says so. */
const DECODER = `data:text/javascript,${encodeURIComponent(`
  import { gunzipSync } from 'node:zlib';
  export const decodeContent = async (bytes, coding) =>
    ({ bytes: coding === 'gzip' ? gunzipSync(bytes) : new TextEncoder().encode('coding ' + coding) });
`)}`;

function open(decoder: string | undefined, ...sessions: SessionOverrides[]): WorkerStore {
  const folder = temporaryFolder();
  const path = `${folder.path}/a.sluice`;
  const store = openStore({ path, mode: 'create', segmentBytes: 1e6, decoder }, () => {});
  stack.push(folder, { [Symbol.dispose]: () => store.calls.close() });
  const batch = batchMaker();
  sessions.forEach((one, i) => void store.write(batch(...eventsOf(makeSession({ id: i + 1, ...one })))));
  return store;
}

async function ids(store: WorkerStore, text: string): Promise<number[]> {
  while (!(await store.calls.look(ask(text).filter, [])));
  return store.calls.ids(ask(text));
}

describe('filters see', () => {
  it('bodies as they are meant, with a decoder', async () => {
    const coded = {
      responseHeaders: [['Content-Encoding', 'gzip']] as [string, string][],
      responseBody: gzipSync('needle'),
    };
    const other = { responseHeaders: [['Content-Encoding', 'br']] as [string, string][], responseBody: 'x' };
    expect(await ids(open(DECODER, coded, {}, other), 'resbody:needle')).toEqual([1]);
    expect(await ids(open(DECODER, coded, {}, other), 'resbody:"coding br"')).toEqual([3]);
    expect(await ids(open(undefined, coded, { responseBody: 'needle' }), 'resbody:needle')).toEqual([2]);
  });

  it('bodies in their charset, and messages', async () => {
    const latin = {
      responseHeaders: [['Content-Type', 'text/plain; charset=iso-8859-1']] as [string, string][],
      responseBody: new Uint8Array([0x63, 0x61, 0x66, 0xe9]),
    };
    const odd = {
      responseHeaders: [['Content-Type', 'text/plain; charset=nonsense']] as [string, string][],
      responseBody: 'café',
    };
    const message = {
      direction: 'sent' as const,
      at: 1,
      opcode: 1,
      data: new Uint8Array(Buffer.from('ping é')),
    };
    const store = open(undefined, latin, odd, { messages: [message, message] });
    expect(await ids(store, 'body:café')).toEqual([1, 2]);
    expect(await ids(store, 'ws:"ping é"')).toEqual([3]);
    expect(await ids(store, 'ws>=2')).toEqual([3]);
  });

  it('what people and checks add, at once', async () => {
    const store = open(undefined, {}, {});
    expect(await ids(store, 'todo')).toEqual([]);
    store.calls.annotate([2], { comment: 'todo' });
    expect(await ids(store, 'todo')).toEqual([2]);
    expect(await ids(store, 'finding:cookie')).toEqual([]);
    store.calls.putFindings(1, [
      {
        checkId: 'cookie-flags',
        sessionId: 1,
        severity: 'low',
        confidence: 'high',
        title: 'A cookie',
        detail: '',
        endpoint: '',
        parameter: '',
        evidence: [],
      },
    ]);
    expect(await ids(store, 'finding:cookie severity=low')).toEqual([1]);
  });

  it('a session that goes on', async () => {
    const store = open(undefined, { state: 'active', responseBody: 'first' });
    expect(await ids(store, 'body:second')).toEqual([]);
    store.write(batchMaker(100)({ type: 'response-data', id: 1, data: new TextEncoder().encode(' second') }));
    expect(store.calls.ids(ask('body:second'))).toEqual([]);
    expect(await ids(store, 'body:second')).toEqual([1]);
  });
});

describe('tables take from sessions', () => {
  const table = (key: Aggregation['keys'][number]): Aggregation => ({ keys: [key], columns: [] });

  it('what rows have, in order, a slice at a time', async () => {
    const store = open(
      undefined,
      ...Array.from({ length: 1200 }, (_, i) => ({ status: i % 2 === 0 ? 200 : 404 })),
    );
    const texts: string[] = [];
    for (let from: number | undefined = 0; from !== undefined; ) {
      const page = await store.calls.measure({
        filter: ask('status:404').filter,
        table: table({ field: 'id' }),
        from,
      });
      texts.push(...page.measured.map(({ keys }) => keys[0]?.[0] ?? ''));
      from = page.next;
    }
    expect(texts).toEqual(Array.from({ length: 600 }, (_, i) => String(2 * i + 2)));
  });

  it('newest first, and what stands inside', async () => {
    const store = open(
      undefined,
      ...['a', 'b', 'c'].map((name): SessionOverrides => ({ responseBody: `{"n":"${name}"}` })),
    );
    const table: Aggregation = {
      keys: [{ field: 'json', name: '$.n' }],
      columns: [{ name: 'max', of: { field: 'duration' } }],
    };
    const measured = [];
    let from = Number.MAX_SAFE_INTEGER;
    while (from > 0) {
      const page = await store.calls.measure({ filter: { type: 'all' }, table, newestFirst: true, from });
      measured.push(...page.measured);
      from = page.next ?? 0;
    }
    expect(measured).toEqual(['c', 'b', 'a'].map((name) => ({ keys: [[name]], numbers: [[20]] })));
  });

  it('none that the filter has not been answered for', async () => {
    const store = open(undefined, { responseBody: 'needle' }, {});
    const { filter } = ask('body:needle');
    const measured = async () =>
      (await store.calls.measure({ filter, table: table({ field: 'id' }) })).measured.length;
    expect(await measured()).toBe(0);
    await ids(store, 'body:needle');
    expect(await measured()).toBe(1);
  });
});
