import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { nameClients } from './name-clients.ts';
import type { ClientProcess } from './process-finder.ts';

const CURL = { name: 'curl', id: 7 };
const address = (connection: number) => `127.0.0.1:${50_000 + connection}`;

/** A finder whose looks the test answers, and the sessions that come out. */
function bench() {
  const looks: {
    addresses: readonly string[];
    answer: (found: Record<string, ClientProcess> | Error) => void;
  }[] = [];
  const written: string[] = [];
  const finder = {
    find: (addresses: readonly string[]) =>
      new Promise<Map<string, ClientProcess>>((resolve, reject) => {
        const answer = (found: Record<string, ClientProcess> | Error) =>
          found instanceof Error ? reject(found) : resolve(new Map(Object.entries(found)));
        looks.push({ addresses, answer });
      }),
    [Symbol.asyncDispose]: async () => void written.push('closed'),
  };
  const write = (event: CaptureEvent) => {
    const process = event.type === 'facts' && event.facts.process;
    written.push(
      `${event.type} ${'id' in event ? event.id : ''}${process ? ` ${process} ${event.facts.processId}` : ''}`,
    );
    return true;
  };
  const clients = nameClients({ write, drained: async () => undefined }, finder);
  const facts = (id: number, connection: number, from = address(connection)) =>
    clients.sink.write({ type: 'facts', id, facts: { clientConnection: connection, clientAddress: from } });
  const end = (id: number) => clients.sink.write({ type: 'end', id, at: 1, state: 'completed', timings: {} });
  /** Answers a look and lets what follows from it happen. */
  const answer = async (look: number, found: Record<string, ClientProcess> | Error) => {
    looks[look]?.answer(found);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { looks, written, clients, facts, end, answer };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('sessions from this machine', () => {
  it('say which program they came from, each connection looked up once', async () => {
    const { looks, written, clients, facts, end, answer } = bench();
    clients.arrived(address(1), 1);
    await answer(0, { [address(1)]: CURL });
    facts(10, 1);
    end(10);
    facts(11, 1);
    end(11);
    expect(written).toEqual(['facts 10 curl 7', 'end 10', 'facts 11 curl 7', 'end 11']);
    expect(looks.map(({ addresses }) => addresses)).toEqual([[address(1)]]);
    await clients[Symbol.asyncDispose]();
  });

  it('are told later when they are on their way already, and their end waits for it', async () => {
    const { written, clients, facts, end, answer } = bench();
    facts(10, 1);
    facts(11, 1);
    expect(end(11)).toBe(true);
    expect(written).toEqual(['facts 10', 'facts 11']);
    await answer(0, { [address(1)]: CURL });
    end(10);
    expect(written.slice(2)).toEqual(['facts 10 curl 7', 'facts 11 curl 7', 'end 11', 'end 10']);
    await clients[Symbol.asyncDispose]();
  });

  it('do not wait long: those that go on are told afterwards', async () => {
    const { written, clients, facts, end, answer } = bench();
    facts(10, 1);
    facts(11, 1);
    end(11);
    await vi.advanceTimersByTimeAsync(149);
    expect(written).not.toContain('end 11');
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual(['facts 10', 'facts 11', 'end 11']);
    await answer(0, { [address(1)]: CURL });
    expect(written.slice(3)).toEqual(['facts 10 curl 7']);
    await clients[Symbol.asyncDispose]();
  });

  it('come from nobody known, where the system does not know', async () => {
    const { written, clients, facts, end, answer } = bench();
    facts(10, 1);
    end(10);
    await answer(0, {});
    facts(11, 1);
    end(11);
    expect(written).toEqual(['facts 10', 'end 10', 'facts 11', 'end 11']);
    await clients[Symbol.asyncDispose]();
  });
});

describe('looking', () => {
  it('answers for all that wait, one look at a time, and a tenth of the time at most', async () => {
    const { looks, clients, answer } = bench();
    for (const connection of [1, 2, 3]) clients.arrived(address(connection), connection);
    expect(looks.map(({ addresses }) => addresses)).toEqual([[address(1)]]);
    await vi.advanceTimersByTimeAsync(20);
    await answer(0, {});
    await vi.advanceTimersByTimeAsync(199);
    expect(looks).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks[1]?.addresses).toEqual([address(2), address(3)]);
    await answer(1, {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(looks).toHaveLength(2);
    await clients[Symbol.asyncDispose]();
  });

  it('is not done for others than this machine, nor for what has no connection', async () => {
    const { looks, written, clients, facts, end } = bench();
    facts(10, 1, '192.168.1.7:50000');
    end(10);
    clients.sink.write({ type: 'facts', id: 11, facts: { serverAddress: '127.0.0.1:80' } });
    clients.arrived(undefined, 4);
    expect([looks.length, written.length]).toEqual([0, 3]);
    await clients[Symbol.asyncDispose]();
  });

  it('is given up where the system does not tell', async () => {
    const { looks, written, clients, facts, end, answer } = bench();
    for (const connection of [1, 2, 3, 4]) {
      facts(connection, connection);
      await answer(connection - 1, new Error('no such command'));
      end(connection);
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(looks).toHaveLength(3);
    expect(written.filter((line) => line.startsWith('end'))).toHaveLength(4);
    await clients[Symbol.asyncDispose]();
  });

  it('remembers so many connections and no more', async () => {
    const { looks, clients, answer } = bench();
    for (let connection = 1; connection <= 10_001; connection++) clients.arrived('[::1]:5', connection);
    await answer(0, {});
    clients.arrived('[::1]:5', 10_001);
    clients.arrived('[::1]:6', 1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(looks[1]?.addresses.filter((one) => one === '[::1]:6')).toEqual(['[::1]:6']);
    await clients[Symbol.asyncDispose]();
  });
});

it('ends what waits when it is closed', async () => {
  const { written, clients, facts, end } = bench();
  facts(10, 1);
  end(10);
  await clients[Symbol.asyncDispose]();
  expect(written).toEqual(['facts 10', 'end 10', 'closed']);
});

it('is not in the way without a finder', async () => {
  const sink = { write: () => true, drained: async () => undefined };
  await using clients = nameClients(sink, undefined);
  clients.arrived(address(1), 1);
  expect(clients.sink).toBe(sink);
});
