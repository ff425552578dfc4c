/**
 * One request on its way to the origin and the answer on its way back. Stands between the two ends (streams.ts), tells the recorder what
 * passes, and lets whoever is slowest set the pace: either peer, or the capture. Ends in exactly one of completed, client-aborted,
 * server-aborted and failed.
 */
import type { Socket } from 'node:net';
import { type HeaderPair, headerValue, headerValues } from '#model/headers.ts';
import type {
  ExchangeFacts,
  RequestHead,
  ResponseHead,
  SessionFailure,
  SessionState,
  Timings,
} from '#model/session.ts';
import { failure, failureStatus } from '../failure.ts';
import { failurePage } from '../failure-page.ts';
import { type EventStreamWatch, watchEventStream } from '../message-capture.ts';
import type { Pressure } from '../pump.ts';
import type { Recorder } from '../recorder.ts';
import { formatAuthority, type Target } from '../target.ts';
import { authenticatesConnection } from '../upstream/connection-auth.ts';
import type { Detour } from '../upstream/detour.ts';
import type { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import type { OriginFacts } from './origin-facts.ts';
import { isRepeatable, upgradeOf } from './outgoing-request.ts';
import { writePage } from './pages.ts';
import { passOn } from './pass-on.ts';
import type {
  ClientHandler,
  ClientStream,
  Framing,
  GivenAway,
  LastOctet,
  OriginHandler,
  OriginRequest,
  OriginStream,
  Rejection,
} from './streams.ts';
import { passingTrailers } from './trailers.ts';
import { relayUpgrade, type UpgradeRelay } from './upgrade.ts';

/** Why a body is held back; bits. */
const PEER = 1;
const CAPTURE = 2;

/** Facts of a client's and an origin's connection together; the same object for all their exchanges, so that a sink can know it again. */
const joined = new WeakMap<ExchangeFacts, { client: Client; facts: ExchangeFacts }>();

function factsOf(client: Client, origin: OriginFacts): ExchangeFacts {
  const known = origin.reused ? joined.get(origin.connection) : undefined;
  if (known?.client === client && origin.streamId === undefined) return known.facts;
  const facts: ExchangeFacts = {
    ...client.facts,
    ...origin.connection,
    serverReused: origin.reused,
    ...(origin.streamId === undefined ? {} : { serverStream: origin.streamId }),
  };
  if (origin.reused) joined.set(origin.connection, { client, facts });
  return facts;
}

/** Whether the request, or the challenge in its answer, authenticates the connection instead of the request (RFC 4559 §6). */
const bindsRequest = ({ headers }: RequestHead) =>
  headers.some(
    ([name, value]) =>
      name.length === 'authorization'.length &&
      name.toLowerCase() === 'authorization' &&
      authenticatesConnection(value),
  );
const bindsResponse = ({ headers }: ResponseHead) =>
  headerValues(headers, 'www-authenticate').some(authenticatesConnection);

/** HTML, §9.2.5. */
const isEventStream = ({ headers }: ResponseHead) =>
  headers.some(
    ([name, value]) =>
      name.length === 'content-type'.length &&
      name.toLowerCase() === 'content-type' &&
      /^text\/event-stream\b/i.test(value),
  );

export interface ExchangeParts {
  readonly context: EngineContext;
  readonly stream: ClientStream;
  readonly recorder: Recorder;
  readonly head: RequestHead;
  readonly framing: Framing;
  /** What the request is for, and where to connect for it; they differ when a tunnel to an address names a host in its SNI. */
  readonly target: Target;
  readonly connectTo: Target;
  /** A rule sends it to another host: the name that the client's TLS asked for is not meant. */
  readonly rerouted?: boolean;
  readonly detour?: Detour | undefined;
  /** Takes the connections after a 101 in place of `relayUpgrade`. */
  readonly relay?: ((relay: UpgradeRelay) => void) | undefined;
  readonly last?: LastOctet | undefined;
}

export class Exchange implements ClientHandler, OriginHandler {
  readonly #parts: ExchangeParts;
  readonly #recorder: Recorder;
  readonly #stream: ClientStream;
  readonly #request: OriginRequest;
  #origin: OriginStream | undefined;
  #cancel: (() => void) | undefined;
  #requestTrailers: HeaderPair[] = [];
  #requestDone = false;
  #responding = false;
  #retried = false;
  #requestHeld = 0;
  #responseHeld = 0;
  readonly #startedAt = performance.now();
  #openedAt = 0;
  #sentAt = 0;
  #respondedAt = 0;
  #connecting: OriginFacts['timings'] = {};
  #events: EventStreamWatch | undefined;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.#recorder = parts.recorder;
    this.#stream = parts.stream;
    const { head, framing, connectTo } = parts;
    const { description } = parts.stream.client;
    this.#request = {
      head,
      framing,
      target: connectTo,
      upgrade: parts.stream.upgrade === undefined ? undefined : upgradeOf(head),
      serverName: description.reverse === undefined && !parts.rerouted ? description.tls?.sni : undefined,
      detour: parts.detour,
      last: parts.last,
    };
    parts.stream.handler = this;
  }

  start(): void {
    if (this.#parts.framing.kind !== 'none' || this.#parts.last !== undefined) this.#holdRequest(PEER);
    this.#open();
  }

  #open(): void {
    this.#cancel = this.#parts.context.origins.open(this.#request, this, this.#stream.client);
  }

  opened(origin: OriginStream, facts: OriginFacts, sent: RequestHead): void {
    this.#origin = origin;
    this.#cancel = undefined;
    this.#openedAt = performance.now();
    this.#connecting = facts.timings;
    if (sent !== this.#parts.head) this.#recorder.requestSent(sent);
    const { client, streamId } = this.#stream;
    const both = factsOf(client, facts);
    this.#recorder.facts(streamId === undefined ? both : { ...both, clientStream: streamId });
    if (bindsRequest(this.#parts.head)) this.#parts.context.origins.pin(origin, client);
    if (this.#requestDone) this.#sent(origin);
    else this.#releaseRequest(PEER);
  }

  #sent(origin: OriginStream): void {
    this.#sentAt = performance.now();
    origin.end(this.#requestTrailers);
  }

  // What the client's side tells.

  requestData(bytes: Buffer): void {
    const pressure = this.#recorder.requestData(bytes);
    if (pressure !== undefined) {
      this.#holdRequest(CAPTURE);
      void pressure.then(() => this.#releaseRequest(CAPTURE));
    }
    if (this.#origin !== undefined && !this.#origin.write(bytes)) this.#holdRequest(PEER);
  }

  requestEnd(trailers: readonly HeaderPair[], chunkExtensions: readonly string[]): void {
    this.#requestDone = true;
    this.#requestTrailers = passingTrailers(trailers);
    this.#recorder.requestEnd(trailers, chunkExtensions);
    if (this.#origin !== undefined) this.#sent(this.#origin);
  }

  requestInvalid({ status, failure: reason, fault }: Rejection): void {
    if (fault !== undefined && this.#passRequestOn(fault)) return;
    this.#giveUpOrigin();
    this.#stream.closeAfter();
    if (this.#responding) this.#stream.abort();
    else this.#answer(reason, status);
    this.#finish('failed', reason);
  }

  /** The rest of a request that is not valid, to a lenient host that has not answered yet. */
  #passRequestOn(fault: string): boolean {
    const origin = this.#origin?.giveAway;
    if (this.#responding || origin === undefined || !this.#mayPass) return false;
    return this.#passOn(fault, () => origin.call(this.#origin));
  }

  /** Both connections as they stand, for what can be delimited no longer. */
  #passOn(fault: string, take: () => GivenAway): boolean {
    const client = this.#stream.giveAway?.();
    if (client === undefined) return false;
    const origin = take();
    this.#origin = undefined;
    void passOn({
      client,
      origin,
      recorder: this.#recorder,
      answered: this.#responding,
      fault,
      host: this.#where,
      idleMs: this.#parts.context.timeouts.idle,
      timings: this.#timings(),
    });
    return true;
  }

  get #mayPass(): boolean {
    const { context, target } = this.#parts;
    return context.protocol.lenient(target.host, target.port);
  }

  clientDrained(): void {
    this.#releaseResponse(PEER);
  }

  clientGone(reason?: string): void {
    this.#giveUpOrigin();
    this.#finish('client-aborted', failure('client-gone', this.#where, reason));
  }

  // What the origin's side tells.

  informational(head: ResponseHead): void {
    this.#recorder.informational(head);
    this.#stream.informational(head);
  }

  response(head: ResponseHead, framing: Framing): void {
    this.#respondedAt = performance.now();
    this.#responding = true;
    if (head.status === 401 && bindsResponse(head)) {
      this.#parts.context.origins.pin(this.#origin, this.#stream.client);
    }
    this.#recorder.responseHead(head);
    if (framing.kind !== 'none' && isEventStream(head)) {
      this.#events = watchEventStream(this.#recorder, headerValue(head.headers, 'content-encoding'));
    }
    const sent = this.#stream.respond(this.#parts.context.interceptor.response(head), framing);
    if (sent !== head) this.#recorder.responseSent(sent);
  }

  responseData(bytes: Buffer): void {
    this.#holdResponseFor(this.#recorder.responseData(bytes));
    if (this.#events !== undefined) this.#holdResponseFor(this.#events.data(bytes));
    if (!this.#stream.write(bytes)) this.#holdResponse(PEER);
  }

  responseEnd(trailers: readonly HeaderPair[], chunkExtensions: readonly string[]): void {
    this.#origin = undefined;
    this.#recorder.responseEnd(trailers, chunkExtensions);
    // Ended before the client's side is told: that may begin the next request at once.
    this.#finish('completed');
    this.#stream.end(trailers);
  }

  originDrained(): void {
    this.#releaseRequest(PEER);
  }

  failed(reason: SessionFailure, unanswered: boolean, facts?: ExchangeFacts): void {
    if (facts !== undefined) this.#recorder.facts({ ...this.#stream.client.facts, ...facts });
    this.#origin = undefined;
    this.#cancel = undefined;
    if (unanswered && !this.#retried && isRepeatable(this.#request)) {
      this.#retried = true;
      this.#open();
      return;
    }
    if (this.#responding) {
      this.#finish('server-aborted', reason);
      this.#stream.abort();
      return;
    }
    this.#answer(reason, failureStatus(reason.code));
    this.#finish('failed', reason);
  }

  refused(fault: string, take: () => GivenAway): boolean {
    // A request that is not out yet would go on in the middle of nowhere.
    return this.#requestDone && this.#mayPass && this.#passOn(fault, take);
  }

  upgraded(head: ResponseHead, socket: Socket, rest: Buffer): void {
    const protocol = this.#request.upgrade ?? '';
    this.#respondedAt = performance.now();
    if (this.#stream.upgrade === undefined) {
      socket.destroy();
      this.failed(failure('bad-response', this.#where, 'it switched protocols'), false);
      return;
    }
    this.#recorder.responseHead(head, protocol === 'websocket' ? 'websocket' : undefined);
    const { socket: client, rest: early } = this.#stream.upgrade(head);
    const relay = this.#parts.relay ?? relayUpgrade;
    relay({
      protocol,
      head,
      client,
      origin: socket,
      fromClient: early,
      fromOrigin: rest,
      recorder: this.#recorder,
      host: this.#where,
      idleMs: this.#parts.context.timeouts.idle,
      timings: () => this.#timings(),
    });
  }

  // Between them.

  get #where(): string {
    return formatAuthority(this.#parts.target);
  }

  #answer(reason: SessionFailure, status: number): void {
    const accept = headerValue(this.#parts.head.headers, 'accept');
    const page = { ...failurePage(reason, this.#parts.target.url, accept), status };
    writePage(this.#stream, page, this.#parts.head.method);
  }

  #giveUpOrigin(): void {
    this.#origin?.abort();
    this.#cancel?.();
    this.#origin = undefined;
    this.#cancel = undefined;
  }

  #holdRequest(why: number): void {
    if (this.#requestHeld === 0) this.#stream.pauseBody();
    this.#requestHeld |= why;
  }

  #releaseRequest(why: number): void {
    if ((this.#requestHeld & why) === 0) return;
    this.#requestHeld &= ~why;
    if (this.#requestHeld === 0) this.#stream.resumeBody();
  }

  #holdResponse(why: number): void {
    if (this.#responseHeld === 0) this.#origin?.pauseBody();
    this.#responseHeld |= why;
  }

  #capturing = 0;

  /** Several waits may be under way at once: the body goes on when the last is over. */
  #holdResponseFor(pressure: Pressure): void {
    if (pressure === undefined) return;
    this.#capturing += 1;
    this.#holdResponse(CAPTURE);
    void pressure.then(() => {
      this.#capturing -= 1;
      if (this.#capturing === 0) this.#releaseResponse(CAPTURE);
    });
  }

  #releaseResponse(why: number): void {
    if ((this.#responseHeld & why) === 0) return;
    this.#responseHeld &= ~why;
    if (this.#responseHeld === 0) this.#origin?.resumeBody();
  }

  #timings(): Timings {
    const { dns = 0, connect = 0, tls = 0 } = this.#connecting;
    const timings: Timings = { ...this.#connecting };
    if (this.#openedAt === 0) return timings;
    const end = performance.now();
    const sentAt = this.#sentAt === 0 ? end : this.#sentAt;
    timings.blocked = round(this.#openedAt - this.#startedAt - dns - connect - tls);
    timings.send = round(sentAt - this.#openedAt);
    if (this.#respondedAt === 0) return timings;
    timings.wait = round(this.#respondedAt - sentAt);
    timings.receive = round(end - this.#respondedAt);
    return timings;
  }

  #finish(state: Exclude<SessionState, 'active'>, reason?: SessionFailure): void {
    const timings = this.#timings();
    const events = this.#events?.end();
    if (events === undefined) this.#recorder.end(state, timings, reason);
    // The last events are still being decoded.
    else void events.then(() => this.#recorder.end(state, timings, reason));
  }
}

/** Microseconds; an answer that began before the request was out has waited for nothing. */
const round = (ms: number) => Math.max(0, Math.round(ms * 1000) / 1000);
