/**
 * The engine built on the library http-mitm-proxy, and the only file that knows it. The library listens and parses; everything it does
 * less well is taken from it at its own seams: requests and tunnels before it forwards them (it would lose framing, header case and back
 * pressure), certificates (it would put unchecked host names into file paths), errors (it would print them).
 */
import { generateKeyPair } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Proxy as MitmProxy } from 'http-mitm-proxy';
import type { Authority } from '#certs/authority.ts';
import { SluiceError } from '#model/errors.ts';
import { DEFAULT_TIMEOUTS, type Engine, type EngineFactory, type EngineOptions } from '../engine.ts';
import { failure } from '../failure.ts';
import { Recording } from '../recorder.ts';
import { upstreamContext } from '../upstream-trust.ts';
import { Clients } from './clients.ts';
import type { EngineContext } from './context.ts';
import { serve } from './exchange.ts';
import { prepareServer } from './http-server.ts';
import { sendRequest } from './outgoing.ts';
import { Tunnels } from './tunnel.ts';
import { Upstream } from './upstream.ts';

class Library extends MitmProxy {
  readonly #serve: (request: IncomingMessage, response: ServerResponse) => void;
  readonly #failed: (error: Error) => void;

  constructor(
    authority: Authority,
    handlers: {
      serve: (request: IncomingMessage, response: ServerResponse) => void;
      connect: (request: IncomingMessage, socket: Socket, first: Buffer) => void;
      failed: (error: Error) => void;
    },
  ) {
    super();
    this.#serve = handlers.serve;
    this.#failed = handlers.failed;
    // Calling no callback tells the library that the tunnel is taken care of.
    this.onConnect((request, socket, head) => handlers.connect(request, socket as Socket, head));
    // Not reached as tunnels are taken over; here so that no host name could ever become a path or be signed by the library.
    this.onCertificateRequired = (hostname, callback) => {
      authority.leafFor(hostname);
      callback(null, { keyFile: '', certFile: '', hosts: [hostname] });
    };
    this.onCertificateMissing = (wanted, _files, callback) => {
      const { cert, key } = authority.leafFor(wanted.hostname);
      callback(null, { certFileData: cert, keyFileData: key, hosts: [wanted.hostname] });
    };
  }

  override _onHttpServerRequest(_tls: boolean, request: IncomingMessage, response: ServerResponse): void {
    this.#serve(request, response);
  }

  override _onError(_kind: string, _context: unknown, error: Error): void {
    this.#failed(error);
  }
}

/**
 * A private folder with an authority that the library finds and so does not generate one on the event loop. Its key signs nothing: it
 * is made here and forgotten with the folder as soon as the library has read it.
 */
async function libraryFolder(certificatePem: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-engine-'));
  await Promise.all([mkdir(join(folder, 'certs')), mkdir(join(folder, 'keys'), { mode: 0o700 })]);
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  await Promise.all([
    writeFile(join(folder, 'certs', 'ca.pem'), certificatePem),
    writeFile(join(folder, 'keys', 'ca.private.key'), privateKey, { mode: 0o600 }),
    writeFile(join(folder, 'keys', 'ca.public.key'), publicKey),
  ]);
  return folder;
}

async function listen(library: Library, folder: string, { host, port }: EngineOptions): Promise<Server> {
  try {
    await new Promise<void>((resolve, reject) => {
      library.onError((_context, error) => reject(error));
      library.listen({ host, port, sslCaDir: folder, keepAlive: true }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (!library.httpServer) throw new SluiceError('internal', 'The proxy could not be started.');
  return library.httpServer;
}

function listenError(error: unknown, { host, port }: EngineOptions): SluiceError {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return new SluiceError('port-in-use', `Port ${port} on ${host} is taken; choose another with --port.`, {
      cause: error,
    });
  }
  return new SluiceError('internal', `The proxy could not listen on ${host}:${port}: ${String(error)}`, {
    cause: error,
  });
}

/** Starts the engine; see the port in ../engine.ts. */
export const createHttpMitmProxyEngine: EngineFactory = async (options) => {
  let port = options.port;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const upstream = new Upstream({
    secureContext: upstreamContext(options.authority.certificatePem, options.upstreamCa),
    ownPorts: () => [port, ...options.ownPorts()],
    timeouts,
    lookup: options.lookup,
  });
  const clients = new Clients();
  const recording = new Recording(options.sink, options.nextSessionId);
  const context: EngineContext = { options, timeouts, recording, upstream, clients };
  const inner = createServer((request, response) => serve(context, { request, response }));
  prepareServer(inner, context);
  const tunnels = new Tunnels(context, inner, (host) => options.authority.leafFor(host));

  let startFailed: (error: Error) => void = () => {};
  const library = new Library(options.authority, {
    serve: (request, response) => serve(context, { request, response }),
    connect: (request, socket, first) => tunnels.accept(request, socket, first),
    failed: (error) => startFailed(error),
  });
  const failed = new Promise<never>((_resolve, reject) => {
    startFailed = reject;
  });
  failed.catch(() => {});
  const folder = await libraryFolder(options.authority.certificatePem);
  const server = await Promise.race([listen(library, folder, options), failed]).catch((error: unknown) => {
    throw listenError(error, options);
  });
  // The library's WebSocket server would accept before the origin did; the handshake is forwarded instead.
  library.wsServer?.close();
  prepareServer(server, context);
  server.on('connection', (socket) => clients.add(socket));
  server.on('error', () => {});
  port = library.httpPort;

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      recording.endAll(failure('other', 'the origin', 'Sluice was closed'));
      clients.destroyAll();
      upstream.close();
    });
    return closing;
  };
  const engine: Engine = {
    name: 'http-mitm-proxy',
    address: { host: options.host, port },
    reverse: [],
    send: async (request) => sendRequest(context, request),
    close,
    [Symbol.asyncDispose]: close,
  };
  return engine;
};
