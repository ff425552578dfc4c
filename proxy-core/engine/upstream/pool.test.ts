import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { listening, type Origin } from '../../testing/origin.ts';
import { Pool, type Poolable, type PoolLimits } from './pool.ts';

let origin: Origin;
/** The origin's ends of the connections, in order. */
let ends: Socket[];
let pool: Pool<Poolable>;
let made: Poolable[];
beforeEach(async () => {
  ends = [];
  made = [];
  pool = new Pool();
  origin = await listening(createServer({ allowHalfOpen: true }, (socket) => ends.push(socket)));
});
afterEach(async () => {
  pool[Symbol.dispose]();
  for (const { socket } of made) socket.destroy();
  await origin[Symbol.asyncDispose]();
});

/** A connection of that key, in use. */
async function connection(key = 'a'): Promise<Poolable> {
  const socket = connect(origin.port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  await expect.poll(() => ends.length).toBe(made.length + 1);
  const one: Poolable = { socket, key, idleSince: 0, uses: 0 };
  made.push(one);
  return one;
}

const limited = (limits: Partial<PoolLimits>) => {
  pool[Symbol.dispose]();
  pool = new Pool(limits);
};

describe('what is given back is found again', () => {
  it('under its key, once, the last one first', async () => {
    const [one, two, other] = [await connection(), await connection(), await connection('b')];
    for (const each of [one, two, other]) pool.release(each);
    expect(pool.size).toBe(3);
    expect(pool.acquire('a')).toBe(two);
    expect(pool.acquire('a')).toBe(one);
    expect(pool.acquire('a')).toBeUndefined();
    expect(pool.acquire('c')).toBeUndefined();
    expect(pool.acquire('b')).toBe(other);
    expect(pool.size).toBe(0);
  });

  it('with the number of times it was taken', async () => {
    const one = await connection();
    for (const uses of [1, 2, 3]) {
      pool.release(one);
      expect(pool.acquire('a')?.uses).toBe(uses);
    }
  });

  it('even when it was paused, and no listener is left on it', async () => {
    const one = await connection();
    const listeners = () => ['data', 'end', 'close', 'error'].map((name) => one.socket.listenerCount(name));
    const before = listeners();
    one.socket.pause();
    pool.release(one);
    expect(pool.acquire('a')).toBe(one);
    expect(listeners()).toEqual(before);
  });

  it('once, though it was given back twice', async () => {
    const one = await connection();
    pool.release(one);
    pool.release(one);
    expect(pool.acquire('a')).toBe(one);
    expect(pool.acquire('a')).toBeUndefined();
    expect(one.socket.listenerCount('data')).toBe(0);
  });

  it('and carries the next exchange', async () => {
    const one = await connection();
    pool.release(one);
    expect(pool.acquire('a')).toBe(one);
    one.socket.write('ping');
    expect(String((await once(ends[0] as Socket, 'data'))[0])).toBe('ping');
    ends[0]?.write('pong');
    expect(String((await once(one.socket, 'data'))[0])).toBe('pong');
  });
});

describe('an idle connection is dropped when', () => {
  it.each<[string, (end: Socket) => void]>([
    ['the origin says something', (end) => end.write('HTTP/1.1 408 Request Timeout\r\n\r\n')],
    ['the origin ends it', (end) => end.end()],
    ['the origin resets it', (end) => end.resetAndDestroy()],
  ])('%s', async (_what, act) => {
    const one = await connection();
    const two = await connection();
    pool.release(one);
    pool.release(two);
    act(ends[1] as Socket);
    await expect.poll(() => pool.size).toBe(1);
    expect(two.socket.destroyed).toBe(true);
    expect(pool.acquire('a')).toBe(one);
    expect(pool.acquire('a')).toBeUndefined();
  });

  it('it has been idle too long; one timer sees to all', async () => {
    limited({ idle: 60 });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    for (let i = 0; i < 5; i += 1) pool.release(await connection(String(i)));
    expect(timers()).toBeLessThanOrEqual(before + 1);
    await expect.poll(() => pool.size).toBe(0);
    expect(made.every(({ socket }) => socket.destroyed)).toBe(true);
    const again = await connection();
    pool.release(again);
    await expect.poll(() => pool.size).toBe(0);
  });

  it('more of its key come than may be: the oldest goes', async () => {
    limited({ perKey: 2 });
    const [one, two, three] = [await connection(), await connection(), await connection()];
    for (const each of [one, two, three]) pool.release(each);
    expect(one.socket.destroyed).toBe(true);
    expect([pool.acquire('a'), pool.acquire('a'), pool.acquire('a')]).toEqual([three, two, undefined]);
  });

  it('more come in all than may be: the one idle longest goes, whatever its key', async () => {
    limited({ total: 2 });
    const [one, two, three] = [await connection('a'), await connection('b'), await connection('c')];
    for (const each of [one, two]) pool.release(each);
    expect(pool.acquire('a')).toBe(one);
    pool.release(one);
    pool.release(three);
    expect(two.socket.destroyed).toBe(true);
    expect(pool.size).toBe(2);
    expect(pool.acquire('b')).toBeUndefined();
  });
});

describe('what cannot be used is never handed out', () => {
  it('unread octets at release', async () => {
    const one = await connection();
    ends[0]?.write('surplus');
    await expect.poll(() => one.socket.read(0) ?? one.socket.readableLength).toBeGreaterThan(0);
    pool.release(one);
    expect(one.socket.destroyed).toBe(true);
    expect(pool.acquire('a')).toBeUndefined();
  });

  it('an ended, half-ended or destroyed socket at release', async () => {
    const [one, two] = [await connection(), await connection()];
    one.socket.end();
    two.socket.destroy();
    for (const each of [one, two]) {
      pool.release(each);
      expect(each.socket.destroyed).toBe(true);
    }
    expect(pool.size).toBe(0);
  });

  it('a socket that somebody destroyed while it was idle', async () => {
    const one = await connection();
    pool.release(one);
    one.socket.destroy();
    expect(pool.acquire('a')).toBeUndefined();
    expect(pool.size).toBe(0);
  });

  it('octets that wait to be written: the request was not whole', async () => {
    const one = await connection();
    while (one.socket.write(Buffer.alloc(1024 * 1024)));
    pool.release(one);
    expect(one.socket.destroyed).toBe(true);
  });
});

describe('79 a pinned connection (RFC 4559 §6)', () => {
  const mia = {};
  const ben = {};

  it('comes back to its owner and to nobody else', async () => {
    const one = await connection();
    pool.pin(one, mia);
    pool.release(one);
    expect(pool.size).toBe(1);
    expect(pool.acquire('a')).toBeUndefined();
    expect(pool.acquire('a', ben)).toBeUndefined();
    expect(pool.acquire('b', mia)).toBeUndefined();
    expect(pool.acquire('a', mia)).toBe(one);
    expect(pool.acquire('a', mia)).toBeUndefined();
    pool.release(one);
    expect(pool.acquire('a', mia)).toBe(one);
  });

  it('goes before others for its owner, who takes free ones when it is busy', async () => {
    const [pinned, free] = [await connection(), await connection()];
    pool.pin(pinned, mia);
    for (const each of [pinned, free]) pool.release(each);
    expect(pool.acquire('a', mia)).toBe(pinned);
    expect(pool.acquire('a', mia)).toBe(free);
  });

  it('ends with its owner, in use or not', async () => {
    const [idle, busy, other] = [await connection('a'), await connection('b'), await connection('a')];
    pool.pin(idle, mia);
    pool.pin(busy, mia);
    pool.pin(other, ben);
    pool.release(idle);
    pool.release(other);
    pool.dropOwner(mia);
    pool.dropOwner({});
    expect([idle, busy, other].map(({ socket }) => socket.destroyed)).toEqual([true, true, false]);
    expect(pool.acquire('a', mia)).toBeUndefined();
    expect(pool.acquire('a', ben)).toBe(other);
  });

  it('that ends by itself is gone for its owner too', async () => {
    const one = await connection();
    pool.pin(one, mia);
    pool.release(one);
    ends[0]?.end();
    await expect.poll(() => pool.size).toBe(0);
    expect(pool.acquire('a', mia)).toBeUndefined();
  });

  it('does not fill its key’s places, and ages like all others', async () => {
    limited({ perKey: 1, idle: 60 });
    const [pinned, free] = [await connection(), await connection()];
    pool.pin(pinned, mia);
    for (const each of [pinned, free]) pool.release(each);
    expect(pool.size).toBe(2);
    await expect.poll(() => pool.size).toBe(0);
  });

  it('cannot be one that anybody could have', async () => {
    const one = await connection();
    pool.release(one);
    expect(() => pool.pin(one, mia)).toThrow(TypeError);
  });
});

test('one that watches itself is not listened to, and leaves by its own word', async () => {
  const one: Poolable = { ...(await connection()), watchesItself: true };
  const listeners = () => ['data', 'end', 'close'].map((name) => one.socket.listenerCount(name));
  const before = listeners();
  pool.release(one);
  expect(listeners()).toEqual(before);
  pool.discard(one);
  expect(pool.size).toBe(0);
  expect(one.socket.destroyed).toBe(true);
  expect(pool.acquire('a')).toBeUndefined();
});

test('a closed pool keeps nothing', async () => {
  const [idle, pinned, late] = [await connection(), await connection(), await connection()];
  const owner = {};
  pool.pin(pinned, owner);
  pool.release(idle);
  pool[Symbol.dispose]();
  pool.release(late);
  expect([idle, pinned, late].every(({ socket }) => socket.destroyed)).toBe(true);
  expect(pool.size).toBe(0);
});

test('taking and giving back is cheap, and makes no timers', async () => {
  const one = await connection();
  pool.release(one);
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const rounds = 20_000;
  const start = performance.now();
  for (let i = 0; i < rounds; i += 1) {
    const taken = pool.acquire('a');
    if (!taken) throw new Error('it was there');
    pool.release(taken);
  }
  const each = ((performance.now() - start) * 1000) / rounds;
  process.stdout.write(`acquire and release: ${each.toFixed(2)} µs\n`);
  expect(each).toBeLessThan(50);
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(timers);
});
