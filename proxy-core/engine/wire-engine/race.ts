/**
 * Requests that reach a server at the same moment: of each all but the last octet is sent, on a connection of its own or as an HTTP/2 stream, and
 * the last ones go out in one turn of the event loop. Streams of one HTTP/2 connection then end in one packet. It refuses to wait for ever: what
 * has not come so far after a while goes alone.
 */
import type { SessionId } from '#model/session.ts';
import type { OutgoingRequest } from '../engine.ts';
import { validateOwn } from '../own-request.ts';
import type { EngineContext } from './context.ts';
import { duringEvent } from './gather.ts';
import { type Runner, sendOwn } from './own-send.ts';

/** From the first that is ready: longer than connecting takes, shorter than servers wait for the rest of a request. */
const PATIENCE_MS = 5000;

export class Race {
  readonly #patienceMs: number;
  #missing: number;
  #held: (() => void)[] = [];
  #over = false;
  #timer: NodeJS.Timeout | undefined;

  /** Of so many runners. */
  constructor(runners: number, patienceMs = PATIENCE_MS) {
    this.#missing = runners;
    this.#patienceMs = patienceMs;
  }

  runner(): Runner {
    let ready = false;
    return {
      hold: (write) => {
        if (this.#over) write();
        else this.#held.push(write);
      },
      ready: () => {
        if (ready) return;
        ready = true;
        this.#missing -= 1;
        if (this.#missing <= 0) this.#go();
        else this.#timer ??= setTimeout(() => this.#go(), this.#patienceMs).unref();
      },
    };
  }

  #go(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    const held = this.#held;
    this.#held = [];
    duringEvent(undefined, () => {
      for (const write of held) write();
    });
  }
}

/**
 * Sends them; answers their sessions in order. Nothing is sent when one cannot be.
 * @throws SluiceError what `sendOwn` throws.
 */
export function sendTogether(context: EngineContext, requests: readonly OutgoingRequest[]): SessionId[] {
  for (const request of requests) validateOwn(request);
  const race = new Race(requests.length);
  return requests.map((request) => sendOwn(context, request, race.runner()));
}
