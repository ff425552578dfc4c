/**
 * A request that rules are for, on its way to an exchange. Stands in the client's stream in place of the exchange until the rules have said how it goes on: as
 * it is, edited, answered here, or not at all. Records what the client sent as it came; what goes on is the rules'.
 */
import { type HeaderPair, headerValue } from '#model/headers.ts';
import type { RequestHead } from '#model/session.ts';
import { ActionError } from '../../intercept/action-error.ts';
import type { Answer } from '../../intercept/answer.ts';
import { codingsOf, encodeContent } from '../../intercept/content-codings.ts';
import { draftRequest, type MessageDraft } from '../../intercept/drafts.ts';
import { framed, reframed, withDigests } from '../../intercept/framing-fields.ts';
import { removeHeader } from '../../intercept/header-edits.ts';
import {
  MAX_CONTENT_BYTES,
  runSteps,
  type StepEnvironment,
  type Verdict,
} from '../../intercept/run-steps.ts';
import { failure } from '../failure.ts';
import { failurePage } from '../failure-page.ts';
import type { Pressure } from '../pump.ts';
import { formatAuthority, makeTarget } from '../target.ts';
import { Exchange } from './exchange.ts';
import { HeldRecorder } from './held-recorder.ts';
import { messageRelay } from './message-relay.ts';
import { Pacer, paceOf } from './pacer.ts';
import { writePage } from './pages.ts';
import { RuledResponse } from './ruled-response.ts';
import { fieldsFor, type RuledParts, RuledSession } from './ruled-session.ts';
import type { ClientHandler, Framing, Rejection } from './streams.ts';

interface End {
  readonly trailers: readonly HeaderPair[];
  readonly chunkExtensions: readonly string[];
}

/** Starts an exchange under the rules of `parts.plan`. */
export function startRuled(parts: RuledParts): void {
  new RuledRequest(parts).start();
}

class RuledRequest implements ClientHandler, StepEnvironment {
  readonly request;
  readonly #parts: RuledParts;
  readonly #session: RuledSession;
  readonly #recorder: HeldRecorder;
  readonly #response: RuledResponse;
  /** Hears of the request once it is on its way. */
  #exchange: ClientHandler | undefined;
  /** What came and has not gone on; undefined where it is not kept. */
  #kept: Buffer[] | undefined = [];
  #size = 0;
  #end: End | undefined;
  #wakeCollector: ((error?: ActionError) => void) | undefined;
  #answered = false;
  #continued = false;
  #pacer: Pacer | undefined;
  /** Why the client's body is held back: the exchange wants no more, or the pace allows none. */
  #held = false;
  #paced = false;

  constructor(parts: RuledParts) {
    this.#parts = parts;
    this.request = draftRequest(parts.head, parts.target);
    this.#session = new RuledSession(parts, this.request);
    this.#recorder = new HeldRecorder(parts.recorder);
    this.#response = new RuledResponse(this.#session, this.#recorder, this);
    parts.stream.handler = this;
  }

  start(): void {
    const { plan, stream, framing } = this.#parts;
    if (framing.kind !== 'none') stream.pauseBody();
    this.#dropCompression();
    const steps = plan.rules.flatMap(({ rule, rest }) => rule.request.map((step) => ({ ...step, rest })));
    const verdict = runSteps(steps, this.request, this);
    if (verdict instanceof Promise) void verdict.then((known) => this.#go(known));
    else if (this.request.contentChanged || this.#session.network.latency) void this.#go(verdict);
    else this.#goNow(verdict);
  }

  /** Messages that rules are for must come as they are. */
  #dropCompression(): void {
    if (!this.#session.wantsMessages) return;
    for (const name of ['Accept-Encoding', 'Sec-WebSocket-Extensions']) {
      this.request.headers = removeHeader(this.request.headers, name);
    }
  }

  // What steps ask for.

  get hasBody(): boolean {
    return this.#parts.framing.kind !== 'none';
  }
  get attended(): boolean {
    return this.#session.attended;
  }
  get session(): number {
    return this.#parts.recorder.id;
  }

  async collect(): Promise<Buffer> {
    const { framing, head, stream } = this.#parts;
    if (framing.kind === 'length' && framing.length > MAX_CONTENT_BYTES) throw tooLarge();
    if (this.#end === undefined && this.#size <= MAX_CONTENT_BYTES) {
      const collected = new Promise<void>((resolve, reject) => {
        this.#wakeCollector = (error) => (error ? reject(error) : resolve());
      });
      if (!this.#continued && /^100-continue$/i.test(headerValue(head.headers, 'expect') ?? '')) {
        this.#continued = true;
        stream.informational({ httpVersion: 'HTTP/1.1', status: 100, reason: 'Continue', headers: [] });
      }
      stream.resumeBody();
      await collected;
    }
    if (this.#size > MAX_CONTENT_BYTES) throw tooLarge();
    return Buffer.concat(this.#kept ?? []);
  }

  sleep = (ms: number) => this.#session.sleep(ms);
  pause: StepEnvironment['pause'] = (draft: MessageDraft, limitMs, rule) =>
    this.#session.pause(draft, limitMs, rule);
  touched: StepEnvironment['touched'] = (touch) => this.#session.touched(touch);
  failed: StepEnvironment['failed'] = (rule) => this.#session.failed(rule);
  note: StepEnvironment['note'] = (note) => this.#session.note(note);
  throttle: StepEnvironment['throttle'] = (network) => this.#session.throttle(network);
  detour: StepEnvironment['detour'] = (detour) => this.#session.useDetour(detour);

  // How it goes on.

  async #go(verdict: Verdict): Promise<void> {
    const { latency } = this.#session.network;
    if (latency) await this.#session.sleep(latency);
    let body: Buffer | undefined;
    if (verdict.kind === 'go' && this.request.contentChanged) body = await this.#encoded();
    this.#goNow(verdict, body);
  }

  async #encoded(): Promise<Buffer> {
    const { content = Buffer.alloc(0), headers } = this.request;
    try {
      return await encodeContent(content, codingsOf(headers));
    } catch {
      // A coding that a rule named and nobody knows: the content goes on plain.
      this.request.headers = removeHeader(headers, 'Content-Encoding');
      return content;
    }
  }

  #goNow(verdict: Verdict, body?: Buffer): void {
    if (this.#session.gone.aborted) return;
    switch (verdict.kind) {
      case 'go':
        this.#send(body);
        return;
      case 'answer':
        void this.#answer(verdict.answer);
        return;
      default:
        this.#recordFacts();
        this.#answered = true;
        this.#drain();
        this.#session.cut(verdict.kind, verdict.rule);
    }
  }

  /** The head as the rules made it, the very head that came when they left it. */
  #outgoing(body: Buffer | undefined): { head: RequestHead; framing: Framing } {
    const { head, framing: came, target } = this.#parts;
    const { method, headers, target: to } = this.request;
    const framing = body === undefined ? came : reframed(came, body.length);
    let fields = framed(headers, framing, head.headers, body !== undefined);
    if (body !== undefined) fields = withDigests(fields, body);
    if (this.#continued) fields = removeHeader(fields, 'Expect');
    const same =
      method === head.method && to === target && sameFields(fields, head.headers) && body === undefined;
    if (same) return { head, framing };
    const { httpVersion } = head;
    return {
      head: { method, target: to.path, httpVersion, headers: fieldsFor(httpVersion, fields) },
      framing,
    };
  }

  #send(body: Buffer | undefined): void {
    const { context, target, connectTo, recorder } = this.#parts;
    const { head, framing } = this.#outgoing(body);
    if (body !== undefined) this.#kept = body.length === 0 ? [] : [body];
    if (head !== this.#parts.head) recorder.requestSent(head);
    const to = this.request.target;
    const rerouted = to.host !== target.host || to.port !== target.port || to.scheme !== target.scheme;
    const kept = makeTarget(connectTo.scheme, connectTo, to.path, to.hostField);
    const pace = paceOf(this.#session.network, 'up');
    if (pace !== undefined) {
      this.#pacer = new Pacer(pace, {
        deliver: (bytes) => this.#exchange?.requestData(bytes),
        drained: () => {
          this.#paced = false;
          if (!this.#held) this.#parts.stream.resumeBody();
        },
      });
    }
    const exchange = new Exchange({
      context,
      stream: this.#response,
      recorder: this.#recorder,
      head,
      framing,
      target: to,
      connectTo: to === target ? connectTo : rerouted ? to : kept,
      rerouted,
      detour: this.#session.detour,
      relay: this.#session.wantsMessages ? messageRelay(this.#session) : undefined,
    });
    this.#exchange = exchange;
    exchange.start();
    // Without a body nobody asks for it.
    if (framing.kind === 'none') this.#flush();
  }

  /** Gives on what was kept, and the end if that has come. */
  #flush(): void {
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    for (const bytes of kept) this.#pass(bytes);
    if (this.#end !== undefined) this.#passEnd(this.#end);
    else if (this.hasBody && !this.#paced) this.#parts.stream.resumeBody();
  }

  #pass(bytes: Buffer): void {
    if (this.#pacer === undefined) this.#exchange?.requestData(bytes);
    else if (!this.#pacer.write(bytes)) {
      this.#paced = true;
      this.#parts.stream.pauseBody();
    }
  }

  #passEnd({ trailers, chunkExtensions }: End): void {
    const end = () => this.#exchange?.requestEnd(trailers, chunkExtensions);
    if (this.#pacer === undefined) end();
    else this.#pacer.afterwards(end);
  }

  async #answer(answer: Answer): Promise<void> {
    this.#answered = true;
    this.#recordFacts();
    this.#drain();
    // The rest of the request is the client's to send first, so that the connection can be used again.
    if (this.#end === undefined && this.hasBody) {
      await new Promise<void>((resolve) => {
        this.#wakeCollector = () => resolve();
        this.#parts.stream.resumeBody();
      });
    }
    if (!this.#session.gone.aborted) this.#response.answer(answer);
  }

  #recordFacts(): void {
    const { recorder, stream } = this.#parts;
    const { client, streamId } = stream;
    recorder.facts(streamId === undefined ? client.facts : { ...client.facts, clientStream: streamId });
  }

  /** Nothing of the body is wanted any more. */
  #drain(): void {
    this.#kept = undefined;
  }

  // What the exchange asks of the client's side.

  pauseBody(): void {
    this.#held = true;
    this.#parts.stream.pauseBody();
  }

  resumeBody(): void {
    this.#held = false;
    if (this.#kept !== undefined) this.#flush();
    else if (!this.#paced) this.#parts.stream.resumeBody();
  }

  // What the client's side tells.

  requestData(bytes: Buffer): void {
    const pressure = this.#parts.recorder.requestData(bytes);
    if (this.#kept === undefined && this.#exchange !== undefined) {
      this.#recorder.pressure = pressure;
      this.#pass(bytes);
      return;
    }
    if (this.#kept !== undefined) {
      this.#kept.push(bytes);
      this.#size += bytes.length;
    }
    if (this.#size > MAX_CONTENT_BYTES && !this.#answered) {
      this.#parts.stream.pauseBody();
      this.#wake(tooLarge());
    } else this.#wait(pressure);
  }

  #wait(pressure: Pressure): void {
    if (pressure === undefined) return;
    this.#parts.stream.pauseBody();
    void pressure.then(() => this.#parts.stream.resumeBody());
  }

  #wake(error?: ActionError): void {
    const wake = this.#wakeCollector;
    this.#wakeCollector = undefined;
    wake?.(error);
  }

  requestEnd(trailers: readonly HeaderPair[], chunkExtensions: readonly string[]): void {
    this.#parts.recorder.requestEnd(trailers, chunkExtensions);
    this.#end = { trailers, chunkExtensions };
    if (this.#kept === undefined && this.#exchange !== undefined) this.#passEnd(this.#end);
    this.#wake();
  }

  requestInvalid(rejection: Rejection): void {
    if (this.#exchange !== undefined) {
      this.#exchange.requestInvalid(rejection);
      return;
    }
    const { recorder, stream, target, head } = this.#parts;
    this.#leave();
    recorder.end('failed', {}, rejection.failure);
    stream.closeAfter();
    const accept = headerValue(head.headers, 'accept');
    const page = { ...failurePage(rejection.failure, target.url, accept), status: rejection.status };
    writePage(stream, page, head.method);
  }

  clientDrained(): void {
    this.#response.clientDrained();
  }

  clientGone(reason?: string): void {
    const { recorder, target } = this.#parts;
    this.#leave();
    this.#exchange?.clientGone(reason);
    recorder.end('client-aborted', {}, failure('client-gone', formatAuthority(target), reason));
  }

  /** The response is written, or its rules cut it off. */
  finished(): void {
    this.#pacer?.[Symbol.dispose]();
  }

  /** An answer of the rules stands in the place of the origin's, which is not wanted any more. */
  giveUpOrigin(): void {
    this.#exchange?.clientGone();
  }

  #leave(): void {
    this.#session.leave();
    this.finished();
    this.#response.gone();
    this.#wake(new ActionError('The client has left.'));
  }
}

const tooLarge = () =>
  new ActionError(`The body is larger than ${MAX_CONTENT_BYTES} bytes and is passed on as it is.`);

const sameFields = (one: readonly HeaderPair[], other: readonly HeaderPair[]) =>
  one.length === other.length && one.every((pair, i) => pair === other[i]);
