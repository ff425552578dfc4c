/**
 * A recorder for an exchange whose client side is in the hands of rules: what the client sent has been recorded by them already, and the end of the session
 * waits until the client has its answer. All else passes.
 */
import type { HeaderPair } from '#model/headers.ts';
import type { RuleTouch } from '#model/rules/touch.ts';
import type {
  ExchangeFacts,
  Message,
  RequestHead,
  ResponseHead,
  SessionFailure,
  SessionKind,
  SessionState,
  Timings,
} from '#model/session.ts';
import type { Pressure } from '../pump.ts';
import { Recorder } from '../recorder.ts';

export class HeldRecorder extends Recorder {
  readonly #inner: Recorder;
  /** Of what was recorded of the request last. */
  pressure: Pressure;
  #held = false;
  #waiting: (() => void) | undefined;

  constructor(inner: Recorder) {
    super(undefined, inner.id, () => {});
    this.#inner = inner;
  }

  /** From now on the end waits for `release`. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.#waiting?.();
    this.#waiting = undefined;
  }

  override get ended(): boolean {
    return this.#inner.ended;
  }
  override requestData(): Pressure {
    return this.pressure;
  }
  override requestEnd(): void {}
  override requestSent(head: RequestHead): void {
    this.#inner.requestSent(head);
  }
  override informational(head: ResponseHead): void {
    this.#inner.informational(head);
  }
  override responseHead(head: ResponseHead, kind?: SessionKind): void {
    this.#inner.responseHead(head, kind);
  }
  override responseSent(head: ResponseHead): void {
    this.#inner.responseSent(head);
  }
  override responseData(data: Uint8Array): Pressure {
    return this.#inner.responseData(data);
  }
  override responseEnd(trailers: readonly HeaderPair[] = [], chunkExtensions: readonly string[] = []): void {
    this.#inner.responseEnd(trailers, chunkExtensions);
  }
  override message(message: Omit<Message, 'index'>): Pressure {
    return this.#inner.message(message);
  }
  override touched(touch: RuleTouch): void {
    this.#inner.touched(touch);
  }
  override facts(facts: ExchangeFacts): void {
    this.#inner.facts(facts);
  }
  override end(state: Exclude<SessionState, 'active'>, timings: Timings, failure?: SessionFailure): void {
    const end = () => this.#inner.end(state, timings, failure);
    // A client that leaves has no answer to wait for.
    if (!this.#held || state !== 'completed') end();
    else this.#waiting = end;
  }
}
