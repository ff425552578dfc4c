/**
 * Bytes both ways between a client and a server, as they are, recorded as they pass. Whoever is slowest (either peer, or the capture)
 * sets the pace; a half-close is passed on as a half-close and a reset as a reset. It connects to nothing and reads no meaning into
 * the bytes.
 */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SessionFailure, SessionState, Timings } from '#model/session.ts';
import { errorCode, failure } from '../failure.ts';
import { type Pressure, pump } from '../pump.ts';
import type { Recorder } from '../recorder.ts';

export interface RawTunnelOptions {
  /** Of a session that has begun; the tunnel ends it. */
  readonly recorder: Recorder;
  /** `counts`: what passes is encrypted and of no use to anybody, so it is counted and not kept. */
  readonly record: 'bytes' | 'counts';
  /** Silence in both directions after which the tunnel is closed, in ms. */
  readonly idleMs: number;
  /** The server as `host:port`, for sentences. */
  readonly host: string;
  /** Already read from the client, still to be sent. */
  readonly fromClient?: Uint8Array;
  /** Already read from the server, still to be sent. */
  readonly fromServer?: Uint8Array;
  /** Of what came before the tunnel; told with the session's end. */
  readonly timings?: Timings;
}

export interface TunnelOutcome {
  readonly state: Exclude<SessionState, 'active'>;
  readonly failure?: SessionFailure;
  /** Octets from client to server, and back. */
  readonly sent: number;
  readonly received: number;
}

type Ending = Pick<TunnelOutcome, 'state' | 'failure'>;

/** Passes an abort on: a reset where the connection is plain TCP, an end without close_notify (RFC 8446 §6.1) inside TLS. */
function abort(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Data that the closed side had sent comes first (RFC 9110 §9.3.6). */
function abortOnceWritten(socket: Socket): void {
  if (socket.writableLength === 0) abort(socket);
  else if (socket.writableEnded) socket.once('finish', () => abort(socket));
  else socket.write('', () => abort(socket));
}

/** Resolves when both connections are closed and the session has ended; never rejects. */
export function rawTunnel(client: Socket, server: Socket, options: RawTunnelOptions): Promise<TunnelOutcome> {
  const { recorder, idleMs, host } = options;
  let sent = 0;
  let received = 0;
  let ending: Ending | undefined;

  const endWith = (state: Ending['state'], why: SessionFailure): boolean => {
    if (ending) return false;
    ending = { state, failure: why };
    return true;
  };
  const idle = () => {
    const detail = `Nothing passed between the client and ${host} for ${Math.round(idleMs / 1000)} s, so the tunnel was closed.`;
    endWith('failed', { code: 'timeout', detail });
    client.destroy();
    server.destroy();
  };
  const keep = (tell: (bytes: Uint8Array) => Pressure, bytes: Uint8Array) =>
    options.record === 'bytes' ? tell(bytes) : undefined;
  const observeClient = (bytes: Uint8Array): Pressure => {
    sent += bytes.length;
    return keep((data) => recorder.requestData(data), bytes);
  };
  const observeServer = (bytes: Uint8Array): Pressure => {
    received += bytes.length;
    return keep((data) => recorder.responseData(data), bytes);
  };

  return new Promise((resolve) => {
    const closed = () => {
      if (!client.closed || !server.closed) return;
      const outcome = { ...(ending ?? { state: 'completed' as const }), sent, received };
      recorder.end(outcome.state, options.timings ?? {}, outcome.failure);
      resolve(outcome);
    };
    const carry = (
      from: Socket,
      to: Socket,
      first: Uint8Array | undefined,
      observe: (bytes: Uint8Array) => Pressure,
      ended: () => void,
      lost: (code: string) => void,
    ) => {
      const finished = () => {
        ended();
        if (!to.destroyed) to.end();
      };
      from.allowHalfOpen = true;
      from.setTimeout(idleMs, idle);
      from.on('error', (error) => {
        lost(errorCode(error));
        abortOnceWritten(to);
      });
      from.once('end', finished);
      from.once('close', () => {
        // Destroyed from within, without an error and before its end: there is nothing more to pass on.
        if (!from.readableEnded && !from.errored) {
          endWith('failed', { code: 'other', detail: `Sluice closed the tunnel to ${host}.` });
          abortOnceWritten(to);
        }
        closed();
      });
      if (first !== undefined && first.length > 0) {
        observe(first);
        to.write(first);
      }
      if (from.readableEnded) finished();
      else pump(from, to, observe);
    };
    carry(
      client,
      server,
      options.fromClient,
      observeClient,
      () => recorder.requestEnd(),
      (code) => endWith('client-aborted', failure('client-gone', host, code)),
    );
    carry(
      server,
      client,
      options.fromServer,
      observeServer,
      () => recorder.responseEnd(),
      (code) => endWith('server-aborted', failure('origin-gone', host, code)),
    );
    for (const socket of [client, server]) if (socket.isPaused()) socket.resume();
    closed();
  });
}
