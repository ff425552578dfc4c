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
  /** Of a session that has begun, and whose response head was told (data before it counts nowhere); the tunnel ends it. */
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
  /** Called with the server's first octets before they are told: the place for a response head that was not known till then. */
  readonly answering?: (first: Uint8Array) => void;
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

/** One way through the tunnel. */
interface Lane {
  readonly from: Socket;
  readonly to: Socket;
  /** Already read. */
  readonly first: Uint8Array | undefined;
  readonly tell: (bytes: Uint8Array) => Pressure;
  readonly told: () => void;
  /** How the tunnel ends when this side breaks off. */
  readonly broken: (code: string) => Ending;
  octets: number;
}

/** A long tunnel's counts are told as they grow, this often in ms. */
const TELL_COUNTS_MS = 1000;
const FLUSH_MS = 2000;

/** Passes an abort on: a reset where the connection is plain TCP, an end without close_notify (RFC 8446 §6.1) inside TLS. */
function abort(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Data that the closed side had sent is tried first (RFC 9110 §9.3.6), but not for long: its peer may have stopped to read. */
function abortOnceWritten(socket: Socket): void {
  if (socket.writableLength === 0) {
    abort(socket);
    return;
  }
  const timer = setTimeout(() => abort(socket), FLUSH_MS);
  socket.once('close', () => clearTimeout(timer));
  if (socket.writableEnded) socket.once('finish', () => abort(socket));
  else socket.write('', () => abort(socket));
}

class RawTunnel {
  readonly #options: RawTunnelOptions;
  readonly #up: Lane;
  readonly #down: Lane;
  /** Until something breaks it off. */
  #ending: Ending = { state: 'completed' };
  #telling: NodeJS.Timeout | undefined;

  constructor(client: Socket, server: Socket, options: RawTunnelOptions) {
    const { recorder, host, fromClient, fromServer } = options;
    this.#options = options;
    this.#up = {
      from: client,
      to: server,
      first: fromClient,
      tell: (bytes) => recorder.requestData(bytes),
      told: () => recorder.requestEnd(),
      broken: (code) => ({ state: 'client-aborted', failure: failure('client-gone', host, code) }),
      octets: 0,
    };
    this.#down = {
      from: server,
      to: client,
      first: fromServer,
      tell: (bytes) => recorder.responseData(bytes),
      told: () => recorder.responseEnd(),
      broken: (code) => ({ state: 'server-aborted', failure: failure('origin-gone', host, code) }),
      octets: 0,
    };
  }

  run(): Promise<TunnelOutcome> {
    return new Promise((resolve) => {
      const closed = () => {
        if (this.#up.from.closed && this.#down.from.closed) resolve(this.#finish());
      };
      for (const lane of [this.#up, this.#down]) lane.from.once('close', closed);
      for (const lane of [this.#up, this.#down]) this.#open(lane);
      closed();
    });
  }

  #open(lane: Lane): void {
    const { from, to, first, told } = lane;
    from.allowHalfOpen = true;
    from.setTimeout(this.#options.idleMs, () => this.#idle());
    from.on('error', (error) => this.#break(lane, lane.broken(errorCode(error))));
    if (from.destroyed) {
      this.#break(lane, lane.broken(errorCode(from.errored)));
      return;
    }
    // Without an error and before its end: destroyed from within.
    from.once('close', () => {
      const detail = `Sluice closed the tunnel to ${this.#options.host}.`;
      if (!from.readableEnded) this.#break(lane, { state: 'failed', failure: { code: 'other', detail } });
    });
    const ended = () => {
      told();
      if (!to.destroyed) to.end();
    };
    if (first !== undefined && first.length > 0) {
      this.#passes(lane, first);
      to.write(first);
    }
    if (from.readableEnded) ended();
    else {
      from.once('end', ended);
      pump(from, to, (bytes) => this.#passes(lane, bytes));
      // A paused socket does not begin to flow by being listened to.
      from.resume();
    }
  }

  #passes(lane: Lane, bytes: Uint8Array): Pressure {
    if (lane === this.#down && lane.octets === 0) this.#options.answering?.(bytes);
    lane.octets += bytes.length;
    if (this.#options.record === 'bytes') return lane.tell(bytes);
    this.#telling ??= setTimeout(() => this.#tellCounts(), TELL_COUNTS_MS);
    return undefined;
  }

  #tellCounts(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#options.recorder.facts({ tunnelBytes: { sent: this.#up.octets, received: this.#down.octets } });
  }

  /** The first break decides how the tunnel ends; what follows from it breaks nothing. */
  #break(lane: Lane, ending: Ending): void {
    if (this.#ending.state === 'completed') this.#ending = ending;
    abortOnceWritten(lane.to);
  }

  #idle(): void {
    const { host, idleMs } = this.#options;
    const detail = `Nothing passed between the client and ${host} for ${idleMs / 1000} s, so the tunnel was closed.`;
    if (this.#ending.state === 'completed')
      this.#ending = { state: 'failed', failure: { code: 'timeout', detail } };
    this.#up.from.destroy();
    this.#down.from.destroy();
  }

  #finish(): TunnelOutcome {
    const { recorder, record, timings = {} } = this.#options;
    if (record === 'counts') this.#tellCounts();
    recorder.end(this.#ending.state, timings, this.#ending.failure);
    return { ...this.#ending, sent: this.#up.octets, received: this.#down.octets };
  }
}

/**
 * Takes over two connected sockets, which need not have been read from. Resolves when both are closed and the session has ended; never
 * rejects.
 */
export function rawTunnel(client: Socket, server: Socket, options: RawTunnelOptions): Promise<TunnelOutcome> {
  return new RawTunnel(client, server, options).run();
}
