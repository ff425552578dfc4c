/** An origin that takes its time, and one that sends without end; both tell how much they have got rid of. */
import { httpOrigin, type Origin, type OriginOptions } from './origin.ts';

export interface SlowOriginOptions extends OriginOptions {
  readonly chunks: readonly string[];
  readonly everyMs: number;
}

/** Sends its head at once and one chunk after each pause. */
export function slowOrigin({ chunks, everyMs, ...options }: SlowOriginOptions): Promise<Origin> {
  return httpOrigin((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.flushHeaders();
    let next = 0;
    const timer = setInterval(() => {
      if (next < chunks.length) response.write(chunks[next]);
      else response.end();
      next += 1;
      if (next > chunks.length) clearInterval(timer);
    }, everyMs);
    response.on('close', () => clearInterval(timer));
  }, options);
}

export interface FloodOrigin extends Origin {
  /** Bytes of bodies that the system has taken over so far. */
  readonly sent: () => number;
}

/** Answers with `size` bytes as fast as the reader takes them. */
export async function floodOrigin(size: number, options: OriginOptions = {}): Promise<FloodOrigin> {
  let sent = 0;
  const piece = Buffer.alloc(64 * 1024, 'sluice');
  const origin = await httpOrigin((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': size });
    let queued = 0;
    const more = () => {
      while (queued < size && !response.destroyed) {
        const bytes = piece.subarray(0, Math.min(piece.length, size - queued));
        queued += bytes.length;
        const room = response.write(bytes, () => {
          sent += bytes.length;
        });
        if (!room) return void response.once('drain', more);
      }
      return void response.end();
    };
    more();
  }, options);
  return { ...origin, sent: () => sent };
}
