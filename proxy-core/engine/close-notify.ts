/**
 * Whether a server ended TLS with close_notify (RFC 8446 §6.1) or was just cut off, which decides whether a body that is delimited by the
 * connection's end is whole (RFC 9112 §9.8). Node tells both as the same `end`. But the alert is octets: it was read together with the
 * last data, and then the end is told in the same turn of the event loop, or the TCP connection has brought more octets since, as many
 * as an alert takes. An end in a later turn without them is that of TCP alone.
 *
 * What it cannot tell: an end of TCP that the system hands out in the same turn as the last data (which takes a read that just filled
 * its buffer), and whatever is under TLS inside TLS. There the body counts as whole. A key update just before the alert would count as a cut.
 */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The two octets of an alert with header, explicit nonce or content type, and tag. */
function alertSize(version: string | null, cipher: string): number | undefined {
  if (version === 'TLSv1.3') return 2 + (cipher.endsWith('CCM_8_SHA256') ? 14 : 22);
  if (version !== 'TLSv1.2') return undefined;
  if (cipher.includes('CHACHA20')) return 2 + 21;
  return cipher.includes('GCM') ? 2 + 29 : undefined;
}

/** With a block cipher: header, vector, and the alert with the shortest and longest MAC, padded. */
const SHORTEST_ALERT = 5 + 16 + 32;
const LONGEST_ALERT = 5 + 16 + 64;

const carriers = new WeakMap<TLSSocket, Socket>();

/** Says which connection TLS runs over; without that nothing is watched. */
export function runsOver(tls: TLSSocket, carrier: Socket): void {
  if (!(carrier instanceof TLSSocket)) carriers.set(tls, carrier);
}

/** Made when it turns out that a body goes on to the connection's end, from within the event of its first data. */
export class CloseNotifyWatch {
  readonly #tls: TLSSocket;
  readonly #carrier: Socket;
  /** Octets read when a turn was over in which no end was told; undefined while one is under way. */
  #settledAt: number | undefined;
  #turn: NodeJS.Immediate | undefined;
  #cut = false;

  private constructor(tls: TLSSocket, carrier: Socket) {
    this.#tls = tls;
    this.#carrier = carrier;
    // Where Node hands in what it reads, at the time it does so: events of a paused stream come later.
    const push = tls.push.bind(tls);
    tls.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk === null) this.#ended();
      else this.#read();
      return push(chunk, encoding);
    };
    // A ticket of TLS 1.3: octets that are no data.
    tls.on('session', () => this.#read());
    this.#read();
  }

  /** Undefined where it could tell nothing. */
  static of(socket: Socket): CloseNotifyWatch | undefined {
    if (!(socket instanceof TLSSocket)) return undefined;
    const carrier = carriers.get(socket);
    return carrier && new CloseNotifyWatch(socket, carrier);
  }

  #read(): void {
    this.#settledAt = undefined;
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      this.#settledAt = this.#carrier.bytesRead;
    });
  }

  #ended(): void {
    clearImmediate(this.#turn);
    if (this.#settledAt === undefined) return;
    const octets = this.#carrier.bytesRead - this.#settledAt;
    const alert = alertSize(this.#tls.getProtocol(), this.#tls.getCipher()?.name ?? '');
    if (alert !== undefined) this.#cut = octets !== alert;
    else this.#cut = octets < SHORTEST_ALERT || octets > LONGEST_ALERT;
  }

  /** After the connection's `end`: whether it was cut off. */
  get cut(): boolean {
    return this.#cut;
  }
}
