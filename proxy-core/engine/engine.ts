/**
 * The Engine port: what listens, terminates TLS, moves bytes and tells a sink about it. It knows nothing of disk or screen.
 * Any engine must pass proxy-core/engine/contract-tests.
 */

import type { LookupFunction } from 'node:net';
import type { Authority } from '#certs/authority.ts';
import type { CaptureSink } from '#model/capture-event.ts';
import type { HeaderPair, Headers } from '#model/headers.ts';
import type { SessionId } from '#model/session.ts';
import type { Interception } from '../intercept/interception.ts';
import type { InboundSettings, ProtocolSettings, ReverseListener, UpstreamSettings } from './settings.ts';

/** A request that Sluice itself sends (composer, replay). `url` is absolute http or https; `headers` go out in order and case. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly source: 'composer' | 'replay';
  readonly parentId?: SessionId;
  /** What to speak where the origin does too; HTTP/1.1 when absent. */
  readonly httpVersion?: 'HTTP/1.1' | 'HTTP/2.0';
}

/** Octets that Sluice itself sends as they are, valid or not, to where `url` says. */
export interface RawRequest {
  readonly url: string;
  readonly octets: Uint8Array;
  readonly source: 'composer' | 'replay';
  readonly parentId?: SessionId;
}

/** A request for one of Sluice's own pages (http://sluice.cert/, or the proxy port itself). */
export interface LocalRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** The Host it was asked under, as `host:port`. */
  readonly authority: string;
}

export interface LocalAnswer {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array;
}

export interface EngineOptions {
  /** Address to listen on; `127.0.0.1` unless the user asked for more. */
  readonly host: string;
  /** 0 = any free port. A taken port rejects `start` with code `port-in-use`. */
  readonly port: number;
  readonly authority: Authority;
  readonly sink: CaptureSink;
  /** Numbers a new session. */
  readonly nextSessionId: () => SessionId;
  /** False: traffic is forwarded and not recorded. Asked once per session, at its beginning. Sluice's own sends are always recorded. */
  readonly capturing: () => boolean;
  /**
   * Told of a client's connection before anything is read from it, of the `wire` engine: its address as `ip:port` and its number, as facts
   * have them.
   */
  readonly clientArrived?: (address: string | undefined, connection: number) => void;
  /** PEM texts of authorities to trust for upstream TLS besides the system's. */
  readonly upstreamCa: readonly string[];
  /** Answers for Sluice's own pages. */
  readonly localPage: (request: LocalRequest) => LocalAnswer;
  /** Ports of this process's own listeners besides the engine's (the workbench's). Requests that would connect to one are refused. */
  readonly ownPorts: () => readonly number[];
  /** Resolves host names; the system's resolver when absent. */
  readonly lookup?: LookupFunction;
  /** Departures from `DEFAULT_TIMEOUTS`. */
  readonly timeouts?: Partial<EngineTimeouts>;
  /** Departures from the defaults that settings.ts names. */
  readonly upstream?: UpstreamSettings;
  readonly inbound?: InboundSettings;
  readonly protocol?: ProtocolSettings;
  /** Rules and breakpoints; none when absent. Of the engines only `wire` has them. */
  readonly interception?: Interception;
}

/** Time limits in ms: no state of a connection lasts for ever. WebSockets and event streams live as long as bytes or peers do. */
export interface EngineTimeouts {
  /** Name lookup, TCP connection and TLS handshake with the origin together. */
  readonly connect: number;
  /** Silence of the origin, before or within its answer. */
  readonly idle: number;
  /** A client's request head (RFC 9112 §9.5). */
  readonly clientHead: number;
  /** An idle connection of a client. */
  readonly clientKeepAlive: number;
}

export const DEFAULT_TIMEOUTS: EngineTimeouts = {
  connect: 30_000,
  idle: 300_000,
  clientHead: 60_000,
  clientKeepAlive: 65_000,
};

export interface Engine extends AsyncDisposable {
  readonly name: string;
  /** Where it listens, with the real port. */
  readonly address: { readonly host: string; readonly port: number };
  /** Listeners that stand for one origin each, in the order of the settings. */
  readonly reverse: readonly ReverseListener[];
  /** Sends a request the way traffic goes; resolves with the new session's id once its `begin` event is written. */
  send(request: OutgoingRequest): Promise<SessionId>;
  /**
   * Sends all but the last octet of each on a connection or stream of its own, and the last ones in one go once all are there. Of the engines
   * only `wire` has it, as `sendRaw`.
   */
  sendTogether?(requests: readonly OutgoingRequest[]): Promise<SessionId[]>;
  /** Sends octets unread and reads the answer. */
  sendRaw?(request: RawRequest): Promise<SessionId>;
  /** Stops listening, ends every connection, writes an `end` event for every open session. Resolves within 1 s. Idempotent. */
  close(): Promise<void>;
}

/** Starts listening; resolves when connections are accepted. */
export type EngineFactory = (options: EngineOptions) => Promise<Engine>;
