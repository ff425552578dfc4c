/** HTTP/2 load: several streams at a time on each connection, a new one as soon as one ends. */
import type { Socket } from 'node:net';
import { type Driver, Tally } from './driver.ts';
import { FrameReader, getHeaders, opening, WrongFrame } from './h2-frames.ts';

export interface Http2Load {
  /** TLS connections on which h2 was agreed. */
  readonly connections: readonly Socket[];
  readonly streams: number;
  readonly path: string;
  readonly authority: string;
  /** Length of the body that must come back. */
  readonly bodyLength: number;
}

const STREAM_ID_AT = 5;

/** Starts the load. */
export function startHttp2({ connections, streams, path, authority, bodyLength }: Http2Load): Driver {
  const tally = new Tally();
  const request = getHeaders(path, authority);
  const readers: FrameReader[] = [];
  for (const socket of connections) {
    let next = 1;
    const ask = (): Buffer => {
      const bytes = Buffer.from(request);
      bytes.writeUInt32BE(next, STREAM_ID_AT);
      next += 2;
      tally.asked(1);
      return bytes;
    };
    // What a chunk gives rise to goes out in one write.
    let outgoing: Buffer[] = [opening(), ...Array.from({ length: streams }, ask)];
    const flush = () => {
      if (outgoing.length > 0) socket.write(Buffer.concat(outgoing));
      outgoing = [];
    };
    const reader = new FrameReader({
      send: (bytes) => outgoing.push(bytes),
      end: (body) => {
        if (body !== bodyLength) throw new WrongFrame(`a body of ${body} bytes instead of ${bodyLength}`);
        if (tally.answer(1)) outgoing.push(ask());
      },
    });
    readers.push(reader);
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
        flush();
      } catch (error) {
        tally.fail(error);
      }
    });
    flush();
  }
  return tally.driver(connections, () => readers.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0));
}
