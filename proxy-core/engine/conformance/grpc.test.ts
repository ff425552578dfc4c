/** gRPC through the engine: all four kinds of calls, what their trailers say, and every message as soon as it is sent. */
import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { headerValue } from '#model/headers.ts';
import { grpcClient, grpcOrigin, type TextsClient, type TextsHandlers } from '../../testing/grpc-peers.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();

const HANDLERS: TextsHandlers = {
  unary: (call, answer) => {
    if (call.request === 'never') return;
    const trailers = new Metadata();
    trailers.set('x-trailing', 'yes');
    trailers.set('x-raw-bin', Buffer.from([0, 255, 10, 13]));
    const head = new Metadata();
    for (const value of call.metadata.get('x-echo-bin')) head.add('x-echo-bin', value);
    if (call.request === 'fail') {
      answer({ code: status.FAILED_PRECONDITION, details: 'caf\u00e9 is closed', metadata: trailers });
      return;
    }
    call.sendMetadata(head);
    answer(null, `${call.request}!`, trailers);
  },
  collect: (call, answer) => {
    const all: string[] = [];
    call.on('data', (text: string) => all.push(text));
    call.on('end', () => answer(null, all.join(' ')));
  },
  list: (call) => {
    for (const letter of call.request) call.write(letter);
    call.end();
  },
  chat: (call) => {
    call.on('data', (text: string) => call.write(`echo ${text}`));
    call.on('end', () => call.end());
    call.on('cancelled', () =>
      cancelled.splice(0).forEach((tell) => {
        tell();
      }),
    );
  },
};
/** To be told when a chat was cancelled. */
const cancelled: (() => void)[] = [];

interface Unary {
  readonly error: ServiceError | null;
  readonly text: string | undefined;
  readonly head: Metadata | undefined;
  readonly trailers: Metadata | undefined;
}

function unary(
  client: TextsClient,
  text: string,
  metadata = new Metadata(),
  options: { deadline?: number } = {},
): Promise<Unary> {
  return new Promise((resolve) => {
    let head: Metadata | undefined;
    let result: Pick<Unary, 'error' | 'text'> | undefined;
    const call = client.unary(text, metadata, options, (error, answer) => {
      result = { error, text: answer };
    });
    call.on('metadata', (fields) => {
      head = fields;
    });
    call.on('status', ({ metadata: trailers }) =>
      setImmediate(() => resolve({ error: null, text: undefined, ...result, head, trailers })),
    );
  });
}

const nextOf = (stream: NodeJS.EventEmitter): Promise<string> =>
  new Promise((resolve) => stream.once('data', resolve));

describe.each(['with TLS', 'in clear text'])('75 gRPC %s', (way) => {
  const secure = way === 'with TLS';
  async function peers() {
    const proxy = await bench().start();
    const origin = await grpcOrigin(HANDLERS, secure ? bench().tls : undefined);
    const made = grpcClient(proxy.port, origin.port, secure ? proxy.ca : undefined);
    return {
      proxy,
      client: made.client,
      [Symbol.asyncDispose]: async () => {
        made[Symbol.dispose]();
        await proxy[Symbol.asyncDispose]();
        await origin[Symbol.asyncDispose]();
      },
    };
  }

  it('a unary call, with metadata in octets both ways, and its status in trailers', async () => {
    await using t = await peers();
    const metadata = new Metadata();
    const octets = Buffer.from([0, 1, 254, 255]);
    metadata.set('x-echo-bin', octets);
    const { error, text, head, trailers } = await unary(t.client, 'hello', metadata);
    expect([error, text]).toEqual([null, 'hello!']);
    expect(head?.get('x-echo-bin')).toEqual([octets]);
    expect(trailers?.get('x-trailing')).toEqual(['yes']);
    expect(trailers?.get('x-raw-bin')).toEqual([Buffer.from([0, 255, 10, 13])]);
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: {
        state: 'completed',
        status: 200,
        path: '/test.Texts/Unary',
        mime: 'application/grpc+proto',
        httpVersion: 'HTTP/2.0',
      },
      facts: {
        serverHttpVersion: 'HTTP/2.0',
        clientStream: expect.any(Number),
        serverStream: expect.any(Number),
      },
    });
    expect(headerValue(recorded?.session.response?.trailers ?? [], 'grpc-status')).toBe('0');
    // Five octets of framing, then the message.
    expect(
      Buffer.from(recorded?.requestBody ?? [])
        .subarray(5)
        .toString(),
    ).toBe('hello');
    expect(
      Buffer.from(recorded?.responseBody ?? [])
        .subarray(5)
        .toString(),
    ).toBe('hello!');
  });

  it('a failure, said in trailers alone', async () => {
    await using t = await peers();
    const { error, trailers } = await unary(t.client, 'fail');
    expect(error).toMatchObject({ code: status.FAILED_PRECONDITION, details: 'caf\u00e9 is closed' });
    expect(trailers?.get('x-trailing')).toEqual(['yes']);
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'completed', responseBodySize: 0 });
    const { response } = recorded?.session ?? {};
    const said = [...(response?.head.headers ?? []), ...(response?.trailers ?? [])];
    expect(headerValue(said, 'grpc-status')).toBe('9');
  });

  it('messages of a client, and of a server, in order', async () => {
    await using t = await peers();
    const collected = new Promise((resolve, reject) => {
      const call = t.client.collect((error, text) => (error ? reject(error) : resolve(text)));
      for (const word of ['one', 'two', 'three']) call.write(word);
      call.end();
    });
    expect(await collected).toBe('one two three');
    const letters: string[] = [];
    const call = t.client.list('abc');
    call.on('data', (letter: string) => letters.push(letter));
    await new Promise((resolve) => call.on('end', resolve));
    expect(letters).toEqual(['a', 'b', 'c']);
  });

  it('messages both ways, each there within 50 ms', async () => {
    await using t = await peers();
    const call = t.client.chat();
    const times: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      const start = performance.now();
      const echo = nextOf(call);
      call.write(String(i));
      expect(await echo).toBe(`echo ${i}`);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    // There and back. On a busy machine some are late; what was held back would make all of them late.
    expect(times[5]).toBeLessThan(50);
    // The session shows them while the call goes on.
    const live = await t.proxy.sink.find(
      ({ row }) => row.requestBodySize > 20 * 5 && row.responseBodySize > 20 * 10,
    );
    expect(live.session.row.state).toBe('active');
    call.end();
    await new Promise((resolve) => call.on('end', resolve));
    expect((await t.proxy.sink.ended(1))[0]?.session.row.state).toBe('completed');
  });

  it('a deadline passes: the call is cancelled on both sides', async () => {
    await using t = await peers();
    const { error } = await unary(t.client, 'never', new Metadata(), { deadline: Date.now() + 300 });
    expect(error?.code).toBe(status.DEADLINE_EXCEEDED);
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'client-aborted', error: 'client-gone' });
    expect(headerValue(recorded?.session.request.head.headers ?? [], 'grpc-timeout')).toMatch(/^\d+m$/);
  });

  it('a client cancels: the server hears of it', async () => {
    await using t = await peers();
    const call = t.client.chat();
    call.on('error', () => {});
    const heard = new Promise<void>((resolve) => cancelled.push(resolve));
    const echo = nextOf(call);
    call.write('hello');
    await echo;
    call.cancel();
    await heard;
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session.row.state).toBe('client-aborted');
    expect(recorded?.session.failure?.detail).toMatch(/CANCEL/);
  });

  it('a hundred calls at once on one connection', async () => {
    await using t = await peers();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => unary(t.client, `call ${i}`)));
    expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, i) => `call ${i}!`));
    const connections = new Set(
      (await t.proxy.sink.ended(100)).map(({ session }) => session.facts.serverConnection),
    );
    expect(connections.size).toBe(1);
  });

  it('a message of three megabytes', async () => {
    await using t = await peers();
    const large = 'x'.repeat(3_000_000);
    expect((await unary(t.client, large)).text).toBe(`${large}!`);
  });
});
