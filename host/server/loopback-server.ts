/**
 * The host's only door: an HTTP server on loopback that gives out the workbench, takes its WebSocket, and serves what is too large for
 * it (bodies, HAR). It decides who comes in (guard.ts) and which route answers; it knows nothing of sessions itself.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod';
import { SluiceError } from '#model/errors.ts';
import type { Access } from './access.ts';
import { answerError, answerJson, readText } from './answer.ts';
import { type Refusal, refusalOf } from './guard.ts';
import type { StaticFiles } from './static-files.ts';

/** Answers a request whose path matched; a rejection becomes an answer with its code. */
export type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

export interface LoopbackServerOptions {
  /** 0: any. */
  readonly port: number;
  readonly access: Access;
  readonly files: StaticFiles;
  /** `METHOD /path/` of the routes below /api/, longest first wins; a path given ends where the rest is the route's own. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Takes a workbench's or a program's connection. */
  readonly onConnection: (socket: WebSocket) => void;
}

export interface LoopbackServer extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT/#token=…`: what a person opens. Never log it. */
  readonly address: string;
  /** The same for one use within a minute: what may stand in a command line. */
  newWindowAddress(): string;
}

/** A frame holds at most one composed request; larger uploads go by HTTP. */
const MAX_FRAME = 64 * 1024 * 1024;
const HOST = '127.0.0.1';

const pathOf = (target: string | undefined) => (target ?? '/').split('?', 1)[0] ?? '/';

/** Starts listening. @throws SluiceError `port-in-use`. */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => answerError(response, error));
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  const port = await listen();

  const addressWith = (token: string) => `http://${HOST}:${port}/#token=${token}`;

  function refusal(request: IncomingMessage, upgrade: boolean): Refusal | undefined {
    const { method = '', url = '', headers } = request;
    const proof = options.access.proof(headers, port);
    return refusalOf({ method, target: url, headers, upgrade, proof }, port);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(request, false);
    if (refused) {
      answerJson(response, refused.status, { code: 'not-allowed', message: refused.message });
      return;
    }
    const path = pathOf(request.url);
    if (path === '/session') return exchangeToken(request, response);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = Object.entries(options.routes).find(([name]) => `${method} ${path}`.startsWith(name))?.[1];
    if (route) return route(request, response, new URL(request.url ?? '/', `http://${HOST}`));
    if (method === 'GET' && options.files.serve(path, response, port)) return;
    throw new SluiceError('not-found', 'There is nothing at this address.');
  }

  async function exchangeToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const shown = TokenShown.safeParse(parseJson(await readText(request, 4096)));
    if (!shown.success || !options.access.redeem(shown.data.token)) {
      throw new SluiceError(
        'not-allowed',
        'The token is not this run’s: open the address that Sluice printed.',
      );
    }
    response.writeHead(204, { 'Set-Cookie': options.access.setCookie(port), 'Cache-Control': 'no-store' });
    response.end();
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refused =
      refusal(request, true) ??
      (pathOf(request.url) === '/rpc' ? undefined : { status: 404, message: 'No socket here.' });
    if (refused) {
      socket.on('error', () => socket.destroy());
      socket.end(`HTTP/1.1 ${refused.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, options.onConnection);
  });

  async function listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const taken = error.code === 'EADDRINUSE';
        reject(
          taken
            ? new SluiceError('port-in-use', `Port ${options.port} is taken: choose another with --ui-port.`)
            : error,
        );
      });
      server.listen(options.port, HOST, resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  return {
    port,
    address: addressWith(options.access.token),
    newWindowAddress: () => addressWith(options.access.newTicket()),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const TokenShown = z.object({ token: z.string() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SluiceError('bad-request', 'The body is not JSON.');
  }
}
