/** Settings and handlers that both HTTP servers of this engine share: the one that listens and the one inside tunnels. */
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EngineContext } from './context.ts';
import { serve } from './exchange.ts';
import { recordMalformed } from './malformed.ts';

/** Real traffic goes beyond Node's 16 KiB. */
const MAX_HEAD_BYTES = 64 * 1024;

const isWebSocket = (request: IncomingMessage) => /^websocket$/i.test(request.headers.upgrade ?? '');

/**
 * Prepares a server that this file did not make: the library makes the listening one and offers no options, so what are options of
 * http.createServer are set as the properties of the same names before the first connection.
 */
export function prepareServer(server: Server, context: EngineContext): void {
  Object.assign(server, {
    maxHeaderSize: MAX_HEAD_BYTES,
    maxHeadersCount: 0,
    // A request without Host is still a session; see destination.ts.
    requireHostHeader: false,
    // Other offers to upgrade (h2c) are ignored, as RFC 9110 §7.8 allows, and served as plain requests.
    shouldUpgradeCallback: isWebSocket,
    headersTimeout: context.timeouts.clientHead,
    // Uploads may last; silence is limited by the origin's side.
    requestTimeout: 0,
    keepAliveTimeout: context.timeouts.clientKeepAlive,
  });
  server.on('checkContinue', (request, response) => serve(context, { request, response }));
  server.on('checkExpectation', (request, response) => serve(context, { request, response }));
  server.on('upgrade', (request: IncomingMessage, socket: Socket, first: Buffer) => {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.on('finish', () => socket.end());
    socket.on('close', () => response.destroy());
    serve(context, { request, response, upgrade: { first } });
  });
  server.on('clientError', (error, socket) => recordMalformed(context, error, socket as Socket));
}
