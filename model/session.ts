/**
 * The vocabulary of Sluice: a session is one request and its response with everything known about them.
 *
 * Two sizes of it exist: `SessionRow`, what a list shows, and `Session`, everything but the bodies. Bodies and messages are read on
 * demand. Times are milliseconds since the epoch with fractions; durations are milliseconds; sizes are bytes.
 */
import * as z from 'zod';
import { HeaderPair } from './headers.ts';
import { RuleTouch } from './rules/touch.ts';

export const SessionId = z.int().positive();
export type SessionId = z.infer<typeof SessionId>;

/** `tunnel`: a CONNECT whose content was not read (refused certificate, unknown protocol, passthrough). */
export const SessionKind = z.enum(['http', 'websocket', 'tunnel']);
export type SessionKind = z.infer<typeof SessionKind>;

export const SessionSource = z.enum(['proxy', 'composer', 'replay', 'import']);
export type SessionSource = z.infer<typeof SessionSource>;

/** How a session stands. Every session ends in one of the last four. */
export const SessionState = z.enum(['active', 'completed', 'client-aborted', 'server-aborted', 'failed']);
export type SessionState = z.infer<typeof SessionState>;

/** Why the user's traffic failed: stable codes, part of the data. `detail` is one sentence that says what to do. */
export const FailureCode = z.enum([
  'dns',
  'refused',
  'unreachable',
  'timeout',
  'reset',
  'tls-untrusted',
  'tls-expired',
  'tls-name',
  'tls-other',
  'client-certificate',
  'upstream-proxy',
  'client-tls',
  'client-gone',
  'origin-gone',
  'bad-request',
  'bad-response',
  'own-address',
  'other',
  'rule',
]);
export type FailureCode = z.infer<typeof FailureCode>;

export const SessionFailure = z.object({ code: FailureCode, detail: z.string() });
export type SessionFailure = z.infer<typeof SessionFailure>;

/**
 * `target` is as it stood on the wire; `url` on the session is absolute. Method and target are byte strings like header values.
 * `raw` is the head's octets as a byte string, where they differ from what head-text.ts makes of the pairs (odd white space). Capture
 * events may always carry it: who gives it vouches that the other members were read from it, and the octets are then all that is kept.
 */
export const RequestHead = z.object({
  method: z.string(),
  target: z.string(),
  httpVersion: z.string(),
  headers: z.array(HeaderPair),
  raw: z.string().optional(),
});
export type RequestHead = z.infer<typeof RequestHead>;

export const ResponseHead = z.object({
  httpVersion: z.string(),
  status: z.int(),
  reason: z.string(),
  headers: z.array(HeaderPair),
  raw: z.string().optional(),
});
export type ResponseHead = z.infer<typeof ResponseHead>;

/** A body after transfer decoding and before content decoding. `complete` is false when the peer stopped early. */
export const BodyInfo = z.object({
  size: z.int().nonnegative(),
  complete: z.boolean(),
  /** The user's choice of what to keep left it out: `size` is what it had, and there are no bytes. */
  dropped: z.boolean().optional(),
});
export type BodyInfo = z.infer<typeof BodyInfo>;

export const BodySide = z.enum(['request', 'response']);
export type BodySide = z.infer<typeof BodySide>;

export const CertificateFacts = z.object({
  subject: z.string(),
  issuer: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  fingerprint256: z.string(),
  altNames: z.string().optional(),
});
export type CertificateFacts = z.infer<typeof CertificateFacts>;

export const TlsFacts = z.object({
  version: z.string().optional(),
  cipher: z.string().optional(),
  alpn: z.string().optional(),
  /** What the side that opened the connection offered (RFC 7301), most wanted first: `alpn` is the other side's choice of it. */
  alpnOffered: z.array(z.string()).optional(),
  sni: z.string().optional(),
  /** Leaf first; only for the server's side. */
  chain: z.array(CertificateFacts).optional(),
});
export type TlsFacts = z.infer<typeof TlsFacts>;

/** Facts of the exchange below HTTP. Addresses are `ip:port`, IPv6 in brackets. Connection ids are unique within a run. */
export const ExchangeFacts = z.object({
  clientAddress: z.string().optional(),
  serverAddress: z.string().optional(),
  clientConnection: z.int().optional(),
  serverConnection: z.int().optional(),
  serverReused: z.boolean().optional(),
  /** Stream ids where that side spoke HTTP/2 (RFC 9113 §5.1.1). */
  clientStream: z.int().optional(),
  serverStream: z.int().optional(),
  /** The upstream proxy that the connection went through, as `scheme://host:port`, without credentials. */
  upstreamProxy: z.string().optional(),
  clientTls: TlsFacts.optional(),
  serverTls: TlsFacts.optional(),
  /** The HTTP version spoken to the server, where it differs from the client's. */
  serverHttpVersion: z.string().optional(),
  /** Octets that a tunnel passed on without keeping them: client to server, and back. */
  tunnelBytes: z.object({ sent: z.int(), received: z.int() }).optional(),
  /** What was not valid HTTP in a message that was passed on all the same, octet by octet, because its host is on the lenient list. */
  passedInvalid: z.string().optional(),
  /** Name of the program on this machine that the request came from. */
  process: z.string().optional(),
  /** Its number in the system at that time. */
  processId: z.int().nonnegative().optional(),
  /** What an imported file says of the session and nothing else here can hold, as JSON text: HAR's fields with an underscore. */
  imported: z.string().optional(),
});
export type ExchangeFacts = z.infer<typeof ExchangeFacts>;

/** Durations in ms of the phases of HAR 1.2 §timings; absent = does not apply. Unlike HAR, `connect` does not include `tls`. */
export const Timings = z.object({
  blocked: z.number().optional(),
  dns: z.number().optional(),
  connect: z.number().optional(),
  tls: z.number().optional(),
  send: z.number().optional(),
  wait: z.number().optional(),
  receive: z.number().optional(),
});
export type Timings = z.infer<typeof Timings>;

export const Severity = z.enum(['info', 'low', 'medium', 'high']);
export type Severity = z.infer<typeof Severity>;

/** 0 none, 1 to 5 the colours of the number keys. */
export const Mark = z.int().min(0).max(5);
export type Mark = z.infer<typeof Mark>;

/** What a list shows of a session; also one line of `sluice list --json`. */
export const SessionRow = z.object({
  id: SessionId,
  kind: SessionKind,
  source: SessionSource,
  state: SessionState,
  startedAt: z.number(),
  durationMs: z.number().optional(),
  method: z.string(),
  url: z.string(),
  scheme: z.string(),
  host: z.string(),
  port: z.int(),
  path: z.string(),
  status: z.int().optional(),
  httpVersion: z.string(),
  /** Essence of the response's Content-Type ("application/json"). */
  mime: z.string().optional(),
  requestBodySize: z.int(),
  responseBodySize: z.int(),
  error: FailureCode.optional(),
  findings: z.int(),
  severity: Severity.optional(),
  mark: Mark,
  comment: z.string().optional(),
  /** The session this one repeats or edits. */
  parentId: SessionId.optional(),
  /** Name of the program that sent it, where that is known. */
  process: z.string().optional(),
});
export type SessionRow = z.infer<typeof SessionRow>;

const chunkExtensions = z.array(z.string()).optional();

/** One side of an exchange as Sluice received it; `sent` is what it sent on, where that differs. */
export const RequestPart = z.object({
  head: RequestHead,
  sent: RequestHead.optional(),
  trailers: z.array(HeaderPair),
  body: BodyInfo,
  /** Extensions of the body's chunks in order, each with its semicolon (RFC 9112 §7.1.1); chunks without one are left out. */
  chunkExtensions,
});
export const ResponsePart = z.object({
  head: ResponseHead,
  sent: ResponseHead.optional(),
  trailers: z.array(HeaderPair),
  body: BodyInfo,
  chunkExtensions,
});

export type RequestPart = z.infer<typeof RequestPart>;
export type ResponsePart = z.infer<typeof ResponsePart>;

/** Everything of a session but its bodies and messages. */
export const Session = z.object({
  row: SessionRow,
  request: RequestPart,
  response: ResponsePart.optional(),
  /** 1xx heads before the final one (RFC 9110 §15.2), in order. */
  informational: z.array(ResponseHead),
  facts: ExchangeFacts,
  timings: Timings,
  failure: SessionFailure.optional(),
  messageCount: z.int(),
  /** What rules did to it, in order; absent when none did anything. */
  touches: z.array(RuleTouch).optional(),
});
export type Session = z.infer<typeof Session>;

export const MessageDirection = z.enum(['sent', 'received']);

/**
 * A WebSocket message (RFC 6455 §5.6) or a server-sent event. `sent` is client to server. Opcodes: 1 text, 2 binary, 8 close, 9 ping,
 * 10 pong. `data` is the payload for display: unmasked, inflated, cut where it is over the limit. A server-sent event has opcode 1, its
 * data lines joined, and `event` (HTML, §9.2.6).
 */
export const Message = z.object({
  index: z.int().nonnegative(),
  direction: MessageDirection,
  at: z.number(),
  opcode: z.int(),
  data: z.instanceof(Uint8Array<ArrayBuffer>),
  /** For opcode 8. */
  closeCode: z.int().optional(),
  /** Frames it came in, where more than one. */
  fragments: z.int().optional(),
  /** Octets of payload on the wire, where `data` has another length (compressed or cut). */
  wireSize: z.int().optional(),
  /** Sent with permessage-deflate (RFC 7692). */
  compressed: z.boolean().optional(),
  /** What in it breaks RFC 6455, in a few words; it was passed on all the same. */
  flaw: z.string().optional(),
  event: z.object({ type: z.string(), id: z.string().optional(), retry: z.int().optional() }).optional(),
});
export type Message = z.infer<typeof Message>;

/** A session together with its bodies as captured (before content decoding): what formats read and write. */
export interface FullSession {
  readonly session: Session;
  readonly requestBody: Uint8Array;
  readonly responseBody: Uint8Array;
  readonly messages: readonly Message[];
}
