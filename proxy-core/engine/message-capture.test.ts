import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CaptureSink } from '#model/capture-event.ts';
import type { Message } from '#model/session.ts';
import { recordingSink } from '../testing/recording-sink.ts';
import { makeSession } from '../testing/session-factory.ts';
import { closePayload, type FrameFields, frame } from '../testing/websocket-frames.ts';
import { watchEventStream, watchWebSocket } from './message-capture.ts';
import { Recorder, Recording } from './recorder.ts';

/** A session under way in a sink of its own. */
function begin() {
  const sink = recordingSink();
  const recording = new Recording(sink, sink.nextSessionId);
  const { head } = makeSession().session.request;
  const recorder = recording.begin({ kind: 'websocket', source: 'proxy', url: 'http://x/', head }, true);
  const messages = () => sink.sessions()[0]?.messages ?? [];
  return { sink, recorder, messages };
}

const text = ({ data }: Pick<Message, 'data'>) => Buffer.from(data).toString();
const KEY = 0x12345678;
const DEFLATE = 'permessage-deflate';

/** A sender's half of RFC 7692 with context takeover. */
class Deflater {
  readonly #deflate = zlib.createDeflateRaw();
  readonly #output: Buffer[] = [];

  constructor() {
    this.#deflate.on('data', (chunk: Buffer) => this.#output.push(chunk));
  }

  async frame(text: string, fields: FrameFields = {}): Promise<Buffer> {
    this.#deflate.write(text);
    await new Promise<void>((done) => this.#deflate.flush(zlib.constants.Z_SYNC_FLUSH, () => done()));
    const payload = Buffer.concat(this.#output.splice(0)).subarray(0, -4);
    return frame({ reserved: 4, payload, ...fields });
  }
}

describe('watchWebSocket', () => {
  it('records both directions, with the time at which each message was whole (63)', () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder);
    const hello = frame({ payload: 'hello', key: KEY });
    watch.client(hello.subarray(0, 4));
    watch.origin(frame({ payload: 'welcome' }));
    const before = Date.now();
    watch.client(hello.subarray(4));
    expect(watch.end()).toBeUndefined();
    expect(messages().map((message) => [message.direction, message.opcode, text(message)])).toEqual([
      ['received', 1, 'welcome'],
      ['sent', 1, 'hello'],
    ]);
    const [received, sent] = messages();
    expect(sent?.at).toBeGreaterThanOrEqual(received?.at ?? Number.NaN);
    expect(sent?.at).toBeGreaterThan(before - 1000);
  });

  it('expects masks of clients alone (65)', () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder);
    watch.client(frame({ payload: 'a' }));
    watch.origin(frame({ payload: 'b', key: KEY }));
    expect(messages().map(({ flaw }) => flaw)).toEqual([
      expect.stringMatching(/^not masked by the client/),
      expect.stringMatching(/^masked by the server/),
    ]);
  });

  it('knows that the connection is closing, whoever begins (66)', () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder);
    watch.client(frame({ payload: 'a', key: KEY }));
    expect(watch.closing).toBe(false);
    watch.origin(frame({ opcode: 8, payload: closePayload(4001, 'bye') }));
    expect(watch.closing).toBe(true);
    expect(messages().at(-1)).toMatchObject({ opcode: 8, closeCode: 4001 });
  });

  it('tells at the end what is unfinished', () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder);
    watch.client(frame({ payload: 'a', key: KEY, final: false }));
    watch.origin(frame({ payload: 'hello' }).subarray(0, 4));
    expect(messages()).toHaveLength(0);
    watch.end();
    expect(messages().map(({ direction, flaw }) => [direction, flaw])).toEqual([
      ['sent', expect.stringMatching(/not finished/)],
      ['received', expect.stringMatching(/not finished/)],
    ]);
  });

  it('shows a long message while it runs, and keeps up to the limit (68)', () => {
    const { recorder, messages } = begin();
    const seen: unknown[] = [];
    const watch = watchWebSocket(recorder, {
      maxBytes: 100,
      progress: (direction, { size, total }) => seen.push([direction, size, total]),
    });
    const bytes = frame({ opcode: 2, payload: Buffer.alloc(300) });
    watch.origin(bytes.subarray(0, 104));
    watch.origin(bytes.subarray(104, 204));
    expect(seen).toEqual([
      ['received', 100, 300],
      ['received', 200, 300],
    ]);
    watch.origin(bytes.subarray(204));
    expect(messages()[0]).toMatchObject({ wireSize: 300, data: new Uint8Array(100) });
  });

  it('passes the back pressure of the recorder on', async () => {
    const { sink, recorder } = begin();
    const watch = watchWebSocket(recorder);
    expect(watch.origin(frame({ payload: 'a' }))).toBeUndefined();
    sink.hold();
    let free = false;
    const pressure = Promise.resolve(watch.origin(frame({ payload: 'b' }))).then(() => {
      free = true;
    });
    await new Promise(setImmediate);
    expect(free).toBe(false);
    sink.release();
    await pressure;
    expect(watch.origin(frame({ payload: 'c' }))).toBeUndefined();
  });

  it('does nothing for what is not captured', () => {
    const watch = watchWebSocket(new Recorder(undefined, 0, () => {}));
    expect(watch.client(frame({ payload: 'a' }))).toBeUndefined();
    expect(watch.end()).toBeUndefined();
  });
});

describe('compressed messages', () => {
  it('are shown inflated, each direction with its own context (64)', async () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder, { extensions: DEFLATE });
    const [client, origin] = [new Deflater(), new Deflater()];
    for (const said of ['hello hello', 'hello hello', 'hello again']) {
      watch.client(await client.frame(said, { key: KEY }));
      watch.origin(await origin.frame(`${said}!`));
    }
    expect(messages().map(text)).toEqual([
      'hello hello',
      'hello hello!',
      'hello hello',
      'hello hello!',
      'hello again',
      'hello again!',
    ]);
    expect(messages().every(({ compressed, wireSize }) => compressed && (wireSize ?? 0) > 0)).toBe(true);
    expect(messages().every(({ flaw }) => flaw === undefined)).toBe(true);
  });

  it('keep their place and their time when a large one takes longer', async () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder, { extensions: DEFLATE });
    const origin = new Deflater();
    const large = 'large '.repeat(100_000);
    const pressure = watch.origin(
      Buffer.concat([
        await origin.frame('small'),
        await origin.frame(large),
        frame({ opcode: 9, payload: 'ping' }),
        await origin.frame('small again'),
        frame({ payload: 'plain' }),
      ]),
    );
    expect(messages().map(text)).toEqual(['small']);
    expect(pressure).toBeInstanceOf(Promise);
    const seen = Date.now();
    await pressure;
    expect(messages().map((message) => text(message).slice(0, 20))).toEqual([
      'small',
      'large large large la',
      'ping',
      'small again',
      'plain',
    ]);
    expect(Math.max(...messages().map(({ at }) => at))).toBeLessThan(seen + 50);
  });

  it('are all there once end has resolved', async () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder, { extensions: DEFLATE });
    void watch.origin(await new Deflater().frame('large '.repeat(100_000)));
    expect(messages()).toHaveLength(0);
    await watch.end();
    recorder.end('completed', {});
    expect(messages()).toHaveLength(1);
  });

  it('are not inflated any more once the session is over', async () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder, { extensions: DEFLATE });
    const large = await new Deflater().frame('large '.repeat(100_000));
    const pressure = watch.origin(Buffer.concat([large, large]));
    recorder.end('client-aborted', {});
    await pressure;
    expect(messages()).toHaveLength(0);
  });

  it('wait for the recorder one by one', async () => {
    const { sink, recorder, messages } = begin();
    const watch = watchWebSocket(recorder, { extensions: `${DEFLATE}; server_no_context_takeover` });
    const one = await new Deflater().frame('x'.repeat(50_000));
    sink.hold();
    const pressure = watch.origin(Buffer.concat([one, one, one, one]));
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(messages()).toHaveLength(1);
    sink.release();
    await pressure;
    expect(messages()).toHaveLength(4);
  });

  it('of a flood leave the event loop to others', async () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder, { extensions: `${DEFLATE}; server_no_context_takeover` });
    const one = await new Deflater().frame('x'.repeat(60_000));
    let turns = 0;
    let over = false;
    const turn = () => {
      turns += 1;
      if (!over) setImmediate(turn);
    };
    turn();
    await watch.origin(Buffer.concat(Array(500).fill(one)));
    over = true;
    expect(messages()).toHaveLength(500);
    expect(turns).toBeGreaterThan(20);
  });

  it('that are damaged are shown as they came, and so are those after them', async () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder, { extensions: DEFLATE });
    await watch.origin(frame({ reserved: 4, payload: Buffer.of(0xff, 0xff) }));
    await watch.origin(await new Deflater().frame('hello'));
    expect(messages().map(({ flaw }) => flaw)).toEqual([
      expect.stringMatching(/not a valid DEFLATE stream/),
      expect.stringMatching(/may point into an earlier message/),
    ]);
    expect(messages()[0]?.data).toEqual(Uint8Array.of(0xff, 0xff));
  });

  it('are not guessed at where nothing was agreed on', () => {
    const { recorder, messages } = begin();
    const watch = watchWebSocket(recorder, { extensions: 'x-other' });
    watch.origin(frame({ reserved: 4, payload: 'x' }));
    expect(messages()[0]?.flaw).toMatch(/reserved bits/);
    expect(messages()[0]?.compressed).toBeUndefined();
  });
});

describe('watchEventStream', () => {
  it('records each event as it comes (75)', () => {
    const { recorder, messages } = begin();
    const watch = watchEventStream(recorder, undefined);
    expect(watch.data(Buffer.from('event: tick\nid: 1\ndata: one\n\nda'))).toBeUndefined();
    expect(messages()).toEqual([
      {
        index: 0,
        direction: 'received',
        at: expect.any(Number),
        opcode: 1,
        data: new Uint8Array(Buffer.from('one')),
        event: { type: 'tick', id: '1' },
      },
    ]);
    watch.data(Buffer.from('ta: two\n\n'));
    expect(messages().map(text)).toEqual(['one', 'two']);
    watch.data(Buffer.from('data: three'));
    expect(watch.end()).toBeUndefined();
    expect(messages().at(-1)?.flaw).toMatch(/not finished/);
  });

  it('decodes the content first, at once for what has come', async () => {
    const { sink, recorder, messages } = begin();
    const watch = watchEventStream(recorder, 'gzip');
    const gzip = zlib.createGzip();
    gzip.on('data', (bytes: Buffer) => watch.data(bytes));
    gzip.write('data: one\n\n');
    gzip.flush();
    await sink.find(({ messageCount }) => messageCount === 1);
    gzip.end('data: two\n\ndata: three');
    await new Promise((resolve) => gzip.once('end', resolve));
    await watch.end();
    expect(messages().map(text)).toEqual(['one', 'two', 'three']);
    expect(messages().at(-1)?.flaw).toMatch(/not finished/);
  });

  it('says once that it cannot decode', async () => {
    const { recorder, messages } = begin();
    const watch = watchEventStream(recorder, 'x-secret');
    watch.data(Buffer.from('data: one\n\n'));
    watch.data(Buffer.from('data: two\n\n'));
    await watch.end();
    expect(messages()).toHaveLength(1);
    expect(messages()[0]).toMatchObject({
      data: new Uint8Array(),
      flaw: 'the content coding "x-secret" is not known: no events are shown from here on',
    });
  });

  it('passes the back pressure of the recorder on, decoded or not', async () => {
    for (const coding of [undefined, 'gzip']) {
      const { sink, recorder, messages } = begin();
      const watch = watchEventStream(recorder, coding);
      const events = Buffer.from('data: one\n\n'.repeat(100_000));
      sink.hold();
      let over = false;
      const done = Promise.resolve(watch.data(coding ? zlib.gzipSync(events) : events))
        .then(() => watch.end())
        .then(() => {
          over = true;
        });
      await sink.find(({ messageCount }) => messageCount > 0);
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      expect(over).toBe(false);
      sink.release();
      await done;
      expect(messages()).toHaveLength(100_000);
    }
  });

  it('holds limits against a bomb of events', async () => {
    let written = 0;
    const sink: CaptureSink = {
      write: () => {
        written += 1;
        return true;
      },
      drained: () => Promise.resolve(),
    };
    const watch = watchEventStream(new Recorder(sink, 1, () => {}), 'gzip', { free: 100_000, ratio: 10 });
    await watch.data(zlib.gzipSync('data: x\n\n'.repeat(500_000)));
    await watch.end();
    expect(written).toBeGreaterThan(1000);
    expect(written).toBeLessThan(50_000);
  });
});
