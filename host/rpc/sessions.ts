/** `sessions.*`: windows on the list, one session with its bodies and messages, and what people do to sessions. */
import { SluiceError } from '#model/errors.ts';
import type { Table } from '#model/filter/aggregate.ts';
import type { Session, SessionId } from '#model/session.ts';
import type { StorePage, StoreQuery } from '#store/capture-store.ts';
import { sessionOf } from '../bodies.ts';
import { cellsOf } from '../cells.ts';
import { filterOf } from '../filter-text.ts';
import type { Services } from '../services.ts';
import { stats, statsQuery } from '../stats.ts';
import { valuesSeen } from '../values-seen.ts';
import { createChanges, latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

/** A list is queried at most this often. */
const LIST_GAP_MS = 50;
const MAX_BODY_READ = 4 * 1024 * 1024;
const MOST_TABLE_ROWS = 10_000;

/** As the contract has it: arrays that may be changed, and not too many. */
const shownTable = ({ columns, rows, ...counts }: Table) => ({
  ...counts,
  columns: [...columns],
  rows: rows.slice(0, MOST_TABLE_ROWS).map((row) => [...row]),
});

export function sessionsHandlers({ store, bodies, stored }: Services): HandlerGroup<'sessions'> {
  /** The session now and after each change to it, until it has ended. */
  async function* watchSession(id: SessionId, signal: AbortSignal): AsyncGenerator<Session> {
    const own = createChanges();
    using _ = store.onChange(({ changed, removed }) => {
      if (removed || changed.includes(id)) own.ring();
    });
    for await (const session of latest(own, () => sessionOf(store, id), signal, LIST_GAP_MS)) {
      yield session;
      if (session.row.state !== 'active') return;
    }
  }

  /** What is known within a moment: a long count goes on with the next item, and ends when nobody wants that. */
  async function peekWhile(query: StoreQuery, signal: AbortSignal): Promise<StorePage> {
    const due = performance.now() + LIST_GAP_MS;
    let page = await store.peek(query);
    while (!page.counted && performance.now() < due && !signal.aborted) page = await store.peek(query);
    return page;
  }

  return {
    'sessions.watch': ({ filter, order, offset, fromEnd, limit }, signal) => {
      // The end of the list is the beginning of the list turned round: one question, so that nothing comes in between.
      const asked = fromEnd ? { by: order.by, descending: !order.descending } : order;
      const query = { filter: filterOf(filter), order: asked, offset: fromEnd ? 0 : offset, limit };
      const compute = async () => {
        const { rows, matched, total, counted } = await peekWhile(query, signal);
        const counts = { matched, total, ...(counted ? {} : { counting: true }) };
        if (!fromEnd) return { offset, rows: [...rows], ...counts };
        return { offset: matched - rows.length, rows: rows.toReversed(), ...counts };
      };
      return latest(stored, compute, signal, LIST_GAP_MS, ({ counting }) => counting !== true);
    },
    'sessions.ids': async ({ filter, order, offset, limit }) => ({
      ids: await store.ids({ filter: filterOf(filter), order, offset, limit }),
    }),
    'sessions.position': async ({ filter, order, id }) => ({
      offset: await store.position({ filter: filterOf(filter), order }, id),
    }),
    'sessions.stats': async function* ({ query }, signal) {
      for await (const { counted, table } of stats(store, statsQuery(query))) {
        if (signal.aborted) return;
        yield table === undefined ? { counted } : { counted, table: shownTable(table) };
      }
    },
    'sessions.values': async ({ field, prefix, ...of }) => {
      const { name, names } = of;
      const wanted = { field, prefix, ...(name === undefined ? {} : { name }), ...(names ? { names } : {}) };
      return { values: await valuesSeen(store, wanted) };
    },
    'sessions.cells': async ({ ids, fields }) => ({ cells: await cellsOf(store, ids, fields) }),
    'sessions.get': ({ id }, signal) => watchSession(id, signal),
    'sessions.body': async ({ id, side, decoded, start, end }) => {
      if (end - start > MAX_BODY_READ) {
        throw new SluiceError('too-large', `Read at most ${MAX_BODY_READ} bytes of a body at once.`);
      }
      const { total, problem, read } = await bodies.open(id, side, decoded);
      const data = end > start ? await read(start, end) : new Uint8Array();
      return { data, total, ...(problem === undefined ? {} : { problem }) };
    },
    'sessions.messages': async ({ id, from, limit }) => {
      const { messageCount } = await sessionOf(store, id);
      return { messages: await store.messages(id, from, limit), total: messageCount };
    },
    'sessions.findings': async ({ id }) => ({ findings: await store.findings(id) }),
    'sessions.annotate': async ({ ids, mark, comment }) => {
      await store.annotate(ids, {
        ...(mark === undefined ? {} : { mark }),
        ...(comment === undefined ? {} : { comment }),
      });
      return {};
    },
    'sessions.remove': async ({ ids }) => ({ removed: await store.remove(ids) }),
    'sessions.clear': async () => ({ removed: await store.remove('all') }),
  };
}
