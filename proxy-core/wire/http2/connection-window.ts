/**
 * What the peer may have under way on a whole connection (RFC 9113 §6.9), and when it may send more. What paused streams hold slows nobody
 * else down as long as it is little; beyond that the peer waits until it is read. So memory has a bound, and one stalled stream, or ten, do
 * not stop the others.
 */
import { Http2Fault } from './http2-fault.ts';

export const CONNECTION_WINDOW = 16 * 1024 * 1024;
const FREELY_HELD = 8 * 1024 * 1024;

export class ConnectionWindow {
  readonly #update: (increment: number) => void;
  #window = CONNECTION_WINDOW;
  #unacknowledged = 0;
  #held = 0;
  /** Of what is held, that for which the window has not been opened again. */
  #owed = 0;

  /** `update` is to tell the peer. */
  constructor(update: (increment: number) => void) {
    this.#update = update;
  }

  /** Octets have come. @throws Http2Fault FLOW_CONTROL_ERROR. */
  arrived(octets: number): void {
    this.#window -= octets;
    if (this.#window < 0)
      throw new Http2Fault('FLOW_CONTROL_ERROR', 'More data came than the window allows.');
  }

  /** They were dealt with; those that a stream holds have been told by `holds`. */
  dealtWith(octets: number): void {
    this.#unacknowledged += octets;
    if (this.#unacknowledged < CONNECTION_WINDOW / 2) return;
    this.#update(this.#unacknowledged);
    this.#window += this.#unacknowledged;
    this.#unacknowledged = 0;
  }

  /** A paused stream keeps some of those that have come. */
  holds(octets: number): void {
    this.#held += octets;
    if (this.#held <= FREELY_HELD) return;
    this.#owed += octets;
    this.#unacknowledged -= octets;
  }

  /** It has let go of them. */
  released(octets: number): void {
    this.#held -= octets;
    const paid = Math.min(this.#owed, octets);
    this.#owed -= paid;
    this.dealtWith(paid);
  }
}
