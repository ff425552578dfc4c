/** A connection against another, and against frames written by hand. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ask, end, open, pair, SETTINGS, server, setting } from '../../testing/http2-ends.ts';
import { frame, TYPE, uint32 } from '../../testing/http2-frames.ts';

describe('two ends', () => {
  it('a request and its answer, with trailers both ways', () => {
    const { client, server, settle } = pair();
    const stream = open(client, false);
    stream.write(Buffer.from('question'));
    stream.end([['t', '1']]);
    settle();
    const [there] = server.streams;
    there?.sendHead([[':status', '103']], [], false);
    there?.sendHead([[':status', '200']], [], false);
    there?.write(Buffer.from('answer'));
    there?.end([['grpc-status', '0']]);
    settle();
    expect(server.events).toEqual(['opened 1 4', 'data 1 question', 'end 1 t=1']);
    expect(client.events).toEqual(['head 1 103', 'head 1 200', 'data 1 answer', 'end 1 grpc-status=0']);
  });

  it('an end that rides on the last frame', () => {
    const { client, server, settle } = pair();
    open(client);
    settle();
    const [there] = server.streams;
    there?.sendHead([[':status', '200']], [], false);
    there?.write(Buffer.from('ok'));
    there?.end();
    expect(server.sent().map(({ type, flags }) => [type, flags])).toEqual([
      [TYPE.headers, 4],
      [TYPE.data, 1],
    ]);
    expect([there?.closed, server.connection.streams.size]).toEqual([true, 0]);
  });

  it('a megabyte through windows of 256 KB', () => {
    const { client, server, settle } = pair();
    const stream = open(client, false);
    const piece = Buffer.alloc(64 * 1024, 'x');
    let waits = 0;
    for (let i = 0; i < 16; i += 1) if (!stream.write(piece)) waits += 1;
    stream.end();
    expect(waits).toBeGreaterThan(0);
    settle();
    const received = server.events.filter((event) => event.startsWith('data'));
    expect(received.reduce((sum, event) => sum + Number(event.split(' ')[2]), 0)).toBe(1024 * 1024);
    expect(server.events.at(-1)).toBe('end 1 ');
  });

  it('streams with much to send take turns', () => {
    const { client, server, settle } = pair();
    const streams = [open(client, false), open(client, false)];
    client.connection.congested = true;
    for (const stream of streams) expect(stream.write(Buffer.alloc(60_000))).toBe(false);
    client.connection.congested = false;
    client.connection.pump();
    const order = client.sent().flatMap(({ type, stream }) => (type === TYPE.data ? [stream] : []));
    expect(order).toEqual([1, 3, 1, 3, 1, 3, 1, 3]);
    expect(client.events).toEqual(['drained 1', 'drained 3']);
    settle();
    expect(server.events).toHaveLength(0);
  });
});

describe('GOAWAY', () => {
  it('says which streams were not begun', () => {
    const { client } = pair();
    open(client);
    open(client);
    client.connection.push(
      frame(TYPE.goaway, 0, 0, Buffer.concat([uint32(1), uint32(11), Buffer.from('calm down')])),
      0,
    );
    expect(client.events).toEqual(['reset 3 11 by peer unprocessed it says "calm down"', 'going away']);
    expect([client.connection.usable, client.connection.streams.size]).toEqual([false, 1]);
  });

  it('is said once, and no stream is begun after it', () => {
    const made = server(ask(1));
    made.sent();
    made.connection.leave();
    made.connection.leave();
    made.connection.push(ask(3), 0);
    expect(made.sent().map(({ type, stream, payload }) => [type, stream, payload.readUInt32BE()])).toEqual([
      [TYPE.goaway, 0, 1],
      [TYPE.reset, 3, 7],
    ]);
    expect(made.events).toEqual(['opened 1 4 whole', 'end 1 ']);
  });
});

describe('what a client may have under way', () => {
  it('is announced, and more is refused', () => {
    const made = server();
    const [settings] = made.sent();
    expect(settings?.payload.toString('hex')).toContain('000300000100');
    for (let i = 0; i < 257; i += 1) made.connection.push(ask(2 * i + 1), 0);
    expect(made.streams).toHaveLength(256);
    const [refused] = made.sent().filter(({ type }) => type === TYPE.reset);
    expect([refused?.stream, refused?.payload.readUInt32BE()]).toEqual([513, 7]);
  });

  it('is as much as the server says, for a client', () => {
    const made = end('client');
    made.connection.push(setting(3, 2), 0);
    expect(made.connection.available).toBe(true);
    const first = open(made);
    open(made);
    expect([made.connection.available, made.connection.usable]).toEqual([false, true]);
    first.reset(8);
    expect(made.connection.available).toBe(true);
  });
});

describe('windows', () => {
  it('follow the settings, below nought if need be', () => {
    const made = server(setting(4, 10), ask(1));
    made.sent();
    const [stream] = made.streams;
    stream?.sendHead([[':status', '200']], [], false);
    expect(stream?.write(Buffer.from('0123456789abcdef'))).toBe(false);
    made.connection.push(setting(4, 2), 0);
    expect(stream?.sendWindow).toBe(-8);
    made.connection.push(Buffer.concat([frame(TYPE.windowUpdate, 0, 1, uint32(9))]), 0);
    made.connection.push(setting(4, 100), 0);
    const data = made.sent().filter(({ type }) => type === TYPE.data);
    expect(data.map(({ payload }) => payload.toString())).toEqual(['0123456789', 'a', 'bcdef']);
    expect(made.events.at(-1)).toBe('drained 1');
  });

  it('of the connection bound all streams together', () => {
    const made = server(setting(4, 1_000_000), ask(1));
    const [stream] = made.streams;
    stream?.sendHead([[':status', '200']], [], false);
    made.sent();
    expect(stream?.write(Buffer.alloc(100_000))).toBe(false);
    const sent = () => made.sent().reduce((sum, { payload }) => sum + payload.length, 0);
    expect(sent()).toBe(65_535);
    made.connection.push(frame(TYPE.windowUpdate, 0, 0, uint32(1000)), 0);
    expect(sent()).toBe(1000);
  });

  it('stay shut while too much waits to be taken', () => {
    const made = server(setting(4, 1_000_000), frame(TYPE.windowUpdate, 0, 0, uint32(1_000_000)), ask(1));
    const [stream] = made.streams;
    stream?.sendHead([[':status', '200']], [], false);
    stream?.write(Buffer.alloc(900_000));
    expect(made.connection.writer.length).toBeLessThan(300_000);
  });
});

describe('faults of the connection', () => {
  const BAD: Readonly<Record<string, readonly [Buffer, number]>> = {
    'a stream with an even number': [ask(2), 1],
    'data on a stream that does not exist': [frame(TYPE.data, 0, 5, Buffer.from('x')), 1],
    'a reset of a stream that does not exist': [frame(TYPE.reset, 0, 5, uint32(8)), 1],
    'a window of a stream that does not exist': [frame(TYPE.windowUpdate, 0, 5, uint32(8)), 1],
    'a window that adds nothing': [frame(TYPE.windowUpdate, 0, 0, uint32(0)), 1],
    'a window that is too large': [frame(TYPE.windowUpdate, 0, 0, uint32(0x7fff_ffff)), 3],
    'settings that cannot be': [setting(5, 1), 1],
    'windows of streams that are too large': [
      Buffer.concat([ask(1), frame(TYPE.windowUpdate, 0, 1, uint32(0x7fff_0000)), setting(4, 0x7fff_ffff)]),
      3,
    ],
    'a header block that is none': [frame(TYPE.headers, 5, 1, Buffer.of(0x80)), 9],
    'a push': [frame(TYPE.push, 4, 1, uint32(2)), 1],
  };

  it.each(Object.entries(BAD))('%s', (_name, [bytes, code]) => {
    const made = server();
    made.sent();
    made.connection.push(bytes, 0);
    const last = made.sent().at(-1);
    expect([last?.type, last?.payload.readUInt32BE(4)]).toEqual([TYPE.goaway, code]);
    expect(made.events.at(-1)).toMatch(new RegExp(`^failed ${code} .`));
    expect(made.connection.over).toBe(true);
    // Nothing is read any more.
    made.connection.push(ask(1), 0);
    expect(made.sent()).toEqual([]);
  });

  it('end every stream, which hear why', () => {
    const made = server(ask(1, 0), ask(3, 0));
    made.connection.push(frame(TYPE.windowUpdate, 0, 0, uint32(0)), 0);
    expect(made.events.slice(2)).toEqual([
      'reset 1 1 by fault WINDOW_UPDATE adds nothing.',
      'reset 3 1 by fault WINDOW_UPDATE adds nothing.',
      'failed 1 WINDOW_UPDATE adds nothing.',
    ]);
  });

  it('more data than the connection allows', () => {
    const made = server(ask(1, 0));
    made.streams[0]?.pause();
    const octets = Buffer.alloc(16_384);
    for (let i = 0; i < 20; i += 1) made.connection.push(frame(TYPE.data, 0, 1, octets), 0);
    // The stream's window is over first, and that ends the stream alone.
    expect(made.events.at(-1)).toMatch(/^reset 1 3 by fault more data/);
    expect(made.connection.over).toBe(false);
  });
});

describe('floods end the connection', () => {
  const many = (count: number, make: (i: number) => Buffer) => {
    const made = server(ask(1, 0));
    made.sent();
    made.connection.push(Buffer.concat(Array.from({ length: count }, (_, i) => make(i))), 0);
    return made;
  };
  const FLOODS: Readonly<Record<string, (i: number) => Buffer>> = {
    'PING without end': () => frame(TYPE.ping, 0, 0, Buffer.alloc(8)),
    'SETTINGS without end': () => SETTINGS,
    'SETTINGS acknowledged': () => frame(TYPE.settings, 1, 0),
    'PRIORITY without end': () => frame(TYPE.priority, 0, 1, Buffer.alloc(5)),
    'WINDOW_UPDATE of one': () => frame(TYPE.windowUpdate, 0, 1, uint32(1)),
    'empty DATA': () => frame(TYPE.data, 0, 1),
    'DATA of padding alone': () => frame(TYPE.data, 8, 1, Buffer.of(0)),
    'unknown frames': () => frame(0xbb, 0, 0),
    'rapid reset': (i) => Buffer.concat([ask(2 * i + 3), frame(TYPE.reset, 0, 2 * i + 3, uint32(8))]),
    'streams that are faulty': (i) => Buffer.concat([ask(2 * i + 3), frame(TYPE.data, 0, 2 * i + 3)]),
    'more streams than allowed': (i) => ask(2 * i + 3),
  };

  it.each(Object.entries(FLOODS))('%s', (_name, make) => {
    const made = many(12_000, make);
    expect(made.events.at(-1)).toMatch(/^failed 11 /);
    expect(made.connection.streams.size).toBe(0);
    expect(many(500, make).connection.over).toBe(false);
  });

  it('honest work pays for its own', () => {
    const made = server(setting(4, 0x7fff_0000), frame(TYPE.windowUpdate, 0, 0, uint32(0x7000_0000)), ask(1));
    const [stream] = made.streams;
    stream?.sendHead([[':status', '200']], [], false);
    for (let i = 0; i < 30_000; i += 1) {
      stream?.write(Buffer.from('x'));
      made.connection.push(
        Buffer.concat([frame(TYPE.windowUpdate, 0, 0, uint32(1)), frame(TYPE.windowUpdate, 0, 1, uint32(1))]),
        0,
      );
      made.bytes();
    }
    expect(made.connection.over).toBe(false);
  });
});

describe('the end of the other side', () => {
  it('of what it says: whole requests are still answered', () => {
    const made = server(ask(1), ask(3, 0));
    made.connection.peerEnded();
    expect(made.events.slice(-1)).toEqual(['reset 3 undefined by peer']);
    expect(made.connection.streams.size).toBe(1);
  });

  it('of the connection: all streams hear of it, once', () => {
    const made = server(ask(1), ask(3, 0));
    made.connection.ended();
    made.connection.ended();
    expect(made.events.filter((event) => event.startsWith('reset'))).toHaveLength(2);
  });

  it('after patience has run out', () => {
    const made = server(ask(1, 0));
    made.connection.giveUp('Too slow.');
    expect(made.events.slice(-2)).toEqual(['reset 1 11 by fault Too slow.', 'failed 11 Too slow.']);
  });

  it('is told of streams that we end', () => {
    const made = server(ask(1), ask(3, 0));
    made.sent();
    made.connection.resetAll();
    expect(made.sent().map(({ type, stream }) => [type, stream])).toEqual([
      [TYPE.reset, 1],
      [TYPE.reset, 3],
    ]);
  });
});

test('arbitrary frames throw nothing, and every stream that began hears of its end', () => {
  const id = fc.constantFrom(0, 1, 1, 1, 2, 3, 3, 5, 0x7fff_ffff);
  const some = fc.oneof(
    fc
      .tuple(fc.nat(11), fc.nat(255), id, fc.uint8Array({ maxLength: 20 }))
      .map(([type, flags, stream, payload]) => frame(type, flags, stream, payload)),
    fc.tuple(fc.constantFrom(1, 3, 5), fc.nat(1)).map(([stream, flags]) => ask(stream, flags)),
    fc.tuple(id, fc.nat(1)).map(([stream, flags]) => frame(TYPE.data, flags, stream, Buffer.from('data'))),
    fc.constantFrom(setting(4, 0), setting(1, 0), frame(TYPE.windowUpdate, 0, 1, uint32(5))),
  );
  fc.assert(
    fc.property(fc.array(some, { maxLength: 30 }), fc.boolean(), (frames, pausing) => {
      const made = server();
      for (const bytes of frames) {
        made.connection.push(bytes, 0);
        for (const stream of made.streams) {
          if (pausing) stream.pause();
          stream.sendHead([[':status', '200']], [], false);
          stream.write(Buffer.from('answer'));
        }
      }
      for (const stream of made.streams) stream.resume();
      made.connection.ended();
      expect(made.connection.streams.size).toBe(0);
      for (const { id: number } of made.streams) {
        const told = made.events.filter((event) => new RegExp(`^(end|reset) ${number} `).test(event));
        // A whole request may be cancelled afterwards; nothing is told twice.
        expect(told.length).toBeGreaterThan(0);
        expect(new Set(told.map((event) => event.split(' ')[0])).size).toBe(told.length);
      }
    }),
    { numRuns: 500 },
  );
});
