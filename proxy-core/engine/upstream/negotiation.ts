/**
 * What is said with an upstream proxy before it passes bytes on, sans I/O: octets in, the next step out. The one driver here does the
 * input and output for every such talk.
 */
import type { Socket } from 'node:net';
import { UpstreamProxyError } from '../failure.ts';
import { awaitSocket } from './socket-event.ts';

export type NegotiationStep =
  /** More octets are needed. */
  | { readonly kind: 'wait' }
  /** Send these, then go on; what has been received is kept. */
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  /** The way is free; `rest` came from behind the proxy already. */
  | { readonly kind: 'ready'; readonly rest: Buffer }
  | { readonly kind: 'failed'; readonly code: UpstreamProxyError['code']; readonly reason: string };

export interface Negotiation {
  /** What the client says first. */
  begin(): Uint8Array;
  /** Takes octets in any division. Not to be called after `ready` or `failed`. */
  receive(bytes: Buffer): NegotiationStep;
}

const NOTHING = Buffer.alloc(0);

/**
 * Talks until the way is free. The socket is then as it was: no listener, not flowing, early octets from behind the proxy still in it.
 * @throws UpstreamProxyError named after `proxy`, or the socket's error; the socket is then destroyed.
 */
export function negotiate(
  socket: Socket,
  negotiation: Negotiation,
  proxy: string,
  signal: AbortSignal,
): Promise<void> {
  return awaitSocket(socket, signal, (done) => {
    const take = (bytes: Buffer): boolean => {
      let step = negotiation.receive(bytes);
      for (; step.kind === 'send'; step = negotiation.receive(NOTHING)) socket.write(step.bytes);
      if (step.kind === 'wait') return true;
      if (step.kind === 'failed') done(new UpstreamProxyError(step.code, proxy, step.reason));
      else {
        done();
        if (step.rest.length > 0) socket.unshift(step.rest);
      }
      return false;
    };
    const read = (): void => {
      for (let bytes = socket.read(); bytes !== null; bytes = socket.read()) if (!take(bytes)) return;
    };
    const ended = (): void =>
      done(new UpstreamProxyError('SLUICE_PROXY_FAILED', proxy, 'it closed the connection'));
    socket.on('readable', read);
    socket.on('end', ended);
    socket.write(negotiation.begin());
    return () => socket.off('readable', read).off('end', ended);
  });
}
