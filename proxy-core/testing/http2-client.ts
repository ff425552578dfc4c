/** An HTTP/2 client through a proxy's CONNECT: one connection, requests one by one, everything collected. */
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import type { Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { type HeaderPair, type Headers, pairsFromFlat } from '#model/headers.ts';
import { tunnelSocket } from './raw-client.ts';

export interface Http2Answer {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly trailers: readonly HeaderPair[];
  readonly informational: readonly number[];
  readonly body: Buffer;
  /** Of the stream, RFC 9113 §7; 0 when all was well. */
  readonly rstCode: number;
}

export interface Http2Client extends AsyncDisposable {
  readonly session: ClientHttp2Session;
  /** Opens a stream and leaves it to the caller. */
  open(fields: Headers, options?: { endStream?: boolean; waitForTrailers?: boolean }): ClientHttp2Stream;
  /** Sends a whole request; resolves when the stream is closed. */
  request(fields: Headers, body?: string | Uint8Array): Promise<Http2Answer>;
}

/** TLS through the proxy's tunnel to `localhost:port`, with the protocols offered. */
export async function tlsThrough(
  proxyPort: number,
  port: number,
  ca: string,
  alpn: readonly string[],
): Promise<TLSSocket> {
  const socket: Socket = await tunnelSocket(proxyPort, { authority: `localhost:${port}` });
  const tls = connectTls({ socket, ca, servername: 'localhost', ALPNProtocols: [...alpn] });
  await new Promise<void>((resolve, reject) => {
    tls.once('secureConnect', resolve).once('error', reject);
  });
  return tls;
}

/** Collects what a stream brings until it is closed. */
export function answerOf(stream: ClientHttp2Stream): Promise<Http2Answer> {
  const chunks: Buffer[] = [];
  const informational: number[] = [];
  let head: readonly HeaderPair[] = [];
  let trailers: readonly HeaderPair[] = [];
  stream.on('headers', (fields) => informational.push(Number(fields[':status'])));
  stream.on('response', (_fields: unknown, _flags: unknown, flat: unknown) => {
    head = pairsFromFlat(flat as string[]);
  });
  stream.on('trailers', (_fields: unknown, _flags: unknown, flat: unknown) => {
    trailers = pairsFromFlat(flat as string[]);
  });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('error', () => {});
  return new Promise((resolve) => {
    stream.on('close', () =>
      resolve({
        status: Number(head.find(([name]) => name === ':status')?.[1] ?? 0),
        headers: head.filter(([name]) => !name.startsWith(':')),
        trailers,
        informational,
        body: Buffer.concat(chunks),
        rstCode: stream.rstCode ?? 0,
      }),
    );
  });
}

/** An HTTP/2 connection to `localhost:port` through the proxy; rejects when HTTP/2 is not agreed on. */
export async function http2Client(proxyPort: number, port: number, ca: string): Promise<Http2Client> {
  const tls = await tlsThrough(proxyPort, port, ca, ['h2', 'http/1.1']);
  if (tls.alpnProtocol !== 'h2') {
    tls.destroy();
    throw new Error(`agreed on ${String(tls.alpnProtocol)} instead of h2`);
  }
  const session = connect(`https://localhost:${port}`, { createConnection: () => tls });
  session.on('error', () => {});
  const open = (fields: Headers, options: { endStream?: boolean; waitForTrailers?: boolean } = {}) =>
    // Node's types know only the object form, in which order and duplicates are lost.
    session.request(fields.flat() as never, options);
  return {
    session,
    open,
    request: (fields, body) => {
      const stream = open(fields, { endStream: body === undefined });
      const answer = answerOf(stream);
      if (body !== undefined) stream.end(body);
      return answer;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        tls.once('close', () => resolve());
        session.destroy();
        tls.destroy();
      }),
  };
}

/** Pseudo-fields of a request to `localhost:port`. */
export function pseudo(port: number, path: string, method = 'GET'): HeaderPair[] {
  return [
    [':method', method],
    [':scheme', 'https'],
    [':authority', `localhost:${port}`],
    [':path', path],
  ];
}
