/**
 * Sluice's own engine: HTTP read from raw sockets, so that what is seen is what was on the wire. This file listens, joins the parts, and
 * takes them down again.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SluiceError } from '#model/errors.ts';
import { Interceptor } from '../../intercept/interceptor.ts';
import { DEFAULT_LIMITS } from '../../wire/limits.ts';
import { DEFAULT_TIMEOUTS, type Engine, type EngineFactory, type EngineOptions } from '../engine.ts';
import { failure } from '../failure.ts';
import { hostMatcher } from '../host-pattern.ts';
import { Passthrough } from '../inbound/passthrough.ts';
import { SecureContexts } from '../inbound/secure-contexts.ts';
import { Recording } from '../recorder.ts';
import type { ReverseListener } from '../settings.ts';
import { type Authority, parseAbsolute, type Scheme } from '../target.ts';
import { ConnectContext } from '../upstream/connect-context.ts';
import { Arrivals } from './arrivals.ts';
import type { EngineContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { Origins } from './origins.ts';
import { sendOwn } from './own-send.ts';
import { sendTogether } from './race.ts';
import { sendRaw } from './raw-send.ts';
import { Requests } from './requests.ts';

/** Connections that wait to be accepted; a browser opens many at once. */
const BACKLOG = 1024;
/** HTTP/2 clients are told when the engine closes; this long they may take to hear it. */
const FAREWELL_MS = 200;

async function listen(server: Server, { host, port }: Pick<EngineOptions, 'host' | 'port'>): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port)));
    server.listen({ host, port, backlog: BACKLOG }, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function listenError(error: Error, host: string, port: number): SluiceError {
  if ('code' in error && error.code === 'EADDRINUSE') {
    return new SluiceError('port-in-use', `Port ${port} on ${host} is taken; choose another with --port.`, {
      cause: error,
    });
  }
  return new SluiceError('internal', `The proxy could not listen on ${host}:${port}: ${error.message}`, {
    cause: error,
  });
}

function serverFor(accept: (socket: Socket) => void): Server {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, accept);
  server.on('error', () => {});
  return server;
}

function reverseOrigin({ origin }: ReverseListener): { scheme: Scheme; authority: Authority } {
  const target = parseAbsolute(origin);
  if (target === undefined || target.path !== '/') {
    throw new SluiceError(
      'usage',
      `"${origin}" is not an origin; write it as https://host or http://host:port.`,
    );
  }
  return { scheme: target.scheme, authority: { host: target.host, port: target.port } };
}

/** Tells HTTP/2 peers, and waits a little for that to be on its way. */
async function sayFarewell({ http2 }: EngineContext): Promise<void> {
  if (http2.size === 0) return;
  const patience = new AbortController();
  const told = Promise.all(Array.from(http2, (connection) => connection.shutDown()));
  const over = delay(FAREWELL_MS, undefined, { signal: patience.signal }).catch(() => {});
  await Promise.race([told, over]);
  patience.abort();
}

/** Starts the engine; see the port in ../engine.ts. */
export const createWireEngine: EngineFactory = async (options) => {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const reverse: ReverseListener[] = [];
  const state = { port: options.port, closing: false };
  const connecting = new ConnectContext({
    ...options,
    ownPorts: () => [state.port, ...reverse.map(({ port }) => port), ...options.ownPorts()],
    timeouts,
  });
  const context: EngineContext = {
    options,
    timeouts,
    limits: DEFAULT_LIMITS,
    deadlines: new Deadlines(Math.min(...Object.values(timeouts))),
    recording: new Recording(options.sink, options.nextSessionId),
    origins: new Origins(() => context, connecting),
    interceptor: new Interceptor({ stripAltSvc: options.protocol?.stripAltSvc ?? false }),
    protocol: {
      http2: options.protocol?.http2 ?? 'mirror',
      via: options.protocol?.via ?? false,
      lenient: hostMatcher(options.protocol?.lenient ?? []),
    },
    sockets: new Set(),
    http2: new Set(),
    get port() {
      return state.port;
    },
    get closing() {
      return state.closing;
    },
  };
  const requests = new Requests(context, () => arrivals);
  const arrivals = new Arrivals({
    context,
    contexts: new SecureContexts(options.authority),
    passthrough: new Passthrough(options.inbound ?? {}),
    requests,
  });
  const server = serverFor((socket) => arrivals.accept(socket));
  state.port = await listen(server, options);
  const servers = [server];
  try {
    for (const wanted of options.inbound?.reverse ?? []) {
      const origin = reverseOrigin(wanted);
      const listener = serverFor((socket) => arrivals.accept(socket, origin));
      reverse.push({ ...wanted, port: await listen(listener, { host: options.host, port: wanted.port }) });
      servers.push(listener);
    }
  } catch (error) {
    for (const open of servers) open.close();
    throw error;
  }

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      state.closing = true;
      const closed = servers.map((open) => new Promise<void>((resolve) => open.close(() => resolve())));
      context.recording.endAll(failure('other', 'the origin', 'Sluice was closed'));
      await sayFarewell(context);
      for (const socket of context.sockets) socket.destroy();
      context.origins.close();
      context.deadlines[Symbol.dispose]();
      await Promise.all(closed);
    })();
    return closing;
  };
  const engine: Engine = {
    name: 'wire',
    address: { host: options.host, port: state.port },
    reverse,
    send: async (request) => sendOwn(context, request),
    sendTogether: async (requests) => sendTogether(context, requests),
    sendRaw: async (request) => sendRaw(context, request),
    close,
    [Symbol.asyncDispose]: close,
  };
  return engine;
};
