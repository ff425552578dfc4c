/** An HTTP/2 origin over TLS, and optionally HTTP/1.1 beside it; answers as its listener says. */
import type { RequestListener } from 'node:http';
import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import { type HeaderPair, pairsFromFlat } from '#model/headers.ts';
import { listening, type Origin, type OriginCertificate } from './origin.ts';

export interface Http2Received {
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
  readonly trailers: readonly HeaderPair[];
}

export interface Http2Origin extends Origin {
  /** Whole requests, in the order they ended. */
  readonly received: readonly Http2Received[];
}

/** `listener` gets each stream as it begins, with its fields in order. */
export async function http2Origin(
  tls: OriginCertificate,
  listener: (stream: ServerHttp2Stream, fields: readonly HeaderPair[]) => void,
  options: { readonly allowHTTP1?: boolean; readonly http1?: RequestListener } = {},
): Promise<Http2Origin> {
  const received: Http2Received[] = [];
  const server = createSecureServer({ ...tls, allowHTTP1: options.allowHTTP1 ?? false });
  const { http1 } = options;
  if (http1) {
    // Over HTTP/2 this event comes too, for the same streams; whoever listens to it can send no trailers.
    server.on('request', (request, response) => {
      if (request.httpVersionMajor === 1) http1(request as never, response as never);
    });
  }
  server.on('stream', (stream: ServerHttp2Stream, _headers: unknown, _flags: unknown, flat: unknown) => {
    const headers = pairsFromFlat(flat as string[]);
    const chunks: Buffer[] = [];
    let trailers: HeaderPair[] = [];
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('trailers', (_fields: unknown, _f: unknown, list: unknown) => {
      trailers = pairsFromFlat(list as string[]);
    });
    // A stream that was reset ends too.
    stream.on('end', () => {
      if (!stream.aborted && stream.rstCode === 0)
        received.push({ headers, body: Buffer.concat(chunks), trailers });
    });
    listener(stream, headers);
  });
  server.on('sessionError', () => {});
  const origin = await listening(server as never, { tls });
  return { ...origin, received };
}
