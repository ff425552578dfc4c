/**
 * A WebSocket whose messages rules are for: what relayUpgrade does with octets, done with messages. Each is read, recorded as it came, given to the rules,
 * and written as one frame as it comes back. Without compression, which the rules have kept from being agreed on.
 */
import type { Socket } from 'node:net';
import { encodeMessage } from '../../wire/websocket-frame.ts';
import { type SeenMessage, WebSocketReader } from '../../wire/websocket-reader.ts';
import { failure } from '../failure.ts';
import { now } from '../recorder.ts';
import type { RuledSession } from './ruled-session.ts';
import type { UpgradeRelay } from './upgrade.ts';
import { relayUpgrade } from './upgrade.ts';

const BINARY = 2;
const CLOSE = 8;
/** Messages of one direction that may wait before the rest is left with the sender. */
const MAX_WAITING = 64;

/** One direction, in order. */
class Direction {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #reader: WebSocketReader;
  readonly #pass: (message: SeenMessage) => Promise<Buffer | undefined>;
  #waiting: Promise<void> = Promise.resolve();
  #count = 0;
  closing = false;

  constructor(
    from: Socket,
    to: Socket,
    sender: 'client' | 'server',
    pass: (message: SeenMessage) => Promise<Buffer | undefined>,
  ) {
    this.#from = from;
    this.#to = to;
    this.#pass = pass;
    this.#reader = new WebSocketReader({ message: (message) => this.#take(message) }, { sender });
    from.on('data', (chunk: Buffer) => this.#reader.push(chunk));
  }

  #take(message: SeenMessage): void {
    if (message.opcode === CLOSE) this.closing = true;
    this.#count += 1;
    if (this.#count >= MAX_WAITING) this.#from.pause();
    this.#waiting = this.#waiting.then(async () => {
      const frame = await this.#pass(message);
      if (frame !== undefined && this.#to.writable) this.#to.write(frame);
      this.#count -= 1;
      if (this.#count < MAX_WAITING / 2) this.#from.resume();
    });
  }

  /** Called once all that came has gone on. */
  afterwards(done: () => void): void {
    this.#waiting = this.#waiting.then(done);
  }
}

/** For `ExchangeParts.relay`. Other protocols than WebSocket pass as they are. */
export const messageRelay =
  (session: RuledSession) =>
  (relay: UpgradeRelay): void => {
    if (relay.protocol !== 'websocket') {
      relayUpgrade(relay);
      return;
    }
    const { client, origin, recorder } = relay;
    recorder.responseEnd();
    for (const socket of [client, origin]) {
      socket.setTimeout(0);
      socket.on('error', () => socket.destroy());
    }
    if (relay.fromClient.length > 0) client.unshift(relay.fromClient);
    if (relay.fromOrigin.length > 0) origin.unshift(relay.fromOrigin);
    const passing = (direction: 'sent' | 'received') => async (message: SeenMessage) => {
      void recorder.message({ direction, at: now(), ...message });
      const masked = direction === 'sent';
      if (message.opcode > BINARY) return encodeMessage(message.opcode, message.data, masked);
      const passed = await session.passMessage({
        direction,
        text: message.opcode !== BINARY,
        content: message.data,
      });
      return passed && encodeMessage(message.opcode, passed, masked);
    };
    const sent = new Direction(client, origin, 'client', passing('sent'));
    const received = new Direction(origin, client, 'server', passing('received'));
    client.on('end', () => sent.afterwards(() => origin.end()));
    origin.on('end', () => received.afterwards(() => client.end()));
    client.resume();
    origin.resume();
    let over = false;
    const closed = (side: 'client' | 'origin') => {
      if (over) return;
      over = true;
      session.leave();
      const clean = sent.closing || received.closing;
      client.destroySoon();
      origin.destroySoon();
      const code = side === 'client' ? 'client-gone' : 'origin-gone';
      const state = clean ? 'completed' : side === 'client' ? 'client-aborted' : 'server-aborted';
      recorder.end(state, relay.timings(), clean ? undefined : failure(code, relay.host));
    };
    client.on('close', () => closed('client'));
    origin.on('close', () => closed('origin'));
  };
