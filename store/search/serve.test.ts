import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { decodeWhole, looking, searchedCapture } from '../testing/searched-capture.ts';
import type { FromSearch, ToSearch } from './protocol.ts';
import { FIRST_CREDIT, serveSearch } from './serve.ts';

/** A server on this thread and what it says. */
function serving(folder: string, index: boolean) {
  const { port1, port2 } = new MessageChannel();
  const said: FromSearch[] = [];
  let wake = () => {};
  port2.on('message', (message: FromSearch) => {
    said.push(message);
    wake();
  });
  const closed = new Promise<void>((resolve) => {
    port2.once('close', () => resolve());
  });
  serveSearch(port1, { folder, index }, decodeWhole);
  return {
    said,
    ask: (message: ToSearch) => port2.postMessage(message),
    /** The first message that passes. */
    async until(passes: (message: FromSearch) => boolean): Promise<FromSearch> {
      for (;;) {
        const found = said.find(passes);
        if (found) return found;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async [Symbol.asyncDispose]() {
      port2.postMessage({ type: 'close' } satisfies ToSearch);
      await closed;
    },
  };
}

const sessions = (count: number, size: number) =>
  Array.from({ length: count }, (_, i) =>
    makeSession({ id: i + 1, responseBody: `needle ${'x'.repeat(size)}` }),
  );
/** Ends with what it has room for at once, however slow the machine is. */
const SHORT = looking('needle', { filter: { type: 'number', field: 'id', operator: '<', value: 3 } });
const isItem = (search: number) => (message: FromSearch) =>
  message.type === 'item' && message.search === search;
const isEnd = (search: number) => (message: FromSearch) =>
  message.type === 'end' && message.search === search;
const indexedAll = (message: FromSearch) => message.type === 'index' && !message.status.working;

it('indexes what it is allowed to, and no more', async () => {
  await using at = await searchedCapture(sessions(30, 10));
  await using server = serving(at.path, true);
  expect(await server.until(({ type }) => type === 'index')).toMatchObject({
    status: { indexed: 0, sessions: 30, working: true },
  });
  server.ask({ type: 'allow', sessions: 10 });
  server.ask({ type: 'find', search: 1, query: SHORT });
  await server.until(isEnd(1));
  expect(server.said.some(indexedAll)).toBe(false);
  server.ask({ type: 'allow', sessions: 100 });
  expect(await server.until(indexedAll)).toMatchObject({ status: { indexed: 30, sessions: 30 } });
});

it('runs only as far ahead as there is room for', async () => {
  await using at = await searchedCapture(sessions(400, 60_000));
  await using server = serving(at.path, false);
  // A pattern that takes its time in every body, on any machine.
  const long = looking('needle|x+y', { regex: true, places: ['response-body'] });
  server.ask({ type: 'find', search: 7, query: long });
  await server.until(isItem(7));
  server.ask({ type: 'find', search: 8, query: SHORT });
  await server.until(isEnd(8));
  // The other one waits for whoever reads it.
  expect(server.said.filter(isItem(7)).length).toBeLessThanOrEqual(FIRST_CREDIT);
  expect(server.said.some(isEnd(7))).toBe(false);
  server.ask({ type: 'stop', search: 7 });
  server.ask({ type: 'find', search: 9, query: SHORT });
  await server.until(isEnd(9));
  const before = server.said.filter(isItem(7)).length;
  server.ask({ type: 'more', search: 7 });
  server.ask({ type: 'find', search: 10, query: SHORT });
  await server.until(isEnd(10));
  expect(server.said.filter(isItem(7)).length).toBe(before);
});

it('says why something cannot be done, and goes on', async () => {
  await using at = await searchedCapture(sessions(1, 1));
  await using server = serving(at.path, false);
  server.ask({ type: 'find', search: 1, query: looking('(', { regex: true }) });
  expect(await server.until(({ type }) => type === 'error')).toMatchObject({
    search: 1,
    code: 'bad-request',
  });
  server.ask({ type: 'find', search: 2, query: looking('needle') });
  await server.until(isEnd(2));
});

it('that cannot open its capture says so and ends', async () => {
  const { port1, port2 } = new MessageChannel();
  const said = new Promise((resolve) => {
    port2.once('message', resolve);
  });
  serveSearch(port1, { folder: '/nowhere', index: true }, decodeWhole);
  expect(await said).toMatchObject({ type: 'failed', code: 'capture-missing' });
  port2.close();
});
