/** Collects what the codec says, in a form that tests compare: neighbouring data joined, so that how bytes were divided does not show. */

import type { WireLimits } from '../wire/limits.ts';
import {
  type MessageHandler,
  type ReaderOptions,
  requestReader,
  responseReader,
  type WireRequestHead,
  type WireResponseHead,
} from '../wire/message-reader.ts';

export type WireEvent = readonly [name: string, ...what: unknown[]];

interface Collected {
  readonly events: WireEvent[];
  readonly handler: MessageHandler<WireRequestHead | WireResponseHead>;
}

export function collect(): Collected {
  const events: WireEvent[] = [];
  const handler: Collected['handler'] = {
    head: ({ text, ...head }) => events.push(['head', text, head]),
    data: (bytes) => {
      const last = events.at(-1);
      if (last?.[0] === 'data')
        events[events.length - 1] = ['data', String(last[1]) + bytes.toString('latin1')];
      else events.push(['data', bytes.toString('latin1')]);
    },
    chunkExtension: (text) => events.push(['extension', text]),
    trailers: (fields) => events.push(['trailers', fields]),
    end: () => events.push(['end']),
    error: ({ code, offset }) => events.push(['error', code, offset]),
  };
  return { events, handler };
}

/** A stream as requests; `pieces` are pushed one by one, then the stream ends. */
export function readRequests(
  pieces: readonly Buffer[],
  limits?: WireLimits,
  options?: ReaderOptions,
): WireEvent[] {
  const { events, handler } = collect();
  const reader = requestReader(handler, limits, options);
  for (const piece of pieces) reader.push(piece);
  reader.finish();
  return events;
}

/** A stream as responses to requests of that method. */
export function readResponses(
  pieces: readonly Buffer[],
  method = 'GET',
  limits?: WireLimits,
  options?: ReaderOptions,
): WireEvent[] {
  const { events, handler } = collect();
  const reader = responseReader(handler, () => method, limits, options);
  for (const piece of pieces) reader.push(piece);
  reader.finish();
  return events;
}

/** Every way to cut `bytes` in two, and all its single octets. */
export function divisions(bytes: Buffer): Buffer[][] {
  const cuts = Array.from({ length: Math.max(0, bytes.length - 1) }, (_, i) => [
    bytes.subarray(0, i + 1),
    bytes.subarray(i + 1),
  ]);
  return [...cuts, Array.from(bytes, (octet) => Buffer.of(octet))];
}
