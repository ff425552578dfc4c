/** One request on one connection, and when its answer came: for latency, and for connections that then stay idle. */
import type { Socket } from 'node:net';
import { ResponseReader } from './response-reader.ts';

/** Sends `request`; resolves when the response is whole with what that took, ms. Rejects when it is wrong or the connection ends. */
export function exchange(socket: Socket, request: Buffer, bodyLength: number): Promise<number> {
  const reader = new ResponseReader(bodyLength);
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      act();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error('closed before the response was whole')));
    const onData = (chunk: Buffer) => {
      try {
        if (reader.push(chunk) === 0) return;
        const took = performance.now() - from;
        settle(() => resolve(took));
      } catch (error) {
        onError(error as Error);
      }
    };
    socket.on('data', onData).on('error', onError).on('close', onClose);
    socket.write(request);
  });
}
