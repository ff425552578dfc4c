import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { http2Origin } from '../../testing/http2-origin.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { type Surroundings, surroundings } from '../contract-tests/bench-engine.ts';
import type { OutgoingRequest } from '../engine.ts';
import { Race } from './race.ts';
import { createWireEngine } from './wire-engine.ts';

/** What each writes is written down. */
function race(runners: number, patienceMs?: number) {
  const written: string[] = [];
  const race = new Race(runners, patienceMs);
  const join = (name: string) => {
    const runner = race.runner();
    return { ...runner, holds: () => runner.hold(() => void written.push(name)) };
  };
  return { written, join };
}

describe('a race', () => {
  it('lets nobody go before all are ready, and then all in one turn', () => {
    const { written, join } = race(3);
    const [a, b, c] = [join('a'), join('b'), join('c')];
    for (const one of [c, a]) {
      one.holds();
      one.ready();
    }
    expect(written).toEqual([]);
    b.holds();
    b.ready();
    expect(written).toEqual(['c', 'a', 'b']);
  });

  it('counts who is ready twice once', () => {
    const { written, join } = race(2);
    const a = join('a');
    a.holds();
    a.ready();
    a.ready();
    expect(written).toEqual([]);
    join('b').ready();
    expect(written).toEqual(['a']);
  });

  it('does not wait for who fell out', () => {
    const { written, join } = race(2);
    const a = join('a');
    a.holds();
    a.ready();
    // It has nothing to write: there is no connection.
    join('b').ready();
    expect(written).toEqual(['a']);
  });

  it('lets go after a while, and who comes later goes at once', async () => {
    const { written, join } = race(2, 5);
    const [a, b] = [join('a'), join('b')];
    a.holds();
    a.ready();
    await expect.poll(() => written).toEqual(['a']);
    b.holds();
    b.ready();
    expect(written).toEqual(['a', 'b']);
  });
});

describe('requests sent together', () => {
  let at: Surroundings;
  beforeAll(async () => {
    at = await surroundings(createWireEngine);
  });
  afterAll(() => at[Symbol.asyncDispose]());

  const RUNNERS = 5;
  const requests = (change: Partial<OutgoingRequest>) =>
    Array.from(
      { length: RUNNERS },
      (_, i): OutgoingRequest => ({
        method: 'GET',
        url: '',
        headers: [['X-Runner', String(i)]],
        body: new Uint8Array(),
        source: 'replay',
        ...change,
      }),
    );

  it.each([
    ['heads', { method: 'GET' }, /X-Runner: \d\r\n\r$/],
    ['bodies', { method: 'POST', body: Buffer.from('amount=1') }, /amount=$/],
  ])('wait on HTTP/1.1 with the last octet of their %s', async (_what, change, cut) => {
    const slow = Promise.withResolvers<void>();
    await using proxy = await at.start({
      lookup: (_name, _options, callback) =>
        void slow.promise.then(() => callback(null, [{ address: '127.0.0.1', family: 4 }])),
    });
    const answer = reply('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    await using origin = await rawOrigin({
      onRequest: (socket, received) => {
        if (change.method === 'GET' || received.toString().endsWith('amount=1')) answer(socket);
        else socket.once('data', () => answer(socket));
      },
    });
    const url = `${origin.url}/claim`;
    const [last, ...first] = requests({ ...change, url });
    if (last === undefined) throw new Error('no request');
    const ids = await proxy.engine.sendTogether?.([
      ...first,
      { ...last, url: url.replace('127.0.0.1', 'slow.test') },
    ]);
    const came = () => first.map((_, i) => cut.test(origin.received(i).toString('latin1')));
    await expect.poll(came).toEqual([true, true, true, true]);
    expect(proxy.sink.sessions().map(({ session }) => session.row.state)).toEqual(
      Array(RUNNERS).fill('active'),
    );
    slow.resolve();
    const ended = await Promise.all(
      (ids ?? []).map((id) => proxy.sink.find(({ row }) => row.id === id && row.state !== 'active')),
    );
    expect(ended.map(({ session }) => session.row.status)).toEqual(Array(RUNNERS).fill(200));
    expect(origin.connections()).toBe(RUNNERS);
  });

  it('wait on HTTP/2 as streams of one connection', async () => {
    await using proxy = await at.start();
    let begun = 0;
    let begunAtFirstEnd = 0;
    await using origin = await http2Origin(at.tls, (stream) => {
      begun += 1;
      stream.on('end', () => {
        begunAtFirstEnd ||= begun;
        stream.respond({ ':status': 200 });
        stream.end('ok');
      });
      stream.resume();
    });
    const ids = await proxy.engine.sendTogether?.(
      requests({ url: `${origin.url}/claim`, httpVersion: 'HTTP/2.0' }),
    );
    const ended = await Promise.all(
      (ids ?? []).map((id) => proxy.sink.find(({ row }) => row.id === id && row.state !== 'active')),
    );
    expect(ended.map(({ session }) => session.row.status)).toEqual(Array(RUNNERS).fill(200));
    expect(ended[0]?.session.request.head).toMatchObject({
      httpVersion: 'HTTP/2.0',
      headers: [['x-runner', '0']],
    });
    expect(begunAtFirstEnd).toBe(RUNNERS);
    expect(origin.connections()).toBe(1);
  });

  it('do not wait for one that cannot connect', async () => {
    await using proxy = await at.start();
    await using origin = await rawOrigin({ onRequest: reply('HTTP/1.1 204 No Content\r\n\r\n') });
    const [first, ...others] = requests({ url: `${origin.url}/` });
    if (first === undefined) throw new Error('no request');
    const ids = await proxy.engine.sendTogether?.([{ ...first, url: 'http://127.0.0.1:1/' }, ...others]);
    const ended = await Promise.all(
      (ids ?? []).map((id) => proxy.sink.find(({ row }) => row.id === id && row.state !== 'active')),
    );
    expect(ended.map(({ session }) => session.row.status ?? session.row.error)).toEqual([
      'refused',
      204,
      204,
      204,
      204,
    ]);
  });

  it('are not sent at all when one cannot be', async () => {
    await using proxy = await at.start();
    const [first, ...others] = requests({ url: 'http://127.0.0.1:1/' });
    if (first === undefined) throw new Error('no request');
    await expect(
      proxy.engine.sendTogether?.([...others, { ...first, url: 'nowhere' }]),
    ).rejects.toMatchObject({ code: 'bad-url' });
    expect(proxy.sink.sessions()).toEqual([]);
  });
});
