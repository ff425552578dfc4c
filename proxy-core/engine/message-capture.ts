/**
 * Shows a recorder the messages in a stream that passes: WebSocket frames of both directions, server-sent events of a response. The bytes
 * themselves are the engine's to move, and nothing here changes them. What takes time to decode is decoded beside the traffic, in order;
 * the promises returned are the recorder's back pressure and the decoder's, so that neither falls behind without bound.
 */
import { EventStreamReader } from '../wire/event-stream-reader.ts';
import { MessageInflater } from '../wire/message-inflater.ts';
import { type DeflateSide, deflateAgreement } from '../wire/permessage-deflate.ts';
import { type OpenMessage, type SeenMessage, WebSocketReader } from '../wire/websocket-reader.ts';
import { type ContentLimits, ContentStream } from './content-stream.ts';
import type { Pressure } from './pump.ts';
import { now, type Recorder } from './recorder.ts';

export type Direction = 'sent' | 'received';

export interface WebSocketWatchOptions {
  /** Sec-WebSocket-Extensions of the response, several field lines joined by commas. */
  readonly extensions?: string | undefined;
  /** Octets kept of one message; 16 MiB when absent. */
  readonly maxBytes?: number;
  /** Told after each chunk that leaves a data message unfinished. */
  readonly progress?: (direction: Direction, open: OpenMessage) => void;
}

export interface WebSocketWatch {
  /** Octets that the client sent, in any division. */
  client(chunk: Uint8Array): Pressure;
  /** Octets that the origin sent. */
  origin(chunk: Uint8Array): Pressure;
  /** Both directions are over: tells what is unfinished. The session may end once the promise, if any, has resolved. */
  end(): Pressure;
  /** Whether either side has sent a close frame. */
  readonly closing: boolean;
}

export interface EventStreamWatch {
  /** Octets of the body, after transfer decoding and before content decoding; they must not change until the promise resolves. */
  data(chunk: Buffer): Pressure;
  /** The body is over: tells what is unfinished. The session may end once the promise, if any, has resolved. */
  end(): Pressure;
}

const CLOSE = 8;
/**
 * How much is inflated without giving others a turn, in octets of output; a call costs as much as the octets that would take its time.
 * Together about a millisecond.
 */
const AT_ONCE_BUDGET = 1024 * 1024;
const CALL_COST = 16 * 1024;

/** Of two waits, both. */
function both(one: Pressure, other: Pressure): Pressure {
  if (one === undefined || other === undefined) return one ?? other;
  return Promise.all([one, other]).then(() => {});
}

/** One direction: reads, inflates, records; in the order of the frames and with the time at which each message was whole. */
class Watched {
  readonly #recorder: Recorder;
  readonly #direction: Direction;
  readonly #reader: WebSocketReader;
  readonly #inflater: MessageInflater | undefined;
  #waiting: { readonly at: number; readonly message: SeenMessage }[] = [];
  #working: Pressure;
  /** Of the budget, since others had their turn. */
  #spent = 0;
  closing = false;

  constructor(
    recorder: Recorder,
    direction: Direction,
    deflate: DeflateSide | undefined,
    { maxBytes, progress }: WebSocketWatchOptions,
  ) {
    this.#recorder = recorder;
    this.#direction = direction;
    this.#inflater = deflate && new MessageInflater(deflate);
    this.#reader = new WebSocketReader(
      {
        message: (message) => this.#take(message),
        ...(progress ? { progress: (open: OpenMessage) => progress(direction, open) } : {}),
      },
      {
        sender: direction === 'sent' ? 'client' : 'server',
        deflate: deflate !== undefined,
        ...(maxBytes === undefined ? {} : { maxBytes }),
      },
    );
  }

  push(chunk: Uint8Array): Pressure {
    this.#spent = 0;
    this.#reader.push(chunk);
    return this.#working;
  }

  finish(): Pressure {
    this.#reader.finish();
    return this.#working;
  }

  #take(message: SeenMessage): void {
    if (message.opcode === CLOSE) this.closing = true;
    const at = now();
    const ready = this.#working === undefined ? this.#atOnce(message) : undefined;
    if (ready === undefined) {
      this.#waiting.push({ at, message });
      this.#working ??= this.#work(undefined);
      return;
    }
    const pressure = this.#record(at, ready);
    if (pressure !== undefined) this.#working = this.#work(pressure);
  }

  #atOnce(message: SeenMessage): SeenMessage | undefined {
    if (!message.compressed || this.#inflater === undefined) return message;
    if (this.#spent > AT_ONCE_BUDGET) return undefined;
    const ready = this.#inflater.inflateNow(message);
    this.#spent += CALL_COST + (ready?.data.length ?? 0);
    return ready;
  }

  async #inflate(message: SeenMessage): Promise<SeenMessage> {
    this.#spent = 0;
    return (await this.#inflater?.inflate(message)) ?? message;
  }

  #record(at: number, message: SeenMessage): Pressure {
    return this.#recorder.message({ direction: this.#direction, at, ...message });
  }

  /** What waits is inflated one by one, each when the recorder has room: a chunk of small bombs must not all go off at once. */
  async #work(first: Pressure): Promise<void> {
    await first;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      for (const { at, message } of batch) {
        // Nobody will see it.
        if (this.#recorder.ended) break;
        await this.#record(at, this.#atOnce(message) ?? (await this.#inflate(message)));
      }
    }
    this.#working = undefined;
  }
}

/** Watches a WebSocket from the end of its handshake on. */
export function watchWebSocket(recorder: Recorder, options: WebSocketWatchOptions = {}): WebSocketWatch {
  const agreement = deflateAgreement(options.extensions);
  const client = new Watched(recorder, 'sent', agreement?.client, options);
  const origin = new Watched(recorder, 'received', agreement?.server, options);
  return {
    client: (chunk) => client.push(chunk),
    origin: (chunk) => origin.push(chunk),
    end: () => both(client.finish(), origin.finish()),
    get closing() {
      return client.closing || origin.closing;
    },
  };
}

/** Watches the body of a text/event-stream response; `contentEncoding` is its field's value. */
export function watchEventStream(
  recorder: Recorder,
  contentEncoding: string | undefined,
  limits?: ContentLimits,
): EventStreamWatch {
  let pressure: Pressure;
  const reader = new EventStreamReader((event) => {
    pressure = recorder.message({ direction: 'received', at: now(), ...event }) ?? pressure;
  });
  const content = new ContentStream(
    contentEncoding,
    {
      data(bytes) {
        pressure = undefined;
        reader.push(bytes);
        return pressure;
      },
      problem(text) {
        const flaw = `${text}: no events are shown from here on`;
        recorder.message({ direction: 'received', at: now(), opcode: 1, data: new Uint8Array(), flaw });
      },
    },
    limits,
  );
  return {
    data: (chunk) => content.write(chunk),
    end() {
      const decoded = content.end();
      if (decoded === undefined) reader.finish();
      return decoded?.then(() => reader.finish());
    },
  };
}
