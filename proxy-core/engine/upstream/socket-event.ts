/** Waiting for a socket in a way that leaves no listener behind and no socket open. */
import type { Socket } from 'node:net';

/** The listener of sockets that are nobody's for a while: an error without any listener ends the process. */
export const ignoreError = (): void => {};

/** A peer that closed before it had said what was awaited. */
export class ClosedEarlyError extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('the connection was closed before it was ready');
  }
}

/** Runs `wait` until it calls `done` (with an error to fail); on failure, close or abort the socket is destroyed. */
export function awaitSocket(
  socket: Socket,
  signal: AbortSignal,
  wait: (done: (error?: Error) => void) => () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let stop: (() => void) | undefined;
    const finish = (error?: unknown): void => {
      stop?.();
      socket.off('error', finish);
      socket.off('close', closed);
      signal.removeEventListener('abort', aborted);
      if (error === undefined) {
        resolve();
        return;
      }
      socket.on('error', ignoreError);
      socket.destroy();
      reject(error);
    };
    const closed = (): void => finish(new ClosedEarlyError());
    const aborted = (): void => finish(signal.reason);
    socket.on('error', finish);
    socket.on('close', closed);
    signal.addEventListener('abort', aborted);
    stop = wait(finish);
    if (signal.aborted) aborted();
    else if (socket.destroyed) closed();
  });
}

/** Resolves when `event` comes. */
export function socketEvent(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<void> {
  return awaitSocket(socket, signal, (done) => {
    const seen = (): void => done();
    socket.once(event, seen);
    return () => socket.off(event, seen);
  });
}
