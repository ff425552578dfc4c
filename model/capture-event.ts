/**
 * What an engine tells about traffic while it happens, in the order it happens. The store folds these events into sessions.
 * Events of one session arrive in this order: begin, (informational)*, request-*, response-*, message*, end; request and response
 * events may interleave. After `end` nothing more comes.
 */
import type { HeaderPair } from './headers.ts';
import type { RuleTouch } from './rules/touch.ts';
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
} from './session.ts';

export type CaptureEvent =
  | {
      readonly type: 'begin';
      readonly id: SessionId;
      readonly kind: SessionKind;
      readonly source: SessionSource;
      readonly at: number;
      /** Absolute URL without fragment; for a tunnel `tunnel://host:port`; WebSocket sessions keep http(s). */
      readonly url: string;
      readonly head: RequestHead;
      readonly parentId?: SessionId;
    }
  /** The head as it went to the origin, where it is another than the one received. */
  | { readonly type: 'request-sent'; readonly id: SessionId; readonly head: RequestHead }
  | { readonly type: 'informational'; readonly id: SessionId; readonly head: ResponseHead }
  | { readonly type: 'request-data'; readonly id: SessionId; readonly data: Uint8Array }
  | {
      readonly type: 'request-end';
      readonly id: SessionId;
      readonly trailers?: readonly HeaderPair[];
      readonly chunkExtensions?: readonly string[];
    }
  | {
      readonly type: 'response-head';
      readonly id: SessionId;
      readonly head: ResponseHead;
      /** Set when the session turns out to be another kind, as after 101. */
      readonly kind?: SessionKind;
    }
  /** The head as it went to the client, where it is another than the one received; comes after `response-head`. */
  | { readonly type: 'response-sent'; readonly id: SessionId; readonly head: ResponseHead }
  | { readonly type: 'response-data'; readonly id: SessionId; readonly data: Uint8Array }
  | {
      readonly type: 'response-end';
      readonly id: SessionId;
      readonly trailers?: readonly HeaderPair[];
      readonly chunkExtensions?: readonly string[];
    }
  | { readonly type: 'message'; readonly id: SessionId; readonly message: Omit<Message, 'index'> }
  /** A rule did something to the session. */
  | { readonly type: 'touched'; readonly id: SessionId; readonly touch: RuleTouch }
  /** Adds to what was told before. TLS facts are best one object for each connection, which nobody changes: the sink knows it again. */
  | { readonly type: 'facts'; readonly id: SessionId; readonly facts: ExchangeFacts }
  | {
      readonly type: 'end';
      readonly id: SessionId;
      readonly at: number;
      readonly state: Exclude<SessionState, 'active'>;
      readonly timings: Timings;
      readonly failure?: SessionFailure;
    };

/**
 * Where capture events go. `write` takes the event (the bytes of a data event belong to the sink from then on) and returns false when
 * the sink is behind: the producer then slows its reads until `drained()` resolves. Nothing is ever dropped.
 */
export interface CaptureSink {
  write(event: CaptureEvent): boolean;
  drained(): Promise<void>;
}
