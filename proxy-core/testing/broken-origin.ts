/** Origins that misbehave, each in one way. */
import type { Socket } from 'node:net';
import type { Origin, OriginOptions } from './origin.ts';
import { rawOrigin } from './raw-origin.ts';

export type Fault =
  /** Resets the connection when a request arrives. */
  | 'reset'
  /** Closes it without a word. */
  | 'close'
  /** Promises 1000 bytes, sends 10, resets. */
  | 'reset-mid-body'
  /** Promises 1000 bytes, sends 10, closes. */
  | 'short-body'
  /** Sends one chunk of a chunked body, closes. */
  | 'short-chunks'
  /** Answers with what is not HTTP. */
  | 'garbage'
  /** Answers with two lengths that differ. */
  | 'two-lengths'
  /** Reads and never answers. */
  | 'silent'
  /** Agrees to a switch of protocols that nobody asked for. */
  | 'unasked-switch';

const reset = (socket: Socket) => ('resetAndDestroy' in socket ? socket.resetAndDestroy() : socket);

const ACTS: Record<Fault, (socket: Socket) => void> = {
  reset,
  close: (socket) => void socket.end(),
  'reset-mid-body': (socket) =>
    void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789', () =>
      setImmediate(reset, socket),
    ),
  'short-body': (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789'),
  'short-chunks': (socket) =>
    void socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n'),
  garbage: (socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  'two-lengths': (socket) =>
    void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
  silent: () => {},
  'unasked-switch': (socket) =>
    void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
};

/** An origin with that fault. */
export function brokenOrigin(fault: Fault, options: OriginOptions = {}): Promise<Origin> {
  return rawOrigin({ ...options, onRequest: (socket) => ACTS[fault](socket) });
}
