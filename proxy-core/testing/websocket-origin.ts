/** An origin that speaks WebSocket: sends back every message as it came; the text "close" makes it close with 4001. */
import { type WebSocket, WebSocketServer } from 'ws';
import { listening, type Origin, type OriginOptions, originServer } from './origin.ts';

export interface WebSocketOriginOptions extends OriginOptions {
  /** Subprotocols it agrees to. */
  readonly protocols?: readonly string[];
}

export interface WebSocketOrigin extends Origin {
  readonly sockets: ReadonlySet<WebSocket>;
}

/** Starts it; plain HTTP requests get 426. */
export async function webSocketOrigin(options: WebSocketOriginOptions = {}): Promise<WebSocketOrigin> {
  const server = originServer((_request, response) => {
    response.writeHead(426, { 'Content-Length': 0 });
    response.end();
  }, options);
  const accepting = new WebSocketServer({
    server,
    perMessageDeflate: true,
    handleProtocols: (offered) => options.protocols?.find((name) => offered.has(name)) ?? false,
  });
  accepting.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => {
      if (!isBinary && String(data) === 'close') socket.close(4001, 'asked to');
      else socket.send(data as Buffer, { binary: isBinary });
    });
  });
  const origin = await listening(server, options);
  return {
    ...origin,
    sockets: accepting.clients,
    [Symbol.asyncDispose]: async () => {
      for (const socket of accepting.clients) socket.terminate();
      accepting.close();
      await origin[Symbol.asyncDispose]();
    },
  };
}
