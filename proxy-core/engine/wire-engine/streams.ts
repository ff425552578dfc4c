/**
 * The two ends of one exchange, whatever HTTP version is spoken there: `ClientStream` is where a request came from and its answer goes,
 * `OriginStream` where it is sent on. An exchange (exchange.ts) stands between them and hears from both through handlers. Types alone.
 *
 * Both ends write without waiting: `write` returning false asks to stop until the handler is told that it has drained.
 */
import type { Socket } from 'node:net';
import type { HeaderPair, Headers } from '#model/headers.ts';
import type { ExchangeFacts, RequestHead, ResponseHead, SessionFailure } from '#model/session.ts';
import type { Framing } from '../../wire/framing.ts';
import type { Target } from '../target.ts';
import type { Detour } from '../upstream/detour.ts';
import type { Client } from './client.ts';
import type { OriginFacts } from './origin-facts.ts';

/** A connection that is given away: its socket, paused, and what was read of it and not used. */
export interface GivenAway {
  readonly socket: Socket;
  readonly rest: Buffer;
}

/** How a body is delimited. HTTP/2 bodies without a length count as `chunked`: they end by themselves. */
export type { Framing } from '../../wire/framing.ts';

/** A request as it came. `head.raw` is set for HTTP/1.1. */
export interface IncomingRequest {
  readonly head: RequestHead;
  readonly framing: Framing;
}

/** Why a request is not served, and the status that says so. */
export interface Rejection {
  readonly status: number;
  readonly failure: SessionFailure;
  /** What the codec says of octets that it refused; absent where time ran out. */
  readonly fault?: string;
}

/** What the client's side tells of the request after its head. */
export interface ClientHandler {
  requestData(bytes: Buffer): void;
  requestEnd(trailers: readonly HeaderPair[], chunkExtensions: readonly string[]): void;
  /** The rest of the request is not valid, or does not come; answer it and close. */
  requestInvalid(rejection: Rejection): void;
  /** The response can be written on. */
  clientDrained(): void;
  /** The client is gone, `reason` says how if that is known; nothing written reaches it. Not called after the response ended. */
  clientGone(reason?: string): void;
}

/** A body's octets and where they end, either way. */
export interface BodyWriter {
  write(bytes: Buffer): boolean;
  end(trailers?: Headers): void;
}

export interface ClientStream extends BodyWriter {
  readonly client: Client;
  readonly httpVersion: 'HTTP/1.0' | 'HTTP/1.1' | 'HTTP/2.0';
  /** HTTP/2 only. */
  readonly streamId?: number;
  handler: ClientHandler;
  pauseBody(): void;
  resumeBody(): void;
  informational(head: ResponseHead): void;
  /**
   * Begins the answer. Answers the head as it was written, which is `head` itself when nothing had to be changed.
   * `framing` is that of the origin's message.
   */
  respond(head: ResponseHead, framing: Framing): ResponseHead;
  /** The connection is not to serve another request after this one. */
  closeAfter(): void;
  /** Ends the client's part so that a body under way cannot be taken for whole. */
  abort(): void;
  /**
   * Answers 101 and gives up the connection: its socket, and what the client sent after its head. Absent where the version has no
   * such thing (RFC 9113 §8.6).
   */
  upgrade?(head: ResponseHead): GivenAway;
  /** Gives up the connection as it stands. HTTP/1.1 only. */
  giveAway?(): GivenAway;
}

/** What the origin's side tells. After `responseEnd`, `failed` or `upgraded` nothing more comes. */
export interface OriginHandler {
  /** A connection is there and the request's head, `sent`, is on its way. */
  opened(stream: OriginStream, facts: OriginFacts, sent: RequestHead): void;
  informational(head: ResponseHead): void;
  response(head: ResponseHead, framing: Framing): void;
  responseData(bytes: Buffer): void;
  responseEnd(trailers: readonly HeaderPair[], chunkExtensions: readonly string[]): void;
  /** The request can be written on. */
  originDrained(): void;
  /**
   * `unanswered`: nothing of an answer had come, on a connection that served before (RFC 9112 §9.3.1 lets it be tried again). `facts`: what was learned of a
   * connection that did not come about.
   */
  failed(failure: SessionFailure, unanswered: boolean, facts?: ExchangeFacts): void;
  /** The answer is not valid from here on. Who takes the connection (`take`) says true and hears no more; else `failed` follows. */
  refused(fault: string, take: () => GivenAway): boolean;
  /** After a 101 that was asked for. */
  upgraded(head: ResponseHead, socket: Socket, rest: Buffer): void;
}

export interface OriginStream extends BodyWriter {
  pauseBody(): void;
  resumeBody(): void;
  /** Gives up; the handler hears no more. */
  abort(): void;
  /** Gives up the connection as it stands; the handler hears no more. HTTP/1.1 only. */
  giveAway?(): GivenAway;
}

/** Holds back the last octet of a request until others have come as far: what is added is done then. */
export interface LastOctet {
  hold(write: () => void): void;
}

/** A request for an origin, before it is known which version is spoken there. */
export interface OriginRequest extends IncomingRequest {
  readonly target: Target;
  /** A protocol it asks to switch to (RFC 9110 §7.8), lower case; only HTTP/1.1 can do that. */
  readonly upgrade?: string | undefined;
  /** The TLS name to ask for and verify, where it is another than the target's host. */
  readonly serverName?: string | undefined;
  /** Another way than the settings say. */
  readonly detour?: Detour | undefined;
  /** Where the head ends the request, its last octet waits for this. */
  readonly last?: LastOctet | undefined;
}
