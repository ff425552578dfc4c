/** HTTP/1.1 load on connections that are open: one request at a time on each, the next as soon as the response is whole. */
import type { Socket } from 'node:net';
import { type Driver, Tally } from './driver.ts';
import { ResponseReader, WrongResponse } from './response-reader.ts';

export interface Http1Load {
  readonly connections: readonly Socket[];
  /** The request as it goes out, head and all. */
  readonly request: Buffer;
  /** Length of the body that must come back. */
  readonly bodyLength: number;
}

/** A GET as bytes; `target` is a path or, to a proxy in the clear, a URL. */
export const getRequest = (target: string, host: string): Buffer =>
  Buffer.from(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n`);

/** Starts the load. */
export function startHttp1({ connections, request, bodyLength }: Http1Load): Driver {
  const tally = new Tally();
  const readers: ResponseReader[] = [];
  for (const socket of connections) {
    const reader = new ResponseReader(bodyLength);
    readers.push(reader);
    const ask = () => {
      tally.asked(1);
      socket.write(request);
    };
    socket.on('data', (chunk: Buffer) => {
      try {
        const completed = reader.push(chunk);
        if (completed > 1) throw new WrongResponse('two responses to one request');
        if (completed === 1 && tally.answer(1)) ask();
      } catch (error) {
        tally.fail(error);
      }
    });
    ask();
  }
  return tally.driver(connections, () => readers.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0));
}
