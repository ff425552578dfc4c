/** An origin that says what it received: as JSON in its answer, and to the test in `received`. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type HeaderPair, pairsFromFlat } from '#model/headers.ts';
import { httpOrigin, type Origin, type OriginOptions } from './origin.ts';

export interface EchoReport {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly HeaderPair[];
  readonly trailers: readonly HeaderPair[];
  readonly bodySize: number;
  /** Lower-case hex. */
  readonly bodySha256: string;
}

export interface EchoOrigin extends Origin {
  readonly received: readonly EchoReport[];
}

async function report(request: IncomingMessage): Promise<EchoReport> {
  const hash = createHash('sha256');
  let bodySize = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bodySize += chunk.length;
  }
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers: pairsFromFlat(request.rawHeaders),
    trailers: pairsFromFlat(request.rawTrailers),
    bodySize,
    bodySha256: hash.digest('hex'),
  };
}

/** Answers every request with 200 and its report. A request cut short leaves no report. */
export async function echoOrigin(options: OriginOptions = {}): Promise<EchoOrigin> {
  const received: EchoReport[] = [];
  const origin = await httpOrigin((request, response) => {
    report(request).then(
      (seen) => {
        received.push(seen);
        const body = JSON.stringify(seen);
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
        });
        response.end(body);
      },
      () => response.destroy(),
    );
  }, options);
  return { ...origin, received };
}
