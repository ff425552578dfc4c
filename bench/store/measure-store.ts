/**
 * Runs as a process of its own, so that what it takes of memory is the store's: adds sessions to a capture and then asks it everything that
 * people ask. Prints one JSON object a line. Arguments: path of the capture, id of the first session, of the last.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionOrder, SortKey } from '#model/contract/contract.ts';
import { parseFilter } from '#model/filter/parse.ts';
import type { CaptureStore, StoreQuery } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';
import { quantile } from '../statistics.ts';
import { sessionEvents } from './traffic.ts';

/** Runs of each question; the 95th of a hundred is what is told. */
const RUNS = 21;
const PAGE = 100;
const GETS = 500;
export const FILTERS = [
  'status:404',
  'host:h13',
  'host:h13 status:404',
  'method:post duration>900',
  'path:/orders/77',
  'url:acme.test/orders/123',
  'size>10000',
  'orders',
  'nowhere-to-be-found',
] as const;
export const ORDERS: readonly SortKey[] = [
  'time',
  'host',
  'path',
  'size',
  'duration',
  'status',
  'method',
  'type',
  'protocol',
];

const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);
const rss = () => process.memoryUsage.rss() / 1e6;

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const at = performance.now();
  const value = await work();
  return { ms: performance.now() - at, value };
}

function queryOf(text: string, order: SessionOrder): StoreQuery {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return { filter: parsed.filter, order, offset: 0, limit: PAGE };
}

/** The 95th percentile of a question asked again and again, as a window asks it. */
async function p95(store: CaptureStore, query: StoreQuery): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) times.push((await timed(() => store.peek(query))).ms);
  return quantile(times, 0.95);
}

async function ingest(store: CaptureStore, from: number, to: number): Promise<void> {
  const cpu = process.cpuUsage();
  let most = 0;
  const { ms } = await timed(async () => {
    for (let id = from; id <= to; id++) {
      for (const event of sessionEvents(id)) if (!store.write(event)) await store.drained();
      if (id % 5000 === 0) most = Math.max(most, rss());
    }
    await store.flush();
  });
  const { user, system } = process.cpuUsage(cpu);
  const count = to - from + 1;
  say({
    what: 'ingest',
    perSecond: (count / ms) * 1000,
    cpuMicros: (user + system) / count,
    rss: Math.max(most, rss()),
    bytes: (await store.totals()).diskBytes,
  });
}

async function open(path: string): Promise<CaptureStore> {
  const read = await timed(() => openCapture(path, 'read'));
  const { ms: firstPage } = await timed(() => read.value.peek(queryOf('', { by: 'id', descending: true })));
  await read.value.close();
  const write = await timed(() => openCapture(path, 'write'));
  say({ what: 'open', readMs: read.ms, firstPageMs: firstPage, writeMs: write.ms });
  return write.value;
}

async function filters(store: CaptureStore): Promise<void> {
  for (const text of FILTERS) {
    const query = queryOf(text, { by: 'id', descending: true });
    const first = await timed(() => store.peek(query));
    const counted = await timed(() => store.query(query));
    say({
      what: 'filter',
      text,
      firstMs: first.ms,
      rows: first.value.rows.length,
      countMs: first.ms + counted.ms,
      matched: counted.value.matched,
      p95: await p95(store, query),
    });
  }
}

async function orders(store: CaptureStore): Promise<void> {
  for (const by of ORDERS) {
    const query = queryOf('', { by, descending: true });
    const first = await timed(() => store.peek(query));
    // The index is made once nobody waits.
    await delay(20);
    const indexed = await timed(() => store.totals());
    const middle = { ...query, offset: Math.floor(first.value.total / 2) };
    say({
      what: 'order',
      by,
      firstMs: first.ms,
      indexMs: indexed.ms,
      p95: await p95(store, query),
      middleP95: await p95(store, middle),
    });
  }
}

async function gets(store: CaptureStore, count: number): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < GETS; i++) {
    const id = 1 + ((i * 7919) % count);
    times.push((await timed(() => store.get(id))).ms);
  }
  say({ what: 'get', p95: quantile(times, 0.95) });
}

const [path = '', from = '', to = ''] = process.argv.slice(2);
const filling = await openCapture(path, 'write');
await ingest(filling, Number(from), Number(to));
const { ms: closeMs } = await timed(() => filling.close());
say({ what: 'close', closeMs });
const store = await open(path);
await filters(store);
await orders(store);
await gets(store, Number(to));
say({ what: 'memory', rss: rss() });
await store.close();
