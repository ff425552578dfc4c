import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { ask, open, pair, server } from '../../testing/http2-ends.ts';
import { frame, headers, TYPE, uint32 } from '../../testing/http2-frames.ts';

describe('a paused stream', () => {
  it('holds what comes and its end, and gives it in order', () => {
    const { client, server, settle } = pair();
    const stream = open(client, false);
    settle();
    const [there] = server.streams;
    there?.pause();
    stream.write(Buffer.from('one '));
    stream.write(Buffer.from('two'));
    stream.end([['t', '1']]);
    settle();
    expect(server.events).toEqual(['opened 1 4']);
    there?.resume();
    expect(server.events.slice(1)).toEqual(['data 1 one two', 'end 1 t=1']);
  });

  it('lets its window run out, and others go on', () => {
    const { client, server, settle } = pair();
    const [stalled, other] = [open(client, false), open(client, false)];
    settle();
    server.streams[0]?.pause();
    for (let i = 0; i < 20; i += 1) stalled.write(Buffer.alloc(64 * 1024));
    settle();
    expect(stalled.waiting).toBe(true);
    other.write(Buffer.from('through'));
    settle();
    expect(server.events).toContain('data 3 through');
    server.streams[0]?.resume();
    settle();
    expect([stalled.waiting, client.events]).toEqual([false, ['drained 1']]);
  });

  it('hands on what it holds before it says that the stream was reset', () => {
    const { client, server, settle } = pair();
    const stream = open(client, false);
    settle();
    server.streams[0]?.pause();
    stream.write(Buffer.from('part'));
    stream.reset(8);
    settle();
    expect(server.events.slice(1)).toEqual(['data 1 part', 'reset 1 8 by peer']);
  });
});

describe('resets', () => {
  it('never come after an end of data', () => {
    const { client, server, settle } = pair();
    open(client);
    settle();
    const [there] = server.streams;
    there?.sendHead([[':status', '200']], [], false);
    there?.write(Buffer.from('part'));
    there?.reset(2);
    expect(server.sent().map(({ type, flags }) => [type, flags])).toEqual([
      [TYPE.headers, 4],
      [TYPE.data, 0],
      [TYPE.reset, 0],
    ]);
  });

  it('an answer before the whole request ends it once it is out', () => {
    const { client, server, settle } = pair();
    open(client, false);
    settle();
    const [there] = server.streams;
    server.connection.congested = true;
    there?.sendHead([[':status', '413']], [], false);
    there?.write(Buffer.from('too much'));
    there?.end();
    there?.resetAfter(0);
    expect(there?.closed).toBe(false);
    server.connection.congested = false;
    server.connection.pump();
    expect(server.sent().map(({ type, flags }) => [type, flags])).toEqual([
      [TYPE.headers, 4],
      [TYPE.data, 1],
      [TYPE.reset, 0],
    ]);
  });

  it.each([0, 8])('%i of a client after its whole request says that it is gone', (code) => {
    const made = server(ask(1), frame(TYPE.reset, 0, 1, uint32(code)));
    expect(made.events.slice(2)).toEqual([`reset 1 ${code} by peer`]);
  });

  it('NO_ERROR after the whole answer leaves the answer whole', () => {
    const { client, server, settle } = pair();
    const stream = open(client, false);
    settle();
    const [there] = server.streams;
    there?.sendHead([[':status', '200']], [], true);
    there?.resetAfter(0);
    settle();
    expect(client.events).toEqual(['head 1 200 whole', 'end 1 ']);
    expect([stream.closed, stream.write(Buffer.from('more'))]).toEqual([true, true]);
  });
});

describe('faults of a stream', () => {
  const post = (...more: HeaderPair[]) => ask(1, 0, ...more);
  it.each([
    ['data after its end', [frame(TYPE.data, 1, 1, Buffer.from('x')), frame(TYPE.data, 0, 1)], 5],
    ['fields after its end', [frame(TYPE.data, 1, 1), headers(1, [['a', 'b']])], 5],
    ['fields in the middle', [headers(1, [['a', 'b']], 0)], 1],
    ['pseudo-fields in trailers', [headers(1, [[':status', '200']])], 1],
    ['a window that adds nothing', [frame(TYPE.windowUpdate, 0, 1, uint32(0))], 1],
    ['a window that is too large', [frame(TYPE.windowUpdate, 0, 1, uint32(0x7fff_ffff))], 3],
  ] as const)('%s', (_name, frames, code) => {
    const made = server(post());
    made.sent();
    made.connection.push(Buffer.concat([...frames]), 0);
    const [reset] = made.sent().filter(({ type }) => type === TYPE.reset);
    expect([reset?.stream, reset?.payload.readUInt32BE()]).toEqual([1, code]);
    expect(made.events.at(-1)).toMatch(new RegExp(`^reset 1 ${code} by fault `));
    expect(made.connection.over).toBe(false);
  });

  it.each([
    ['shorter', 'hi', 1],
    ['longer', 'hello!', 0],
  ] as const)('a body that is %s than its length', (_name, body, flags) => {
    const made = server(post());
    made.streams[0]?.expect(5);
    made.connection.push(frame(TYPE.data, flags, 1, Buffer.from(body)), 0);
    expect(made.events.at(-1)).toMatch(/^reset 1 1 by fault the body is not the 5 octets/);
    expect(made.events).not.toContain('end 1 ');
  });

  it('a length without a body at all', () => {
    const made = server(post());
    made.streams[0]?.expect(5);
    made.connection.push(headers(1, [['t', '1']]), 0);
    expect(made.events.at(-1)).toMatch(/by fault/);
  });

  it('frames of a stream that is over are read over', () => {
    const made = server(ask(1), frame(TYPE.reset, 0, 1, uint32(8)));
    made.sent();
    made.connection.push(
      Buffer.concat([
        frame(TYPE.data, 0, 1, Buffer.from('x')),
        headers(1, [['t', '1']]),
        frame(TYPE.windowUpdate, 0, 1, uint32(5)),
        frame(TYPE.reset, 0, 1, uint32(8)),
        frame(TYPE.ping, 0, 0, Buffer.alloc(8)),
      ]),
      0,
    );
    expect(made.sent().map(({ type }) => type)).toEqual([TYPE.ping]);
  });
});

describe('the window of a stream', () => {
  const octets = frame(TYPE.data, 0, 1, Buffer.alloc(16_384));
  const updates = (frames: readonly { type: number; stream: number; payload: Buffer }[]) =>
    frames.flatMap(({ type, stream, payload }) =>
      type === TYPE.windowUpdate && stream === 1 ? [payload.readUInt32BE()] : [],
    );

  it('is opened again when half of it is used, and wider where it is read', () => {
    const made = server(ask(1, 0));
    made.sent();
    for (let i = 0; i < 8; i += 1) made.connection.push(octets, 0);
    expect(updates(made.sent())).toEqual([128 * 1024 + 256 * 1024]);
    for (let i = 0; i < 64; i += 1) made.connection.push(octets, 0);
    expect(updates(made.sent())).toEqual([256 * 1024 + 512 * 1024, 512 * 1024]);
  });

  it('stays as it is where the reader falls behind', () => {
    const made = server(ask(1, 0));
    made.sent();
    const [stream] = made.streams;
    for (let i = 0; i < 8; i += 1) {
      stream?.pause();
      made.connection.push(octets, 0);
      stream?.resume();
    }
    expect(updates(made.sent())).toEqual([128 * 1024]);
  });

  it('counts padding, which nobody reads', () => {
    const made = server(ask(1, 0));
    made.sent();
    const padded = frame(
      TYPE.data,
      8,
      1,
      Buffer.concat([Buffer.of(255), Buffer.from('x'), Buffer.alloc(255)]),
    );
    for (let i = 0; i < 600; i += 1) made.connection.push(padded, 0);
    expect(updates(made.sent()).length).toBeGreaterThan(0);
    expect(stream(made)?.closed).toBe(false);
  });

  const stream = (made: ReturnType<typeof server>) => made.streams[0];
});

describe('octets that many paused streams hold', () => {
  it('shut the window of the connection only when they are many, and open it again when read', () => {
    const count = 100;
    const made = server(...Array.from({ length: count }, (_, i) => ask(2 * i + 1, 0)));
    made.sent();
    for (const stream of made.streams) stream.pause();
    const all = (id: number) =>
      Array.from({ length: 16 }, () => frame(TYPE.data, 0, id, Buffer.alloc(16_384 - 1)));
    const credit = () =>
      made
        .sent()
        .flatMap(({ type, stream, payload }) =>
          type === TYPE.windowUpdate && stream === 0 ? [payload.readUInt32BE()] : [],
        )
        .reduce((sum, increment) => sum + increment, 0);
    let credited = 0;
    for (let i = 0; i < count && !made.connection.over; i += 1) {
      made.connection.push(Buffer.concat(all(2 * i + 1)), 0);
      credited += credit();
    }
    // 16 MB and 8 MB more: then the peer would have had to wait.
    expect(credited).toBeLessThan(9 * 1024 * 1024);
    expect(made.events.at(-1)).toMatch(/^failed 3 More data came/);
  });

  it('are given back when they are not wanted, though the stream is over', () => {
    const made = server(ask(1, 0));
    const [stream] = made.streams;
    stream?.pause();
    made.connection.push(frame(TYPE.data, 1, 1, Buffer.from('held')), 0);
    stream?.sendHead([[':status', '502']], [], true);
    expect(stream?.closed).toBe(true);
    stream?.discard();
    stream?.resume();
    expect(made.events).toEqual(['opened 1 4']);
  });

  it('are given back when their stream is given up', () => {
    const made = server(ask(1, 0));
    const [stream] = made.streams;
    stream?.pause();
    made.connection.push(frame(TYPE.data, 0, 1, Buffer.from('held')), 0);
    stream?.reset(8);
    stream?.resume();
    expect(made.events).toEqual(['opened 1 4']);
  });
});

describe('a stream that is over', () => {
  it('takes what is written to it and does nothing', () => {
    const { client, server: there, settle } = pair();
    const stream = open(client);
    stream.reset(8);
    stream.sendHead([[':method', 'GET']], [], false);
    expect(stream.write(Buffer.from('x'))).toBe(true);
    stream.end();
    stream.reset(8);
    settle();
    expect(there.events).toEqual(['opened 1 4 whole', 'end 1 ', 'reset 1 8 by peer']);
    expect(client.events).toEqual([]);
  });
});
