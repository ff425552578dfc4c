/** Waits for the first bytes of a connection until they say enough. Reads no further than it must and gives back everything it read. */
import type { Socket } from 'node:net';

export type FirstBytes<T> =
  | { readonly answer: T; readonly bytes: Buffer }
  /** The time is over; `bytes` had not said enough. */
  | { readonly answer: 'silent'; readonly bytes: Buffer }
  /** The peer has ended or the connection is gone. */
  | { readonly answer: 'gone'; readonly bytes: Buffer };

/**
 * `decide` is asked with everything read so far, `first` included, until it answers something else than 'more'. The socket is paused
 * afterwards and has none of our listeners, but for errors, which whoever takes over must hear.
 */
export function firstBytes<T extends string>(
  socket: Socket,
  first: Buffer,
  decide: (bytes: Buffer) => T | 'more',
  ms: number,
): Promise<FirstBytes<T>> {
  return new Promise((resolve) => {
    let bytes = first;
    const done = (answer: T | 'silent' | 'gone') => {
      clearTimeout(timer);
      socket.off('data', read).off('end', gone).off('close', gone);
      socket.pause();
      resolve({ answer, bytes } as FirstBytes<T>);
    };
    const look = () => {
      if (bytes.length === 0) return;
      const answer = decide(bytes);
      if (answer !== 'more') done(answer);
    };
    const read = (chunk: Buffer) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      look();
    };
    const gone = () => done('gone');
    const timer = setTimeout(() => done('silent'), ms);
    socket.on('data', read).on('end', gone).on('close', gone);
    if (socket.destroyed || socket.readableEnded) return gone();
    look();
    if (socket.listeners('data').includes(read)) socket.resume();
  });
}
