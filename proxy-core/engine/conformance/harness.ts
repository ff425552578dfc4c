/** What conformance tests stand on: the wire engine between a client and an origin that both write bytes by hand. */
import { afterAll, beforeAll } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { type RawClient, rawClient, rawTunnelClient } from '../../testing/raw-client.ts';
import { type RawOrigin, rawOrigin, reply } from '../../testing/raw-origin.ts';
import { type Surroundings, surroundings, type TestEngine } from '../contract-tests/bench-engine.ts';
import type { EngineOptions } from '../engine.ts';
import { createHttpMitmProxyEngine } from '../http-mitm-proxy/adapter.ts';
import { createWireEngine } from '../wire-engine/wire-engine.ts';

/** `SLUICE_ENGINE=http-mitm-proxy` asks the same of the other engine, which tells what that cannot do. */
const factory =
  process.env.SLUICE_ENGINE === 'http-mitm-proxy' ? createHttpMitmProxyEngine : createWireEngine;

/** Makes the surroundings once for a test file. */
export function wireBench(): () => Surroundings {
  let made: Surroundings | undefined;
  beforeAll(async () => {
    made = await surroundings(factory);
  });
  afterAll(async () => {
    await made?.[Symbol.asyncDispose]();
  });
  return () => {
    if (!made) throw new Error('used outside a test');
    return made;
  };
}

export interface Talk extends AsyncDisposable {
  readonly proxy: TestEngine;
  readonly origin: RawOrigin;
  readonly client: RawClient;
  /** `http://127.0.0.1:PORT` of the origin. */
  readonly url: string;
  /** The first session once it has ended. */
  session(): Promise<FullSession>;
}

export interface TalkOptions {
  /** What the origin answers each request with, or does. Default: 200 with "ok". */
  readonly answer?: string | Parameters<typeof rawOrigin>[0]['onRequest'];
  readonly engine?: Partial<EngineOptions>;
  /** Through CONNECT and TLS on both sides instead of absolute-form. */
  readonly tls?: boolean;
}

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A client's connection to an engine with an origin behind it. */
export async function talk(bench: Surroundings, options: TalkOptions = {}): Promise<Talk> {
  const answer = options.answer ?? OK;
  const proxy = await bench.start(options.engine);
  const origin = await rawOrigin({
    onRequest: typeof answer === 'string' ? reply(answer) : answer,
    ...(options.tls ? { tls: bench.tls } : {}),
  });
  const client = options.tls
    ? await rawTunnelClient(proxy.port, {
        authority: `localhost:${origin.port}`,
        ca: proxy.ca,
        serverName: 'localhost',
      })
    : await rawClient(proxy.port);
  return {
    proxy,
    origin,
    client,
    url: `http://127.0.0.1:${origin.port}`,
    session: async () => {
      const [first] = await proxy.sink.ended(1);
      if (first === undefined) throw new Error('no session');
      return first;
    },
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
    },
  };
}

/** A request in absolute-form with `fields` (each with its CRLF) and a body. */
export function request(url: string, fields = '', body = '', method = 'GET', path = '/'): string {
  return `${method} ${url}${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${fields}\r\n${body}`;
}
