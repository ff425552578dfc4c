/**
 * The client's side of an exchange under rules: the answer goes through their hands before the client gets it. Edits of the head alone pass at once and the
 * body streams; what has to wait, or wants the body whole, holds it back, and the origin with it.
 */
import { type HeaderPair, type Headers, headerValue } from '#model/headers.ts';
import type { ResponseHead } from '#model/session.ts';
import { ActionError } from '../../intercept/action-error.ts';
import type { Answer } from '../../intercept/answer.ts';
import { codingsOf, encodeContent } from '../../intercept/content-codings.ts';
import { draftResponse, type ResponseDraft } from '../../intercept/drafts.ts';
import { framed, reframed, withDigests, withoutFraming } from '../../intercept/framing-fields.ts';
import { removeHeader } from '../../intercept/header-edits.ts';
import {
  GO,
  MAX_CONTENT_BYTES,
  runSteps,
  type StepEnvironment,
  type Verdict,
} from '../../intercept/run-steps.ts';
import { EventGate } from './event-gate.ts';
import type { HeldRecorder } from './held-recorder.ts';
import { NO_HANDLER } from './no-handler.ts';
import { Pacer, paceOf } from './pacer.ts';
import { fieldsFor, type RuledSession } from './ruled-session.ts';
import type { ClientHandler, ClientStream, Framing, GivenAway } from './streams.ts';

/** What the client's side is asked for besides its answer. */
export interface RequestSide {
  pauseBody(): void;
  resumeBody(): void;
  giveUpOrigin(): void;
  finished(): void;
}

interface Came {
  readonly head: ResponseHead;
  readonly framing: Framing;
}

/** `before`: no head yet; `held`: rules are at work; `dropping`: the client gets something else, or no body. */
type Mode = 'before' | 'held' | 'flowing' | 'dropping' | 'over';

export class RuledResponse implements ClientStream {
  readonly client;
  readonly httpVersion;
  readonly streamId?: number;
  readonly upgrade?: (head: ResponseHead) => GivenAway;
  handler: ClientHandler = NO_HANDLER;
  readonly #session: RuledSession;
  readonly #recorder: HeldRecorder;
  readonly #side: RequestSide;
  readonly #stream: ClientStream;
  #mode: Mode = 'before';
  #queue: Buffer[] = [];
  #size = 0;
  #trailers: Headers | undefined;
  #collecting: ((error?: ActionError) => void) | undefined;
  #pacer: Pacer | undefined;
  #events: EventGate | undefined;

  constructor(session: RuledSession, recorder: HeldRecorder, side: RequestSide) {
    this.#session = session;
    this.#recorder = recorder;
    this.#side = side;
    this.#stream = session.parts.stream;
    this.client = this.#stream.client;
    this.httpVersion = this.#stream.httpVersion;
    if (this.#stream.streamId !== undefined) this.streamId = this.#stream.streamId;
    if (this.#stream.upgrade !== undefined) this.upgrade = (head) => this.#upgrade(head);
  }

  pauseBody(): void {
    this.#side.pauseBody();
  }
  resumeBody(): void {
    this.#side.resumeBody();
  }
  informational(head: ResponseHead): void {
    this.#stream.informational(head);
  }
  closeAfter(): void {
    this.#stream.closeAfter();
  }

  /** An answer of the rules, in place of an origin's. */
  answer(answer: Answer): void {
    const { parts } = this.#session;
    const { status, reason = '', body } = answer;
    const bodyless = status === 204 || status === 304;
    const head: ResponseHead = {
      httpVersion: 'HTTP/1.1',
      status,
      reason,
      headers: [
        ...withoutFraming(answer.headers),
        ...(bodyless ? [] : [['Content-Length', String(body.length)] satisfies HeaderPair]),
      ],
    };
    const empty = bodyless || body.length === 0 || parts.head.method === 'HEAD';
    const framing: Framing = empty ? { kind: 'none' } : { kind: 'length', length: body.length };
    parts.recorder.responseHead(head);
    if (!empty) void parts.recorder.responseData(body);
    parts.recorder.responseEnd();
    this.#recorder.hold();
    this.#recorder.end('completed', {});
    this.#mode = 'before';
    const sent = this.respond(head, framing);
    if (sent !== head) parts.recorder.responseSent(sent);
    if (!empty) this.write(body);
    this.end([]);
  }

  // The origin's answer, as the exchange gives it.

  respond(head: ResponseHead, framing: Framing): ResponseHead {
    if (this.#mode === 'dropping' || this.#mode === 'over') return head;
    const { book, plan } = this.#session.parts;
    const came: Came = { head, framing };
    const draft = draftResponse(head);
    const steps = book.responseSteps(plan, head, framing.kind === 'length' ? framing.length : 0);
    const verdict = steps.length === 0 ? GO : runSteps(steps, draft, this.#environment(came));
    this.#recorder.hold();
    if (!(verdict instanceof Promise) && verdict.kind === 'go' && !draft.contentChanged) {
      return this.#begin(came, draft);
    }
    this.#mode = 'held';
    void Promise.resolve(verdict).then((known) => this.#decided(known, came, draft));
    return head;
  }

  async #decided(verdict: Verdict, came: Came, draft: ResponseDraft): Promise<void> {
    if (this.#session.gone.aborted) return;
    if (verdict.kind === 'answer') {
      this.#replace(verdict.answer);
      return;
    }
    if (verdict.kind !== 'go') {
      this.#mode = 'dropping';
      this.#session.cut(verdict.kind, verdict.rule);
      if (verdict.kind !== 'hang') this.#over();
      this.#side.giveUpOrigin();
      return;
    }
    let body: Buffer | undefined;
    if (draft.contentChanged && draft.content !== undefined) body = await this.#encoded(draft, draft.content);
    if (this.#session.gone.aborted) return;
    const sent = this.#begin(came, draft, body);
    if (sent !== came.head) this.#session.parts.recorder.responseSent(sent);
    const queue = body === undefined ? this.#queue : [body];
    this.#queue = [];
    for (const bytes of queue) this.#pass(bytes);
    if (this.#trailers !== undefined) this.#passEnd(this.#trailers);
    else this.handler.clientDrained();
  }

  async #encoded(draft: ResponseDraft, content: Buffer): Promise<Buffer> {
    try {
      return await encodeContent(content, codingsOf(draft.headers));
    } catch {
      draft.headers = removeHeader(draft.headers, 'Content-Encoding');
      return content;
    }
  }

  /** In place of the origin's answer, of which the head is recorded and the rest is not wanted. */
  #replace(answer: Answer): void {
    const { recorder, head: request } = this.#session.parts;
    this.#mode = 'flowing';
    const { status, reason = '', body } = answer;
    const empty = request.method === 'HEAD' || status === 204 || status === 304 || body.length === 0;
    const head: ResponseHead = {
      httpVersion: 'HTTP/1.1',
      status,
      reason,
      headers: [...withoutFraming(answer.headers), ...lengthOf(status, body.length)],
    };
    recorder.responseSent(
      this.#stream.respond(head, empty ? { kind: 'none' } : { kind: 'length', length: body.length }),
    );
    if (!empty) this.#stream.write(body);
    this.#stream.end();
    this.#mode = 'dropping';
    recorder.end('completed', {});
    this.#over();
    this.#side.giveUpOrigin();
  }

  /** Writes the head. Sees to it that the client can tell where the message ends, whatever method and status have become. */
  #begin(came: Came, draft: ResponseDraft, body?: Buffer): ResponseHead {
    const { head: request } = this.#session.parts;
    const { head } = came;
    const bodyless = draft.status === 204 || draft.status === 304;
    const unanswered = bodyless || request.method === 'HEAD';
    let framing = body === undefined ? came.framing : reframed(came.framing, body.length);
    let headers = framed(draft.headers, framing, head.headers, body !== undefined);
    if (body !== undefined) headers = withDigests(headers, body);
    const changedKind = (head.status === 204 || head.status === 304) !== bodyless;
    const asked = this.#session.request.method;
    if (bodyless && changedKind) headers = withoutFraming(headers);
    // Asked with HEAD for a client that did not, or of a status that has none: there is no body, and that must be said.
    else if (!unanswered && framing.kind === 'none' && (changedKind || asked === 'HEAD')) {
      headers = [...withoutFraming(headers), ['Content-Length', '0']];
    }
    if (unanswered && framing.kind !== 'none') framing = { kind: 'none' };
    if (framing.kind !== 'none' && this.#gateEvents(headers)) {
      headers = [...withoutFraming(headers), ['Transfer-Encoding', 'chunked']];
      framing = { kind: 'chunked' };
    }
    const pace = paceOf(this.#session.network, 'down');
    if (pace !== undefined) {
      this.#pacer = new Pacer(pace, {
        deliver: (bytes) => void this.#stream.write(bytes),
        drained: () => this.handler.clientDrained(),
      });
    }
    this.#mode = unanswered || framing.kind === 'none' ? 'dropping' : 'flowing';
    const same =
      draft.status === head.status &&
      draft.reason === head.reason &&
      headers.length === head.headers.length &&
      headers.every((pair, i) => pair === head.headers[i]);
    const out: ResponseHead = same
      ? head
      : {
          httpVersion: head.httpVersion,
          status: draft.status,
          reason: draft.reason,
          headers: fieldsFor(head.httpVersion, headers),
        };
    return this.#stream.respond(out, framing);
  }

  /** Whether rules are for the events of this response, one by one. */
  #gateEvents(headers: Headers): boolean {
    const type = headerValue(headers, 'content-type') ?? '';
    if (!this.#session.wantsMessages || !/^text\/event-stream\b/i.test(type)) return false;
    if (codingsOf([...headers]).length > 0) return false;
    this.#events = new EventGate(this.#session, {
      write: (bytes) => void this.#stream.write(bytes),
      drained: () => this.handler.clientDrained(),
    });
    return true;
  }

  write(bytes: Buffer): boolean {
    switch (this.#mode) {
      case 'held':
        this.#queue.push(bytes);
        this.#size += bytes.length;
        if (this.#collecting !== undefined && this.#size > MAX_CONTENT_BYTES) this.#wake(tooLarge());
        return this.#collecting !== undefined;
      case 'flowing':
        return this.#pass(bytes);
      default:
        return true;
    }
  }

  #pass(bytes: Buffer): boolean {
    if (this.#mode !== 'flowing') return true;
    if (this.#events !== undefined) return this.#events.write(bytes);
    if (this.#pacer !== undefined) return this.#pacer.write(bytes);
    return this.#stream.write(bytes);
  }

  end(trailers: Headers = []): void {
    if (this.#mode === 'held') {
      this.#trailers = trailers;
      this.#wake();
    } else if (this.#mode !== 'over') this.#passEnd(trailers);
  }

  #passEnd(trailers: Headers): void {
    const end = () => {
      this.#over();
      this.#stream.end(trailers);
    };
    if (this.#events !== undefined) this.#events.afterwards(end);
    else if (this.#pacer !== undefined) this.#pacer.afterwards(end);
    else end();
  }

  /** The client has its answer, or will never have one: the session may end. */
  #over(): void {
    this.#mode = 'over';
    this.#recorder.release();
    this.#side.finished();
  }

  abort(): void {
    if (this.#mode === 'over') return;
    this.#session.leave();
    this.gone();
    this.#over();
    this.#stream.abort();
  }

  clientDrained(): void {
    if (this.#mode === 'flowing' && this.#events === undefined && this.#pacer === undefined) {
      this.handler.clientDrained();
    }
  }

  /** Nothing more reaches the client. */
  gone(): void {
    this.#pacer?.[Symbol.dispose]();
    this.#queue = [];
    this.#wake(new ActionError('The exchange was broken off.'));
  }

  #wake(error?: ActionError): void {
    const wake = this.#collecting;
    this.#collecting = undefined;
    wake?.(error);
  }

  async #collect(): Promise<Buffer> {
    if (this.#trailers === undefined && this.#size <= MAX_CONTENT_BYTES) {
      const collected = new Promise<void>((resolve, reject) => {
        this.#collecting = (error) => (error ? reject(error) : resolve());
      });
      // It may have been held back before.
      this.handler.clientDrained();
      await collected;
    }
    if (this.#size > MAX_CONTENT_BYTES) throw tooLarge();
    return Buffer.concat(this.#queue);
  }

  #environment({ framing }: Came): StepEnvironment {
    const session = this.#session;
    return {
      request: session.request,
      session: session.parts.recorder.id,
      hasBody: framing.kind !== 'none',
      get attended() {
        return session.attended;
      },
      collect: () => {
        if (framing.kind === 'length' && framing.length > MAX_CONTENT_BYTES)
          return Promise.reject(tooLarge());
        return this.#collect();
      },
      sleep: (ms) => session.sleep(ms),
      pause: (draft, limitMs, rule) => session.pause(draft, limitMs, rule),
      touched: (touch) => session.touched(touch),
      failed: (rule) => session.failed(rule),
      note: (note) => session.note(note),
      throttle: (network) => session.throttle(network),
      detour: () => {},
    };
  }

  /** A 101 passes with the edits of its head that need no waiting; its status is what makes it one. */
  #upgrade(head: ResponseHead): GivenAway {
    const { parts } = this.#session;
    const draft = draftResponse(head);
    const steps = parts.book
      .responseSteps(parts.plan, head, 0)
      .filter(({ step }) => step.kind === 'head' || step.kind === 'note');
    void runSteps(steps, draft, this.#environment({ head, framing: { kind: 'none' } }));
    const same =
      draft.headers.length === head.headers.length &&
      draft.headers.every((pair, i) => pair === head.headers[i]);
    const { raw: _, ...plain } = head;
    const out = same ? head : { ...plain, headers: draft.headers };
    if (!same) parts.recorder.responseSent(out);
    this.#mode = 'over';
    this.#side.finished();
    return this.#stream.upgrade?.(out) ?? unreachable();
  }
}

const unreachable = (): never => {
  throw new TypeError('upgrade is offered only where the stream has it');
};

const lengthOf = (status: number, size: number): HeaderPair[] =>
  status === 204 || status === 304 ? [] : [['Content-Length', String(size)]];

const tooLarge = () =>
  new ActionError(`The body is larger than ${MAX_CONTENT_BYTES} bytes and is passed on as it is.`);
