/**
 * Sluice's own engine: HTTP read from raw sockets, so that what is seen is what was on the wire. This file listens, joins the parts, and
 * takes them down again.
 */
import { createServer, type Server } from 'node:net';
import { SluiceError } from '#model/errors.ts';
import { DEFAULT_LIMITS } from '../../wire/limits.ts';
import { DEFAULT_TIMEOUTS, type Engine, type EngineFactory, type EngineOptions } from '../engine.ts';
import { failure } from '../failure.ts';
import { hostMatcher } from '../host-pattern.ts';
import { Passthrough } from '../inbound/passthrough.ts';
import { SecureContexts } from '../inbound/secure-contexts.ts';
import { Recording } from '../recorder.ts';
import { ConnectContext } from '../upstream/connect-context.ts';
import { Arrivals } from './arrivals.ts';
import type { EngineContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { Origins } from './origins.ts';
import { sendOwn } from './own-send.ts';
import { Requests } from './requests.ts';

/** Connections that wait to be accepted; a browser opens many at once. */
const BACKLOG = 1024;

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

/** Starts the engine; see the port in ../engine.ts. */
export const createWireEngine: EngineFactory = async (options) => {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const state = { port: options.port, closing: false };
  const connecting = new ConnectContext({
    ...options,
    ownPorts: () => [state.port, ...options.ownPorts()],
    timeouts,
  });
  const context: EngineContext = {
    options,
    timeouts,
    limits: DEFAULT_LIMITS,
    deadlines: new Deadlines(Math.min(...Object.values(timeouts))),
    recording: new Recording(options.sink, options.nextSessionId),
    origins: new Origins(() => context, connecting),
    protocol: {
      http2: options.protocol?.http2 ?? 'mirror',
      via: options.protocol?.via ?? false,
      stripAltSvc: options.protocol?.stripAltSvc ?? false,
      lenient: hostMatcher(options.protocol?.lenient ?? []),
    },
    sockets: new Set(),
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
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
    arrivals.accept(socket),
  );
  state.port = await listen(server, options);
  server.on('error', () => {});

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise((resolve) => {
      state.closing = true;
      server.close(() => resolve());
      context.recording.endAll(failure('other', 'the origin', 'Sluice was closed'));
      for (const socket of context.sockets) socket.destroy();
      context.origins.close();
      context.deadlines[Symbol.dispose]();
    });
    return closing;
  };
  const engine: Engine = {
    name: 'wire',
    address: { host: options.host, port: state.port },
    send: async (request) => sendOwn(context, request),
    close,
    [Symbol.asyncDispose]: close,
  };
  return engine;
};
