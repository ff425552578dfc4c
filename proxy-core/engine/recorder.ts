/**
 * One session's way into the sink: begins once, ends exactly once, tells nothing after its end, and passes the sink's back pressure on.
 * When traffic is not being captured the same object swallows everything.
 */
import type { CaptureEvent, CaptureSink } from '#model/capture-event.ts';
import type { HeaderPair } from '#model/headers.ts';
import type { RuleTouch } from '#model/rules/touch.ts';
import type {
  ExchangeFacts,
  Message,
  RequestHead,
  ResponseHead,
  SessionFailure,
  SessionId,
  SessionKind,
  SessionSource,
  SessionState,
  Timings,
} from '#model/session.ts';
import type { Pressure } from './pump.ts';

export interface SessionBeginning {
  readonly kind: SessionKind;
  readonly source: SessionSource;
  readonly url: string;
  readonly head: RequestHead;
  readonly parentId?: SessionId;
}

/** Milliseconds since the epoch with fractions. */
export const now = () => performance.timeOrigin + performance.now();

const ending = (trailers: readonly HeaderPair[], chunkExtensions: readonly string[]) => ({
  ...(trailers.length > 0 ? { trailers } : {}),
  ...(chunkExtensions.length > 0 ? { chunkExtensions } : {}),
});

export class Recorder {
  readonly id: SessionId;
  #sink: CaptureSink | undefined;
  readonly #onEnd: (recorder: Recorder) => void;
  #ended = false;

  constructor(sink: CaptureSink | undefined, id: SessionId, onEnd: (recorder: Recorder) => void) {
    this.#sink = sink;
    this.id = id;
    this.#onEnd = onEnd;
  }

  get ended(): boolean {
    return this.#ended;
  }

  #write(event: CaptureEvent): Pressure {
    const sink = this.#ended ? undefined : this.#sink;
    return sink === undefined || sink.write(event) ? undefined : sink.drained();
  }

  begin(beginning: SessionBeginning): void {
    this.#write({ type: 'begin', id: this.id, at: now(), ...beginning });
  }

  informational(head: ResponseHead): void {
    this.#write({ type: 'informational', id: this.id, head });
  }

  requestData(data: Uint8Array): Pressure {
    return this.#write({ type: 'request-data', id: this.id, data });
  }

  requestSent(head: RequestHead): void {
    this.#write({ type: 'request-sent', id: this.id, head });
  }

  requestEnd(trailers: readonly HeaderPair[] = [], chunkExtensions: readonly string[] = []): void {
    this.#write({ type: 'request-end', id: this.id, ...ending(trailers, chunkExtensions) });
  }

  /** `kind` when the session turns out to be another, as after 101. */
  responseHead(head: ResponseHead, kind?: SessionKind): void {
    this.#write({ type: 'response-head', id: this.id, head, ...(kind === undefined ? {} : { kind }) });
  }

  responseSent(head: ResponseHead): void {
    this.#write({ type: 'response-sent', id: this.id, head });
  }

  responseData(data: Uint8Array): Pressure {
    return this.#write({ type: 'response-data', id: this.id, data });
  }

  responseEnd(trailers: readonly HeaderPair[] = [], chunkExtensions: readonly string[] = []): void {
    this.#write({ type: 'response-end', id: this.id, ...ending(trailers, chunkExtensions) });
  }

  message(message: Omit<Message, 'index'>): Pressure {
    return this.#write({ type: 'message', id: this.id, message });
  }

  /** A rule did something to the session. */
  touched(touch: RuleTouch): void {
    this.#write({ type: 'touched', id: this.id, touch });
  }

  facts(facts: ExchangeFacts): void {
    this.#write({ type: 'facts', id: this.id, facts });
  }

  /** Ends the session; later calls of any method do nothing. */
  end(state: Exclude<SessionState, 'active'>, timings: Timings, failure?: SessionFailure): void {
    if (this.#ended) return;
    this.#write({ type: 'end', id: this.id, at: now(), state, timings, ...(failure ? { failure } : {}) });
    this.#ended = true;
    this.#sink = undefined;
    this.#onEnd(this);
  }
}

/** All sessions that are under way. */
export class Recording {
  readonly #sink: CaptureSink;
  readonly #nextId: () => SessionId;
  readonly #open = new Set<Recorder>();
  #over = false;

  constructor(sink: CaptureSink, nextId: () => SessionId) {
    this.#sink = sink;
    this.#nextId = nextId;
  }

  /** Begins a session; with `capturing` false the recorder swallows everything and takes no number. */
  begin(beginning: SessionBeginning, capturing: boolean): Recorder {
    if (!capturing || this.#over) return new Recorder(undefined, 0, () => {});
    const recorder = new Recorder(this.#sink, this.#nextId(), (ended) => this.#open.delete(ended));
    this.#open.add(recorder);
    recorder.begin(beginning);
    return recorder;
  }

  /** Ends what is still open as the engine closes; what begins after that is not recorded. */
  endAll(failure: SessionFailure): void {
    this.#over = true;
    for (const recorder of this.#open) recorder.end('failed', {}, failure);
  }
}
