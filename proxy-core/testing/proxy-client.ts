/** An ordinary client of a proxy: absolute-form for http, CONNECT and TLS for https, one connection for each request unless kept. */
import { createHash } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type HeaderPair, type Headers, pairsFromFlat } from '#model/headers.ts';
import { tunnelSocket } from './raw-client.ts';

export interface ProxyRequest {
  readonly proxyPort: number;
  readonly url: string;
  readonly method?: string;
  /** In order and case; Host is added when missing. */
  readonly headers?: Headers;
  readonly body?: Uint8Array | string;
  /** PEM of the root to trust for https. */
  readonly ca?: string;
}

export interface ProxyResponse {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly trailers: readonly HeaderPair[];
  readonly body: Buffer;
  readonly sha256: string;
  /** False when the connection ended before the body did. */
  readonly complete: boolean;
}

async function collect(response: IncomingMessage): Promise<ProxyResponse> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    // `complete` tells.
  }
  const body = Buffer.concat(chunks);
  return {
    status: response.statusCode ?? 0,
    headers: pairsFromFlat(response.rawHeaders),
    trailers: pairsFromFlat(response.rawTrailers),
    body,
    sha256: createHash('sha256').update(body).digest('hex'),
    complete: response.complete,
  };
}

/** Sends one request through the proxy; rejects when no response head came. */
export async function viaProxy(outgoing: ProxyRequest): Promise<ProxyResponse> {
  const { proxyPort, method = 'GET', headers = [], body } = outgoing;
  const url = new URL(outgoing.url);
  const secure = url.protocol === 'https:';
  const port = url.port || (secure ? '443' : '80');
  const through = {
    authority: `${url.hostname}:${port}`,
    ...(outgoing.ca ? { ca: outgoing.ca } : {}),
    ...(/^[\d.]+$|^\[/.test(url.hostname) ? {} : { serverName: url.hostname }),
  };
  const socket: Socket | undefined = secure ? await tunnelSocket(proxyPort, through) : undefined;
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const fields: HeaderPair[] = [...headers.map(([name, value]): HeaderPair => [name, value])];
  if (!given.has('host')) fields.unshift(['Host', url.host]);
  if (bytes && !given.has('content-length') && !given.has('transfer-encoding')) {
    fields.push(['Content-Length', String(bytes.length)]);
  }
  if (!given.has('connection')) fields.push(['Connection', 'close']);
  const agent = new Agent({ keepAlive: false });
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      method,
      path: secure ? `${url.pathname}${url.search}` : outgoing.url,
      headers: fields.flat(),
      setHost: false,
      // Node asks createConnection only where no agent is named.
      ...(socket ? { createConnection: () => socket } : { agent, host: '127.0.0.1', port: proxyPort }),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      void collect(response).then((collected) => {
        socket?.destroy();
        resolve(collected);
      });
    });
    request.end(bytes);
  });
}
